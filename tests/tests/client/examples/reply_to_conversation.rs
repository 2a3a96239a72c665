//! Tests the example of a reply, and the checks against a second or late reply.

use serde_json::{Value, json};
use tests::server::Reply;

use super::{asked, command, refusal, run, sent, start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_reply_to_conversation");

const ARGUMENTS: [&str; 2] = ["17", "The kettle is mended."];

const READ: [&str; 2] = ["GET /me", "GET /conversations/17?display_as=plaintext"];

fn me() -> Reply {
    Reply::json(r#"{"type": "admin", "id": "42", "name": "Grace"}"#)
}

fn part(id: &str, kind: &str, author: &str, body: Option<&str>) -> Value {
    json!({"id": id, "part_type": kind, "author": {"type": author, "name": "Ann"}, "body": body})
}

/// Returns a conversation that Ann began, with further parts.
fn conversation(state: &str, parts: &[Value]) -> Reply {
    let source = json!({"id": "s-1", "author": {"type": "user", "name": "Ann"}, "body": "My kettle leaks."});
    let parts = json!({"type": "conversation_part.list", "conversation_parts": parts});
    Reply::json(&json!({"id": "17", "state": state, "source": source, "conversation_parts": parts}).to_string())
}

/// Returns parts that do not affect the question: an event, and a note with the text of the reply.
fn asides() -> Vec<Value> {
    vec![part("p-1", "assignment", "admin", None), part("p-2", "note", "admin", Some(ARGUMENTS[1]))]
}

#[tokio::test]
async fn the_last_question_is_received_and_the_conversation_closed() {
    let mut parts = asides();
    parts.insert(0, part("p-0", "comment", "lead", Some("And it hisses.")));
    let replied = [parts.clone(), vec![part("p-3", "comment", "admin", Some("<p>The kettle is mended.</p>"))]].concat();
    let replies = [conversation("open", &parts), conversation("open", &replied), conversation("closed", &replied)];
    let server = start([vec![me()], replies.into()].concat()).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, ["Ann wrote: And it hisses.", "sent the reply", "closed it"]);
    let wrote = ["POST /conversations/17/reply", "POST /conversations/17/parts"];
    assert_eq!(asked(&server), [READ, wrote].concat());
    let reply = json!({"type": "admin", "message_type": "comment", "admin_id": "42", "body": ARGUMENTS[1]});
    assert_eq!(sent(&server, 2), reply);
    assert_eq!(sent(&server, 3), json!({"type": "admin", "message_type": "close", "admin_id": "42"}));
}

#[tokio::test]
async fn a_reply_that_is_there_is_not_sent_again() {
    let parts = [part("p-1", "comment", "admin", Some("The kettle is mended.\n"))];
    let server = start(vec![me(), conversation("open", &parts)]).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert_eq!(ran.out, ["Ann wrote: My kettle leaks.", "the reply is there already", "closed it"]);
    assert_eq!(asked(&server), [&READ[..], &["POST /conversations/17/parts"]].concat());

    let server = start(vec![me(), conversation("closed", &parts)]).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(asked(&server), READ);
}

#[tokio::test]
async fn the_same_words_response_a_later_question_too() {
    let parts =
        [part("p-1", "comment", "admin", Some(ARGUMENTS[1])), part("p-2", "open", "user", Some("It leaks again."))];
    let server = start(vec![me(), conversation("open", &parts)]).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert_eq!(ran.out, ["Ann wrote: It leaks again.", "sent the reply", "closed it"]);
}

#[tokio::test]
async fn a_customer_who_writes_in_the_meantime_is_not_closed_away() {
    let later = [part("p-3", "comment", "user", Some("One more thing.")), part("p-4", "comment", "admin", Some("…"))];
    let server = start(vec![me(), conversation("open", &[]), conversation("open", &later)]).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert!(ran.succeeded, "{}", ran.err);
    let said = ["Ann wrote: My kettle leaks.", "sent the reply", "Ann wrote again in the meantime, so it stays open"];
    assert_eq!(ran.out, said);
    assert_eq!(asked(&server), [&READ[..], &["POST /conversations/17/reply"]].concat());
}

#[tokio::test]
async fn a_conversation_that_is_not_there_is_named() {
    let server = start(vec![me(), refusal("404 Not Found", "not_found")]).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert!(!ran.succeeded && ran.err.contains("there is no conversation 17"), "{}", ran.err);
    assert_eq!(asked(&server), READ);
}

#[tokio::test]
async fn a_reply_that_may_have_arrived_is_not_repeated() {
    let gone = Reply::new("504 Gateway Timeout", &[], "");
    let server = start(vec![me(), conversation("open", &[]), gone]).await;
    let ran = run(command(PROGRAM, &server, &ARGUMENTS)).await;
    assert!(!ran.succeeded && ran.err.contains("run this again, it looks whether the reply arrived"), "{}", ran.err);
    assert_eq!(asked(&server), [&READ[..], &["POST /conversations/17/reply"]].concat());
}
