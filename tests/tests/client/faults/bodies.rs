//! Tests responses with invalid headers or content.

use intercom_client::runtime::Retry;
use tests::gzip::packed;
use tests::server::Reply;
use tests::things::*;

const MEGABYTE: usize = 1024 * 1024;

#[tokio::test]
async fn a_compressed_response_is_read() {
    // The content is a gzip file of one stored block, which any compressor might write.
    let mut zipped = packed(br#"{"id": "7"}"#, 1);
    let (server, client) = start(vec![Reply::gzip("200 OK", &zipped)]).await;
    assert_eq!(request::<ShowThing>(&client).await.expect("a thing").id, "7");
    assert!(server.requests()[0].header("accept-encoding").is_some_and(|value| value.contains("gzip")));

    zipped.truncate(15);
    let (_server, client) = start(vec![Reply::gzip("200 OK", &zipped)]).await;
    let error = request::<ShowThing>(&client).await.expect_err("cut short");
    assert!(!error.is_timeout() && !error.is_body_too_large(), "{error:?}");
    assert_no_token(&error);
}

#[tokio::test]
async fn a_wrong_content_type_is_no_reason_to_fail() {
    let (_server, client) = start(vec![Reply::new("200 OK", &[("content-type", "text/html")], r#"{"id": "7"}"#)]).await;
    assert_eq!(request::<ShowThing>(&client).await.expect("JSON all the same").id, "7");
    let (_server, client) = start(vec![Reply::new("200 OK", &[("content-type", "application/json")], "<html>")]).await;
    let error = request::<ShowThing>(&client).await.expect_err("no JSON");
    assert!(error.is_decode() && !error.is_retryable() && error.text() == "<html>");
}

#[tokio::test]
async fn a_megabyte_of_headers_is_an_error() {
    let headers: String = (0..1024).map(|n| format!("x-{n}: {}\r\n", "a".repeat(1014))).collect();
    let (_server, client) = start(vec![Reply::Raw(format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes())]).await;
    let error = request::<ShowThing>(&client).await.expect_err("too much");
    assert!(!error.is_timeout() && error.status_code().is_none(), "{error:?}");
    assert_no_token(&error);
}

#[tokio::test]
async fn two_hundred_megabytes_are_too_much_for_a_value_and_nothing_for_a_download() {
    let body = |head: &str| Reply::Flood(head.as_bytes().to_vec(), vec![b' '; MEGABYTE], 200);
    let told = body("HTTP/1.1 200 OK\r\ncontent-length: 209715200\r\n\r\n");
    let untold = body("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
    for reply in [told.clone(), untold] {
        let (server, client) = start_retrying(vec![reply]).await;
        let error = request::<ShowThing>(&client).await.expect_err("too long");
        assert!(error.is_body_too_large() && !error.is_retryable(), "{error}");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
        // The body is not read to its end.
        server.ended(1).await;
    }
    let (_server, client) = start(vec![told]).await;
    let mut download = request::<ThingFile>(&client).await.expect("begins");
    let mut length = 0;
    while let Some(chunk) = download.chunk().await.expect("goes on") {
        length += chunk.len();
    }
    assert_eq!(length, 200 * MEGABYTE);
}

#[tokio::test]
async fn a_download_that_breaks_off_says_so_and_is_not_begun_again() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf".to_vec();
    let (server, client) = start_retrying(vec![Reply::Raw(half)]).await;
    let mut download = request::<ThingFile>(&client).await.expect("begins");
    assert_eq!(download.chunk().await.expect("half").as_deref(), Some(b"half".as_slice()));
    let error = download.chunk().await.expect_err("broken");
    assert_eq!((error.is_retryable(), error.attempts()), (true, 1));
    assert_no_token(&error);
    assert_eq!(server.requests().len(), 1, "to resume is the caller's");
}

#[tokio::test(start_paused = true)]
async fn a_retry_begins_where_the_call_began_and_the_token_stays_at_home() {
    let (far, _) = start(vec![Reply::new("503 Busy", &[], ""), thing()]).await;
    let away = Reply::new("307 Temporary Redirect", &[("location", &format!("{}/far", far.url()))], "");
    let (near, _) = start(vec![away]).await;
    let client = builder(&near).retry(Retry::default()).build().expect("a client");
    assert_eq!(request::<ShowThing>(&client).header("x-secret", "s").await.expect("the second time").id, "7");
    assert_eq!(near.requests().len(), 2);
    assert!(near.requests().iter().all(|request| request.header("authorization").is_some()));
    assert_eq!(far.requests().len(), 2);
    for request in far.requests() {
        assert_eq!((request.header("authorization"), request.header("x-secret")), (None, None));
    }
}
