//! Tests the wait before a rate limit is reached.

use std::time::Duration;

use intercom_client::runtime::{Client, Timestamp};
use tests::server::{Reply, Server};
use tests::things::*;
use tokio::time::Instant;

const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const SECONDS: i64 = 784_111_777;

/// Returns a thing with the number of remaining requests and the seconds until the window ends.
fn left(remaining: u64, reset: i64) -> Reply {
    let (remaining, reset) = (remaining.to_string(), (SECONDS + reset).to_string());
    let headers = [
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", &remaining),
        ("x-ratelimit-reset", &reset),
        ("date", DATE),
    ];
    Reply::new("200 OK", &headers, r#"{"id": "7"}"#)
}

async fn start_holding(threshold: u64, replies: Vec<Reply>) -> (Server, Client) {
    let (server, _) = start(replies).await;
    let client = builder(&server).hold_back(threshold).build().expect("a client");
    (server, client)
}

/// Returns the duration of a call.
async fn took(client: &Client) -> Duration {
    let start = Instant::now();
    request::<ShowThing>(client).await.expect("a thing");
    start.elapsed()
}

/// Returns whether a call waited for the end of the window, plus at most the jitter between waiters.
fn is_window(took: Duration, seconds: u64) -> bool {
    took >= Duration::from_secs(seconds) && took < Duration::from_secs(seconds + 1)
}

#[tokio::test]
async fn a_response_tells_the_rate_limit() {
    let (_server, client) = start(vec![left(40, 10)]).await;
    let limit = request::<ShowThing>(&client).send().await.expect("a thing").rate_limit().expect("a limit");
    assert_eq!((limit.limit, limit.remaining), (Some(100), Some(40)));
    assert_eq!(limit.reset.map(Timestamp::as_unix_seconds), Some(SECONDS + 10));
    let (_server, client) = start(vec![Reply::new("404 Not Found", &[("x-ratelimit-remaining", "39")], "")]).await;
    let error = request::<ShowThing>(&client).await.expect_err("not found");
    assert_eq!(error.rate_limit().and_then(|limit| limit.remaining), Some(39));
}

#[tokio::test(start_paused = true)]
async fn a_client_waits_for_the_next_window_before_the_limit() {
    let (server, client) = start_holding(2, vec![left(2, 10), left(99, 20)]).await;
    assert!(took(&client).await < Duration::from_secs(1));
    // A clone shares the known rate limit.
    assert!(is_window(took(&client.clone()).await, 10));
    assert!(took(&client).await < Duration::from_secs(1));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_since_the_last_response_counts() {
    // The server sends its limit only once.
    let (_server, client) = start_holding(1, vec![left(3, 10), thing()]).await;
    for _ in 0..3 {
        assert!(took(&client).await < Duration::from_secs(1));
    }
    assert!(is_window(took(&client).await, 10));
}

#[tokio::test(start_paused = true)]
async fn a_response_of_an_earlier_window_changes_nothing() {
    let (_server, client) = start_holding(0, vec![left(2, 20), left(80, 10), left(1, 20), thing()]).await;
    for _ in 0..3 {
        took(&client).await;
    }
    assert!(is_window(took(&client).await, 20));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_held_back_without_a_reason() {
    let (_server, client) = start_holding(5, vec![left(7, 10), thing()]).await;
    for _ in 0..3 {
        assert!(took(&client).await < Duration::from_secs(1));
    }
    // Neither a window that has ended nor a limit without a window holds a call back.
    let endless = Reply::new("200 OK", &[("x-ratelimit-remaining", "0")], r#"{"id": "7"}"#);
    let (_server, client) = start_holding(5, vec![left(0, 0), left(0, -9), endless]).await;
    for _ in 0..4 {
        assert!(took(&client).await < Duration::from_secs(1));
    }
    let (server, _) = start(vec![left(0, 10)]).await;
    let client = builder(&server).build().expect("a client that does not hold back");
    for _ in 0..2 {
        assert!(took(&client).await < Duration::from_secs(1));
    }
    // A reset in the far future is not believed: the wait is 60 seconds.
    let (_server, client) = start_holding(5, vec![left(0, 999_999), thing()]).await;
    took(&client).await;
    assert!(is_window(took(&client).await, 60));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_not_waited_past() {
    let (server, client) = start_holding(0, vec![left(0, 10), thing()]).await;
    took(&client).await;
    let start = Instant::now();
    let error = request::<ShowThing>(&client).deadline(Duration::from_secs(5)).await.expect_err("held back");
    assert!(error.is_timeout() && error.attempts() == 0, "{error:?}");
    assert_eq!((start.elapsed(), server.requests().len()), (Duration::ZERO, 1));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_ends_while_it_is_held_back_leaves_nothing_behind() {
    let (server, client) = start_holding(0, vec![left(0, 10), thing()]).await;
    took(&client).await;
    for _ in 0..10 {
        let held = request::<ShowThing>(&client).into_future();
        assert!(tokio::time::timeout(Duration::from_millis(100), held).await.is_err());
    }
    assert!(is_window(took(&client).await, 9));
    assert!(took(&client).await < Duration::from_secs(1));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn another_place_has_other_limits() {
    let (far, _) = start(vec![left(0, 30)]).await;
    let place = Reply::new("302 Found", &[("location", &format!("{}/file", far.url()))], "");
    let (_server, client) = start_holding(0, vec![place, left(0, 10), thing()]).await;
    let place = request::<ThingPlace>(&client).await.expect("a place");
    place.download(&client).await.expect("begins");
    assert!(took(&client).await < Duration::from_secs(1), "nothing was learnt there");
    let start = Instant::now();
    place.download(&client).await.expect("begins");
    assert!(start.elapsed() < Duration::from_secs(1), "and nothing of here holds there");
    assert!(is_window(took(&client).await, 10));
}
