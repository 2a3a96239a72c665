//! Tests which requests are sent again.

use std::fmt::Debug;
use std::time::{Duration, UNIX_EPOCH};

use intercom_client::runtime::{Client, Error, Operation, Part, Request, ResponseKind, Retry};
use serde_json::json;
use tests::server::{Reply, refusing};
use tests::things::*;

use super::status;

/// A response that ends in the middle of its content.
const HALF: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf";
/// A response that ends in the middle of its chunks.
const CHUNK: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n";

/// Calls an operation of a server that always sends this reply. Returns the error and the number of requests.
async fn fails<Op: Operation>(reply: Reply, change: impl FnOnce(Request<Op>) -> Request<Op>) -> (Error, usize)
where
    <Op::Response as ResponseKind>::Output: Debug,
{
    let (server, client) = start_retrying(vec![reply]).await;
    let error = change(request(&client)).await.expect_err("fails");
    assert_no_token(&error);
    let sent = server.requests().len();
    assert_eq!(error.attempts() as usize, sent, "{error}");
    (error, sent)
}

async fn count<Op: Operation>(reply: Reply) -> usize
where
    <Op::Response as ResponseKind>::Output: Debug,
{
    fails::<Op>(reply, |request| request).await.1
}

#[tokio::test(start_paused = true)]
async fn a_status_is_retried_where_it_is_transient_and_the_operation_safe() {
    for line in ["408 Request Timeout", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"] {
        assert_eq!(count::<ShowThing>(status(line)).await, 3, "{line}");
        assert_eq!(count::<UpdateThing>(status(line)).await, 3, "{line}");
        assert_eq!(count::<DeleteThing>(status(line)).await, 3, "{line}");
        assert_eq!(count::<ThingFile>(status(line)).await, 3, "{line}");
        assert_eq!(count::<ThingPlace>(status(line)).await, 3, "{line}");
        assert_eq!(count::<SearchThing>(status(line)).await, 3, "a search, {line}");
        assert_eq!(count::<CreateThing>(status(line)).await, 1, "{line}");
        assert_eq!(count::<ChangeThing>(status(line)).await, 1, "{line}");
        assert!(fails::<ShowThing>(status(line), |request| request).await.0.is_retryable());
    }
    for line in ["400 Bad Request", "401 Unauthorized", "404 Not Found", "409 Conflict", "500 Oops", "501 No", "505 No"]
    {
        assert_eq!(count::<ShowThing>(status(line)).await, 1, "{line}");
        assert_eq!(count::<ShowThing>(Reply::new(line, &[("retry-after", "7")], "")).await, 1, "{line}");
        assert!(!fails::<ShowThing>(status(line), |request| request).await.0.is_retryable());
    }
}

#[tokio::test(start_paused = true)]
async fn a_429_is_retried_whatever_the_method() {
    let limited = || status("429 Too Many Requests");
    assert_eq!(count::<ShowThing>(limited()).await, 3);
    assert_eq!(count::<CreateThing>(limited()).await, 3);
    let (error, sent) = fails::<CreateThing>(limited(), |request| request.idempotent(false)).await;
    assert_eq!((sent, error.is_rate_limited(), error.is_retryable()), (3, true, true));
    assert_eq!(fails::<CreateThing>(limited(), |request| request.retry(Retry::none())).await.1, 1);
}

#[tokio::test(start_paused = true)]
async fn a_429_because_an_earlier_call_is_at_work_is_returned_at_once() {
    let exhausted = |remaining| Reply::new("429 Too Many Requests", &[("x-ratelimit-remaining", remaining)], "");
    assert_eq!(count::<ExportThing>(status("429 Too Many Requests")).await, 1);
    assert_eq!(count::<ExportThing>(exhausted("83")).await, 1);
    assert_eq!(count::<ExportThing>(exhausted("none")).await, 1);
    assert_eq!(count::<ExportThing>(exhausted("0")).await, 3, "the limit itself is used up");
}

