//! Tests bodies that are not JSON, over a real socket: parts from files and streams, downloads, and targets of
//! redirects.

use std::path::PathBuf;

use intercom_client::Client;
use tests::folder;
use tests::server::{Reply, Server};

mod downloads;
mod redirects;
mod resume;
mod uploads;

const TOKEN: &str = "sesame-open";

async fn start(replies: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(replies).await.expect("a free port");
    let client = Client::builder(TOKEN).base_url(server.url()).build().expect("a client");
    (server, client)
}

fn empty_folder(test: &str) -> PathBuf {
    folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/bodies"), test).expect("a folder")
}

/// Returns the error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
