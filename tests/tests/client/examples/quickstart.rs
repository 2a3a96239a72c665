//! Tests the first example: the own admin, a contact, an event.

use std::process::Command;

use tests::server::Reply;

use super::{asked, command, run, sent, start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_quickstart");

#[tokio::test]
async fn it_looks_a_contact_up_and_records_an_event() {
    let server = start(vec![
        Reply::json(r#"{"type":"admin","id":"42","name":"Grace Brewster","app":{"id_code":"w-1","name":"Acme"}}"#),
        Reply::json(r#"{"type":"list","data":[{"type":"contact","id":"c-17","name":"Ada"}],"total_count":1}"#),
        Reply::new("202 Accepted", &[], ""),
    ])
    .await;
    let ran = run(command(PROGRAM, &server, &["ada@example.com"])).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, ["Grace Brewster of Acme", "c-17 Ada", "sent quickstart-finished"]);
    assert_eq!(asked(&server), ["GET /me", "POST /contacts/search", "POST /events"]);
    let event = sent(&server, 2);
    assert_eq!((&event["email"], &event["event_name"]), (&"ada@example.com".into(), &"quickstart-finished".into()));
}

#[tokio::test]
async fn it_says_what_is_missing() {
    for token in [None, Some("")] {
        let mut command = Command::new(PROGRAM);
        command.arg("ada@example.com").env_remove("INTERCOM_API_KEY").env_remove("INTERCOM_BASE_URL");
        command.envs(token.map(|token| ("INTERCOM_API_KEY", token)));
        let ran = run(command).await;
        assert!(!ran.succeeded && ran.err.contains("INTERCOM_API_KEY"), "{}", ran.err);
    }
}
