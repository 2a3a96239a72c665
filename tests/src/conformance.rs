//! Takes bodies through the typed models of the compiled client and reports every value that does not come back.
//!
//! A [`Case`] is one body with its operation. Cases come from the [`examples`] of a document, from recorded
//! [`exchanges`], and from [`payloads`] made from the schemas. [`check`] decodes and encodes a case, [`compare`]
//! compares the two bodies, and [`report`] counts.

pub mod accept;
pub mod check;
pub mod compare;
pub mod examples;
pub mod exchanges;
pub mod openapi;
pub mod payloads;
pub mod report;
pub mod templates;

use std::fmt;

use intercom_client::registry::OperationEntry;
use serde_json::Value;

/// A body of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The request body.
    Request,
    /// The content of the response with this status.
    Response(u16),
}

/// A body to decode and encode with its model.
#[derive(Debug, Clone)]
pub struct Case<'t> {
    /// The name of the operation: its id, or method and path if the client has no such operation.
    pub operation: String,
    /// The operation in the client's table.
    pub entry: Option<&'t OperationEntry>,
    /// The part of the operation that the body belongs to.
    pub part: Part,
    /// The origin of the body.
    pub source: String,
    /// The body; text if it is not JSON.
    pub body: Value,
}

/// A place at which a body does not come back unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The name of the operation.
    pub operation: String,
    /// The part of the operation.
    pub part: Part,
    /// The origin of the body.
    pub source: String,
    /// The place in the body, as a JSON pointer.
    pub pointer: String,
    /// The reason of the failure.
    pub reason: String,
}

impl Part {
    /// Returns the status of a response, or `None` for a request.
    #[must_use]
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Request => None,
            Self::Response(status) => Some(status),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request => f.write_str("request"),
            Self::Response(status) => write!(f, "{status}"),
        }
    }
}
