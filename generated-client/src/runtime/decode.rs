//! From the text of an answer to a typed value.
//!
//! [`decode`] checks that the text is UTF-8 and starts a [`Reader`] on it. A [`Decodable`] type reads itself in its place: plain
//! values in `scalars`, lists and maps in `containers`, models in `object`, unions in `union`. All are forgiving as they go;
//! what departs is kept raw by the model around it, in its `extra`, and told in the list of departures.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::reader::{Field, Reader, Told};

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

/// A value that departed from its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// Where, as a JSON pointer from the outermost value.
    pub pointer: String,
    /// What arrived there. Where a tree of it would take many times the memory of its text, it is that text, as a string.
    pub value: Value,
}

/// The way from the outermost value to the one that is read; it lives on the stack of those who read.
#[derive(Debug, Clone, Copy)]
pub enum Place<'p> {
    /// The outermost value.
    Whole,
    /// The value under a name.
    Key(&'p Place<'p>, &'p str),
    /// The element at an index.
    Index(&'p Place<'p>, usize),
}

/// As a JSON pointer.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Index(holder, index) => write!(f, "{holder}/{index}"),
            Self::Key(holder, name) => write!(f, "{holder}/{}", name.replace('~', "~0").replace('/', "~1")),
        }
    }
}

/// Why a text could not be decoded.
#[derive(Debug)]
pub struct DecodeError {
    pointer: String,
    reason: String,
    source: Option<serde_json::Error>,
    is_no_content: bool,
}

/// A type that JSON can be decoded as: models, enums and unions of the API, plain values, lists and maps of them.
///
/// It is implemented for all of them; it is there to be named in a bound.
pub trait Decodable: Sized + 'static {
    /// Whether the blank one stands for a value that did not arrive.
    #[doc(hidden)]
    const MAY_BE_MISSING: bool = false;
    /// Whether it is a list.
    #[doc(hidden)]
    const IS_LIST: bool = false;

    /// What a field starts as. Nobody sees it, unless it stands for a value that did not arrive.
    #[doc(hidden)]
    fn blank() -> Self;

    /// Reads the value at hand into a blank one.
    #[doc(hidden)]
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told;
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

    fn is_list(&self) -> bool {
        T::IS_LIST
    }
}

/// Decodes JSON. Values that depart from their type do not fail it; see [`Decoded::departures`].
///
/// What is decoded takes at most eight times the memory of the text, or a little over a megabyte if that is more. List
/// elements and free JSON for which that is not enough count as departures.
///
/// A required field holds what arrived: where nothing did, or something else, its model is not read. That departs at the next
/// place around it that may hold nothing: an optional field, or an element of a list, which is left out.
///
/// # Errors
/// The text is no JSON, or only required fields lead to one whose value did not arrive.
pub fn decode<T: Decodable>(text: &[u8]) -> Result<Decoded<T>, DecodeError> {
    let mut value = T::blank();
    let departures = read(text, &mut value)?;
    Ok(Decoded { value, departures })
}

/// Decodes a JSON value that is at hand, as forgivingly as [`decode`] does its text.
///
/// # Errors
/// Only required fields lead to one whose value did not arrive, or the value is nothing like the type.
pub fn decode_value<T: Decodable>(value: &Value) -> Result<Decoded<T>, DecodeError> {
    decode(value.to_string().as_bytes())
}

fn read(text: &[u8], whole: &mut dyn Field) -> Result<Vec<Departure>, DecodeError> {
    let read = std::str::from_utf8(text).ok().and_then(|text| Reader::read(text, whole));
    read.unwrap_or_else(|| {
        // `serde_json` says at which line and column, and of what.
        let source = serde_json::from_slice::<serde::de::IgnoredAny>(text).err();
        Err(DecodeError { source, ..DecodeError::new("the text is no JSON") })
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
        Self { pointer: String::new(), reason: reason.into(), source: None, is_no_content: false }
    }

    /// A success status that the document does not name.
    #[must_use]
    pub fn undocumented_status(status: u16) -> Self {
        Self::new(format!("status {status} is not documented"))
    }

    /// A success without content.
    pub(super) fn no_content() -> Self {
        Self {
            is_no_content: true,
            ..Self::new("the call succeeded, but the answer has no content where one is documented")
        }
    }

    pub(super) fn is_no_content(&self) -> bool {
        self.is_no_content
    }

    pub(super) fn at(pointer: String, reason: impl Into<String>) -> Self {
        Self { pointer, ..Self::new(reason) }
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
