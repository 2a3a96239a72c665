//! The bodies of requests.

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
    /// Returns the bytes, if the body is in memory as one piece.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Empty | Self::Multipart(_) => None,
        }
    }

    /// Returns the body as JSON, if it is JSON.
    #[must_use]
    pub fn to_json(&self) -> Option<Value> {
        std::str::from_utf8(self.as_bytes()?).ok()?.parse().ok()
    }

    /// Returns whether the body can be sent more than once, as a retry does. A body with a streamed part cannot.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match self {
            Self::Empty | Self::Bytes(_) => true,
            Self::Multipart(parts) => parts.iter().all(|(_, part)| part.is_repeatable()),
        }
    }
}

/// The body of a form without parts. The HTTP client would leave out its closing delimiter, and servers would take the
/// form for truncated.
pub(super) const NO_PARTS: &str = "--no-parts--\r\n";
pub(super) const NO_PARTS_TYPE: &str = "multipart/form-data; boundary=no-parts";

/// Builds the form that the HTTP client sends.
///
/// # Errors
/// Fails if a media type is not valid, or if a stream has been sent before.
pub(super) fn form(parts: &[(String, Part)]) -> Result<reqwest::multipart::Form, String> {
    let mut form = reqwest::multipart::Form::new();
    for (name, part) in parts {
        let sent = part.to_sent().map_err(|error| format!("part `{name}`: {error}"))?;
        form = form.part(name.clone(), sent);
    }
    Ok(form)
}
