//! Tests the example for a contact that is new, one that exists, one that is archived, and one that was merged.

use serde_json::json;
use tests::server::{Reply, Server};

use super::{Ran, asked, command, run, sent, start};

async fn keep(server: &Server) -> Ran {
    run(command(env!("CARGO_BIN_EXE_create_or_update_contact"), server, &["u-17", "ann@example.com", "Ann"])).await
}

fn contact(id: &str) -> Reply {
    Reply::json(&json!({ "type": "contact", "id": id, "name": "Ann" }).to_string())
}

fn conflict(message: &str) -> Reply {
    let errors = json!({ "type": "error.list", "errors": [{ "code": "conflict", "message": message }] });
    Reply::new("409 Conflict", &[("content-type", "application/json")], &errors.to_string())
}

#[tokio::test]
async fn a_new_one_is_created() {
    let server = start(vec![contact("c-17")]).await;
    assert_eq!(keep(&server).await.out, ["c-17 is Ann"]);
    assert_eq!(asked(&server), ["POST /contacts"]);
    assert_eq!(sent(&server, 0), json!({ "external_id": "u-17", "email": "ann@example.com", "name": "Ann" }));
}

#[tokio::test]
async fn one_that_is_there_is_updated() {
    let taken = conflict("A contact matching those details already exists with id=6a0f17bc");
    let server = start(vec![taken, contact("6a0f17bc")]).await;
    assert_eq!(keep(&server).await.out, ["6a0f17bc is Ann"]);
    assert_eq!(asked(&server), ["POST /contacts", "PUT /contacts/6a0f17bc"]);
    assert_eq!(sent(&server, 1), json!({ "external_id": "u-17", "email": "ann@example.com", "name": "Ann" }));
}

#[tokio::test]
async fn an_archived_one_comes_back_first() {
    let taken = conflict("An archived contact matching those details already exists with id=6a0f17bc.");
    let server = start(vec![taken, contact("6a0f17bc")]).await;
    assert!(keep(&server).await.succeeded);
    assert_eq!(asked(&server), ["POST /contacts", "POST /contacts/6a0f17bc/unarchive", "PUT /contacts/6a0f17bc"]);
}

#[tokio::test]
async fn of_a_merged_one_the_survivor_is_updated() {
    let taken = conflict("A contact matching those details already exists with id=6a0f17bc");
    let merged = Reply::new("410 Gone", &[("link", "</contacts/6a0f99ff>; rel=\"canonical\"")], "{}");
    let server = start(vec![taken, merged, contact("6a0f99ff")]).await;
    assert_eq!(keep(&server).await.out, ["6a0f99ff is Ann"]);
    assert_eq!(asked(&server), ["POST /contacts", "PUT /contacts/6a0f17bc", "PUT /contacts/6a0f99ff"]);
}

#[tokio::test]
async fn another_conflict_is_an_error() {
    let server = start(vec![conflict("A contact with these details cannot be created")]).await;
    let ran = keep(&server).await;
    assert!(!ran.succeeded && ran.err.contains("409"), "{}", ran.err);
    assert_eq!(asked(&server), ["POST /contacts"]);
}
