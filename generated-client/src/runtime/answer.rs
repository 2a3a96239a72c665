//! What a success answers with.

use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::Url;

use super::decode::{Decodable, DecodeError, Decoded, Departure, decode};
use super::download::Download;
use super::error::Error;
use super::location::Location;
use super::rate_limit::RateLimit;

/// A kind of answer.
pub trait Answer: 'static {
    /// What the caller gets.
    type Output;
    /// How much of the reply is received before it is read.
    const WANTED: Wanted;

    /// Reads the reply.
    ///
    /// # Errors
    /// It does not hold what it should.
    fn read(reply: Reply) -> Result<Response<Self::Output>, Error>;
}

/// How much of a reply is received before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The whole body.
    Body,
    /// The headers; the body is a stream.
    Stream,
    /// The headers; a redirect is a success and is not followed.
    Redirect,
}

/// A success as it came.
pub struct Reply {
    pub(super) operation: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) location: Option<Url>,
    /// How many attempts were made to get it; 0 until they are counted.
    pub(super) attempts: u32,
    pub(super) content: Content,
}

pub(super) enum Content {
    Bytes(Bytes),
    /// With the longest silence that is borne.
    Stream(reqwest::Response, Duration),
}

/// An answer with what came along.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    departures: Vec<Departure>,
    value: T,
}

impl<T> Response<T> {
    /// The decoded value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The decoded value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The status.
    #[must_use]
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id that the server gave the request, from the header `X-Request-Id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }

    /// What the headers say of the rate limit.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(&self.headers)
    }

    /// The body as it came; empty for a download.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Where the body departs from the document.
    #[must_use]
    pub fn departures(&self) -> &[Departure] {
        &self.departures
    }
}

/// Shows of the body its length alone: what it holds, the value shows, but for secrets.
impl<T: std::fmt::Debug> std::fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut response = f.debug_struct("Response");
        response.field("status", &self.status).field("headers", &self.headers).field("bytes", &self.body.len());
        response.field("departures", &self.departures.len()).field("value", &self.value).finish()
    }
}

/// Shows no URL: it may hold the token.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut reply = f.debug_struct("Reply");
        reply.field("operation", &self.operation).field("status", &self.status).finish_non_exhaustive()
    }
}

impl Reply {
    pub(super) fn bytes(&self) -> Bytes {
        match &self.content {
            Content::Bytes(bytes) => bytes.clone(),
            Content::Stream(..) => Bytes::new(),
        }
    }

    fn with<T>(self, value: T) -> Response<T> {
        let body = self.bytes();
        Response { status: self.status, headers: self.headers, body, departures: Vec::new(), value }
    }

    pub(super) fn decoded<T>(self, decoded: Result<Decoded<T>, DecodeError>) -> Result<Response<T>, Error> {
        match decoded {
            Ok(Decoded { value, departures }) => {
                warn(self.operation, &departures);
                Ok(Response { departures, ..self.with(value) })
            }
            Err(error) => Err(self.undecoded(error)),
        }
    }

    fn undecoded(self, error: DecodeError) -> Error {
        let body = self.bytes();
        Error::decode(self.operation, (self.status, self.headers, body), error)
    }
}

/// The most warnings that one answer gives.
const WARNINGS: usize = 20;

/// Names the places only: the values may be personal.
fn warn(operation: &str, departures: &[Departure]) {
    for departure in departures.iter().take(WARNINGS) {
        tracing::warn!(operation, pointer = departure.pointer, "the answer departs from the document");
    }
    if departures.len() > WARNINGS {
        tracing::warn!(operation, departures = departures.len(), "the answer departs from the document in more places");
    }
}

/// A JSON answer.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

impl<T: Decodable + 'static> Answer for Json<T> {
    type Output = T;
    const WANTED: Wanted = Wanted::Body;

    fn read(reply: Reply) -> Result<Response<T>, Error> {
        let decoded = decode(&reply.bytes());
        reply.decoded(decoded)
    }
}

/// A value that is decoded by status: what operations with several success answers give.
pub trait Decode: Sized {
    /// Decodes the body of an answer with this status.
    ///
    /// # Errors
    /// The status is not documented, or the body does not hold what it should.
    fn decode(status: u16, body: &[u8]) -> Result<Decoded<Self>, DecodeError>;
}

/// Decodes text for an implementation of [`Decode`]; what is no UTF-8 is replaced.
///
/// # Errors
/// None.
pub fn decode_text(body: &[u8]) -> Result<Decoded<String>, DecodeError> {
    Ok(Decoded::new(String::from_utf8_lossy(body).into_owned()))
}

/// Takes bytes as they are for an implementation of [`Decode`].
///
/// # Errors
/// None.
pub fn decode_bytes(body: &[u8]) -> Result<Decoded<Bytes>, DecodeError> {
    Ok(Decoded::new(Bytes::copy_from_slice(body)))
}

/// One of several answers, told apart by status.
#[derive(Debug)]
pub struct Several<T>(PhantomData<fn() -> T>);

impl<T: Decode + 'static> Answer for Several<T> {
    type Output = T;
    const WANTED: Wanted = Wanted::Body;

    fn read(reply: Reply) -> Result<Response<T>, Error> {
        let decoded = T::decode(reply.status.as_u16(), &reply.bytes());
        reply.decoded(decoded)
    }
}

/// An answer without content; what comes nevertheless is in [`Response::body`].
#[derive(Debug)]
pub enum Empty {}

impl Answer for Empty {
    type Output = ();
    const WANTED: Wanted = Wanted::Body;

    fn read(reply: Reply) -> Result<Response<()>, Error> {
        Ok(reply.with(()))
    }
}

/// A text answer; what is no UTF-8 is replaced.
#[derive(Debug)]
pub enum Text {}

impl Answer for Text {
    type Output = String;
    const WANTED: Wanted = Wanted::Body;

    fn read(reply: Reply) -> Result<Response<String>, Error> {
        let decoded = decode_text(&reply.bytes());
        reply.decoded(decoded)
    }
}

/// An answer of bytes, as a stream.
impl Answer for Download {
    type Output = Self;
    const WANTED: Wanted = Wanted::Stream;

    fn read(reply: Reply) -> Result<Response<Self>, Error> {
        let Reply { operation, status, headers, attempts, content, .. } = reply;
        let call = (operation, attempts);
        let value = match content {
            Content::Stream(response, silence) => Self::new(call, headers.clone(), response, silence),
            Content::Bytes(bytes) => Self::whole(call, headers.clone(), bytes),
        };
        Ok(Response { status, headers, body: Bytes::new(), departures: Vec::new(), value })
    }
}

/// A redirect as the answer. It is not followed.
#[derive(Debug)]
pub enum Redirect {}

impl Answer for Redirect {
    type Output = Location;
    const WANTED: Wanted = Wanted::Redirect;

    fn read(mut reply: Reply) -> Result<Response<Location>, Error> {
        match reply.location.take() {
            Some(url) => Ok(reply.with(Location::new(url))),
            None => Err(reply.undecoded(DecodeError::new("no valid Location header"))),
        }
    }
}
