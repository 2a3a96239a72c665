//! Reads recorded traffic, one JSON object on each line.

use std::fs;
use std::path::Path;

use intercom_client::registry::OperationEntry;
use serde_json::{Map, Value};

use super::{Case, Part, templates};

const KEYS: [&str; 5] = ["method", "path", "status", "request", "response"];

/// Reads a file of exchanges.
///
/// # Errors
/// Fails if the file cannot be read, or if lines are not exchanges: one message for each, with its place.
pub fn read<'t>(file: &Path, table: &'t [OperationEntry]) -> Result<Vec<Case<'t>>, String> {
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| format!("error: cannot read {name}: {error}"))?;
    parse(&name, &bytes, table)
}

/// Like [`read`], from a text; `name` is the name of the file in messages.
///
/// # Errors
/// Fails if lines are not exchanges.
pub fn parse<'t>(name: &str, text: &[u8], table: &'t [OperationEntry]) -> Result<Vec<Case<'t>>, String> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut cases = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let place = format!("{name}:{}", index + 1);
        match exchange(line, &place, table) {
            Ok(found) => cases.extend(found),
            Err(message) => errors.push(format!("error: {message}\n  --> {place}")),
        }
    }
    if errors.is_empty() { Ok(cases) } else { Err(errors.join("\n")) }
}

/// Returns the bodies of one exchange.
fn exchange<'t>(line: &[u8], place: &str, table: &'t [OperationEntry]) -> Result<Vec<Case<'t>>, String> {
    let exchange: Map<String, Value> = serde_json::from_slice(line).map_err(|error| {
        // The line number is always 1 here and says nothing.
        format!("no JSON object: {}", error.to_string().replace(" at line 1 column ", " at column "))
    })?;
    if let Some(key) = exchange.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("unknown key {key:?}\n   = expected: {}", KEYS.join(", ")));
    }
    let text = |key: &str| match exchange.get(key) {
        Some(Value::String(text)) => Ok(text.as_str()),
        Some(_) => Err(format!("{key:?} is not a string")),
        None => Err(format!("{key:?} is missing")),
    };
    let (method, path) = (text("method")?, text("path")?);
    let body = |key: &str| exchange.get(key).filter(|body| !body.is_null());
    let status = exchange.get("status").filter(|status| !status.is_null()).map(status).transpose()?;
    let mut bodies: Vec<_> = body("request").map(|body| (Part::Request, body)).into_iter().collect();
    if let Some(body) = body("response") {
        bodies.push((Part::Response(status.ok_or("\"status\" is missing, and there is a response")?), body));
    }
    let entry = templates::operation(table, method, path);
    let operation = entry.map_or_else(|| format!("{method} {path}"), |entry| entry.id.to_owned());
    let case = |(part, body): (Part, &Value)| Case {
        operation: operation.clone(),
        entry,
        part,
        source: place.to_owned(),
        body: body.clone(),
    };
    Ok(bodies.into_iter().map(case).collect())
}

fn status(status: &Value) -> Result<u16, String> {
    let number = status.as_u64().and_then(|status| u16::try_from(status).ok());
    number
        .filter(|status| (100..=599).contains(status))
        .ok_or_else(|| format!("\"status\" is {status}\n   = expected: a number from 100 to 599"))
}