/// The flags of the real operations come from an overlay.
#[tokio::test(start_paused = true)]
async fn searches_are_safe_and_exports_go_concurrency_limited() {
    let list =
        r#"{"type": "error.list", "errors": [{"code": "rate_limit_exceeded", "message": "One export is pending"}]}"#;
    let busy = vec![Reply::new("429 Too Many Requests", &[("x-ratelimit-remaining", "120")], list)];
    let (server, client) = start_retrying(busy).await;
    let body = intercom_client::models::CreateDataExportsRequest::new(UNIX_EPOCH, UNIX_EPOCH);
    let error = client.data_export().create_data_export(body).await.expect_err("one is pending");
    assert_eq!((error.code(), server.requests().len()), (Some("rate_limit_exceeded"), 1));
    assert_eq!(error.rate_limit().and_then(|limit| limit.remaining), Some(120));

    let (server, client) = start_retrying(vec![status("503 Service Unavailable")]).await;
    let search = intercom_client::models::SearchRequest::new(intercom_client::models::SingleFilterSearchRequest::new());
    client.conversations().search_conversations(search).await.expect_err("unavailable");
    assert_eq!(server.requests().len(), 3);
    client.companies().scroll_over_all_companies().await.expect_err("unavailable");
    assert_eq!(server.requests().len(), 4, "a page of a scroll that was lost does not come again");
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_is_retried_where_that_is_safe() {
    for reply in [Reply::Raw(Vec::new()), Reply::Raw(HALF.to_vec()), Reply::Raw(CHUNK.to_vec())] {
        assert_eq!(count::<ShowThing>(reply.clone()).await, 3);
        assert_eq!(count::<CreateThing>(reply.clone()).await, 1);
        let (error, sent) = fails::<CreateThing>(reply.clone(), |request| request.idempotent(true)).await;
        assert_eq!((sent, error.is_retryable(), error.is_timeout()), (3, true, false));
        let (error, sent) = fails::<ShowThing>(reply, |request| request.idempotent(false)).await;
        assert_eq!((sent, error.is_retryable()), (1, true));
    }
    let (error, sent) = fails::<ShowThing>(Reply::Raw(CHUNK.to_vec()), |request| request).await;
    assert_eq!(
        (sent, error.text().as_ref(), error.status_code().map(|status| status.as_u16())),
        (3, "half", Some(200))
    );
}

#[tokio::test]
async fn nobody_listens() {
    let (_taken, nobody) = refusing().expect("a free port");
    let quick = Retry::default().backoff(Duration::from_millis(1), Duration::from_millis(1));
    let client = Client::builder(TOKEN).base_url(nobody).retry(quick).build().expect("a client");
    let error = request::<ShowThing>(&client).await.expect_err("nobody");
    assert!(error.is_connect() && error.is_retryable() && error.attempts() == 3, "{error:?}");
    assert_no_token(&error);
}

#[tokio::test(start_paused = true)]
async fn a_repeated_request_is_the_same_request() {
    let replies = vec![status("503 Busy"), Reply::Raw(Vec::new()), thing()];
    let (server, client) = start_retrying(replies).await;
    let update = request::<UpdateThing>(&client).query_pair("a", "1").header("x-own", "o").json(&json!({"name": "n"}));
    assert_eq!(update.await.expect("the third time").id, "7");
    let [first, second, third] = &server.requests()[..] else { panic!("three requests") };
    for other in [second, third] {
        assert_eq!((&first.target, &first.headers, &first.body), (&other.target, &other.headers, &other.body));
    }

    let (server, client) = start_retrying(vec![status("503 Busy"), thing()]).await;
    let upload = request::<UpdateThing>(&client).file_part("file", Part::bytes("a,b").file_name("list.csv"));
    upload.await.expect("the second time");
    assert!(server.requests().iter().all(|request| request.text().contains("\r\n\r\na,b\r\n")));
}

#[tokio::test(start_paused = true)]
async fn attempts_are_the_clients_or_the_calls() {
    for attempts in [0, 1, 2, 5] {
        let rules = Retry::default().attempts(attempts);
        let sent = fails::<ShowThing>(status("503 Busy"), |request| request.retry(rules)).await.1;
        assert_eq!(sent, attempts.max(1) as usize);
    }
    let (server, _) = start(vec![status("503 Busy")]).await;
    let client = builder(&server).retry(Retry::default().attempts(2)).build().expect("a client");
    assert_eq!(request::<ShowThing>(&client).await.expect_err("busy").attempts(), 2);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_error_tells_all_after_the_last_attempt() {
    let html = "<html>\n<h1>Gateway</h1>";
    let page = Reply::new("504 Gateway Timeout", &[("content-type", "text/html"), ("x-request-id", "r-2")], html);
    let (error, _) = fails::<ShowThing>(page, |request| request).await;
    assert_eq!((error.text().as_ref(), error.request_id(), error.details().len()), (html, Some("r-2"), 0));
    assert!(error.is_timeout() && error.is_server_error() && error.json().is_none());
    assert_eq!(error.to_string(), "ShowThing: 504 Gateway Timeout (request id r-2)");

    let busy = r#"{"type": "error.list", "request_id": "no-uuid", "errors": [{"code": "busy", "message": "Later"}]}"#;
    let (error, _) = fails::<ShowThing>(Reply::new("503 Service Unavailable", &[], busy), |request| request).await;
    assert_eq!(error.to_string(), "ShowThing: 503 Service Unavailable: busy: Later (request id no-uuid)");

    let (error, sent) = fails::<ShowThing>(status("401 Unauthorized"), |request| request).await;
    assert!(error.is_unauthorized() && error.body().is_empty() && sent == 1);
}

/// The response says that the id exists already; the document does not mention it.
#[tokio::test(start_paused = true)]
async fn a_conflict_is_no_reason_to_try_again() {
    let body = r#"{"type": "error.list", "errors": [{"code": "conflict", "message": "Exists with id=c-17"}]}"#;
    let (error, sent) = fails::<CreateThing>(Reply::new("409 Conflict", &[], body), |request| request).await;
    assert_eq!((sent, error.is_conflict(), error.code()), (1, true, Some("conflict")));
}
