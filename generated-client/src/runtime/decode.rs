//! Decoding of the JSON text of a response into a typed value.
//!
//! [`decode`] checks that the text is UTF-8 and starts a [`Reader`] on it. Each [`Decodable`] type then reads itself in
//! place. Reading is tolerant: a value that does not match its type is kept raw in the `extra` of the model around it,
//! and is recorded in the list of mismatches.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::reader::{Field, Outcome, Reader};

/// A decoded value.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The value.
    pub value: T,
    /// The mismatches of the text from the type, in the order of the fields. If there is a model around a value, the
    /// `extra` of that model also holds the value.
    ///
    /// The list takes at most the memory of the text, or 256 KiB if that is more. Further mismatches are not listed.
    pub mismatches: Vec<Mismatch>,
}

impl<T> Decoded<T> {
    /// Creates a value without mismatches.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self { value, mismatches: Vec::new() }
    }

    /// Applies a function to the value, and keeps the mismatches.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Decoded<U> {
        Decoded { value: f(self.value), mismatches: self.mismatches }
    }
}

/// A value that does not match its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The JSON pointer of the value, from the outermost value.
    pub pointer: String,
    /// The value that arrived. If too little memory is left for it, its JSON text as a string, or even null.
    pub value: Value,
}

/// The path from the outermost value to the value that is read, as a linked list on the stack.
#[derive(Debug, Clone, Copy)]
pub enum Place<'p> {
    /// The outermost value.
    Whole,
    /// The value under a name.
    Key(&'p Place<'p>, &'p str),
    /// The element at an index.
    Index(&'p Place<'p>, usize),
}

/// Writes the place as a JSON pointer.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Index(holder, index) => write!(f, "{holder}/{index}"),
            Self::Key(holder, name) => write!(f, "{holder}/{}", name.replace('~', "~0").replace('/', "~1")),
        }
    }
}

/// The reason why a text could not be decoded.
#[derive(Debug)]
pub struct DecodeError {
    pointer: String,
    reason: String,
    source: Option<serde_json::Error>,
    is_no_content: bool,
}

/// A type that JSON can be decoded to: a model, an enum or a union of the API, a plain value, or a list or a map of
/// them. The trait is public so that bounds can name it.
pub trait Decodable: Sized + 'static {
    /// True if the initial value stands for a value that did not arrive.
    #[doc(hidden)]
    const MAY_BE_MISSING: bool = false;
    /// True if the type is a list, or an option or box of one.
    #[doc(hidden)]
    const IS_LIST: bool = false;

    /// Returns the value that a field starts with. Callers never see it, unless it stands for a value that did not
    /// arrive.
    #[doc(hidden)]
    fn initial() -> Self;

    /// Reads the next value of the text into this initial value.
    #[doc(hidden)]
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome;
}

impl<T: Decodable> Field for T {
    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        Decodable::fill(self, reader, place)
    }

    fn clear(&mut self) {
        *self = T::initial();
    }

    fn may_be_missing(&self) -> bool {
        T::MAY_BE_MISSING
    }

    fn is_list(&self) -> bool {
        T::IS_LIST
    }
}

/// Decodes JSON. A value that does not match its type is no error: see [`Decoded::mismatches`].
///
/// The decoded value takes at most eight times the memory of the text, or a little over one megabyte if that is more.
/// Values that would take more count as mismatches.
///
/// If the value of a required field is missing or does not match, its model is not read, so a required field always
/// holds a value that arrived. The mismatch is then that of the nearest value around the model that may be absent: an
/// optional field, or an element of a list or a map, which is left out.
///
/// # Errors
/// Fails if the text is not JSON or does not match the type at all, or if a required value is missing or does not match
/// and only required fields lead to it.
pub fn decode<T: Decodable>(text: &[u8]) -> Result<Decoded<T>, DecodeError> {
    let mut value = T::initial();
    let mismatches = read(text, &mut value)?;
    Ok(Decoded { value, mismatches })
}

/// Decodes a JSON value as tolerantly as [`decode`] decodes text.
///
/// # Errors
/// Fails as [`decode`] does.
pub fn decode_value<T: Decodable>(value: &Value) -> Result<Decoded<T>, DecodeError> {
    decode(value.to_string().as_bytes())
}

fn read(text: &[u8], whole: &mut dyn Field) -> Result<Vec<Mismatch>, DecodeError> {
    let read = std::str::from_utf8(text).ok().and_then(|text| Reader::read(text, whole));
    read.unwrap_or_else(|| {
        // The error of `serde_json` tells the line, the column and the cause.
        let source = serde_json::from_slice::<serde::de::IgnoredAny>(text).err();
        Err(DecodeError { source, ..DecodeError::new("the text is not JSON") })
    })
}

/// Deserializes a value from any format, by way of JSON.
///
/// # Errors
/// Fails if any value does not match its type.
pub fn deserialize<'de, T: Decodable, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = Value::deserialize(deserializer)?.to_string();
    let Decoded { value, mismatches } = decode(text.as_bytes()).map_err(D::Error::custom)?;
    match mismatches.first() {
        None => Ok(value),
        Some(Mismatch { pointer, .. }) => {
            Err(D::Error::custom(format_args!("a value does not match its type at {pointer:?}")))
        }
    }
}

impl DecodeError {
    /// Creates an error about the whole text.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self { pointer: String::new(), reason: reason.into(), source: None, is_no_content: false }
    }

    /// Creates the error for a success status that the document does not name.
    #[must_use]
    pub fn undocumented_status(status: u16) -> Self {
        Self::new(format!("status {status} is not documented"))
    }

    pub(super) fn no_content() -> Self {
        Self {
            is_no_content: true,
            ..Self::new("the call succeeded, but the response has no content where one is documented")
        }
    }

    pub(super) fn is_no_content(&self) -> bool {
        self.is_no_content
    }

    pub(super) fn at(pointer: String, reason: impl Into<String>) -> Self {
        Self { pointer, ..Self::new(reason) }
    }

    /// Returns the JSON pointer of the failure, from the outermost value; empty for the whole text.
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
