//! Decoding JSON that is at hand as a value.

use serde_json::Value;

use super::decode::{Decodable, DecodeError, Decoded, decode};

/// Decodes a JSON value, as forgivingly as [`decode`] does its text.
///
/// # Errors
/// Only required fields lead to one that is missing, or the value is nothing like the type.
pub fn decode_value<T: Decodable>(value: &Value) -> Result<Decoded<T>, DecodeError> {
    decode(value.to_string().as_bytes())
}
