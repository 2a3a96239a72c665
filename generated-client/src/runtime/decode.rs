//! From the text of an answer to a typed value.
//!
//! [`decode`] checks that the text is UTF-8 and starts a [`Reader`] on it. A [`Decodable`] type reads itself in its place: plain
//! values in `scalars`, lists and maps in `containers`, models in `object`, unions in `union`. All are forgiving as they go;
//! what departs is kept raw by the model around it, in its `extra`, and told in the list of departures.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::departure::{Departure, Place};
use super::fit::{Fitness, Sight};
use super::reader::{Failure, Field, Reader, Told};

/// A decoded value.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// Where the text departs from the type, in the order of its fields. Nothing of it is lost: the raw values are in the
    /// models' `extra`.
    ///
    /// The list takes no more memory than the text, or than 256 KiB: where more departs, it is not told one by one.
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
pub trait Decodable: Sized + 'static {
    /// Whether a missing value reads as the blank one.
    #[doc(hidden)]
    const MAY_BE_MISSING: bool = false;

    /// What a field starts as, and what a required one reads as whose value departs.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Reads the value at hand into a blank one.
    #[doc(hidden)]
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told;

    /// How well a value fits. `None`: not at all.
    #[doc(hidden)]
    fn fit(sight: &Sight<'_>) -> Option<Fitness>;
}

impl<T: Decodable> Field for T {
    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        Decodable::fill(self, reader, place)
    }

    fn clear(&mut self) {
        *self = T::blank();
    }

    fn may_be_missing(&self) -> bool {
        T::MAY_BE_MISSING
    }
}

/// Decodes JSON. Values that depart from their type do not fail it; see [`Decoded::departures`].
///
/// What is decoded takes at most eight times the memory of the text, or a little over a megabyte if that is more. List
/// elements and free JSON for which that is not enough count as departures.
///
/// # Errors
/// The text is no JSON, or only required fields lead to one that is missing.
pub fn decode<T: Decodable>(text: &[u8]) -> Result<Decoded<T>, DecodeError> {
    let mut value = T::blank();
    let departures = read(text, &mut value)?;
    Ok(Decoded { value, departures })
}

fn read(text: &[u8], whole: &mut dyn Field) -> Result<Vec<Departure>, DecodeError> {
    let read = std::str::from_utf8(text).map_err(|_| Failure::NoJson).and_then(|text| Reader::read(text, whole));
    read.map_err(|failure| match failure {
        Failure::NoJson => DecodeError::no_json(text),
        Failure::Unexpected(reason) => DecodeError::new(reason),
        Failure::Missing(pointer) => DecodeError { pointer, ..DecodeError::new("missing") },
    })
}

/// Reads a value from any format, as JSON.
///
/// # Errors
/// Where something departs.
pub fn deserialize<'de, T: Decodable, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = Value::deserialize(deserializer)?.to_string();
    let Decoded { value, departures } = decode(text.as_bytes()).map_err(D::Error::custom)?;
    match departures.first() {
        None => Ok(value),
        Some(Departure { pointer, .. }) => {
            Err(D::Error::custom(format_args!("a value departs from its type at {pointer:?}")))
        }
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

    /// `serde_json` says at which line and column, and of what.
    fn no_json(text: &[u8]) -> Self {
        let source = serde_json::from_slice::<serde::de::IgnoredAny>(text).err();
        Self { source, ..Self::new("the text is no JSON") }
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
