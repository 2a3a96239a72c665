//! Writes the difference for machines.

use serde_json::{Value, json};

use super::{Difference, Section};

/// Returns the difference as JSON: `summary`, `breaking` (a count), `release` (`patch`, `minor` or `major`), and
/// `changes`, each with `tag` (null if it belongs to no single tag), `section`, `subject`, `kind`, `place`, `detail`,
/// `breaking`, `release` and `reason`.
pub fn json(difference: &Difference) -> Value {
    let changes: Vec<Value> = difference
        .changes
        .iter()
        .map(|change| {
            let tag = match &change.section {
                Section::Tag(tag) => Some(tag),
                Section::Client | Section::Models => None,
            };
            json!({
                "tag": tag,
                "section": change.section.to_string(),
                "subject": change.subject.to_string(),
                "kind": change.kind.to_string(),
                "place": change.place,
                "detail": change.detail,
                "breaking": change.breaking,
                "release": change.release().to_string(),
                "reason": change.reason,
            })
        })
        .collect();
    let breaking = difference.changes.iter().filter(|change| change.breaking).count();
    json!({ "summary": difference.summary(), "breaking": breaking, "release": difference.release().to_string(), "changes": changes })
}
