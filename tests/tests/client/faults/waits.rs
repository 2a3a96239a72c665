//! Tests the wait before the next attempt.

use std::time::Duration;

use intercom_client::runtime::{HeaderMap, RateLimit, Retry, StatusCode, Timestamp};
use tests::server::Reply;
use tests::things::*;
use tokio::time::Instant;

use super::status;

const RETRY_AFTER: &str = "retry-after";
const DATE: &str = "date";
const RESET: &str = "x-ratelimit-reset";
const REMAINING: &str = "x-ratelimit-remaining";
/// The time 1994-11-06T08:49:37Z, which lies in the past of every clock.
const LONG_AGO: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
const LONG_AGO_SECONDS: i64 = 784_111_777;

fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in list {
        headers.insert(*name, value.parse().expect("a value"));
    }
    headers
}

/// Returns the wait that the default rules give after a response.
fn wait(attempt: u32, status: u16, list: &[(&'static str, &str)], random: f64) -> Duration {
    let (status, headers) = (StatusCode::from_u16(status).expect("a status"), headers(list));
    Retry::default().attempts(100).wait(attempt, Some((status, &headers)), random).expect("retried")
}

fn backoff(attempt: u32, random: f64) -> Duration {
    let rules = Retry::default().attempts(100);
    let wait = rules.wait(attempt, None, random).expect("retried");
    assert_eq!(wait, self::wait(attempt, 503, &[], random), "with a response and without");
    wait
}

#[test]
fn the_backoff_doubles_to_a_cap_and_is_random_from_nothing() {
    let bounds: Vec<u128> = (1..=7).map(|attempt| backoff(attempt, 1.0).as_millis()).collect();
    assert_eq!(bounds, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
    assert_eq!(
        (backoff(99, 1.0), backoff(3, 0.0), backoff(3, 0.5)),
        (Duration::from_secs(8), Duration::ZERO, Duration::from_secs(1))
    );
    for random in [-1.0, 2.0, f64::NAN, f64::INFINITY] {
        assert!(backoff(1, random) <= Duration::from_millis(500));
    }
    let endless = Retry::default().backoff(Duration::MAX, Duration::MAX).longest_wait(Duration::MAX);
    let told = headers(&[(RETRY_AFTER, "18446744073709551615")]);
    assert_eq!(endless.wait(2, Some((StatusCode::TOO_MANY_REQUESTS, &told)), 1.0), Some(Duration::MAX));
    assert_eq!(endless.wait(3, Some((StatusCode::TOO_MANY_REQUESTS, &told)), 1.0), None);
}

#[test]
fn a_server_that_says_how_long_is_believed_up_to_a_bound() {
    let in_seven = (LONG_AGO_SECONDS + 7).to_string();
    let seven: [&[(&'static str, &str)]; 6] = [
        &[(RETRY_AFTER, "7")],
        &[(RETRY_AFTER, "Sun, 06 Nov 1994 08:49:44 GMT"), (DATE, LONG_AGO)],
        &[(RETRY_AFTER, "Sunday, 06-Nov-94 08:49:44 GMT"), (DATE, "Sun Nov  6 08:49:37 1994")],
        &[(RESET, &in_seven), (DATE, LONG_AGO)],
        &[(RETRY_AFTER, " 7 "), (RESET, "99"), (DATE, LONG_AGO)],
        &[(RETRY_AFTER, "soon"), (RESET, &in_seven), (DATE, LONG_AGO)],
    ];
    for list in seven {
        assert_eq!(wait(1, 429, list, 0.0), Duration::from_secs(7), "{list:?}");
        assert_eq!(wait(1, 429, list, 1.0), Duration::from_millis(7500), "{list:?}");
    }
    for too_long in ["86400", "18446744073709551615"] {
        assert_eq!(wait(1, 429, &[(RETRY_AFTER, too_long)], 0.0), Duration::from_secs(60));
    }
    // A reset that is past or missing must not make all callers return at once.
    for list in [&[(RESET, "5"), (DATE, LONG_AGO)][..], &[(RESET, "5")]] {
        assert_eq!(wait(1, 429, list, 1.0), Duration::from_millis(500));
    }
    for odd in ["1700000000000", "-1e9", "", "soon", "99999999999999999999"] {
        assert_eq!(wait(1, 429, &[(RESET, odd), (DATE, LONG_AGO)], 1.0), Duration::from_millis(500), "{odd}");
    }
    // Without a date in the response, the clock of this machine decides.
    let soon = (Timestamp::now().as_unix_seconds() + 30).to_string();
    let length = wait(1, 429, &[(RESET, &soon), (DATE, "yesterday")], 0.0);
    assert!((1..=30).contains(&length.as_secs()), "{length:?}");
}

#[test]
fn only_a_429_looks_at_the_reset_and_a_503_at_retry_after() {
    let in_seven = (LONG_AGO_SECONDS + 7).to_string();
    let list = [(RESET, in_seven.as_str()), (REMAINING, "0"), (DATE, LONG_AGO)];
    assert_eq!(wait(1, 503, &list, 0.0), Duration::ZERO);
    assert_eq!(wait(1, 503, &[(RETRY_AFTER, "7")], 0.0), Duration::from_secs(7));
}

#[test]
fn the_rate_limit_is_read_leniently() {
    assert_eq!(RateLimit::of(&HeaderMap::new()), None);
    assert_eq!(RateLimit::of(&headers(&[(REMAINING, "many")])), None);
    let limit = RateLimit::of(&headers(&[(REMAINING, " 3 "), (RESET, "784111777")])).expect("a limit");
    assert_eq!((limit.limit, limit.remaining), (None, Some(3)));
    assert_eq!(limit.reset.map(Timestamp::as_unix_seconds), Some(LONG_AGO_SECONDS));
}

#[tokio::test(start_paused = true)]
async fn a_429_is_waited_out_by_the_servers_clock() {
    let reset = (LONG_AGO_SECONDS + 7).to_string();
    let limited = Reply::new("429 Too Many Requests", &[("x-ratelimit-reset", &reset), ("date", LONG_AGO)], "");
    let (server, client) = start_retrying(vec![limited.clone(), limited, thing()]).await;
    let start = Instant::now();
    assert_eq!(request::<CreateThing>(&client).await.expect("the third time").id, "7");
    let waited = start.elapsed();
    assert!(waited >= Duration::from_secs(14) && waited < Duration::from_secs(16), "{waited:?}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_429_without_a_reset_is_waited_out_by_the_backoff() {
    let limited = status("429 Too Many Requests");
    let (server, client) = start_retrying(vec![limited.clone(), limited, thing()]).await;
    let start = Instant::now();
    let response = request::<CreateThing>(&client).send().await.expect("the third time");
    assert_eq!((response.value().id.as_str(), response.rate_limit()), ("7", None));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn clients_that_failed_together_do_not_come_back_together() {
    let (_server, client) = start_retrying(vec![status("503 Busy")]).await;
    let mut waits = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        request::<ShowThing>(&client).retry(Retry::default().attempts(2)).await.expect_err("busy");
        waits.push(start.elapsed());
    }
    assert!(waits.iter().all(|wait| *wait <= Duration::from_millis(501)), "{waits:?}");
    waits.sort();
    waits.dedup();
    assert!(waits.len() > 10, "{waits:?}");
}
