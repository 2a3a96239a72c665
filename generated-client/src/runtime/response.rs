//! The kinds of successful response, and how each is decoded.

use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Url;
use tracing::Span;

use super::{Decodable, DecodeError, Decoded, Download, Error, Location, Mismatch, RateLimit, decode};

/// A kind of successful response: how it is received and what it is decoded to.
pub trait ResponseKind: 'static {
    /// The value that the caller gets.
    type Output;
    /// The part of the response that is received before the response is decoded.
    const READ_MODE: ReadMode = ReadMode::Body;

    /// Decodes the response.
    ///
    /// # Errors
    /// Fails if the response does not hold what the type expects.
    fn read(reply: &mut Reply) -> Result<Decoded<Self::Output>, DecodeError>;
}

/// The part of a response that is received before the response is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadMode {
    /// The whole body.
    Body,
    /// The headers; the body is a stream.
    Stream,
    /// The whole body; a redirect is a success and is not followed.
    Redirect,
}

/// The status and the headers of a response, and its body as far as it was received.
#[derive(Clone)]
pub(super) struct Received {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body; empty for a stream.
    pub(super) body: Bytes,
    /// The number of attempts of the call.
    pub(super) attempts: u32,
}

/// A successful response, not decoded yet.
pub struct Reply {
    pub(super) operation: &'static str,
    pub(super) span: Span,
    pub(super) received: Received,
    pub(super) location: Option<Url>,
    /// The body that is received as a stream, and the idle timeout: the longest wait for the next chunk.
    pub(super) stream: Option<(reqwest::Response, Duration)>,
}

/// A decoded response with its status, headers and body.
#[derive(Clone)]
pub struct Response<T> {
    pub(super) received: Received,
    mismatches: Vec<Mismatch>,
    pub(super) value: T,
}

impl<T> Response<T> {
    /// Returns the decoded value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the decoded value and drops status, headers and body.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the status code.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        self.received.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// Returns the id that the server gave the request, from the header `X-Request-Id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().get("x-request-id")?.to_str().ok()
    }

    /// Returns the state of the rate limit, from the headers.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers())
    }

    /// Returns the body as it was received; empty for a download.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.received.body
    }

    /// Returns the places where the body does not match the document.
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }
}

/// Shows the length of the body in place of the body. The value is shown, except its secrets.
impl<T: std::fmt::Debug> std::fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Received { status, headers, body, .. } = &self.received;
        let mut response = f.debug_struct("Response");
        response.field("status", status).field("headers", headers).field("bytes", &body.len());
        response.field("mismatches", &self.mismatches.len()).field("value", &self.value).finish()
    }
}

impl Reply {
    /// Decodes the response, within the span of its call.
    pub(super) fn read<K: ResponseKind>(mut self) -> Result<Response<K::Output>, Error> {
        let span = self.span.clone();
        let _within = span.enter();
        match K::read(&mut self) {
            Ok(Decoded { value, mismatches }) => {
                warn(self.operation, &mismatches);
                Ok(Response { received: self.received, mismatches, value })
            }
            Err(error) => {
                let error = Error::decode(self.operation, self.received, error);
                span.record("error.type", error.type_name());
                Err(error)
            }
        }
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.received.status.as_u16()
    }

    /// Returns the body; empty for a stream.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.received.body
    }

    /// Returns the body as text. Bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.body()).into_owned()
    }
}

/// The maximum number of mismatches of a response that are logged one by one.
const WARNINGS: usize = 20;

/// Logs the places only, because the values may be personal.
fn warn(operation: &str, mismatches: &[Mismatch]) {
    for mismatch in mismatches.iter().take(WARNINGS) {
        tracing::warn!(operation, pointer = mismatch.pointer, "the response does not match the document");
    }
    if mismatches.len() > WARNINGS {
        let mismatches = mismatches.len();
        tracing::warn!(operation, mismatches, "the response does not match the document in more places");
    }
}

/// A response with a JSON body.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Decodable + 'static> ResponseKind for Json<T> {
    type Output = T;

    /// Decodes a response without content as null, if null is a value of the type.
    fn read(reply: &mut Reply) -> Result<Decoded<T>, DecodeError> {
        let body = reply.body();
        let decoded = decode(if body.is_empty() { b"null" } else { body });
        let is_whole = decoded.as_ref().is_ok_and(|decoded| decoded.mismatches.is_empty());
        if body.is_empty() && !is_whole { Err(DecodeError::no_content()) } else { decoded }
    }
}

/// A response without content. If the server sends a body nevertheless, it is in [`Response::body`].
impl ResponseKind for () {
    type Output = Self;

    fn read(_: &mut Reply) -> Result<Decoded<()>, DecodeError> {
        Ok(Decoded::new(()))
    }
}

/// A response with a text body. Bytes that are not UTF-8 are replaced.
impl ResponseKind for String {
    type Output = Self;

    fn read(reply: &mut Reply) -> Result<Decoded<Self>, DecodeError> {
        Ok(Decoded::new(reply.text()))
    }
}

/// A binary response, received as a stream.
impl ResponseKind for Download {
    type Output = Self;
    const READ_MODE: ReadMode = ReadMode::Stream;

    fn read(reply: &mut Reply) -> Result<Decoded<Self>, DecodeError> {
        Ok(Decoded::new(Self::new(reply)))
    }
}

/// A redirect as the response, which is not followed.
impl ResponseKind for Location {
    type Output = Self;
    const READ_MODE: ReadMode = ReadMode::Redirect;

    fn read(reply: &mut Reply) -> Result<Decoded<Self>, DecodeError> {
        let location = reply.location.take().map(|url| Decoded::new(Self(url)));
        location.ok_or_else(|| DecodeError::new("no valid Location header"))
    }
}
