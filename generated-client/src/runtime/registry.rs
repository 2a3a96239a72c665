//! Every operation as data, with functions that take a body through its typed model and back.
//!
//! For tools that work on any operation by its id: checks of recorded traffic, proxies, command lines.

use std::fmt;

use serde::Serialize;

use super::decode::{Decodable, DecodeError, Decoded, Departure, decode};
use super::pagination::Pagination;

/// What the document says of an operation.
#[derive(Debug, Clone, Copy)]
pub struct OperationEntry {
    /// The operationId; for an operation without one, what stands in for it.
    pub id: &'static str,
    /// The tag that it hangs on.
    pub tag: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path, with `{name}` where a parameter stands.
    pub path: &'static str,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Its parameters.
    pub parameters: &'static [ParameterEntry],
    /// The body that it takes.
    pub request: Option<BodyEntry>,
    /// The documented answers; one for all other statuses comes last.
    pub answers: &'static [AnswerEntry],
    /// How the answer leads to its next page; none where it is no page.
    pub pagination: Option<Pagination>,
}

/// A parameter of an operation, or a field of its multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterEntry {
    /// The name on the wire.
    pub name: &'static str,
    /// `path`, `query`, `header`, `cookie` or `part`.
    pub place: &'static str,
    /// The type in Rust.
    pub ty: &'static str,
    /// Whether a call must have it.
    pub required: bool,
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub struct BodyEntry {
    /// Its media type.
    pub media_type: &'static str,
    /// Whether a call must have it.
    pub required: bool,
    /// Takes a body through the typed model.
    pub round_trip: fn(&[u8]) -> Result<RoundTrip, DecodeError>,
}

/// A documented answer.
#[derive(Debug, Clone, Copy)]
pub struct AnswerEntry {
    /// The first status that it stands for.
    pub from: u16,
    /// The last one.
    pub to: u16,
    /// Its media type; empty where it has no body.
    pub media_type: &'static str,
    /// Takes a body through the typed model.
    pub round_trip: fn(&[u8]) -> Result<RoundTrip, DecodeError>,
}

/// A body that was decoded and encoded again.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundTrip {
    /// What the model writes: JSON for a JSON body.
    pub json: Vec<u8>,
    /// Where the body departs from its type.
    pub departures: Vec<Departure>,
}

/// Why a body could not be taken there and back.
#[derive(Debug)]
#[non_exhaustive]
pub enum RegistryError {
    /// No operation has this id.
    UnknownOperation(String),
    /// The operation takes no body.
    NoBody(String),
    /// The document names no such answer of the operation.
    UnknownStatus(String, u16),
    /// The body is none that the operation has.
    Decode(DecodeError),
}

impl fmt::Display for RegistryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOperation(id) => write!(f, "no operation is called `{id}`"),
            Self::NoBody(id) => write!(f, "the operation `{id}` takes no body"),
            Self::UnknownStatus(id, status) => {
                write!(f, "the operation `{id}` documents no answer with status {status}")
            }
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RegistryError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => std::error::Error::source(error),
            _ => None,
        }
    }
}

impl From<DecodeError> for RegistryError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl ParameterEntry {
    /// A row of the table.
    pub const fn new(place: &'static str, name: &'static str, ty: &'static str, required: bool) -> Self {
        Self { name, place, ty, required }
    }
}

impl BodyEntry {
    /// A row of the table.
    pub const fn new(
        media_type: &'static str,
        required: bool,
        round_trip: fn(&[u8]) -> Result<RoundTrip, DecodeError>,
    ) -> Self {
        Self { media_type, required, round_trip }
    }
}

impl AnswerEntry {
    /// A row of the table.
    pub const fn new(
        from: u16,
        to: u16,
        media_type: &'static str,
        round_trip: fn(&[u8]) -> Result<RoundTrip, DecodeError>,
    ) -> Self {
        Self { from, to, media_type, round_trip }
    }
}

/// The operation of this id.
///
/// # Errors
/// There is none.
pub fn operation<'t>(table: &'t [OperationEntry], id: &str) -> Result<&'t OperationEntry, RegistryError> {
    table.iter().find(|entry| entry.id == id).ok_or_else(|| RegistryError::UnknownOperation(id.to_owned()))
}

impl OperationEntry {
    /// Takes a request body through its model.
    ///
    /// # Errors
    /// The operation takes none, or not this one.
    pub fn round_trip_request(&self, body: &[u8]) -> Result<Vec<u8>, RegistryError> {
        let request = self.request.ok_or_else(|| RegistryError::NoBody(self.id.to_owned()))?;
        Ok((request.round_trip)(body)?.json)
    }

    /// Takes the body of an answer through its model.
    ///
    /// # Errors
    /// The status is not documented, or the body is none of it.
    pub fn round_trip_response(&self, status: u16, body: &[u8]) -> Result<RoundTrip, RegistryError> {
        let documented = |answer: &&AnswerEntry| (answer.from..=answer.to).contains(&status);
        // A status of its own comes before a range, and a range before the rest.
        let answer = self.answers.iter().filter(documented).min_by_key(|answer| answer.to - answer.from);
        let answer = answer.ok_or_else(|| RegistryError::UnknownStatus(self.id.to_owned(), status))?;
        Ok((answer.round_trip)(body)?)
    }
}

/// Through the model `T`.
///
/// # Errors
/// The body cannot be decoded.
pub fn json<T: Decodable + Serialize>(body: &[u8]) -> Result<RoundTrip, DecodeError> {
    let Decoded { value, departures } = decode::<T>(body)?;
    let mut json =
        serde_json::to_vec(&value).map_err(|error| DecodeError::new(format!("it cannot be written: {error}")))?;
    let came_alone = body.trim_ascii_start().starts_with(b"{") && json.starts_with(b"[");
    if came_alone {
        // A list cannot tell that its only element came without one around it.
        json = json.get(1..json.len() - 1).unwrap_or_default().to_vec();
    }
    Ok(RoundTrip { json, departures })
}

/// Text and bytes, which have no model.
///
/// # Errors
/// None: the signature is that of the others.
pub fn plain(body: &[u8]) -> Result<RoundTrip, DecodeError> {
    Ok(RoundTrip { json: body.to_vec(), departures: Vec::new() })
}
