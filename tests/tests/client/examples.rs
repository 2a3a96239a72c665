//! Runs the examples: their requests, their output, and the files that they write.

use std::path::PathBuf;
use std::process::Command;

use tests::folder;
use tests::server::{Reply, Server};

mod connect_workspace;
mod create_or_update_contact;
mod custom_objects;
mod export_with_progress;
mod quickstart;
mod receive_webhook;
mod reply_to_conversation;
mod running;
mod search_contacts;
mod sync_contacts;

/// The result of a program.
struct Ran {
    succeeded: bool,
    out: Vec<String>,
    err: String,
}

/// Returns a command with a token and the URL of the server.
fn command(program: &str, server: &Server, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).env("INTERCOM_API_KEY", "sesame").env("INTERCOM_BASE_URL", server.url());
    command
}

async fn run(mut command: Command) -> Ran {
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("no panic").expect("it starts");
    Ran {
        succeeded: output.status.success(),
        out: String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

async fn start(replies: Vec<Reply>) -> Server {
    Server::start(replies).await.expect("a free port")
}

/// Returns method and target of the received requests, after checking that each has the token.
fn asked(server: &Server) -> Vec<String> {
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.header("authorization") == Some("Bearer sesame")));
    requests.iter().map(|request| format!("{} {}", request.method, request.target)).collect()
}

/// Returns the body of a request as JSON.
fn sent(server: &Server, request: usize) -> serde_json::Value {
    let requests = server.requests();
    serde_json::from_slice(&requests.get(request).expect("a request").body).expect("JSON")
}

/// Returns an error response.
fn refusal(status: &str, code: &str) -> Reply {
    let body = format!(r#"{{"type": "error.list", "errors": [{{"code": "{code}", "message": "no"}}]}}"#);
    Reply::new(status, &[("content-type", "application/json")], &body)
}

fn empty_folder(test: &str) -> PathBuf {
    folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/examples"), test).expect("a folder")
}

#[tokio::test]
async fn every_program_says_which_argument_is_missing() {
    let server = start(vec![Reply::json("{}")]).await;
    for (program, told) in [
        (env!("CARGO_BIN_EXE_connect_workspace"), "where to listen?"),
        (env!("CARGO_BIN_EXE_create_or_update_contact"), "which user?"),
        (env!("CARGO_BIN_EXE_custom_objects"), "put ORDER CONTACT NAME=VALUE"),
        (env!("CARGO_BIN_EXE_export_with_progress"), "give two moments"),
        (env!("CARGO_BIN_EXE_quickstart"), "which contact?"),
        (env!("CARGO_BIN_EXE_receive_webhook"), "where to listen?"),
        (env!("CARGO_BIN_EXE_reply_to_conversation"), "which conversation?"),
        (env!("CARGO_BIN_EXE_search_contacts"), "since which day?"),
        (env!("CARGO_BIN_EXE_sync_contacts"), "which file?"),
    ] {
        let mut command = command(program, &server, &[]);
        command.env("INTERCOM_CLIENT_SECRET", "tea-kettle-17");
        let ran = run(command).await;
        assert!(!ran.succeeded && ran.err.contains(told), "{}", ran.err);
    }
    assert!(server.requests().is_empty());
}
