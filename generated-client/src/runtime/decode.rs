//! Decoding at two speeds: straight from text, and where that meets a departure, again with a forgiving reader.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::lenient::Lenient;
use super::reader::{Departure, Reader};

/// A decoded value.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// Where the text departs from the type. Nothing of it is lost: the raw values are in the models' `extra`.
    pub departures: Vec<Departure>,
}

impl<T> Decoded<T> {
    /// A value without departures.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self { value, departures: Vec::new() }
    }

    /// Turns the value into another.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded { value: f(self.value), departures: self.departures }
    }
}

/// Why a text could not be decoded.
#[derive(Debug)]
pub struct DecodeError {
    pointer: String,
    reason: String,
    source: Option<serde_json::Error>,
}

/// A type that JSON can be decoded as: models, enums and unions of the API, plain values, lists and maps of them.
///
/// It is implemented for all of them; it is there to be named in a bound.
pub trait Decodable: DeserializeOwned + Lenient {}

impl<T: DeserializeOwned + Lenient> Decodable for T {}

/// Decodes JSON. Values that depart from their type do not fail it; see [`Decoded::departures`].
///
/// # Errors
/// The text is no JSON, or only required fields lead to one that is missing.
pub fn decode<T: Decodable>(text: &[u8]) -> Result<Decoded<T>, DecodeError> {
    match serde_json::from_slice(text) {
        Ok(value) => Ok(Decoded::new(value)),
        Err(error) if error.is_data() => {
            let value = parse(text)?;
            let mut reader = Reader::default();
            let read = T::read(&value, &mut reader);
            conclude(read, reader)
        }
        Err(error) => Err(DecodeError::syntax(error)),
    }
}

fn parse(text: &[u8]) -> Result<Value, DecodeError> {
    serde_json::from_slice(text).map_err(DecodeError::syntax)
}

fn conclude<T>(read: Option<T>, reader: Reader<'_>) -> Result<Decoded<T>, DecodeError> {
    let (departures, failure) = reader.finish();
    match (read, failure) {
        (Some(value), _) => Ok(Decoded { value, departures }),
        (None, Some(failure)) => Err(DecodeError { pointer: failure.pointer, reason: failure.reason, source: None }),
        (None, None) => Err(DecodeError::new("the value departs from its type")),
    }
}

impl DecodeError {
    /// An error about the whole text.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { pointer: String::new(), reason: reason.into(), source: None }
    }

    /// A success status that the document does not name.
    #[must_use]
    pub fn undocumented_status(status: u16) -> Self {
        Self::new(format!("status {status} is not documented"))
    }

    fn syntax(error: serde_json::Error) -> Self {
        Self { pointer: String::new(), reason: "the text is no JSON".to_owned(), source: Some(error) }
    }

    /// The place, as a JSON pointer from the outermost value; empty for the whole.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return f.write_str(&self.reason);
        }
        write!(f, "{} at {}", self.reason, self.pointer)
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
