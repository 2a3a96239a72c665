//! Tests the retry budget: the number of requests that a failing server receives for many calls.

use intercom_client::runtime::Retry;
use tests::server::Reply;
use tests::things::*;

use super::status;

#[tokio::test(start_paused = true)]
async fn a_broken_server_sees_fifty_retries_of_all_calls_together() {
    let (server, client) = start_retrying(vec![status("503 Busy")]).await;
    let mut attempts = Vec::new();
    for _ in 0..100 {
        // Clones share the budget.
        let error = request::<ShowThing>(&client.clone()).await.expect_err("busy");
        attempts.push(error.attempts());
    }
    assert_eq!(server.requests().len(), 150);
    assert!(
        attempts[..25].iter().all(|attempts| *attempts == 3) && attempts[25..].iter().all(|attempts| *attempts == 1)
    );

    // Another client has its own budget.
    let other = builder(&server).build().expect("a client");
    assert_eq!(request::<ShowThing>(&other).await.expect_err("busy").attempts(), 3);
}

#[tokio::test(start_paused = true)]
async fn ten_successes_pay_for_a_retry() {
    let mut replies = vec![status("503 Busy"); 50];
    replies.extend(vec![thing(); 10]);
    replies.extend(vec![status("503 Busy"); 3]);
    let (server, client) = start_retrying(replies).await;
    let often = Retry::default().attempts(50);
    let error = request::<ShowThing>(&client).retry(often).await.expect_err("busy");
    assert_eq!(error.attempts(), 50, "49 retries");
    for _ in 0..10 {
        request::<ShowThing>(&client).await.expect("a thing");
    }
    let error = request::<ShowThing>(&client).await.expect_err("busy");
    assert_eq!(error.attempts(), 3, "one that was left, and one that was paid for");
    let error = request::<ShowThing>(&client).await.expect_err("busy");
    assert_eq!((error.attempts(), server.requests().len()), (1, 64));
}

#[tokio::test(start_paused = true)]
async fn waiting_as_long_as_the_server_says_is_free() {
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    for told in
        [&[("retry-after", "1")][..], &[("x-ratelimit-reset", "784111778"), date], &[("x-ratelimit-reset", "5")]]
    {
        let (server, client) = start_retrying(vec![Reply::new("429 Too Many Requests", told, "")]).await;
        for _ in 0..60 {
            assert_eq!(request::<CreateThing>(&client).await.expect_err("limited").attempts(), 3);
        }
        assert_eq!(server.requests().len(), 180, "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_other_wait_costs_a_retry() {
    let after = ("retry-after", "1");
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    let mut replies = vec![
        Reply::new("503 Busy", &[after], ""),
        Reply::new("503 Busy", &[("x-ratelimit-reset", "784111778"), date], ""),
        Reply::new("429 Too Many Requests", &[], ""),
    ];
    for odd in ["1700000000000", "-1e9", "", "soon", "99999999999999999999"] {
        replies.push(Reply::new("429 Too Many Requests", &[("x-ratelimit-reset", odd), date], ""));
    }
    for reply in replies {
        let (server, client) = start_retrying(vec![reply.clone()]).await;
        for _ in 0..60 {
            request::<ShowThing>(&client).await.expect_err("busy or limited");
        }
        assert_eq!(server.requests().len(), 110, "{reply:?}");
    }
}
