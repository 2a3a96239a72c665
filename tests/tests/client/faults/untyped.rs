//! Tests calls that the document does not have.

use intercom_client::runtime::{Client, Method, Request, Untyped, Value};
use serde_json::json;
use tests::server::Reply;
use tests::things::*;

use super::status;

fn url(request: Request<Untyped>) -> Result<String, String> {
    request.url().map(|url| url.to_string()).map_err(|error| error.to_string())
}

#[tokio::test]
async fn any_call_can_be_made() {
    let (server, client) = start(vec![Reply::json(r#"{"a": [1, null]}"#)]).await;
    let call = client
        .request(Method::PATCH, "/new things/{id}/{kind}")
        .path_value("id", "a/b?#%..é")
        .path_value("kind", 7)
        .query_pair("q", "1 2")
        .header("x-own", "o")
        .json(&json!({"name": "n"}));
    assert_eq!((call.method(), call.body().to_json()), ("PATCH", Some(json!({"name": "n"}))));
    let response = call.send().await.expect("succeeds");
    assert_eq!((response.status_code().as_u16(), response.body().as_ref()), (200, br#"{"a": [1, null]}"#.as_slice()));
    assert_eq!(response.into_inner(), json!({"a": [1, null]}));

    let [received] = &server.requests()[..] else { panic!("one request") };
    assert_eq!(received.method, "PATCH");
    assert_eq!(received.target, "/new%20things/a%2Fb%3F%23%25..%C3%A9/7?q=1%202");
    assert_eq!(received.text(), r#"{"name":"n"}"#);
    for (name, value) in [
        ("authorization", "Bearer sesame-open"),
        ("x-own", "o"),
        ("accept", "application/json"),
        ("intercom-version", "Preview"),
    ] {
        assert_eq!(received.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn an_empty_response_is_null_and_an_odd_one_an_error() {
    for empty in [Reply::new("202 Accepted", &[], ""), Reply::Raw(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())] {
        let (_server, client) = start(vec![empty]).await;
        assert_eq!(client.request(Method::DELETE, "/x").await.expect("empty"), Value::Null);
    }
    let (_server, client) = start(vec![Reply::new("200 OK", &[("content-type", "text/html")], "<html>")]).await;
    let error = client.request(Method::GET, "/x").await.expect_err("no JSON");
    assert!(error.is_decode() && error.text() == "<html>");
    let body = r#"{"type": "error.list", "errors": [{"code": "not_found", "message": "None"}]}"#;
    let (_server, client) = start(vec![Reply::new("404 Not Found", &[], body)]).await;
    let error = client.request(Method::GET, "/x").await.expect_err("not found");
    assert_eq!((error.is_not_found(), error.to_string().as_str()), (true, "request: 404 Not Found: not_found: None"));
}

#[tokio::test]
async fn a_path_stays_below_the_base_url() {
    let client = Client::builder(TOKEN).base_url("https://api.example/v1").build().expect("a client");
    let get = |path: &str| client.request(Method::GET, path);
    for (path, expected) in [
        ("/things", "https://api.example/v1/things"),
        ("/", "https://api.example/v1/"),
        ("/a%20b/{x}", "https://api.example/v1/a%20b/%7Bx%7D"),
        ("/a\\b\n", "https://api.example/v1/a%5Cb%0A"),
        ("/.../a..b", "https://api.example/v1/.../a..b"),
        ("/https://elsewhere.example/", "https://api.example/v1/https://elsewhere.example/"),
    ] {
        assert_eq!(url(get(path)).as_deref(), Ok(expected));
    }
    for path in [
        "",
        "things",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/../admin",
        "/a/%2E%2e/b",
        "/a/.%2e",
        "/./a",
        "/a?b=1",
        "/a#b",
    ] {
        let error = get(path).await.expect_err(path);
        assert!(error.is_invalid() && error.attempts() == 0, "{path}: {error}");
    }
    for (value, fine) in [("..", false), ("", false), (".", false), ("%2e%2e", true), ("{y}", true)] {
        assert_eq!(get("/a/{x}/b").path_value("x", value).url().is_ok(), fine, "{value}");
    }
    assert!(url(get("/a/{x}").path_value("y", 1)).expect_err("no such place").contains("`{y}`"));
}

#[tokio::test(start_paused = true)]
async fn it_is_retried_by_its_method() {
    for (method, sent) in [(Method::GET, 3), (Method::HEAD, 3), (Method::PUT, 3), (Method::POST, 1), (Method::PATCH, 1)]
    {
        let (server, client) = start_retrying(vec![status("503 Busy")]).await;
        let error = client.request(method.clone(), "/x").await.expect_err("busy");
        assert_eq!((error.attempts(), server.requests().len()), (sent as u32, sent), "{method}");
    }
    let (server, client) = start_retrying(vec![status("503 Busy")]).await;
    client.request(Method::POST, "/x").idempotent(true).await.expect_err("busy");
    assert_eq!(server.requests().len(), 3);
}
