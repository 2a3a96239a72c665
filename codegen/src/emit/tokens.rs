//! Names and values as tokens.

use proc_macro2::{Ident, Literal, Span};
use serde_json::Value;

use crate::names;

/// Returns the identifier for a name that [`names`] made.
pub(super) fn ident(name: &str) -> Ident {
    if names::is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { Ident::new(name, Span::call_site()) }
}

/// Returns the Rust literal of a JSON string, number or boolean.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => Literal::string(text).to_string(),
        other => other.to_string(),
    }
}
