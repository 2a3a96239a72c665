//! The example program as a person runs it.

use std::process::Command;

use tests::server::{Reply, Server};

#[tokio::test]
async fn the_example_runs() {
    let server = Server::start(vec![
        Reply::json(r#"{"type":"admin","id":"42","name":"Grace Brewster","app":{"id_code":"w-1","name":"Acme"}}"#),
        Reply::json(r#"{"type":"list","data":[{"type":"contact","id":"c-17","name":"Ada"}],"total_count":1}"#),
        Reply::new("202 Accepted", &[], ""),
    ])
    .await
    .expect("a free port");

    let mut example = Command::new(env!("CARGO_BIN_EXE_quickstart"));
    example.arg("ada@example.com").env("INTERCOM_API_KEY", "sesame").env("INTERCOM_BASE_URL", server.url());
    let ran = tokio::task::spawn_blocking(move || example.output()).await.expect("no panic").expect("it starts");

    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let said = String::from_utf8_lossy(&ran.stdout);
    assert_eq!(said.lines().collect::<Vec<_>>(), ["Grace Brewster of Acme", "c-17 Ada", "sent quickstart-finished"]);
    let asked: Vec<_> =
        server.requests().iter().map(|request| format!("{} {}", request.method, request.target)).collect();
    assert_eq!(asked, ["GET /me", "POST /contacts/search", "POST /events"]);
    assert!(server.requests().iter().all(|request| request.header("authorization") == Some("Bearer sesame")));
}

#[tokio::test]
async fn the_example_says_what_is_missing() {
    for token in [None, Some("")] {
        let mut example = Command::new(env!("CARGO_BIN_EXE_quickstart"));
        example.arg("ada@example.com").env_remove("INTERCOM_API_KEY").env_remove("INTERCOM_BASE_URL");
        example.envs(token.map(|token| ("INTERCOM_API_KEY", token)));
        let ran = tokio::task::spawn_blocking(move || example.output()).await.expect("no panic").expect("it starts");
        assert!(!ran.status.success());
        assert!(String::from_utf8_lossy(&ran.stderr).contains("INTERCOM_API_KEY"));
    }
}
