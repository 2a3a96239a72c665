//! Takes bodies through the typed models of the compiled client and tells what does not come back.
//!
//! A [`Case`] is one body with the operation that it belongs to. Three things make cases: [`examples`] of a document,
//! [`exchanges`] that were recorded, and [`payloads`] made from the schemas. [`check`] takes a case there and back,
//! [`compare`] holds the two beside each other, and [`report`] counts.

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

/// Which body of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// That of the request.
    Request,
    /// That of the answer with this status.
    Answer(u16),
}

/// One body to take through its model.
#[derive(Debug, Clone)]
pub struct Case<'t> {
    /// What the operation is called: its id, or method and path where the client has none.
    pub operation: String,
    /// The operation in the client's table.
    pub entry: Option<&'t OperationEntry>,
    /// Which body it is.
    pub part: Part,
    /// Where it comes from.
    pub source: String,
    /// The body; text for one that is no JSON.
    pub body: Value,
}

/// A place where a body does not come through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What the operation is called.
    pub operation: String,
    /// Which body.
    pub part: Part,
    /// Where the body comes from.
    pub source: String,
    /// The place in the body, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub reason: String,
}

impl Part {
    /// The status of an answer.
    #[must_use]
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Request => None,
            Self::Answer(status) => Some(status),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request => f.write_str("request"),
            Self::Answer(status) => write!(f, "{status}"),
        }
    }
}
