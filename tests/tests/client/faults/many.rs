//! Tests many calls at once, and calls that are dropped.

use std::time::Duration;

use intercom_client::runtime::{Download, Retry};
use tests::server::Reply;
use tests::things::*;
use tokio::task::JoinSet;

use super::status;

#[tokio::test]
async fn a_thousand_calls_at_once_finish() {
    let (server, client) = start(vec![Reply::open_json(r#"{"id": "7"}"#)]).await;
    let mut calls: JoinSet<_> = (0..1000).map(|_| request::<ShowThing>(&client).into_future()).collect();
    let mut done = 0;
    while let Some(call) = calls.join_next().await {
        assert_eq!(call.expect("no panic").expect("a thing").id, "7");
        done += 1;
    }
    assert_eq!((done, server.requests().len()), (1000, 1000));
    // Later calls reuse the connections.
    for _ in 0..100 {
        request::<ShowThing>(&client).await.expect("a thing");
    }
    assert!(server.opened() <= 1000, "{} connections", server.opened());
}

#[tokio::test]
async fn a_call_that_is_given_up_closes_its_connection() {
    let (server, client) = start(vec![Reply::Silence, Reply::open_json(r#"{"id": "7"}"#)]).await;
    let call = tokio::spawn(request::<ShowThing>(&client).into_future());
    server.received(1).await;
    call.abort();
    server.ended(1).await;
    for _ in 0..2 {
        assert_eq!(request::<ShowThing>(&client).await.expect("a thing").id, "7");
    }
    assert_eq!((server.opened(), server.requests().len()), (2, 3));
}

#[tokio::test]
async fn a_download_that_is_given_up_closes_its_connection() {
    let begun = Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_vec());
    let (server, client) = start(vec![begun]).await;
    let mut download: Download = request::<ThingFile>(&client).await.expect("begins");
    assert_eq!(download.chunk().await.expect("half").as_deref(), Some(b"half".as_slice()));
    drop(download);
    server.ended(1).await;
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_between_attempts_sends_no_more() {
    let (server, client) = start_retrying(vec![status("503 Busy")]).await;
    let slow = Retry::default().backoff(Duration::from_secs(3600), Duration::from_secs(3600));
    let call = request::<ShowThing>(&client).retry(slow).into_future();
    assert!(tokio::time::timeout(Duration::from_millis(1), call).await.is_err());
    tokio::time::sleep(Duration::from_secs(9999)).await;
    assert_eq!(server.requests().len(), 1);
    // The dropped call took one retry from the budget and no more.
    let often = Retry::default().attempts(100);
    assert_eq!(request::<ShowThing>(&client).retry(often).await.expect_err("busy").attempts(), 50);
}

#[test]
fn a_call_can_cross_threads() {
    fn crosses<T: Send>(_: &T) {}
    let client = intercom_client::Client::builder(TOKEN).base_url("http://localhost").build().expect("a client");
    crosses(&request::<ShowThing>(&client).send());
    crosses(&client.request(intercom_client::Method::GET, "/").into_future());
}
