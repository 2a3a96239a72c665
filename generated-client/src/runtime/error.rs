//! What can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::decode::DecodeError;
use super::error_body::{self, ErrorDetail};

/// Why a call, or the building of a client, failed.
///
/// It never holds the token. `Display` is one line: operation, status, code, message and request id.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: &'static str,
    message: String,
    answer: Option<Answered>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What the server had answered when the call failed.
#[derive(Default)]
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    details: Vec<ErrorDetail>,
    request_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Invalid,
    Connect,
    Timeout,
    Transport,
    Write,
    Status,
    BodyTooLarge,
    Decode,
}

impl Error {
    /// A client or a request that cannot be built; nothing was sent.
    pub(super) fn invalid(operation: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, operation, message.into(), None)
    }

    pub(super) fn timeout(operation: &'static str, after: Duration) -> Self {
        Self::new(Kind::Timeout, operation, format!("nothing came within {after:?}"), None)
    }

    pub(super) fn body_too_large(operation: &'static str, limit: usize) -> Self {
        Self::new(Kind::BodyTooLarge, operation, format!("the body is longer than {limit} bytes"), None)
    }

    /// A failure below HTTP.
    pub(super) fn transport(operation: &'static str, error: reqwest::Error) -> Self {
        let (kind, message) = if error.is_timeout() {
            (Kind::Timeout, "the server went silent")
        } else if error.is_connect() {
            (Kind::Connect, "could not connect")
        } else if error.is_builder() {
            (Kind::Invalid, "the request cannot be built")
        } else {
            (Kind::Transport, "the connection failed")
        };
        // The URL may hold the token as a query parameter.
        Self::new(kind, operation, message.to_owned(), Some(Box::new(error.without_url())))
    }

    /// A download that could not be written.
    pub(super) fn write(operation: &'static str, error: std::io::Error) -> Self {
        Self::new(Kind::Write, operation, format!("could not write the download: {error}"), Some(Box::new(error)))
    }

    /// A status that is no success.
    pub(super) fn status(operation: &'static str, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self::new(Kind::Status, operation, String::new(), None).answered(status, headers, body)
    }

    /// An answer that does not hold what it should.
    pub(super) fn decode(
        operation: &'static str,
        (status, headers, body): (StatusCode, HeaderMap, Bytes),
        error: DecodeError,
    ) -> Self {
        let message = format!("could not decode the answer: {error}");
        Self::new(Kind::Decode, operation, message, Some(Box::new(error))).answered(status, headers, body)
    }

    /// The same error with what the server had answered.
    pub(super) fn answered(mut self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        let (details, request_id) = error_body::read(&headers, &body);
        self.0.answer = Some(Answered { status, headers, body, details, request_id });
        self
    }

    /// The same error with a cause.
    pub(super) fn caused_by(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    fn new(
        kind: Kind,
        operation: &'static str,
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self(Box::new(Inner { kind, operation, message, answer: None, source }))
    }

    /// The operationId; empty where the client itself could not be built.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// The status, where the server answered.
    #[must_use]
    pub fn status_code(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers, where the server answered.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The id that the server gave the request, from the header `X-Request-Id` or the body.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.answer.as_ref()?.request_id.as_deref()
    }

    /// The body as it came; empty where there was none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.answer.as_ref().map_or(&[], |answer| &answer.body)
    }

    /// The body as text; what is no UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.body())
    }

    /// The body as JSON, where it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(self.body()).ok()
    }

    /// The errors that the body lists; empty where it lists none.
    #[must_use]
    pub fn details(&self) -> &[ErrorDetail] {
        self.0.answer.as_ref().map_or(&[], |answer| &answer.details)
    }

    /// The code of the first listed error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details().iter().find_map(ErrorDetail::code)
    }

    /// Whether the call was never sent, because a client, a request or a parameter is not valid.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.0.kind == Kind::Invalid
    }

    /// Whether no connection came about.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.kind == Kind::Connect
    }

    /// Whether the answer did not come in time; also a status 408 or 504.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout || self.is_status(408) || self.is_status(504)
    }

    /// Whether the answer was a success, but does not hold what it should.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == Kind::Decode
    }

    /// Whether the answer was a success, but longer than the client takes ([`ClientBuilder::body_limit`]). The body is there
    /// as far as it was read.
    ///
    /// [`ClientBuilder::body_limit`]: super::ClientBuilder::body_limit
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.0.kind == Kind::BodyTooLarge
    }

    /// Whether what the server sent could not be written to where the caller wanted it.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.0.kind == Kind::Write
    }

    /// Status 400 or 422: the server does not take the values.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.is_status(400) || self.is_status(422)
    }

    /// Status 401: the token is missing or not valid.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(401)
    }

    /// Status 403: the token may not do this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status(403)
    }

    /// Status 404: there is no such thing.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(404)
    }

    /// Status 409: there is such a thing already.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(409)
    }

    /// Status 429: too many requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(429)
    }

    /// Status 500 to 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status_code().is_some_and(|status| status.is_server_error())
    }

    fn is_status(&self, status: u16) -> bool {
        self.0.kind == Kind::Status && self.status_code().is_some_and(|code| code.as_u16() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let Inner { operation, message, answer, .. } = &*self.0;
        if !operation.is_empty() {
            parts.push((*operation).to_owned());
        }
        if let Some(answer) = answer {
            parts.push(answer.status.to_string());
            parts.extend(answer.details.first().map(error_body::line));
        }
        if !message.is_empty() {
            parts.push(error_body::one_line(message));
        }
        f.write_str(&parts.join(": "))?;
        match self.request_id() {
            Some(id) => write!(f, " (request id {})", error_body::one_line(id)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("message", &self.0.message)
            .field("status", &self.status_code())
            .field("request_id", &self.request_id())
            .field("details", &self.details())
            .field("text", &error_body::one_line(&self.text()))
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
