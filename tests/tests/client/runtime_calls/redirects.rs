//! Tests redirects: as a response, followed, and not followed.

use serde_json::json;
use tests::server::{Reply, refusing};

use super::{CreateThing, ShowThing, ThingPlace, fails, request, start};

#[tokio::test]
async fn a_redirect_is_a_response_where_the_document_says_so() {
    let place = "https://files.example/a?signature=x";
    let (server, client) = start(vec![Reply::new("302 Found", &[("location", place)], "")]).await;
    assert_eq!(request::<ThingPlace>(&client).await.expect("a place").as_str(), place);
    assert_eq!(server.requests().len(), 1);
    let relative = Reply::new("302 Found", &[("location", "/else")], "");
    let (server, client) = start(vec![relative]).await;
    assert_eq!(request::<ThingPlace>(&client).await.expect("a place").as_str(), format!("{}/else", server.url()));
    assert!(fails::<ThingPlace>(Reply::new("200 OK", &[], "")).await.is_decode());
    assert!(fails::<ThingPlace>(Reply::new("404 Not Found", &[], "")).await.is_not_found());
}

#[tokio::test]
async fn the_token_follows_a_redirect_within_the_origin_only() {
    let (other, _) = start(vec![Reply::json(r#"{"id": "far"}"#)]).await;
    let away = format!("{}/far", other.url());
    let replies = vec![
        Reply::new("307 Temporary Redirect", &[("location", "/near?x=1")], ""),
        Reply::new("302 Found", &[("location", &away)], ""),
    ];
    let (server, client) = start(replies).await;
    let thing = request::<ShowThing>(&client).header("x-secret", "s").await.expect("follows");
    assert_eq!(thing.id, "far");
    let [_, near] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!((near.target.as_str(), near.header("authorization")), ("/near?x=1", Some("Bearer sesame-open")));
    let [far] = &other.requests()[..] else { panic!("one request") };
    assert_eq!((far.target.as_str(), far.header("accept")), ("/far", Some("application/json")));
    assert_eq!((far.header("authorization"), far.header("x-secret")), (None, None));
}

#[tokio::test]
async fn redirects_that_may_not_be_followed_are_errors() {
    let (other, _) = start(vec![Reply::json(r#"{"id": "far"}"#)]).await;
    let away = format!("{}/far", other.url());
    for reply in [
        Reply::new("307 Temporary Redirect", &[("location", &away)], ""),
        Reply::new("302 Found", &[("location", "/near")], ""),
        Reply::new("308 Permanent Redirect", &[("location", "http://far.example/")], ""),
        Reply::new("302 Found", &[], ""),
    ] {
        let (server, client) = start(vec![reply]).await;
        let error = request::<CreateThing>(&client).json(&json!({"secret": 1})).await.expect_err("not followed");
        assert!(error.status_code().is_some_and(|status| status.is_redirection()));
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
    let (server, client) = start(vec![Reply::new("302 Found", &[("location", "/round")], "")]).await;
    assert!(request::<ShowThing>(&client).await.is_err());
    assert_eq!(server.requests().len(), 11);
}

#[tokio::test]
async fn see_other_is_read_with_get() {
    let replies = vec![Reply::new("303 See Other", &[("location", "/done")], ""), Reply::json(r#"{"id": "done"}"#)];
    let (server, client) = start(replies).await;
    assert_eq!(request::<CreateThing>(&client).json(&json!({})).await.expect("follows").id, "done");
    let [_, done] = &server.requests()[..] else { panic!("two requests") };
    assert_eq!((done.method.as_str(), done.body.len(), done.header("content-type")), ("GET", 0, None));
}

/// The server has seen the call, even if its redirect fails.
#[tokio::test]
async fn a_call_that_was_sent_is_not_told_as_one_that_was_not() {
    let (_taken, refusing) = refusing().expect("a free port");
    for (place, status) in [(format!("/{}", "x".repeat(100_000)), Some(303)), (format!("{refusing}/done"), None)] {
        let (server, client) = start(vec![Reply::new("303 See Other", &[("location", &place)], "seen")]).await;
        let error = request::<CreateThing>(&client).json(&json!({})).await.expect_err("leads nowhere");
        assert!(!error.is_invalid() && !error.is_connect(), "{error:?}");
        assert_eq!((error.attempts(), error.status_code().map(|status| status.as_u16())), (1, status), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
}
