//! The error of a call.

use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::error_body::{self, Listed};
pub(super) use super::error_kind::Kind;
use super::response::Received;
use super::{DecodeError, ErrorDetail, RateLimit};

/// The reason why a call failed, or why a client could not be built.
///
/// An error never holds the token. `Display` is one line: operation, status, code, message and request id.
pub struct Error(pub(super) Box<Inner>);

pub(super) struct Inner {
    pub(super) kind: Kind,
    operation: &'static str,
    message: String,
    attempts: u32,
    response: Option<Received>,
    /// The contents of the body of the response, parsed on first use.
    listed: OnceLock<Listed>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(super) fn new(kind: Kind, operation: &'static str, message: impl Into<String>) -> Self {
        let (message, listed) = (message.into(), OnceLock::new());
        Self(Box::new(Inner { kind, operation, message, attempts: 0, response: None, listed, source: None }))
    }

    /// Creates the error for a client or a request that cannot be built; nothing was sent.
    pub(super) fn invalid(operation: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, operation, message)
    }

    pub(super) fn timeout(operation: &'static str, after: Duration) -> Self {
        Self::new(Kind::Timeout, operation, format!("nothing came within {after:?}"))
    }

    pub(super) fn deadline(operation: &'static str, length: Duration) -> Self {
        Self::new(Kind::Timeout, operation, format!("no success within the deadline of {length:?}"))
    }

    pub(super) fn body_too_large(operation: &'static str, limit: usize) -> Self {
        Self::new(Kind::BodyTooLarge, operation, format!("the body is longer than {limit} bytes"))
    }

    /// Creates the error for a failure of the HTTP client.
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
        Self::new(kind, operation, message).caused_by(error.without_url())
    }

    /// Says of a failure of the HTTP client that it came after a redirect. The call itself was sent, so the kind is
    /// then neither [`Kind::Invalid`] nor [`Kind::Connect`].
    pub(super) fn behind_redirect(mut self) -> Self {
        if matches!(self.0.kind, Kind::Invalid | Kind::Connect) {
            self.0.kind = Kind::Transport;
            self.0.message.push_str(", behind a redirect");
        }
        self
    }

    /// Creates the error for a response that does not hold what the type expects.
    pub(super) fn decode(operation: &'static str, response: Received, error: DecodeError) -> Self {
        let (kind, message) = if error.is_no_content() {
            (Kind::NoContent, error.to_string())
        } else {
            (Kind::Decode, format!("could not decode the response: {error}"))
        };
        Self::new(kind, operation, message).caused_by(error).received(response)
    }

    pub(super) fn received(mut self, response: Received) -> Self {
        self.0.attempts = response.attempts;
        self.0.response = Some(response);
        self
    }

    pub(super) fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Adds the error of the previous attempt as the cause, if this error has neither a cause nor a response.
    pub(super) fn preceded_by(mut self, before: Option<Self>) -> Self {
        if self.0.source.is_none() && self.0.response.is_none() {
            self.0.source = before.map(|before| Box::new(before) as _);
        }
        self
    }

    /// Sets the number of attempts.
    pub(super) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Returns status and headers, if the status is the reason of the failure.
    pub(super) fn response(&self) -> Option<(StatusCode, &HeaderMap)> {
        let response = self.0.response.as_ref().filter(|_| self.0.kind == Kind::Status)?;
        Some((response.status, &response.headers))
    }

    /// Returns the `error.type` of OpenTelemetry: the status code, or one of a fixed set of words.
    pub(super) fn type_name(&self) -> &str {
        match (self.0.kind, &self.0.response) {
            (Kind::Status, Some(response)) => response.status.as_str(),
            (kind, _) => kind.name(),
        }
    }

    fn listed(&self) -> &Listed {
        self.0.listed.get_or_init(|| error_body::read(self.body()))
    }

    /// Returns the operationId, or the name of a call that the document does not have; empty if there was no call.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// Returns the status code, if a response came.
    #[must_use]
    pub fn status_code(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|response| response.status)
    }

    /// Returns the headers, if a response came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|response| &response.headers)
    }

    /// Returns the id that the server gave the request, from the header `X-Request-Id`, else from the body.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self.headers()?.get("x-request-id").and_then(|id| id.to_str().ok()) {
            Some(id) => Some(id).filter(|id| !id.is_empty()),
            None => self.listed().request_id.as_deref(),
        }
    }

    /// Returns the body as it was received; empty if there was none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.response.as_ref().map_or(&[], |response| &response.body)
    }

    /// Returns the body as text. Bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.body())
    }

    /// Parses the body as JSON. Returns `None` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        std::str::from_utf8(self.body()).ok()?.parse().ok()
    }

    /// Returns the errors that the body lists; empty if it lists none.
    #[must_use]
    pub fn details(&self) -> &[ErrorDetail] {
        &self.listed().details
    }

    /// Returns the code of the first listed error that has one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details().iter().find_map(ErrorDetail::code)
    }

    /// Returns the number of attempts: more than 1 if the call was retried, 0 if it failed before the first attempt.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the state of the rate limit, if a response came with headers for it.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers()?)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { operation, message, response, .. } = &*self.0;
        let status = response.as_ref().map(|response| response.status.to_string());
        let detail = self.details().first().map(error_body::line);
        let parts = [Some((*operation).to_owned()), status, detail, Some(error_body::one_line(message))];
        let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
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
            .field("attempts", &self.0.attempts)
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
