//! Bodies of requests.

use bytes::Bytes;
use serde_json::Value;

use super::style;

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

    /// Whether it can be sent again.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        match self {
            Self::Empty | Self::Bytes(_) | Self::Multipart(_) => true,
        }
    }

    /// The body as JSON, where it is JSON.
    #[must_use]
    pub fn to_json(&self) -> Option<Value> {
        serde_json::from_slice(self.as_bytes()?).ok()
    }
}

/// A part of a `multipart/form-data` body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    bytes: Bytes,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// A part from bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), file_name: None, content_type: None }
    }

    /// Sets the file name.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl From<Bytes> for Part {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Part {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::bytes(text)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::bytes(text.to_owned())
    }
}

/// The parts for a value: one for each item of a list; objects as JSON; none for null.
pub(super) fn parts(value: &Value) -> Vec<Part> {
    let part = |value: &Value| {
        let part = style::scalar(value).map(Part::from)?;
        Some(if value.is_object() { part.content_type("application/json") } else { part })
    };
    match value {
        Value::Array(items) => items.iter().filter_map(part).collect(),
        _ => part(value).into_iter().collect(),
    }
}

/// A form without parts: the HTTP client would leave out the mark of its end, and servers take that for one cut short.
pub(super) const NO_PARTS: &str = "--no-parts--\r\n";
pub(super) const NO_PARTS_TYPE: &str = "multipart/form-data; boundary=no-parts";

/// The form that the HTTP client sends.
///
/// # Errors
/// A media type that is none.
pub(super) fn form(parts: &[(String, Part)]) -> Result<reqwest::multipart::Form, String> {
    let mut form = reqwest::multipart::Form::new();
    for (name, part) in parts {
        let length = part.bytes.len() as u64;
        let mut sent = reqwest::multipart::Part::stream_with_length(part.bytes.clone(), length);
        if let Some(file_name) = &part.file_name {
            sent = sent.file_name(file_name.clone());
        }
        if let Some(media_type) = &part.content_type {
            sent = sent.mime_str(media_type).map_err(|_| format!("part `{name}`: `{media_type}` is no media type"))?;
        }
        form = form.part(name.clone(), sent);
    }
    Ok(form)
}
