//! Tests the timeouts of an attempt and the deadlines of a call.

use std::error::Error as _;
use std::time::Duration;

use intercom_client::runtime::Retry;
use tests::server::Reply;
use tests::things::*;
use tokio::time::Instant;

use super::status;

const FIVE: Duration = Duration::from_secs(5);

#[tokio::test(start_paused = true)]
async fn a_timeout_is_that_of_an_attempt() {
    let slow_head = Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec());
    let slow_body = Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_vec());
    for reply in [Reply::Silence, slow_head, slow_body] {
        let (server, client) = start_retrying(vec![reply.clone()]).await;
        let start = Instant::now();
        let error = request::<ShowThing>(&client).timeout(FIVE).await.expect_err("too slow");
        assert!(error.is_timeout() && error.is_retryable() && error.attempts() == 3, "{error:?}");
        assert_eq!(server.requests().len(), 3);
        let took = start.elapsed();
        assert!(took >= 3 * FIVE && took < 4 * FIVE, "{took:?}");
        assert_no_token(&error);
        // The client closes the connections of attempts that it has given up.
        server.ended(3).await;

        let (server, client) = start_retrying(vec![reply]).await;
        let error = request::<CreateThing>(&client).timeout(FIVE).await.expect_err("too slow");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "the server may have seen it");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_attempt_is_given_up_and_the_next_succeeds() {
    let (server, client) = start_retrying(vec![Reply::Silence, thing()]).await;
    assert_eq!(request::<ShowThing>(&client).timeout(FIVE).await.expect("the second time").id, "7");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_that_of_the_call() {
    let (server, client) = start_retrying(vec![Reply::Silence]).await;
    let start = Instant::now();
    let call = request::<ShowThing>(&client).timeout(FIVE).deadline(Duration::from_secs(8));
    let error = call.await.expect_err("too slow");
    assert_eq!(start.elapsed().as_secs(), 8);
    assert_eq!((error.is_timeout(), error.attempts(), server.requests().len()), (true, 2, 2));
    assert_eq!(error.to_string(), "ShowThing: no success within the deadline of 8s");
    let before = error.source().expect("what the first attempt ended with");
    assert_eq!(before.to_string(), "ShowThing: nothing came within 5s");

    let client = builder(&server).deadline(FIVE).build().expect("a client");
    let start = Instant::now();
    assert!(request::<ShowThing>(&client).await.expect_err("too slow").is_timeout());
    assert_eq!(start.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_would_pass_the_deadline_is_not_begun() {
    let limited = Reply::new("429 Too Many Requests", &[("retry-after", "30")], "");
    let (server, client) = start_retrying(vec![limited]).await;
    let start = Instant::now();
    let error = request::<ShowThing>(&client).deadline(Duration::from_secs(20)).await.expect_err("limited");
    assert_eq!((start.elapsed(), error.is_rate_limited(), error.attempts()), (Duration::ZERO, true, 1));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_does_not_come_changes_nothing() {
    let (server, client) = start_retrying(vec![status("503 Busy"), thing()]).await;
    let call = request::<ShowThing>(&client).deadline(Duration::MAX).timeout(Duration::MAX).retry(Retry::default());
    assert_eq!(call.await.expect("the second time").id, "7");
    assert_eq!(server.requests().len(), 2);
}
