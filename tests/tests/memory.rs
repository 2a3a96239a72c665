//! Checks that reading any text takes a small multiple of its length in memory.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;

use allocation_counter::measure;
use intercom_client::models::{Contact, ContactList, ContactSearchRequest};
use intercom_client::runtime::Retry;
use intercom_client::{Client, Decodable, Value, decode};
use tests::gzip::packed;
use tests::server::{Reply, Server};
use tests::things::{ShowThing, builder, request, start};
use tokio::runtime::{Builder, Runtime};

/// Returns a list of `parts` equal parts, with a text before and after it.
fn text(before: &str, part: &str, parts: usize, after: &str) -> String {
    format!("{before}{}{after}", vec![part; parts].join(","))
}

/// Returns the maximum memory of reading a text, in lengths of the text.
fn times<T: Decodable>(text: &str) -> f64 {
    let taken = measure(|| drop(decode::<T>(text.as_bytes())));
    taken.bytes_max as f64 / text.len() as f64
}

const MANY: usize = 200_000;

/// Prints the row for the table in ARCHITECTURE.md, which `--nocapture` shows, and checks the limit.
fn assert_little(what: &str, times: f64) {
    println!("| {what} | {times:.1} |");
    assert!(times <= 8.0, "{what}: {times}");
}

#[test]
fn numbers_where_contacts_should_be_are_kept_as_text() {
    let text = text(r#"{"data":["#, "1", 5 * MANY, "]}");
    assert_little("numbers where contacts should be", times::<ContactList>(&text));
    let read = decode::<ContactList>(text.as_bytes()).expect("decodes");
    assert!(read.value.data.is_some_and(|contacts| contacts.capacity() == 0));
    let kept = read.value.extra.get("data").and_then(Value::as_array).map(Vec::len);
    assert_eq!(kept, Some(5 * MANY));
    let first = read.mismatches.first().map(|mismatch| (mismatch.pointer.as_str(), &mismatch.value));
    assert_eq!(first, Some(("/data/0", &Value::from(1))));
}

#[test]
fn empty_contacts_are_read_as_far_as_there_is_room() {
    let text = text("[", "{}", 5 * MANY, "]");
    assert_little("empty contacts", times::<Vec<Contact>>(&text));
    let read = decode::<Vec<Contact>>(text.as_bytes()).expect("decodes");
    // The omitted elements are the last ones, and a mismatch reports them.
    let first = read.mismatches.first().map(|mismatch| mismatch.pointer.clone());
    assert_eq!(first, Some(format!("/{}", read.value.len())));
    assert!(read.value.len() > 1_000);
}

#[tokio::test]
async fn errors_without_number_are_listed_as_far_as_there_is_room() {
    let body = text(r#"{"type":"error.list","request_id":"r-9","errors":["#, "{}", 5 * MANY, "]}");
    let (_server, client) = start(vec![Reply::new("422 Unprocessable Content", &[], &body)]).await;
    let error = request::<ShowThing>(&client).await.expect_err("a 422");
    let taken = measure(|| {
        assert_eq!(error.request_id(), Some("r-9"));
        assert!(!error.details().is_empty() && error.code().is_none() && !error.to_string().is_empty());
    });
    assert_little("errors without number", taken.bytes_max as f64 / body.len() as f64);
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// A client of a server whose memory is not counted: it has a thread of its own.
fn client_of(reply: Reply) -> Client {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        runtime().block_on(async move {
            sender.send(Server::start(vec![reply]).await.expect("a free port")).expect("somebody waits");
            std::future::pending::<()>().await;
        });
    });
    builder(&receiver.recv().expect("a server")).retry(Retry::none()).build().expect("a client")
}

/// A megabyte and more in a few kilobytes: what a call takes from its begin to its end, and what comes of it.
#[test]
fn a_call_takes_little_of_what_comes_packed() {
    let contacts = |before, part: &str, after| (text(before, part, 5 * MANY, after), part.len() + 1);
    for (status, (text, period)) in [
        ("200 OK", contacts(r#"{"data":["#, "1", "]}")),
        ("200 OK", contacts("[", "{}", "]")),
        ("200 OK", contacts(r#"{"data":["#, "{}", "]}")),
        ("422 Unprocessable Content", contacts(r#"{"type":"error.list","errors":["#, "{}", "]}")),
    ] {
        let packed = packed(text.as_bytes(), period);
        assert!(packed.len() < text.len() / 100, "{} for {}", packed.len(), text.len());
        let client = client_of(Reply::gzip(status, &packed));
        let runtime = runtime();
        let taken = measure(|| match runtime.block_on(client.contacts().list_contacts().into_future()) {
            Ok(read) => assert!(status.starts_with('2') && read.data.is_some()),
            Err(error) => assert!(status.starts_with('4') && !error.details().is_empty()),
        });
        assert_little(&format!("a call: {}", &text[..20]), taken.bytes_max as f64 / text.len() as f64);
    }
}

#[test]
fn no_text_takes_more() {
    let names = (0..MANY / 4).map(|index| format!(r#""{index}":1"#)).collect::<Vec<_>>().join(",");
    let nested = (0..100).fold("[]".to_owned(), |inner, _| format!("[{},{inner}]", vec!["0"; MANY / 100].join(",")));
    let filters = (0..60).fold(text("[", r#"{"field":1}"#, MANY / 4, "]"), |inner, _| {
        format!(r#"[{{"operator":"AND","value":{inner}}}]"#)
    });
    let of_contacts = [
        ("free JSON", text(r#"{"data":[{"custom_attributes":{"a":["#, "0", MANY, "]}}]}")),
        ("free objects", text(r#"{"data":[{"custom_attributes":{"a":["#, r#"{"":0}"#, MANY, "]}}]}")),
        ("free JSON in each", text(r#"{"data":["#, r#"{"custom_attributes":{"a":[]}}"#, MANY / 4, "]}")),
        ("unnamed fields", format!("{{{names}}}")),
        ("unnamed fields in each", text(r#"{"data":["#, r#"{"x":1}"#, MANY, "]}")),
        ("the same field again", text("{", r#""data":[{}]"#, MANY / 4, "}")),
        ("mismatches", text(r#"{"data":["#, r#"{"id":[]}"#, MANY, "]}")),
        ("empty lists", text(r#"{"data":["#, r#"{"merge_history":[{}]}"#, MANY / 4, "]}")),
        ("boxes", text(r#"{"data":["#, r#"{"companies":{"data":[{}]}}"#, MANY / 4, "]}")),
        ("nested lists", format!(r#"{{"data":{nested}}}"#)),
    ];
    for (what, text) in of_contacts {
        assert_little(what, times::<ContactList>(&text));
    }
    assert_little(
        "a bare list of contacts",
        times::<ContactList>(&text("[", r#"{"id":"c-1","name":null}"#, MANY / 4, "]")),
    );
    assert_little("a bare list of numbers", times::<ContactList>(&text("[", "1", MANY, "]")));
    assert_little("strings", times::<Vec<String>>(&text("[", r#""""#, MANY, "]")));
    assert_little("lists", times::<Vec<Vec<i64>>>(&text("[", "[0]", MANY, "]")));
    assert_little("lists of none", times::<Vec<Vec<Contact>>>(&text("[", "[0]", MANY, "]")));
    assert_little("maps", times::<BTreeMap<String, Contact>>(&format!("{{{names}}}")));
    assert_little("maps of numbers", times::<BTreeMap<String, i64>>(&format!("{{{names}}}")));
    assert_little("anything", times::<Value>(&text("[", "[]", MANY, "]")));
    let search = format!(r#"{{"query":{{"operator":"AND","value":{filters}}}}}"#);
    assert_little("unions in unions", times::<ContactSearchRequest>(&search));
}
