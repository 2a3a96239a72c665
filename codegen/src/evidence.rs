//! Compares a document with other documents of the same API, and with itself.
//!
//! A document can omit parts of its API and contradict itself. Neither is an error of OpenAPI, and nobody notices: a
//! call without its body still succeeds. Other documents are evidence of the omissions: a document of another version
//! ([`against`]), or the corrections that somebody applies to such a document ([`corrected`]). Different types of one
//! property in several operations on one thing are evidence as well ([`itself`]).
//!
//! All comparisons work on untyped trees, so a document that the generator rejects is evidence too. Each finding is
//! settled by an overlay, or listed with its reason ([`Reviewed`]).

mod against;
mod correction;
mod itself;
mod reviewed;
mod view;

use std::fmt;
use std::path::Path;

use document::diagnostic::{Diagnostic, Diagnostics};
use serde_json::Value;

pub use against::against;
pub use correction::{corrected, is_correction};
pub use itself::itself;
pub use reviewed::{Outcome, Reviewed};

/// The kind of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An operation that only the evidence has.
    Operation,
    /// A request body that only the evidence has.
    Body,
    /// The content of a response that only the evidence has.
    Response,
    /// A parameter that only the evidence has.
    Parameter,
    /// A property that only the evidence has.
    Field,
    /// A value of an enum that only the evidence has.
    Value,
    /// A parameter or property that the document requires and the evidence does not.
    Required,
    /// A property that the evidence gives another type.
    Type,
    /// A property with several types in the operations on one thing.
    TwoTypes,
    /// A map whose values are all of one plain type: received entries of other types are left out.
    Map,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::Operation,
        Self::Body,
        Self::Response,
        Self::Parameter,
        Self::Field,
        Self::Value,
        Self::Required,
        Self::Type,
        Self::TwoTypes,
        Self::Map,
    ];

    /// Returns whether the document alone shows a finding of this kind.
    pub fn is_of_itself(self) -> bool {
        matches!(self, Self::TwoTypes | Self::Map)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Body => "body",
            Self::Response => "response",
            Self::Parameter => "parameter",
            Self::Field => "field",
            Self::Value => "value",
            Self::Required => "required",
            Self::Type => "type",
            Self::TwoTypes => "two types",
            Self::Map => "map",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A possible error of the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// The kind of finding.
    pub kind: Kind,
    /// The place: `company.size`, `GET /companies 200.data[].id`.
    pub place: String,
    /// The detail; empty if kind and place say everything.
    pub detail: String,
}

/// Reads evidence. The last of several equal keys counts: evidence may have faults of its own.
///
/// # Errors
///
/// Fails if the file cannot be read, or is neither YAML nor JSON.
pub fn read(path: &Path) -> Result<Value, Diagnostics> {
    let failed = |error: String| Diagnostic::error("", format!("cannot read {}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
    Ok(serde_yaml::from_str(&text).map_err(|error| failed(error.to_string()))?)
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &str| text.escape_debug().to_string().replace("\\\"", "\"").replace("\\'", "'");
        write!(f, "{:9} {}", self.kind, shown(&self.place))?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", shown(&self.detail)) }
    }
}
