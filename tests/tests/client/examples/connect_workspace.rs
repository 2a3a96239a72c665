//! Tests the example that sends a browser to Intercom and back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use tests::server::{Reply, Server};

use super::running::Running;
use super::start;

/// Starts the program and returns its address.
fn app(intercom: &Server) -> (Running, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connect_workspace"));
    command.arg("127.0.0.1:0").env("INTERCOM_BASE_URL", intercom.url());
    command.env("INTERCOM_CLIENT_ID", "app-1").env("INTERCOM_CLIENT_SECRET", "tea-kettle-17");
    let mut app = Running::watch_out(&mut command);
    let said = app.line().expect("an address");
    let address = said.strip_prefix("listening on http://").and_then(|url| url.strip_suffix('/'));
    let address = address.expect(&said).to_owned();
    (app, address)
}

/// Opens a page as a browser does; returns head and body.
async fn open(address: &str, page: String, cookie: String) -> String {
    let address = address.to_owned();
    let opened = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        let head = format!(
            "GET {page} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: tea=green; {cookie}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("a response");
        response
    });
    opened.await.expect("no panic")
}

/// Returns the text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).expect(text).0
}

#[tokio::test]
async fn a_browser_goes_and_comes_back_with_a_workspace() {
    let token = Reply::json(r#"{"token_type": "Bearer", "access_token": "sesame"}"#);
    let me =
        Reply::json(r#"{"type": "admin", "id": "a-1", "app": {"type": "app", "id_code": "w-1", "name": "Tea Ltd."}}"#);
    let intercom = start(vec![token, me]).await;
    let (mut app, address) = app(&intercom);
    let sent = open(&address, "/".to_owned(), String::new()).await;
    let page = between(&sent, "location: ", "\r\n");
    let state = between(&sent, "set-cookie: state=", ";").to_owned();
    assert_eq!(page, format!("https://app.intercom.com/oauth?client_id=app-1&state={state}"));
    assert!(state.len() >= 32 && !open(&address, "/".to_owned(), String::new()).await.contains(&state), "{state}");

    for (page, cookie) in [
        (format!("/back?code=c-1&state={state}"), String::new()),
        ("/back?code=c-1&state=".to_owned(), "state=".to_owned()),
        (format!("/back?code=c-1&state={state}0"), format!("state={state}")),
        (format!("/back?state={state}"), format!("state={state}")),
    ] {
        let refused = open(&address, page.clone(), cookie).await;
        assert!(refused.starts_with("HTTP/1.1 400"), "{page}: {refused}");
    }
    assert!(intercom.requests().is_empty());

    let back = open(&address, format!("/back?code=c-1&state={state}"), format!("state={state}")).await;
    assert!(back.starts_with("HTTP/1.1 200") && back.ends_with("Tea Ltd. is connected"), "{back}");
    assert_eq!(app.line().as_deref(), Some("connected Tea Ltd."));
    let requests = intercom.requests();
    let asked: Vec<_> =
        requests.iter().map(|request| (request.target.as_str(), request.header("authorization"))).collect();
    assert_eq!(asked, [("/auth/eagle/token", None), ("/me", Some("Bearer sesame"))]);
}

#[tokio::test]
async fn a_code_that_is_not_good_says_so() {
    let intercom = start(vec![Reply::new("401 Unauthorized", &[], "{}")]).await;
    let (_app, address) = app(&intercom);
    let sent = open(&address, "/".to_owned(), String::new()).await;
    let state = between(&sent, "set-cookie: state=", ";");
    let back = open(&address, format!("/back?code=c-1&state={state}"), format!("state={state}")).await;
    assert!(back.starts_with("HTTP/1.1 502"), "{back}");
}
