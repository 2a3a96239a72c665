//! Calls every operation of the client against a local server and checks the requests and the results.
//!
//! The build script writes the calls and, from the document alone, the expected requests and responses. Each operation
//! is called with all of its arguments, once for each alternative of its unions and for each documented success, then
//! with null wherever that is allowed, then with only the required arguments.

mod arguments;
mod compare;
mod outcome;
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;

use intercom_client::Client;
use serde_json::Value;
use tests::server::{Reply, Server};

use arguments::Arguments;
use outcome::Outcome;
use pages::{Walk, Walking};

type Pending = Pin<Box<dyn Future<Output = Result<Outcome, String>>>>;
type Call = fn(&Client, &Arguments) -> Result<Pending, String>;

/// The output of the build script: [`CALLS`] and [`WALKS`].
#[allow(deprecated, unused_variables, reason = "a deprecated operation is called too, and some take no arguments")]
#[rustfmt::skip]
mod calls {
    use intercom_client::{Client, models, resources};
    use serde_json::Value;

    use super::arguments::Arguments;
    use super::outcome::{bytes, empty, encode, json, redirect, several, text};
    use super::pages::walk;
    use super::{Call, Pending, Walk, Walking};

    include!(concat!(env!("OUT_DIR"), "/calls.rs"));
}

#[test]
fn every_operation() {
    let expected = expectations();
    let calls: BTreeMap<&str, Call> = calls::CALLS.iter().copied().collect();

    let documented: BTreeSet<&str> = expected.iter().map(|operation| text_of(&operation["key"])).collect();
    let called: BTreeSet<&str> = calls.keys().copied().collect();
    let unmatched: Vec<_> = documented.symmetric_difference(&called).collect();
    assert!(unmatched.is_empty(), "in the document or in the client, and not in the other: {unmatched:?}");
    assert_eq!((expected.len(), calls::CALLS.len()), (documented.len(), documented.len()), "each of them once");

    let mut cases = 0;
    let mut differences: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for operation in &expected {
        let key = text_of(&operation["key"]);
        for case in operation["cases"].as_array().expect("cases") {
            cases += 1;
            for difference in perform(calls[key], case) {
                differences.entry((key, difference)).or_default().push(text_of(&case["name"]));
            }
        }
    }
    println!("{} operations, {cases} calls", expected.len());
    let operations: BTreeSet<&str> = differences.keys().map(|(key, _)| *key).collect();
    let list: Vec<_> = differences
        .iter()
        .map(|((key, difference), cases)| format!("{key} ({}): {difference}", cases.join("; ")))
        .collect();
    assert!(list.is_empty(), "{} operations differ:\n{}", operations.len(), list.join("\n"));
}

/// Returns the cases of each operation that the build script found in the document.
fn expectations() -> Vec<Value> {
    let written = std::fs::read(concat!(env!("OUT_DIR"), "/calls.json")).expect("the build script wrote it");
    serde_json::from_slice(&written).expect("it is JSON")
}

/// Makes one call and returns the differences from the expectation. Each call has its own runtime, with which its
/// server ends.
fn perform(call: Call, case: &Value) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let server = Server::start(vec![reply(&case["response"])]).await.expect("a free port");
        let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
        let outcome = match call(&client, &Arguments::new(&case["arguments"])) {
            Ok(pending) => pending.await,
            Err(error) => return vec![format!("not sent: {error}")],
        };
        let mut differences = match &server.requests()[..] {
            [request] => compare::request(&case["request"], request),
            requests => vec![format!("{} requests arrived", requests.len())],
        };
        match outcome {
            Ok(outcome) => differences.extend(compare::response(&case["response"], &outcome)),
            Err(error) => differences.push(error),
        }
        differences
    })
}

/// Returns the response of the server.
fn reply(response: &Value) -> Reply {
    let body = match (&response["json"], &response["text"], &response["bytes"]) {
        (Value::Null, Value::String(text), _) => text.clone().into_bytes(),
        (Value::Null, _, Value::Array(bytes)) => {
            bytes.iter().filter_map(Value::as_u64).map(|byte| byte as u8).collect()
        }
        (Value::Null, ..) if response["type"] != "application/json" => Vec::new(),
        (value, ..) => value.to_string().into_bytes(),
    };
    let header =
        |name: &str, key: &str| response[key].as_str().map(|value| format!("{name}: {value}\r\n")).unwrap_or_default();
    let (status, media_type, location) =
        (&response["status"], header("content-type", "type"), header("location", "location"));
    let length = if *status == 204 { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let head = format!("HTTP/1.1 {status} OK\r\nconnection: close\r\n{length}{media_type}{location}\r\n");
    Reply::Raw([head.into_bytes(), body].concat())
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
