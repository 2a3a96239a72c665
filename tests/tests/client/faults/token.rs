//! Tests a token from a function.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use intercom_client::runtime::{Client, ClientBuilder};
use tests::server::Reply;
use tests::things::*;

use super::status;

/// Builds a client with a new token for each request.
fn rotating(builder: ClientBuilder) -> Client {
    let count = Arc::new(AtomicUsize::new(0));
    let source = move || {
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        async move { Ok::<_, std::io::Error>(format!("token-{number}")) }
    };
    builder.token_source(source).build().expect("a client")
}

#[tokio::test(start_paused = true)]
async fn the_source_is_asked_before_each_attempt() {
    let (server, _) = start(vec![status("503 Busy"), thing()]).await;
    let client = rotating(builder(&server));
    for _ in 0..2 {
        request::<ShowThing>(&client.clone()).await.expect("a thing");
    }
    let requests = server.requests();
    let tokens: Vec<_> = requests.iter().filter_map(|request| request.header("authorization")).collect();
    assert_eq!(tokens, ["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
}

#[tokio::test]
async fn a_401_does_not_ask_again() {
    let (server, _) = start(vec![status("401 Unauthorized")]).await;
    let error = request::<ShowThing>(&rotating(builder(&server))).await.expect_err("unauthorized");
    assert_eq!((error.is_unauthorized(), error.attempts(), server.requests().len()), (true, 1, 1));
}

#[tokio::test]
async fn a_source_that_fails_sends_nothing_and_is_the_cause() {
    let (server, _) = start(vec![thing()]).await;
    let locked = || async { Err::<String, _>("the vault is locked") };
    let client = builder(&server).token_source(locked).build().expect("a client");
    let error = request::<ShowThing>(&client).await.expect_err("no token");
    assert!(error.is_token() && !error.is_invalid() && !error.is_retryable() && error.attempts() == 0);
    assert_eq!(error.to_string(), "ShowThing: the source of the token failed");
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the vault is locked"));
    assert!(server.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_source_has_the_time_of_an_attempt() {
    let (server, _) = start(vec![thing()]).await;
    let never = || std::future::pending::<Result<String, std::io::Error>>();
    let client = builder(&server).token_source(never).timeout(Duration::from_secs(5)).build().expect("a client");
    assert!(request::<ShowThing>(&client).await.expect_err("no token").is_timeout());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_token_that_no_header_can_hold_is_refused_and_not_shown() {
    let (server, _) = start(vec![thing()]).await;
    let broken = || async { Ok::<_, std::io::Error>(format!("{TOKEN}\n")) };
    let client = builder(&server).token_source(broken).build().expect("a client");
    let error = request::<ShowThing>(&client).await.expect_err("refused");
    assert!(error.is_token() && error.attempts() == 0);
    assert_no_token(&error);
    assert!(server.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_empty_token_is_refused_and_what_was_sent_before_is_counted() {
    let (server, _) = start(vec![status("503 Busy")]).await;
    for empty in ["", " "] {
        assert!(Client::builder(empty).base_url(server.url()).build().expect_err("refused").is_invalid());
    }
    let count = Arc::new(AtomicUsize::new(0));
    let once = move || {
        let token = if count.fetch_add(1, Ordering::Relaxed) == 0 { TOKEN } else { "" };
        async move { Ok::<_, std::io::Error>(token) }
    };
    let client = builder(&server).token_source(once).build().expect("a client");
    let error = request::<ShowThing>(&client).await.expect_err("no token");
    assert_eq!((error.is_token(), error.is_invalid(), error.attempts()), (true, false, 1));
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("the token is empty"));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_client_says_what_it_is_called() {
    let (server, _) = start(vec![Reply::json(r#"{"id": "7"}"#)]).await;
    let client = builder(&server).user_agent("orders/2.1").build().expect("a client");
    request::<ShowThing>(&client).await.expect("a thing");
    assert_eq!(server.requests().first().and_then(|request| request.header("user-agent")), Some("orders/2.1"));
    let unnamed = builder(&server).user_agent("").build().expect("a client");
    assert!(!request::<ShowThing>(&unnamed).headers().expect("a request").contains_key("user-agent"));
    assert!(builder(&server).user_agent("a\nb").build().expect_err("no header").is_invalid());
}
