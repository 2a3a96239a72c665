//! Bodies of requests.

use bytes::Bytes;
use serde_json::Value;

use super::part::Part;

/// The body of a request.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// A body in memory.
    Bytes(Bytes),
    /// `multipart/form-data`: the parts with their names, in order.
    Multipart(Vec<(String, Part)>),
}

impl Body {
    /// The bytes, where the body is in memory as one.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Empty | Self::Multipart(_) => None,
        }
    }

    /// The body as JSON, where it is JSON.
    #[must_use]
    pub fn to_json(&self) -> Option<Value> {
        serde_json::from_slice(self.as_bytes()?).ok()
    }

    /// Whether it can be sent more than once, as a retry does: not where a part is a stream.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match self {
            Self::Empty | Self::Bytes(_) => true,
            Self::Multipart(parts) => parts.iter().all(|(_, part)| part.is_repeatable()),
        }
    }
}

/// A form without parts: the HTTP client would leave out the mark of its end, and servers take that for one cut short.
pub(super) const NO_PARTS: &str = "--no-parts--\r\n";
pub(super) const NO_PARTS_TYPE: &str = "multipart/form-data; boundary=no-parts";

/// The form that the HTTP client sends.
///
/// # Errors
/// A media type that is none, or a stream that was sent before.
pub(super) fn form(parts: &[(String, Part)]) -> Result<reqwest::multipart::Form, String> {
    let mut form = reqwest::multipart::Form::new();
    for (name, part) in parts {
        let sent = part.to_sent().map_err(|error| format!("part `{name}`: {error}"))?;
        form = form.part(name.clone(), sent);
    }
    Ok(form)
}
