//! Reviewed findings: they stay as they are, each with a reason.

use document::diagnostic::{Diagnostic, Diagnostics, describe, quote};
use document::{Source, SourceMap};
use serde_json::Value;

use super::{Finding, Kind};

const KEYS: [&str; 3] = ["kind", "place", "reason"];

/// A list of findings that a person has reviewed.
#[derive(Debug, Clone, Default)]
pub struct Reviewed(Vec<Entry>);

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    /// The place, or its beginning followed by `*`.
    place: String,
    line: usize,
}

/// The result of applying the list to findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The number of findings that the list settles.
    pub settled: usize,
    /// The findings that the list does not settle.
    pub unsettled: Vec<Finding>,
    /// The entries that no longer settle anything: line, kind and place.
    pub stale: Vec<String>,
}

impl Reviewed {
    /// Parses a YAML or JSON list of objects with `kind`, `place` (or its beginning followed by `*`) and `reason`.
    /// `name` is the name of the list in diagnostics.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the text is not such a list.
    pub fn parse(name: &str, text: String) -> Result<Self, Diagnostics> {
        let source = Source::new(name, text);
        let (tree, mut found) = source.parse()?;
        let mut entries = Vec::new();
        match &tree {
            Value::Array(list) => {
                let read = list.iter().enumerate().filter_map(|(index, value)| entry(index, value, &mut found));
                entries.extend(read);
            }
            // The text has nothing but comments.
            Value::Null => {}
            other => found.push(Diagnostic::error("", format!("the list is {}", describe(other))).expected("a list")),
        }
        if !found.is_empty() {
            SourceMap::new(source).locate(&mut found);
            return Err(found);
        }
        let places: Vec<String> = (0..entries.len()).map(|index| format!("/{index}")).collect();
        let lines = source.locate(places.iter().map(String::as_str));
        for (entry, place) in entries.iter_mut().zip(&places) {
            entry.line = lines.get(place.as_str()).map_or(1, |location| location.line);
        }
        Ok(Self(entries))
    }

    /// Removes the findings that are listed. An entry that matches no finding is stale if `is_concerned` returns true
    /// for its kind.
    pub fn settle(&self, findings: Vec<Finding>, is_concerned: impl Fn(Kind) -> bool) -> Outcome {
        let stale =
            self.0.iter().filter(|entry| is_concerned(entry.kind) && !findings.iter().any(|it| entry.is_of(it)));
        let stale = stale.map(|entry| format!("line {}: {} {}", entry.line, entry.kind, entry.place)).collect();
        let all = findings.len();
        let unsettled: Vec<Finding> =
            findings.into_iter().filter(|finding| !self.0.iter().any(|entry| entry.is_of(finding))).collect();
        Outcome { settled: all - unsettled.len(), unsettled, stale }
    }
}

impl Entry {
    fn is_of(&self, finding: &Finding) -> bool {
        let place = match self.place.strip_suffix('*') {
            Some(beginning) => finding.place.starts_with(beginning),
            None => finding.place == self.place,
        };
        place && self.kind == finding.kind
    }
}

fn entry(index: usize, value: &Value, found: &mut Diagnostics) -> Option<Entry> {
    let at = format!("/{index}");
    let mut wrong = |message: String, expected: &str| {
        found.push(Diagnostic::error(&at, message).expected(expected));
        None
    };
    let Value::Object(object) = value else {
        return wrong(format!("an entry is {}", describe(value)), "an object with `kind`, `place` and `reason`");
    };
    if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return wrong(format!("unknown key {}", quote(key)), "one of kind, place, reason");
    }
    let text = |key: &str| object.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let Some(kind) = text("kind").and_then(Kind::named) else {
        let kinds = Kind::ALL.map(Kind::name).join(", ");
        return wrong("`kind` is not a kind of finding".to_owned(), &format!("one of {kinds}"));
    };
    match (text("place"), text("reason")) {
        (Some(place), Some(_)) => Some(Entry { kind, place: place.to_owned(), line: 1 }),
        (None, _) => wrong("`place` is missing".to_owned(), "the place that the finding names"),
        (_, None) => wrong("`reason` is missing".to_owned(), "why the document stays as it is"),
    }
}
