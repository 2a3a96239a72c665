//! Extensions that must stand in one kind of object, with one kind of value.
//!
//! OpenAPI lets any `x-` key stand anywhere. A misplaced one would be passed over without a word, and a call that the
//! overlay means to protect would be made as before.

use serde_json::Value;

use super::{Check, describe};
use crate::diagnostic::{Diagnostic, quote};
use crate::document::grammar::Kind;
use crate::document::path::Path;

/// The extensions, each with the kind of object that it stands in.
const PLACES: &[(&str, Kind)] = &[
    ("x-base-url-variable", Kind::Info),
    ("x-crate-name", Kind::Info),
    ("x-one-at-a-time", Kind::Operation),
    ("x-reference-url", Kind::Info),
    ("x-safe", Kind::Operation),
    ("x-token-variable", Kind::Info),
];

impl Check {
    pub(super) fn extension(&mut self, kind: Kind, key: &str, value: &Value, at: &Path<'_>) {
        let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == key) else { return };
        let (holds, expected, target) = match place {
            Kind::Info => (value.is_string(), "a string", "the document's head in the overlay: `$.info`"),
            _ => (value.is_boolean(), "true or false", "the operation in the overlay: `$.paths['/things'].post`"),
        };
        if kind != *place {
            let message = format!("{} has no meaning in {}", quote(key), kind.noun());
            let error = Diagnostic::error(at.pointer(), message).expected(format!("{} around it", place.noun()));
            self.found.push(error.help(format!("target {target}")));
        } else if !holds {
            self.error(at, format!("{} is {}", at.subject(), describe(value)), expected);
        }
    }
}
