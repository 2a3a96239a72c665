//! Tests calls over a real socket: the requests at the server, and the results of the caller.

mod credentials;
mod errors;
mod redirects;
mod responses;
mod styles;

use std::future::IntoFuture;

use intercom_client::runtime::{Client, Error, Operation, Part, Piece, Request, ResponseKind, Style, Value};
use serde_json::json;
use tests::server::{Received, Reply};
use tests::things::*;

/// Sends a request to a server with one reply and returns the error, after checking that it hides the token.
async fn fails<Op: Operation>(reply: Reply) -> Error
where
    <Op::Response as ResponseKind>::Output: std::fmt::Debug,
{
    let (_server, client) = start(vec![reply]).await;
    let error = request::<Op>(&client).await.expect_err("fails");
    assert_no_token(&error);
    error
}

#[tokio::test]
async fn a_request_arrives_as_it_was_made() {
    let (server, client) = start(vec![Reply::json(r#"{"id": "7", "new": 1}"#)]).await;
    let request = Request::<CreateThing>::new(&client, &[Piece::Text("/things/"), Piece::Value("id", &"a/b c?#%é")])
        .query("q", Style::Form { explode: true }, &json!(["x", "y&z"]))
        .query("gone", Style::Form { explode: true }, &Value::Null)
        .query_pair("more", "1 2")
        .header_parameter("X-List", Style::Simple { explode: false }, &json!(["a", "b"]))
        .header("x-own", "own")
        .cookie("sid", Style::Form { explode: true }, &"s 1")
        .json(&json!({"name": "n"}));
    assert_eq!((request.method(), request.body().to_json()), ("POST", Some(json!({"name": "n"}))));
    let url = request.url().expect("valid");
    assert_eq!(url.as_str(), format!("{}/things/a%2Fb%20c%3F%23%25%C3%A9?q=x&q=y%26z&more=1%202", server.url()));
    let response = request.send().await.expect("succeeds");
    assert_eq!((response.status_code().as_u16(), response.body().len()), (200, 21));
    assert_eq!(response.value().id, "7");
    assert_eq!(response.into_inner().extra.get("new"), Some(&json!(1)));

    let requests = server.requests();
    let [received] = requests.as_slice() else { panic!("one request, not {}", requests.len()) };
    assert_eq!(received.method, "POST");
    assert_eq!(received.target, "/things/a%2Fb%20c%3F%23%25%C3%A9?q=x&q=y%26z&more=1%202");
    assert_eq!(received.text(), r#"{"name":"n"}"#);
    for (name, value) in [
        ("authorization", "Bearer sesame-open"),
        ("content-type", "application/json"),
        ("accept", "application/json"),
        ("x-list", "a,b"),
        ("x-own", "own"),
        ("cookie", "sid=s%201"),
    ] {
        assert_eq!(received.header(name), Some(value), "{name}");
    }
    assert!(received.header("user-agent").is_some_and(|agent| agent.contains('/')));
}

#[tokio::test]
async fn query_styles_are_those_of_openapi() {
    let (_server, client) = start(vec![Reply::json("{}")]).await;
    let list = json!(["a b", null, "c,d"]);
    let object = json!({"k": "v", "n": null, "z": [1, 2]});
    for (style, value, expected) in [
        (Style::Form { explode: true }, &list, "p=a%20b&p=c%2Cd"),
        (Style::Form { explode: false }, &list, "p=a%20b,c%2Cd"),
        (Style::SpaceDelimited, &list, "p=a%20b%20c%2Cd"),
        (Style::PipeDelimited, &list, "p=a%20b%7Cc%2Cd"),
        (Style::Form { explode: true }, &object, "k=v&z=1&z=2"),
        (Style::Form { explode: false }, &json!({"R": 100, "G": 200}), "p=G,200,R,100"),
        (Style::DeepObject, &object, "p%5Bk%5D=v&p%5Bz%5D%5B%5D=1&p%5Bz%5D%5B%5D=2"),
        (Style::Form { explode: true }, &json!(true), "p=true"),
        (Style::Form { explode: false }, &json!([]), ""),
        (Style::Form { explode: true }, &json!(""), "p="),
    ] {
        let twice = request::<ShowThing>(&client).query("p", style, &json!("old")).query("p", style, value);
        let url = twice.url().expect("valid");
        assert_eq!(url.query().unwrap_or_default(), expected, "{style:?} {value}");
    }
}

#[tokio::test]
async fn a_path_value_that_would_reach_another_endpoint_is_refused() {
    let (server, client) = start(vec![Reply::json("{}")]).await;
    for value in ["", ".", ".."] {
        let request = Request::<ShowThing>::new(&client, &[Piece::Text("/things/"), Piece::Value("thing_id", &value)]);
        let error = request.clone().await.expect_err("refused");
        assert!(error.is_invalid() && error.to_string().contains("`thing_id`"), "{error}");
        assert!(request.url().is_err() && request.headers().is_err());
        assert!(request.send().await.is_err());
    }
    let split = [Piece::Text("/things/."), Piece::Value("id", &"."), Piece::Text("/x")];
    assert!(Request::<ShowThing>::new(&client, &split).url().is_err());
    let fine = [Piece::Text("/things/"), Piece::Value("id", &"%2e%2e"), Piece::Text("/x")];
    let url = Request::<ShowThing>::new(&client, &fine).url().expect("valid");
    assert_eq!(url.path(), "/things/%252e%252e/x");
    let dots = [Piece::Text("/things/"), Piece::Value("id", &"..."), Piece::Text("/x")];
    assert_eq!(Request::<ShowThing>::new(&client, &dots).url().expect("valid").path(), "/things/.../x");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn bodies_of_all_kinds_arrive() {
    let (server, client) = start(vec![Reply::json(r#"{"id": "1"}"#)]).await;
    let create = || request::<CreateThing>(&client);
    create().form(&json!({"a b": "c&d", "l": [1, 2], "o": {"k": "v"}, "n": null})).await.expect("form");
    create().text_body("text/plain", "hällo").await.expect("text");
    create().bytes_body("application/octet-stream", vec![0, 255]).await.expect("bytes");
    create()
        .text_part("number", &1)
        .text_part("number", &2)
        .text_part("none", &Value::Null)
        .file_part("file", Part::bytes("a,b").file_name("list.csv").content_type("text/csv"))
        .await
        .expect("multipart");
    let requests = server.requests();
    let [form, text, bytes, multipart] = requests.as_slice() else { panic!("{} requests", requests.len()) };
    assert_eq!(form.text(), "a%20b=c%26d&l=1&l=2&o%5Bk%5D=v");
    assert_eq!(form.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!((text.text().as_str(), text.header("content-type")), ("hällo", Some("text/plain")));
    assert_eq!(bytes.body, [0, 255]);
    assert!(multipart.header("content-type").is_some_and(|value| value.starts_with("multipart/form-data; boundary=")));
    let body = multipart.text();
    assert!(body.contains("name=\"number\"\r\n\r\n2\r\n") && !body.contains("\r\n1\r\n") && !body.contains("none"));
    assert!(body.contains("name=\"file\"; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n"), "{body}");
}

#[tokio::test]
async fn a_multipart_body_may_have_no_part() {
    let (server, client) = start(vec![Reply::json(r#"{"id": "1"}"#)]).await;
    let create = || request::<CreateThing>(&client).multipart();
    create().await.expect("no part");
    create().text_part("gone", &1).text_part("gone", &Value::Null).await.expect("no part left");
    create().text_part("number", &1).multipart().await.expect("one part");
    request::<CreateThing>(&client).json(&json!({})).multipart().await.expect("not JSON any more");
    let requests = server.requests();
    let types: Vec<_> = requests.iter().filter_map(|request| request.header("content-type")).collect();
    assert_eq!(types.len(), 4);
    assert!(types.iter().all(|media_type| media_type.starts_with("multipart/form-data; boundary=")), "{types:?}");
    for request in [&requests[0], &requests[1], &requests[3]] {
        // The body is only the end of the parts.
        let boundary = request.header("content-type").and_then(|value| value.split_once("boundary=")).expect("one").1;
        assert_eq!(request.text(), format!("--{boundary}--\r\n"));
        assert_eq!(request.headers.iter().filter(|(name, _)| name == "content-type").count(), 1);
    }
    assert!(requests[2].text().contains("name=\"number\"\r\n\r\n1\r\n"));
}

#[tokio::test]
async fn responses_of_all_kinds_are_read() {
    let (_server, client) = start(vec![Reply::new("204 No Content", &[], "")]).await;
    request::<DeleteThing>(&client).await.expect("empty");
    let (_server, client) = start(vec![Reply::new("200 OK", &[], "hello")]).await;
    assert_eq!(request::<ThingText>(&client).await.expect("text"), "hello");
    let (server, client) = start(vec![Reply::new("200 OK", &[], "bytes")]).await;
    let mut download = request::<ThingFile>(&client).await.expect("a download");
    assert_eq!(download.content_length(), Some(5));
    assert_eq!(download.chunk().await.expect("a chunk").as_deref(), Some(b"bytes".as_slice()));
    assert_eq!(download.chunk().await.expect("the end"), None);
    let download = request::<ThingFile>(&client).await.expect("a download");
    assert_eq!(download.bytes().await.expect("all"), "bytes");
    assert!(server.requests().iter().all(|request| request.header("accept") == Some("application/octet-stream")));
}

/// The text `{"id": "zip"}`, compressed.
const ZIPPED: [u8; 33] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 76, 81, 178, 82, 80, 170, 202, 44, 80, 170, 5, 0, 82, 215, 190, 64,
    13, 0, 0, 0,
];

#[tokio::test]
async fn a_compressed_response_is_read() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", ZIPPED.len());
    let (server, client) = start(vec![Reply::Raw([head.as_bytes(), &ZIPPED].concat())]).await;
    assert_eq!(request::<ShowThing>(&client).await.expect("a thing").id, "zip");
    assert!(server.requests().iter().all(|request| request.header("accept-encoding") == Some("gzip")));
}

#[tokio::test]
async fn a_header_of_the_call_stands_in_for_that_of_the_client() {
    let (server, _) = start(vec![Reply::json(r#"{"id": "1"}"#)]).await;
    let builder = Client::builder(TOKEN).base_url(server.url()).header("x-a", "1").header("X-A", "2").header("x-b", "");
    let client = builder.header("user-agent", "me").build().expect("a client");
    request::<ShowThing>(&client).await.expect("a thing");
    request::<ShowThing>(&client).header("x-a", "3").header("authorization", "Own").await.expect("a thing");
    let seen: Vec<_> =
        server.requests().iter().map(|request| all(request, &["x-a", "authorization", "user-agent"])).collect();
    assert_eq!(seen, ["2|Bearer sesame-open|me", "3|Own|me"]);
}

fn all(request: &Received, names: &[&str]) -> String {
    let values = request.headers.iter().filter(|(name, _)| names.contains(&name.as_str()));
    let value =
        |name: &&str| values.clone().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect();
    names.iter().map(value).collect::<Vec<String>>().join("|")
}

#[test]
fn plain_http_is_refused_except_to_this_machine() {
    let build = |url: &str| Client::builder(TOKEN).base_url(url).build();
    for url in [
        "http://api.example",
        "http://10.0.0.1",
        "http://localhost.example",
        "ftp://a",
        "http:",
        "",
        "https://a/?b",
        "https://u:p@a",
    ] {
        let error = build(url).expect_err(url);
        assert!(error.is_invalid());
        assert_no_token(&error);
    }
    for url in ["http://localhost:1", "http://127.0.0.9/v1", "http://[::1]:8080/"] {
        assert!(build(url).is_ok(), "{url}");
    }
    assert!(Client::builder(TOKEN).base_url("http://api.example").allow_plain_http().build().is_ok());
}

#[test]
fn the_token_shows_nowhere() {
    let builder = Client::builder(TOKEN).base_url("http://localhost/v1/").header("x-key", TOKEN);
    assert!(!format!("{builder:?}").contains(TOKEN));
    let client = builder.build().expect("a client");
    let request = request::<ShowThing>(&client);
    let shown = format!(
        "{client:?} {request:?} {request} {:?}",
        request.headers().map(|headers| headers.get("authorization").cloned())
    );
    assert!(!shown.contains(TOKEN), "{shown}");
    assert_eq!(request.url().expect("valid").as_str(), "http://localhost/v1/things/7");
    let error = Client::builder(format!("{TOKEN}\n")).base_url("http://localhost").build().expect_err("no header");
    assert_no_token(&error);
    let error = Client::builder(TOKEN).base_url("http://localhost").header("x", format!("{TOKEN}\n")).build();
    assert_no_token(&error.expect_err("no header"));
}

#[test]
fn client_and_calls_cross_threads() {
    fn is_send<T: Send>(_: &T) {}
    fn is_shared<T: Send + Sync + Clone>(_: &T) {}
    let client = Client::builder(TOKEN).base_url("http://localhost").build().expect("a client");
    is_shared(&client);
    is_shared(&request::<ShowThing>(&client));
    is_send(&request::<ShowThing>(&client).send());
    is_send(&request::<ThingFile>(&client).into_future());
}
