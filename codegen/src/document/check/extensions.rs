//! Extensions that must stand in one kind of object, with one kind of value.
//!
//! OpenAPI lets any `x-` key stand anywhere. A misplaced one would be passed over without a word, and a call that the
//! overlay means to protect would be made as before.

use serde_json::Value;

use super::{Check, describe};
use crate::diagnostic::{Diagnostic, quote};
use crate::document::grammar::Kind;
use crate::document::path::Path;

/// The extensions of an operation that are true or false.
const FLAGS_OF_OPERATIONS: &[&str] = &["x-one-at-a-time", "x-safe"];

impl Check {
    pub(super) fn extension(&mut self, kind: Kind, key: &str, value: &Value, at: &Path<'_>) {
        if !FLAGS_OF_OPERATIONS.contains(&key) {
            return;
        }
        if kind != Kind::Operation {
            let message = format!("{} has no meaning in {}", quote(key), kind.noun());
            let error = Diagnostic::error(at.pointer(), message).expected("an operation object around it");
            self.found.push(error.help("target the operation in the overlay: `$.paths['/things'].post`"));
        } else if !value.is_boolean() {
            self.error(at, format!("{} is {}", at.subject(), describe(value)), "true or false");
        }
    }
}
