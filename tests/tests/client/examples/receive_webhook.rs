//! Tests the example of an endpoint for notifications over a socket.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;

use intercom_client::webhook::{sign, sign_body};
use serde_json::{Value, json};

use super::running::Running;

const PROGRAM: &str = env!("CARGO_BIN_EXE_receive_webhook");

const SECRET: &str = "tea-kettle-17";

/// Starts the endpoint and returns its address.
fn start() -> (Running, String) {
    let mut endpoint =
        Running::watch_out(Command::new(PROGRAM).arg("127.0.0.1:0").env("INTERCOM_CLIENT_SECRET", SECRET));
    let said = endpoint.line().expect("an address");
    let address = said.strip_prefix("listening on http://").and_then(|url| url.strip_suffix('/'));
    let address = address.expect(&said).to_owned();
    (endpoint, address)
}

/// Delivers these bytes and returns the status.
fn deliver(address: &str, signature: Option<&str>, body: &[u8]) -> u16 {
    let signature = signature.map(|signature| format!("X-Hub-Signature: {signature}\r\n")).unwrap_or_default();
    post(address, &signature, body)
}

/// Like [`deliver`], with any header.
fn post(address: &str, signature: &str, body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let length = body.len();
    let head = format!("POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n");
    stream.write_all(&[format!("{head}{signature}\r\n").as_bytes(), body].concat()).expect("sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    response.split(' ').nth(1).and_then(|status| status.parse().ok()).expect(&response)
}

fn notification(id: &str, topic: &str, item: Value) -> Vec<u8> {
    // The spaces are part of the test: they are signed too.
    let body = json!({"type": "notification_event", "id": id, "topic": topic, "data": {"item": item}});
    format!("  {body}\n").into_bytes()
}

#[test]
fn notifications_are_checked_received_and_dealt_with_once() {
    let (mut endpoint, address) = start();
    let new = notification("n-1", "contact.user.created", json!({"type": "contact", "id": "c-17", "name": "Ann"}));
    let waiting = notification("n-2", "conversation.user.replied", json!({"type": "conversation", "id": "17"}));
    let odd = notification("n-3", "teapot.emptied", json!({"type": "teapot"}));
    assert_eq!(deliver(&address, Some(&sign(SECRET, &new)), &new), 200);
    assert_eq!(endpoint.line().as_deref(), Some("n-1: welcome Ann"));
    assert_eq!(deliver(&address, Some(&sign(SECRET, &new)), &new), 200, "or it would come again for ever");
    assert_eq!(endpoint.line().as_deref(), Some("n-1: seen before"));
    assert_eq!(deliver(&address, Some(&sign(SECRET, &waiting)), &waiting), 200);
    assert_eq!(endpoint.line().as_deref(), Some("n-2: conversation 17 waits for a response"));
    assert_eq!(deliver(&address, Some(&sign(SECRET, &odd)), &odd), 200);
    assert_eq!(endpoint.line().as_deref(), Some("n-3: nothing to do for teapot.emptied"));
}

#[test]
fn what_is_not_signed_right_is_refused_and_not_dealt_with() {
    let (mut endpoint, address) = start();
    let body = notification("n-1", "contact.user.created", json!({"type": "contact", "name": "Mallory"}));
    let signature = sign(SECRET, &body);
    assert_eq!(deliver(&address, None, &body), 401);
    assert_eq!(deliver(&address, Some("sha1=kettle"), &body), 401);
    assert_eq!(deliver(&address, Some(&sign("another secret", &body)), &body), 401);
    assert_eq!(deliver(&address, Some(&signature), body.trim_ascii()), 401, "every byte counts");
    assert_eq!(deliver(&address, Some(&sign(SECRET, "tea")), b"tea"), 400, "signed, but no notification");
    let ping = notification("n-1", "ping", json!({"type": "ping"}));
    assert_eq!(deliver(&address, Some(&sign(SECRET, &ping)), &ping), 200);
    assert_eq!(
        endpoint.line().as_deref(),
        Some("n-1: the connection works"),
        "nothing came before it, and its id was not taken"
    );
}

#[test]
fn calls_that_tell_of_no_event_are_taken_with_the_signature_of_their_body() {
    let (mut endpoint, address) = start();
    let header = |body: &[u8]| format!("X-Body-Signature: {}\r\n", sign_body(SECRET, body));
    for (body, said) in [
        (json!({ "app_id": "w-1" }), "without id: workspace w-1 asks"),
        (json!({ "workspace_id": "w-2", "context": { "location": "conversation" } }), "without id: workspace w-2 asks"),
    ] {
        let body = body.to_string().into_bytes();
        assert_eq!(post(&address, &header(b"{}"), &body), 401);
        assert_eq!(post(&address, &header(&body), &body), 200);
        assert_eq!(endpoint.line().as_deref(), Some(said));
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_nothing_is_left_undone() {
    let (endpoint, address) = start();
    for id in ["n-1", "n-2", "n-3"] {
        let ping = notification(id, "ping", json!({}));
        assert_eq!(deliver(&address, Some(&sign(SECRET, &ping)), &ping), 200);
    }
    endpoint.interrupt();
    let (status, rest) = endpoint.end();
    assert!(status.success());
    assert_eq!(rest, ["n-1", "n-2", "n-3"].map(|id| format!("{id}: the connection works")));
}

#[test]
fn without_a_secret_it_does_not_start() {
    for secret in [None, Some("")] {
        let mut command = Command::new(PROGRAM);
        command.arg("127.0.0.1:0").env_remove("INTERCOM_CLIENT_SECRET");
        command.envs(secret.map(|secret| ("INTERCOM_CLIENT_SECRET", secret)));
        let ran = command.output().expect("it starts");
        assert!(!ran.status.success() && ran.stdout.is_empty());
        assert!(String::from_utf8_lossy(&ran.stderr).contains("INTERCOM_CLIENT_SECRET"));
    }
}
