//! Tests the spans and events of a call.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tests::server::Reply;
use tests::things::*;
use tracing::field::{Field, Visit};
use tracing::{Level, Metadata, span};

use super::status;

/// A subscriber that keeps a line for each span, with all its recorded fields, and for each event.
#[derive(Clone, Default)]
struct Recorder {
    next: Arc<AtomicU64>,
    lines: Arc<Mutex<Vec<Line>>>,
}

struct Line {
    id: u64,
    level: Level,
    text: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let shown =
            if field.name() == "duration" || field.name() == "wait" { "…".to_owned() } else { format!("{value:?}") };
        write!(self.text, " {}={shown}", field.name()).expect("a string takes all");
    }
}

impl Recorder {
    /// Creates a recorder, and a second dispatcher to keep alive: with only one, `tracing` asks the subscriber of the
    /// first thread that comes by, which may have none.
    fn new() -> (Self, tracing::Dispatch) {
        let second = tracing::Dispatch::new(Self::default());
        (Self::default(), second)
    }

    fn line(&self, id: u64, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
        let mut line = Line { id, level: *metadata.level(), text: metadata.target().to_owned() };
        record(&mut line);
        self.lines.lock().expect("no panic").push(line);
    }

    fn texts(&self, level: Level) -> Vec<String> {
        let lines = self.lines.lock().expect("no panic");
        let ours = lines.iter().filter(|line| line.level == level && line.text.starts_with("intercom_client"));
        ours.map(|line| line.text.clone()).collect()
    }
}

impl tracing::Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        self.line(id, attributes.metadata(), |line| {
            line.text = format!("{} {}", line.text, attributes.metadata().name());
            attributes.record(line);
        });
        span::Id::from_u64(id)
    }

    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        let mut lines = self.lines.lock().expect("no panic");
        if let Some(line) = lines.iter_mut().find(|line| line.id == id.into_u64()) {
            values.record(line);
        }
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        self.line(0, event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

const START: &str = r#"intercom_client call otel.kind="client" otel.name="#;

#[tokio::test(start_paused = true)]
async fn a_call_is_a_span_with_the_names_of_opentelemetry() {
    let (recorder, _second) = Recorder::new();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let (_server, client) = start_retrying(vec![thing()]).await;
    request::<ShowThing>(&client).await.expect("a thing");
    let (_server, client) = start_retrying(vec![status("503 Busy"), Reply::Raw(Vec::new()), thing()]).await;
    request::<ShowThing>(&client).await.expect("the third time");
    let (_server, client) = start_retrying(vec![status("404 Not Found")]).await;
    request::<CreateThing>(&client).await.expect_err("not found");
    let (_server, client) = start_retrying(vec![Reply::json("<html>")]).await;
    request::<ShowThing>(&client).await.expect_err("no thing");
    client.request(intercom_client::Method::GET, "/secret/c-17").await.expect_err("no JSON");

    let show = r#"GET /things/{id} operation="ShowThing" http.request.method="GET" url.template="/things/{id}" server.address="127.0.0.1" duration=…"#;
    let create = show.replace("GET", "POST").replace("Show", "Create");
    let other = r#"GET operation="request" http.request.method="GET" server.address="127.0.0.1" duration=…"#;
    assert_eq!(
        recorder.texts(Level::INFO),
        [
            format!("{START}{show} http.response.status_code=200"),
            format!("{START}{show} http.request.resend_count=2 http.response.status_code=200"),
            format!(r#"{START}{create} http.response.status_code=404 error.type="404""#),
            format!(r#"{START}{show} http.response.status_code=200 error.type="decode""#),
            format!(r#"{START}{other} http.response.status_code=200 error.type="decode""#),
        ]
    );
    let again = "intercom_client message=the call is sent again after a wait operation=\"ShowThing\"";
    assert_eq!(
        recorder.texts(Level::DEBUG),
        [
            format!(r#"{again} attempts=1 wait=… error.type="503""#),
            format!(r#"{again} attempts=2 wait=… error.type="transport""#),
        ]
    );
}

#[tokio::test]
async fn the_span_of_a_call_to_another_place_names_that_place() {
    let (elsewhere, _) = start(vec![Reply::new("200 OK", &[], "file")]).await;
    let place = elsewhere.url().replace("127.0.0.1", "localhost");
    let (_server, client) = start(vec![Reply::new("302 Found", &[("location", &place)], "")]).await;
    let location = request::<ThingPlace>(&client).await.expect("a place");

    let (recorder, _second) = Recorder::new();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    location.download(&client).await.expect("a file");
    let fetch = r#"GET operation="location" http.request.method="GET" server.address="localhost" duration=…"#;
    assert_eq!(recorder.texts(Level::INFO), [format!("{START}{fetch} http.response.status_code=200")]);
}

#[tokio::test(start_paused = true)]
async fn no_token_no_value_and_no_body_is_told() {
    let (recorder, _second) = Recorder::new();
    let _guard = tracing::subscriber::set_default(recorder.clone());
    let body = r#"{"errors": [{"code": "private-code", "message": "private response"}]}"#;
    let (_server, client) =
        start_retrying(vec![Reply::new("503 Busy", &[("x-private", "private header")], body)]).await;
    let call = request::<UpdateThing>(&client).query_pair("q", "private query").header("x-own", "private header");
    call.json(&json!({"name": "private body"})).await.expect_err("busy");
    let lines = recorder.lines.lock().expect("no panic");
    // Spans of other crates are not checked, except for the token.
    let ours: Vec<&str> =
        lines.iter().map(|line| line.text.as_str()).filter(|text| text.starts_with("intercom_client")).collect();
    assert_eq!(ours.len(), 3, "a span and two retries");
    assert!(ours.iter().all(|text| !text.contains("private")), "{ours:?}");
    assert!(lines.iter().all(|line| !line.text.contains(TOKEN)));
}
