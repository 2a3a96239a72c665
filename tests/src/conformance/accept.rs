//! A list of bodies that may fail, each with its reason.

use std::path::Path;

use document::Document;
use document::diagnostic::Diagnostics;
use serde_json::Value;

use super::{Failure, Part};

const KEYS: [&str; 4] = ["operation", "status", "source", "reason"];

/// The entries of a file.
#[derive(Debug, Clone, Default)]
pub struct Accepted {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    operation: String,
    part: Part,
    source: String,
    /// The place of the entry, as `file:line`.
    place: String,
}

impl Accepted {
    /// Reads a YAML or JSON list of objects with `operation`, `status` (absent for a request), `source` and `reason`.
    ///
    /// # Errors
    /// Fails if the file cannot be read, or if entries are not such objects: one message for each, with its place.
    pub fn read(file: &Path) -> Result<Self, String> {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| format!("error: cannot read {name}: {error}"))?;
        Self::parse(&name, text)
    }

    /// Like [`read`](Self::read), from a text; `name` is the name of the file in messages.
    ///
    /// # Errors
    /// Fails if entries are not such objects.
    pub fn parse(name: &str, text: String) -> Result<Self, String> {
        let lines = entry_lines(&text);
        let document = Document::parse(name, text).map_err(|errors: Diagnostics| errors.to_string())?;
        let list = match document.tree() {
            Value::Array(list) => list.as_slice(),
            // The file holds only comments.
            Value::Null => &[],
            _ => return Err(format!("error: no list of accepted bodies\n  --> {name}:1")),
        };
        let mut entries = Vec::new();
        let mut errors = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let place = format!("{name}:{}", lines.get(index).unwrap_or(&1));
            match entry(value, &place) {
                Ok(entry) => entries.push(entry),
                Err(message) => errors.push(format!("error: {message}\n  --> {place}")),
            }
        }
        if errors.is_empty() { Ok(Self { entries }) } else { Err(errors.join("\n")) }
    }

    /// Removes the failures of listed bodies. An entry without a failure has expired and becomes a failure. Returns the
    /// number of accepted bodies.
    ///
    /// `is_concerned` returns whether the run had bodies of an operation, so that an entry can be judged.
    pub fn apply(&self, failures: &mut Vec<Failure>, is_concerned: impl Fn(&str) -> bool) -> usize {
        let mut used = 0;
        for entry in self.entries.iter().filter(|entry| is_concerned(&entry.operation)) {
            let before = failures.len();
            failures.retain(|failure| !entry.is_of(failure));
            if failures.len() < before {
                used += 1;
                continue;
            }
            failures.push(Failure {
                operation: entry.operation.clone(),
                part: entry.part,
                source: entry.source.clone(),
                pointer: String::new(),
                reason: format!("{} accepts it, which it need not any more: remove the entry", entry.place),
            });
        }
        used
    }
}

impl Entry {
    fn is_of(&self, failure: &Failure) -> bool {
        self.operation == failure.operation && self.part == failure.part && self.source == failure.source
    }
}

fn entry(value: &Value, place: &str) -> Result<Entry, String> {
    let object = value.as_object().ok_or("an accepted body is an object")?;
    if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(format!("unknown key {key:?}\n   = expected: {}", KEYS.join(", ")));
    }
    let text = |key: &str| match value.get(key).and_then(Value::as_str).map(str::trim) {
        Some("") | None => Err(format!("{key:?} is missing, empty or no text")),
        Some(text) => Ok(text.to_owned()),
    };
    text("reason")?;
    let part = match value.get("status") {
        None => Part::Request,
        Some(status) => {
            let number = status.as_u64().and_then(|status| u16::try_from(status).ok());
            Part::Response(number.ok_or_else(|| format!("\"status\" is {status}, and no number of a response"))?)
        }
    };
    Ok(Entry { operation: text("operation")?, part, source: text("source")?, place: place.to_owned() })
}

/// Returns the lines on which the items of an outermost block list start.
fn entry_lines(text: &str) -> Vec<usize> {
    text.lines().zip(1..).filter(|(line, _)| line.starts_with('-')).map(|(_, number)| number).collect()
}
