//! Tests extreme settings: no duration is too long.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use intercom_client::runtime::Retry;
use tests::server::Reply;
use tests::things::*;

#[tokio::test]
async fn a_download_may_be_silent_for_ever() {
    let half = Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_vec());
    let (_server, client) = start(vec![half]).await;
    let mut file = request::<ThingFile>(&client).timeout(Duration::MAX).deadline(Duration::MAX).await.expect("a file");
    assert_eq!(file.chunk().await.expect("a chunk").as_deref(), Some(&b"half"[..]));
    assert!(pin!(file.chunk()).poll(&mut Context::from_waker(Waker::noop())).is_pending());
}

#[tokio::test]
async fn every_length_of_the_client_may_be_the_longest() {
    let retry = Retry::default().backoff(Duration::MAX, Duration::MAX).longest_wait(Duration::MAX);
    let limited = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "99000000000")];
    let (server, _) = start(vec![Reply::new("200 OK", &limited, r#"{"id": "7"}"#)]).await;
    let client = builder(&server).timeout(Duration::MAX).deadline(Duration::MAX).retry(retry).hold_back(1).build();
    let client = client.expect("a client");
    assert_eq!(request::<ShowThing>(&client).await.expect("a thing").id, "7");
    // The next window begins in a thousand years.
    let error = request::<ShowThing>(&client).deadline(Duration::from_secs(60)).await.expect_err("too late");
    assert!(error.is_timeout() && error.attempts() == 0, "{error:?}");
    assert_eq!(server.requests().len(), 1);
}
