//! A table of all operations, with functions that decode and re-encode a body, given an operation id.
//!
//! The table is made for tools that work on any operation by its id: checks of recorded traffic, proxies, command
//! lines.

use serde::Serialize;

use super::decode::{Decodable, DecodeError, Decoded, Mismatch, decode};
use super::pagination::Pagination;

/// The description of an operation in the document.
#[derive(Debug, Clone, Copy)]
pub struct OperationEntry {
    /// The operationId, or its replacement if the document gives none.
    pub id: &'static str,
    /// The tag of the operation.
    pub tag: &'static str,
    /// The HTTP method, in upper case.
    pub method: &'static str,
    /// The path template, with `{name}` for each parameter.
    pub path: &'static str,
    /// True if the operation is deprecated.
    pub deprecated: bool,
    /// The parameters, and the fields of a multipart body.
    pub parameters: &'static [ParameterEntry],
    /// The request body, if the operation takes one.
    pub request: Option<BodyEntry>,
    /// The documented responses. The `default` response comes last.
    pub responses: &'static [ResponseEntry],
    /// The parameters and properties that lead from page to page; `None` if the response is not a page.
    pub pagination: Option<Pagination>,
}

/// A parameter of an operation, or a field of its multipart body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterEntry {
    /// The name on the wire.
    pub name: &'static str,
    /// The location: `path`, `query`, `header`, `cookie` or `part`.
    pub place: &'static str,
    /// The Rust type.
    pub ty: &'static str,
    /// True if the parameter is required.
    pub required: bool,
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub struct BodyEntry {
    /// The media type.
    pub media_type: &'static str,
    /// True if the body is required.
    pub required: bool,
    /// The function that decodes a body to its typed model and encodes it again.
    pub round_trip: fn(&[u8]) -> Result<RoundTrip, DecodeError>,
}

/// A documented response.
#[derive(Debug, Clone, Copy)]
pub struct ResponseEntry {
    /// The first status of the response.
    pub from: u16,
    /// The last status of the response.
    pub to: u16,
    /// The media type; empty if the response has no content.
    pub media_type: &'static str,
    /// The function that decodes a body to its typed model and encodes it again.
    pub round_trip: fn(&[u8]) -> Result<RoundTrip, DecodeError>,
}

/// A body that was decoded and encoded again.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundTrip {
    /// The encoded model: JSON for a JSON body.
    pub json: Vec<u8>,
    /// The places where the body does not match its type.
    pub mismatches: Vec<Mismatch>,
}

/// Defines the table of all operations: for each its id, tag, method and path, its parameters, its request body, its
/// responses, and its marker if the response is a page. A response without a media type has no content. Content without
/// a model is passed through as it is.
macro_rules! operations {
    ($($id:literal in $tag:literal: $method:literal $path:literal $($deprecated:ident)? {
        $(parameters { $($place:ident $parameter:literal: $ty:literal $($required:ident)?,)* })?
        $(request $($body_required:ident)? $body_type:literal $($body:ty)?,)?
        $(responses { $($from:literal$(..=$to:literal)? $($response_type:literal $($response:ty)?)?,)* })?
        $(paged $marker:ty,)?
    })*) => {
        /// The operations of the document, sorted by tag and by the name of the method.
        pub static OPERATIONS: &[OperationEntry] = &[$(OperationEntry {
            id: $id,
            tag: $tag,
            method: $method,
            path: $path,
            deprecated: operations!(@flag $($deprecated)?),
            parameters: &[$($(ParameterEntry {
                name: $parameter,
                place: stringify!($place),
                ty: $ty,
                required: operations!(@flag $($required)?),
            },)*)?],
            request: operations!(@option $(BodyEntry {
                media_type: $body_type,
                required: operations!(@flag $($body_required)?),
                round_trip: operations!(@round_trip $($body)?),
            })?),
            responses: &[$($(ResponseEntry {
                from: $from,
                to: operations!(@last $from $($to)?),
                media_type: concat!($($response_type)?),
                round_trip: operations!(@round_trip $($($response)?)?),
            },)*)?],
            pagination: operations!(@option $(<$marker as $crate::runtime::Paged>::PAGINATION)?),
        },)*];
    };
    (@flag) => { false };
    (@flag $word:ident) => { true };
    (@option) => { None };
    (@option $value:expr) => { Some($value) };
    (@last $from:literal) => { $from };
    (@last $from:literal $to:literal) => { $to };
    (@round_trip) => { plain };
    (@round_trip $model:ty) => { json::<$model> };
}

pub(crate) use operations;

/// Returns the operation with this id.
///
/// # Errors
/// Fails if there is none.
pub fn operation<'t>(table: &'t [OperationEntry], id: &str) -> Result<&'t OperationEntry, DecodeError> {
    let unknown = || DecodeError::new(format!("no operation is called `{id}`"));
    table.iter().find(|entry| entry.id == id).ok_or_else(unknown)
}

impl OperationEntry {
    /// Returns the documented response for this status. A single status takes precedence over a range, and a range over
    /// `default`.
    pub fn response(&self, status: u16) -> Option<&'static ResponseEntry> {
        let documented = |response: &&ResponseEntry| (response.from..=response.to).contains(&status);
        self.responses.iter().filter(documented).min_by_key(|response| response.to - response.from)
    }

    /// Decodes a request body to its model and encodes it again.
    ///
    /// # Errors
    /// Fails if the operation takes no body, or if the body does not match its type.
    pub fn round_trip_request(&self, body: &[u8]) -> Result<RoundTrip, DecodeError> {
        let no_body = || DecodeError::new(format!("the operation `{}` takes no body", self.id));
        (self.request.ok_or_else(no_body)?.round_trip)(body)
    }

    /// Decodes a response body to its model and encodes it again.
    ///
    /// # Errors
    /// Fails if the status is not documented, or if the body does not match its type.
    pub fn round_trip_response(&self, status: u16, body: &[u8]) -> Result<RoundTrip, DecodeError> {
        let unknown =
            || DecodeError::new(format!("the operation `{}` documents no response with status {status}", self.id));
        (self.response(status).ok_or_else(unknown)?.round_trip)(body)
    }
}

/// Decodes a body to the model `T` and encodes it again.
///
/// # Errors
/// Fails if the body cannot be decoded, or if the model cannot be encoded.
pub fn json<T: Decodable + Serialize>(body: &[u8]) -> Result<RoundTrip, DecodeError> {
    let Decoded { value, mismatches } = decode::<T>(body)?;
    let mut json =
        serde_json::to_vec(&value).map_err(|error| DecodeError::new(format!("it cannot be written: {error}")))?;
    let came_alone = body.trim_ascii_start().starts_with(b"{") && json.starts_with(b"[");
    if came_alone {
        // A list does not show that its only element arrived without a list around it.
        json = json.get(1..json.len() - 1).unwrap_or_default().to_vec();
    }
    Ok(RoundTrip { json, mismatches })
}

/// Returns text or bytes as they are, because they have no model.
///
/// # Errors
/// Never fails. The signature is that of [`json`].
pub fn plain(body: &[u8]) -> Result<RoundTrip, DecodeError> {
    Ok(RoundTrip { json: body.to_vec(), mismatches: Vec::new() })
}
