//! The bodies of requests, and the parts of `multipart/form-data` bodies.

use std::error::Error as StdError;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use serde_json::Value;

use super::client;
#[cfg(feature = "fs")]
use super::files::Chunks;
use super::style;

type BoxError = Box<dyn StdError + Send + Sync>;

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
    /// Returns the bytes of a [`Bytes`](Self::Bytes) body, and `None` for another body.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Empty | Self::Multipart(_) => None,
        }
    }

    /// Parses the body as JSON. Returns `None` if it is not JSON.
    #[must_use]
    pub fn to_json(&self) -> Option<Value> {
        std::str::from_utf8(self.as_bytes()?).ok()?.parse().ok()
    }

    /// Returns whether the body can be sent more than once, as a retry does: true unless a part is a stream.
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

/// Builds the form that the HTTP client sends. Fails as `Part::to_sent` does.
pub(super) fn form(parts: &[(String, Part)]) -> Result<reqwest::multipart::Form, String> {
    let mut form = reqwest::multipart::Form::new();
    for (name, part) in parts {
        let sent = part.to_sent().map_err(|error| format!("part `{name}`: {error}"))?;
        form = form.part(name.clone(), sent);
    }
    Ok(form)
}

/// A part of a `multipart/form-data` body.
#[derive(Debug, Clone)]
pub struct Part {
    content: Content,
    /// The length in bytes, if it is known.
    length: Option<u64>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Bytes(Bytes),
    #[cfg(feature = "fs")]
    File(std::path::PathBuf),
    /// Clones share the stream, and the first one that is sent takes it.
    Stream(Arc<Mutex<Option<reqwest::Body>>>),
}

impl Part {
    /// Creates a part from bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        let length = bytes.len() as u64;
        Self::new(Content::Bytes(bytes), Some(length))
    }

    /// Creates a part from a stream of unknown length. The request then has no `Content-Length`.
    ///
    /// The stream can be sent once: such a call is never retried, and sending a clone of the request as well is an
    /// error.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::once(reqwest::Body::wrap_stream(stream), None)
    }

    /// Creates a part from a stream of `length` bytes, which the `Content-Length` of the request includes. The call
    /// fails if the stream has another length.
    ///
    /// The stream can be sent once: such a call is never retried, and sending a clone of the request as well is an
    /// error.
    pub fn stream_with_length<S, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let counted = Counted { stream: Box::pin(stream), left: length };
        Self::once(reqwest::Body::wrap_stream(counted), Some(length))
    }

    fn once(body: reqwest::Body, length: Option<u64>) -> Self {
        Self::new(Content::Stream(Arc::new(Mutex::new(Some(body)))), length)
    }

    pub(super) fn new(content: Content, length: Option<u64>) -> Self {
        Self { content, length, file_name: None, content_type: None, headers: Vec::new() }
    }

    /// Sets the file name in the header `Content-Disposition` of the part.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, which becomes the header `Content-Type` of the part.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Sets a header of the part. `Content-Disposition` and `Content-Type` follow from the names and the media type.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        self.headers.push((name, value.into()));
        self
    }

    /// Adds the media type (empty for none) and the headers that the document gives the part, unless the caller has set
    /// them.
    #[doc(hidden)]
    #[must_use]
    pub fn described(mut self, media_type: &str, headers: &[(&str, &str)]) -> Self {
        if self.content_type.is_none() && !media_type.is_empty() {
            self.content_type = Some(media_type.to_owned());
        }
        for (name, value) in headers {
            if !self.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
                self.headers.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        self
    }

    /// Returns the bytes, if they are in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Returns whether the part can be sent more than once, as a retry does: true unless it is a stream.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        !matches!(self.content, Content::Stream(_))
    }

    /// Builds the part that the HTTP client sends.
    ///
    /// # Errors
    /// Fails if the media type or a header is not valid, or if the stream has been sent before.
    pub(super) fn to_sent(&self) -> Result<reqwest::multipart::Part, String> {
        let body = match &self.content {
            Content::Bytes(bytes) => bytes.clone().into(),
            #[cfg(feature = "fs")]
            Content::File(path) => reqwest::Body::wrap_stream(Chunks::of(path, self.length.unwrap_or_default())),
            Content::Stream(body) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                body.ok_or("it is a stream, and was sent before")?
            }
        };
        let mut sent = match self.length {
            Some(length) => reqwest::multipart::Part::stream_with_length(body, length),
            None => reqwest::multipart::Part::stream(body),
        };
        if let Some(file_name) = &self.file_name {
            sent = sent.file_name(file_name.clone());
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let (name, value) = client::header(name, value)?;
            headers.insert(name, value);
        }
        sent = sent.headers(headers);
        match &self.content_type {
            Some(media_type) => sent.mime_str(media_type).map_err(|_| format!("`{media_type}` is not a media type")),
            None => Ok(sent),
        }
    }
}

/// A stream that fails if its length is not the announced one: otherwise the HTTP client would truncate the form.
struct Counted<S> {
    stream: Pin<Box<S>>,
    /// The number of announced bytes that have not come yet.
    left: u64,
}

impl<S, E> Stream for Counted<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = match ready!(self.stream.as_mut().poll_next(context)) {
            Some(Ok(chunk)) => chunk,
            Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
            None if self.left == 0 => return Poll::Ready(None),
            None => return Poll::Ready(Some(Err("the stream is shorter than was told".into()))),
        };
        Poll::Ready(Some(match self.left.checked_sub(chunk.len() as u64) {
            Some(left) => {
                self.left = left;
                Ok(chunk)
            }
            None => Err("the stream is longer than was told".into()),
        }))
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::bytes(text.to_owned())
    }
}

macro_rules! from {
    ($($content:ty)*) => {$(
        impl From<$content> for Part {
            fn from(content: $content) -> Self {
                Self::bytes(content)
            }
        }
    )*};
}

from! { Bytes Vec<u8> String }

/// Returns the part for a value, or `None` for null. A list or an object is written as JSON, and so is any value of a
/// JSON media type. If the media type is empty, an object gets `application/json`, and other values get none.
pub(super) fn part(media_type: &str, value: &Value) -> Option<Part> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let is_json = essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json");
    let text = if is_json && !value.is_null() { Some(value.to_string()) } else { style::scalar(value) };
    let part = Part::from(text?);
    Some(match media_type {
        "" if value.is_object() => part.content_type("application/json"),
        "" => part,
        media_type => part.content_type(media_type),
    })
}
