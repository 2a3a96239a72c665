//! The bodies of requests, and the parts of `multipart/form-data` bodies.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::stream::{self, Stream, TryStreamExt};
use reqwest::multipart;
use serde_json::Value;

#[cfg(feature = "fs")]
use super::files;
use super::{client, style};

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
pub(super) fn form(parts: &[(String, Part)]) -> Result<multipart::Form, String> {
    parts.iter().try_fold(multipart::Form::new(), |form, (name, part)| {
        let sent = part.to_sent().map_err(|error| format!("part `{name}`: {error}"))?;
        Ok(form.part(name.clone(), sent))
    })
}

/// A part of a `multipart/form-data` body.
#[derive(Debug, Clone)]
pub struct Part {
    content: Content,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Bytes(Bytes),
    /// A file, and the number of its bytes when the part was created.
    #[cfg(feature = "fs")]
    File(std::path::PathBuf, u64),
    /// Clones share the stream, and the first one that is sent takes it.
    Stream(Arc<Mutex<Option<multipart::Part>>>),
}

impl Part {
    /// Creates a part from bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(bytes.into()))
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
        Self::once(multipart::Part::stream(reqwest::Body::wrap_stream(stream)))
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
        Self::once(sized("stream", stream, length))
    }

    fn once(part: multipart::Part) -> Self {
        Self::new(Content::Stream(Arc::new(Mutex::new(Some(part)))))
    }

    pub(super) fn new(content: Content) -> Self {
        Self { content, file_name: None, content_type: None, headers: Vec::new() }
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
        let own = std::mem::take(&mut self.headers);
        let described = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        described.chain(own).fold(self, |part, (name, value)| part.header(name, value))
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
    pub(super) fn to_sent(&self) -> Result<multipart::Part, String> {
        let mut sent = match &self.content {
            Content::Bytes(bytes) => multipart::Part::stream(bytes.clone()),
            #[cfg(feature = "fs")]
            Content::File(path, length) => sized("file", files::contents(path.clone(), *length), *length),
            Content::Stream(part) => {
                let part = part.lock().unwrap_or_else(PoisonError::into_inner).take();
                part.ok_or("it is a stream, and was sent before")?
            }
        };
        if let Some(file_name) = &self.file_name {
            sent = sent.file_name(file_name.clone());
        }
        sent = sent.headers(client::headers(&self.headers)?);
        match &self.content_type {
            Some(media_type) => sent.mime_str(media_type).map_err(|_| format!("`{media_type}` is not a media type")),
            None => Ok(sent),
        }
    }
}

/// Returns a part of `length` bytes. A stream of another length fails: otherwise the HTTP client would truncate the
/// form.
fn sized<S, E>(source: &'static str, stream: S, length: u64) -> multipart::Part
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<BoxError> + 'static,
{
    // The state is the stream, and the number of bytes that have not come yet.
    let counted = stream::try_unfold((Box::pin(stream), length), move |(mut stream, left)| async move {
        match stream.try_next().await.map_err(Into::into)? {
            Some(chunk) if chunk.len() as u64 <= left => {
                let left = left - chunk.len() as u64;
                Ok(Some((chunk, (stream, left))))
            }
            Some(_) => Err(BoxError::from(format!("the {source} is longer than was told"))),
            None if left > 0 => Err(format!("the {source} is shorter than was told").into()),
            None => Ok(None),
        }
    });
    multipart::Part::stream_with_length(reqwest::Body::wrap_stream(counted), length)
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
