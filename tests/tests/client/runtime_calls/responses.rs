//! Tests responses: several by status, mismatches and their warnings, and bodies that are too long.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use intercom_client::runtime::{
    Bytes, Client, Decodable, DecodeError, Decoded, Reply as Received, ResponseKind, decode,
};
use serde_json::json;
use tests::operation;
use tests::server::{Reply, Server};
use tracing::field::{Field, Visit};
use tracing::span;

use super::{ShowThing, TOKEN, Thing, ThingFile, ThingText, assert_no_token, request, start};

#[derive(Debug, Clone, PartialEq)]
enum ManyResponse {
    Ok(Thing),
    Accepted(String),
    Partial(Bytes),
    NoContent,
}

impl ResponseKind for ManyResponse {
    type Output = Self;

    fn read(reply: &mut Received) -> Result<Decoded<Self>, DecodeError> {
        match reply.status() {
            200 => decode(reply.body()).map(|decoded| decoded.map(Self::Ok)),
            202 => Ok(Decoded::new(Self::Accepted(reply.text()))),
            203 => Ok(Decoded::new(Self::Partial(reply.body().clone()))),
            204 => Ok(Decoded::new(Self::NoContent)),
            status => Err(DecodeError::undocumented_status(status)),
        }
    }
}

operation!(ShowMany, "GET", ManyResponse, "application/json");

#[tokio::test]
async fn several_responses_are_told_apart_by_status() {
    let thing = Thing { id: "7".to_owned(), size: None, extra: Default::default() };
    for (status, body, expected) in [
        ("200 OK", r#"{"id": "7"}"#, ManyResponse::Ok(thing)),
        ("202 Accepted", "wait", ManyResponse::Accepted("wait".to_owned())),
        ("203 Partial", "by", ManyResponse::Partial(Bytes::from_static(b"by"))),
        ("204 No Content", "", ManyResponse::NoContent),
    ] {
        let (_server, client) = start(vec![Reply::new(status, &[], body)]).await;
        let response = request::<ShowMany>(&client).send().await.expect("reads");
        assert!(response.mismatches().is_empty());
        assert_eq!(response.into_inner(), expected);
    }
    for (status, body) in [("206 Else", "{}"), ("200 OK", "{}"), ("200 OK", "<html>")] {
        let (_server, client) = start(vec![Reply::new(status, &[], body)]).await;
        let error = request::<ShowMany>(&client).await.expect_err("not documented");
        assert!(error.is_decode() && error.text() == body, "{error}");
    }
}

#[tokio::test]
async fn a_mismatching_response_is_read_and_its_mismatches_are_told() {
    let (_server, client) = start(vec![Reply::json(r#"{"id": "7", "size": {"a": 1}}"#)]).await;
    let one = request::<ShowThing>(&client).send().await.expect("reads");
    let several = request::<ShowMany>(&client).send().await.expect("reads");
    assert!(matches!(several.value(), ManyResponse::Ok(thing) if thing.extra.contains("size")));
    for mismatches in [one.mismatches(), several.mismatches()] {
        let [mismatch] = mismatches else { panic!("one mismatch") };
        assert_eq!((mismatch.pointer.as_str(), &mismatch.value), ("/size", &json!({"a": 1})));
    }
}

#[test]
fn a_function_can_be_generic_over_what_it_decodes() {
    fn read<T: Decodable>(text: &str) -> T {
        decode(text.as_bytes()).expect("decodes").value
    }
    assert_eq!(read::<Thing>(r#"{"id": "7"}"#).id, "7");
    assert_eq!(read::<Vec<Option<i64>>>("[1, null]"), [Some(1), None]);
}

/// A subscriber that keeps the warnings of this thread.
#[derive(Debug, Clone, Default)]
struct Warnings(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, "{}={value:?} ", field.name()).expect("a string takes all");
    }
}

impl tracing::Subscriber for Warnings {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() == tracing::Level::WARN
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut line = Line(String::new());
        event.record(&mut line);
        self.0.lock().expect("no panic").push(line.0.trim_end().to_owned());
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn a_mismatch_is_a_warning_with_its_place_and_without_its_value() {
    // A second subscriber is needed: with only one, `tracing` asks the subscriber of the first thread that comes by,
    // which may have none.
    let _second = tracing::Dispatch::new(Warnings::default());
    let warnings = Warnings::default();
    let _guard = tracing::subscriber::set_default(warnings.clone());
    let (_server, client) = start(vec![Reply::json(r#"{"id": "7", "size": {"private": "ann@example.com"}}"#)]).await;
    request::<ShowThing>(&client).await.expect("reads");
    request::<ShowMany>(&client).await.expect("reads");
    let (_server, client) = start(vec![Reply::json(r#"{"id": "7", "new": "bob@example.com"}"#)]).await;
    request::<ShowThing>(&client).await.expect("no mismatch");
    let given = warnings.0.lock().expect("no panic").clone();
    let warning = |operation| {
        format!(r#"message=the response does not match the document operation="{operation}" pointer="/size""#)
    };
    assert_eq!(given, [warning("ShowThing"), warning("ShowMany")]);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read_to_its_end() {
    let exact = format!(r#"{{"id": "{}"}}"#, "x".repeat(89));
    let limited = |server: &Server| Client::builder(TOKEN).base_url(server.url()).body_limit(99).build();
    let (server, _) = start(vec![Reply::json(&exact)]).await;
    assert_eq!(exact.len(), 99);
    request::<ShowThing>(&limited(&server).expect("a client")).await.expect("as long as it may be");

    // The first reply has a content length, the second is endless without one, and the third is small only on the wire.
    let told = Reply::Stall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n".to_vec());
    let chunk = format!("40\r\n{}\r\n", "x".repeat(64)).repeat(2);
    let untold = Reply::Stall(format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunk}").into_bytes());
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", ZIPPED.len());
    let zipped = Reply::Raw([head.as_bytes(), &ZIPPED].concat());
    for reply in [told, untold, zipped] {
        let (server, _) = start(vec![reply]).await;
        let error = request::<ThingText>(&limited(&server).expect("a client")).await.expect_err("too long");
        assert!(error.is_body_too_large() && !error.is_decode() && !error.is_timeout(), "{error}");
        assert_eq!(error.status_code().map(|status| status.as_u16()), Some(200));
        assert_eq!(error.to_string(), "ThingText: 200 OK: the body is longer than 99 bytes");
        assert!(error.body().len() <= 99);
        assert_no_token(&error);
    }

    // A failure keeps its kind.
    let (server, _) = start(vec![Reply::new("404 Not Found", &[], &"x".repeat(100))]).await;
    let error = request::<ShowThing>(&limited(&server).expect("a client")).await.expect_err("not found");
    assert!(error.is_not_found() && !error.is_body_too_large());
    let cause = std::error::Error::source(&error).expect("why there is no body");
    assert!(cause.to_string().contains("longer than 99 bytes"), "{cause}");

    let (server, _) = start(vec![Reply::new("200 OK", &[], &"x".repeat(100))]).await;
    let download = request::<ThingFile>(&limited(&server).expect("a client")).await.expect("begins");
    assert_eq!(download.bytes().await.expect("has no limit").len(), 100);
}

/// The text of a hundred `a`, compressed.
const ZIPPED: [u8; 24] = [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 76, 164, 61, 0, 0, 100, 122, 112, 175, 100, 0, 0, 0];
