//! Tests errors of the server and of the network.

use std::error::Error as _;
use std::time::Duration;

use intercom_client::runtime::{Client, Retry};
use tests::server::{Reply, refusing};

use super::{DeleteThing, ShowThing, TOKEN, ThingFile, assert_no_token, fails, request, start};

/// A response that ends in the middle of its content.
const HALF: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf";

#[tokio::test]
async fn an_error_keeps_all_that_the_server_said() {
    let body =
        r#"{"type": "error.list", "request_id": "r-1", "errors": [{"code": "not_found", "message": "No\nthing"}]}"#;
    let error = fails::<ShowThing>(Reply::new("404 Not Found", &[("x-limit", "9")], body)).await;
    assert!(error.is_not_found() && !error.is_conflict() && !error.is_invalid());
    assert_eq!(error.to_string(), "ShowThing: 404 Not Found: not_found: No thing (request id r-1)");
    assert_eq!((error.operation(), error.code(), error.request_id()), ("ShowThing", Some("not_found"), Some("r-1")));
    assert_eq!(error.headers().and_then(|headers| headers.get("x-limit")?.to_str().ok()), Some("9"));
    assert_eq!(error.body(), body.as_bytes());

    let html = "<html>\n<h1>Gateway</h1>";
    let error = fails::<ShowThing>(Reply::new("504 Gateway Timeout", &[("x-request-id", "r-2")], html)).await;
    assert_eq!((error.text().as_ref(), error.request_id(), error.details().len()), (html, Some("r-2"), 0));
    assert!(error.is_timeout() && error.is_server_error() && error.json().is_none());

    let error = fails::<DeleteThing>(Reply::new("401 Unauthorized", &[], "")).await;
    assert!(error.is_unauthorized() && error.body().is_empty());
    assert_eq!(error.to_string(), "DeleteThing: 401 Unauthorized");

    for (body, code, message) in [
        (r#"{"error": "invalid_grant", "error_description": "Bad"}"#, Some("invalid_grant"), Some("Bad")),
        (r#"{"error": {"code": 5, "message": "Bad"}}"#, Some("5"), Some("Bad")),
        (r#"{"message": "Bad"}"#, None, Some("Bad")),
        (r#"{"errors": ["Bad"]}"#, None, Some("Bad")),
        (r#"{"errors": 1}"#, None, None),
        (r"[1]", None, None),
    ] {
        let error = fails::<ShowThing>(Reply::new("409 Conflict", &[], body)).await;
        let found = error.details().first().and_then(|detail| detail.message());
        assert_eq!((error.is_conflict(), error.code(), found), (true, code, message), "{body}");
    }
}

#[tokio::test]
async fn a_response_that_cannot_be_decoded_keeps_pointer_and_body() {
    let error = fails::<ShowThing>(Reply::json(r#"{"name": 1}"#)).await;
    assert!(error.is_decode());
    assert_eq!(
        (error.text().as_ref(), error.status_code().map(|status| status.as_u16())),
        (r#"{"name": 1}"#, Some(200))
    );
    assert_eq!(error.to_string(), "ShowThing: 200 OK: could not decode the response: missing at /id");
    assert!(fails::<ShowThing>(Reply::json("<html>")).await.is_decode());
    assert!(fails::<ShowThing>(Reply::json("")).await.is_decode());
}

#[tokio::test]
async fn broken_connections_and_slow_servers_are_errors() {
    let error = fails::<ShowThing>(Reply::Raw(Vec::new())).await;
    assert!(!error.is_timeout() && error.status_code().is_none() && error.source().is_some());
    let error = fails::<ShowThing>(Reply::Raw(HALF.to_vec())).await;
    assert_eq!((error.text().as_ref(), error.is_decode()), ("half", false));
    let torn = b"HTTP/1.1 500 Oops\r\ncontent-length: 100\r\n\r\nhalf".to_vec();
    assert_eq!(fails::<ShowThing>(Reply::Raw(torn)).await.text(), "half");
    for reply in [Reply::Silence, Reply::Stall(HALF.to_vec())] {
        let (_server, client) = start(vec![reply]).await;
        let error = request::<ShowThing>(&client).timeout(Duration::from_millis(500)).await.expect_err("too late");
        assert!(error.is_timeout(), "{error}");
        assert_no_token(&error);
    }
    let (_server, client) = start(vec![Reply::Raw(HALF.to_vec())]).await;
    let download = request::<ThingFile>(&client).await.expect("begins");
    assert!(download.bytes().await.is_err());
    let (_server, client) = start(vec![Reply::Stall(HALF.to_vec())]).await;
    let mut download = request::<ThingFile>(&client).timeout(Duration::from_millis(500)).await.expect("begins");
    assert_eq!(download.chunk().await.expect("half").as_deref(), Some(b"half".as_slice()));
    assert!(download.chunk().await.expect_err("silence").is_timeout());
    assert!(download.chunk().await.expect("the end").is_none());
    let (_taken, free) = refusing().expect("a free port");
    let nobody = Client::builder(TOKEN).base_url(free).retry(Retry::none()).build().expect("a client");
    let error = request::<ShowThing>(&nobody).await.expect_err("nobody listens");
    assert!(error.is_connect());
    assert_no_token(&error);
}
