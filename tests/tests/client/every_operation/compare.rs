//! Compares the expected values with the received ones.

use serde_json::{Value, json};
use tests::server::Received;

use super::outcome::{Content, Outcome};

/// The end of a difference that is only a missing null.
const NO_NULL: &str = "is missing, null was expected";

/// Returns the differences between the expected and the received request.
pub(super) fn request(expected: &Value, received: &Received) -> Vec<String> {
    let mut found = Vec::new();
    let (path, query) = received.target.split_once('?').unwrap_or((&received.target, ""));
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_unstable();
    values("method", &expected["method"], &json!(received.method), &mut found);
    values("path", &expected["path"], &json!(path), &mut found);
    values("query", &expected["query"], &json!(pairs), &mut found);
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        let received = received.header(name).map(|value| value.split(';').next().unwrap_or_default());
        values(&format!("header {name}"), value, &json!(received), &mut found);
    }
    if expected["headers"].get("content-type").is_none() && received.header("content-type").is_some() {
        found.push("a content-type without content".to_owned());
    }
    body(&expected["body"], received, &mut found);
    found
}

fn body(expected: &Value, received: &Received, found: &mut Vec<String>) {
    if let Some(expected) = expected.get("json") {
        match serde_json::from_slice(&received.body) {
            Ok(body) => values("body", expected, &body, found),
            Err(error) => found.push(format!("body: {error}: {}", received.text())),
        }
    } else if let Some(expected) = expected.get("parts") {
        values("parts", expected, &parts(received), found);
    } else if !received.body.is_empty() {
        found.push(format!("a body that nobody gave: {}", received.text()));
    }
}

/// Returns the parts of a multipart body, sorted by name.
fn parts(received: &Received) -> Value {
    let media_type = received.header("content-type").unwrap_or_default();
    let boundary = media_type.split("boundary=").nth(1).unwrap_or_default().trim_matches('"');
    let text = received.text();
    let delimiter = format!("--{boundary}");
    let sections = text.split(&delimiter).skip(1).filter(|section| *section != "--\r\n");
    let mut parts: Vec<Value> = sections.map(part).collect();
    parts.sort_by_key(|part| part["name"].to_string());
    json!(parts)
}

fn part(section: &str) -> Value {
    let (head, body) = section.split_once("\r\n\r\n").unwrap_or_default();
    let name = head.split(" name=\"").nth(1).and_then(|rest| rest.split('"').next());
    let file = head.contains("filename") && head.to_lowercase().contains("content-type: text/csv");
    json!({ "name": name, "text": body.strip_suffix("\r\n"), "file": file })
}

/// Returns the differences between the response of the server and the result of the call.
pub(super) fn response(expected: &Value, outcome: &Outcome) -> Vec<String> {
    let mut found: Vec<String> = outcome.unnamed.iter().map(|unnamed| format!("response: {unnamed}")).collect();
    values("response's status", &expected["status"], &json!(outcome.status), &mut found);
    let (kind, value) = match &outcome.content {
        Content::Json(value) => ("json", value.clone()),
        Content::Text(text) => ("text", json!(text)),
        Content::Bytes(bytes) => ("bytes", json!(bytes)),
        Content::Location(location) => ("location", json!(location)),
        Content::Nothing => ("nothing", Value::Null),
    };
    let kinds = ["json", "text", "bytes", "location"];
    match kinds.into_iter().find(|kind| expected.get(kind).is_some()).unwrap_or("nothing") {
        sent if sent == kind => {
            // A reader of a response treats null and absent alike, so a field that no request has keeps no null.
            let mut differing = Vec::new();
            values("response", &expected[kind], &value, &mut differing);
            found.extend(differing.into_iter().filter(|difference| !difference.ends_with(NO_NULL)));
        }
        sent => found.push(format!("the document has a response of {sent}, the client gives one of {kind}")),
    }
    found
}

/// Adds the places where two values differ.
fn values(place: &str, expected: &Value, got: &Value, found: &mut Vec<String>) {
    match (expected, got) {
        (Value::Object(expected), Value::Object(got)) => {
            for (name, expected) in expected {
                match got.get(name) {
                    Some(got) => values(&format!("{place}/{name}"), expected, got, found),
                    None => found.push(format!("{place}/{name} is missing, {expected} was expected")),
                }
            }
            let more = got.iter().filter(|(name, _)| !expected.contains_key(*name));
            found.extend(more.map(|(name, value)| format!("{place}/{name} is {value}, nothing was expected")));
        }
        (Value::Array(expected), Value::Array(got)) if expected.len() == got.len() => {
            for (index, (expected, got)) in expected.iter().zip(got).enumerate() {
                values(&format!("{place}/{index}"), expected, got, found);
            }
        }
        _ if expected == got => {}
        _ => found.push(format!("{place} is {got}, {expected} was expected")),
    }
}
