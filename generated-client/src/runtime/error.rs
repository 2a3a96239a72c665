//! What can go wrong with a call.

use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::decode::DecodeError;
use super::error_body::{self, ErrorDetail, Listed};
use super::error_kind::Kind;
use super::rate_limit::RateLimit;

/// Why a call, or the building of a client, failed.
///
/// It never holds the token. `Display` is one line: operation, status, code, message and request id.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    operation: &'static str,
    message: String,
    /// How many attempts were made.
    attempts: u32,
    answer: Option<Answered>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What the server had answered when the call failed.
#[derive(Default)]
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// What the body says, when somebody asks.
    listed: OnceLock<Listed>,
}

impl Answered {
    fn listed(&self) -> &Listed {
        self.listed.get_or_init(|| error_body::read(&self.body))
    }

    fn request_id(&self) -> Option<&str> {
        match self.headers.get("x-request-id").and_then(|id| id.to_str().ok()) {
            Some(id) => Some(id).filter(|id| !id.is_empty()),
            None => self.listed().request_id.as_deref(),
        }
    }
}

impl Error {
    /// A client or a request that cannot be built; nothing was sent.
    pub(super) fn invalid(operation: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, operation, message.into(), None)
    }

    pub(super) fn timeout(operation: &'static str, after: Duration) -> Self {
        Self::new(Kind::Timeout, operation, format!("nothing came within {after:?}"), None)
    }

    /// The end of the time for all attempts together.
    pub(super) fn deadline(operation: &'static str, length: Duration) -> Self {
        Self::new(Kind::Timeout, operation, format!("no success within the deadline of {length:?}"), None)
    }

    /// The source of the token failed; nothing was sent.
    pub(super) fn token(operation: &'static str, source: Box<dyn StdError + Send + Sync>) -> Self {
        Self::new(Kind::Token, operation, "the source of the token failed".to_owned(), Some(source))
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

    /// A failure below HTTP after the server had answered with a redirect: the call itself was sent, so that it is neither
    /// [invalid](Kind::Invalid) nor one that found [no connection](Kind::Connect).
    pub(super) fn transport_behind_redirect(operation: &'static str, error: reqwest::Error) -> Self {
        let mut error = Self::transport(operation, error);
        if matches!(error.0.kind, Kind::Invalid | Kind::Connect) {
            error.0.kind = Kind::Transport;
            error.0.message.push_str(", behind a redirect");
        }
        error
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
        let (kind, message) = if error.is_no_content() {
            (Kind::NoContent, error.to_string())
        } else {
            (Kind::Decode, format!("could not decode the answer: {error}"))
        };
        Self::new(kind, operation, message, Some(Box::new(error))).answered(status, headers, body)
    }

    /// An answer with which a list does not go on.
    pub(super) fn list(
        kind: Kind,
        operation: &'static str,
        (status, headers, body): (StatusCode, HeaderMap, Bytes),
        reason: String,
    ) -> Self {
        Self::new(kind, operation, reason, None).answered(status, headers, body)
    }

    /// The same error with what the server had answered.
    pub(super) fn answered(mut self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        self.0.answer = Some(Answered { status, headers, body, listed: OnceLock::new() });
        self
    }

    /// The same error with a cause.
    pub(super) fn caused_by(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// The same error with what happened before it, where that says more than it does itself.
    pub(super) fn preceded_by(mut self, before: Option<Self>) -> Self {
        if self.0.source.is_none() && self.0.answer.is_none() {
            self.0.source = before.map(|before| Box::new(before) as _);
        }
        self
    }

    /// The same error after so many attempts.
    pub(super) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Status and headers, where the status is what failed.
    pub(super) fn answer(&self) -> Option<(StatusCode, &HeaderMap)> {
        let answer = self.0.answer.as_ref().filter(|_| self.0.kind == Kind::Status)?;
        Some((answer.status, &answer.headers))
    }

    /// The `error.type` of OpenTelemetry: the status, or one of a few words.
    pub(super) fn type_name(&self) -> &str {
        match (self.0.kind, &self.0.answer) {
            (Kind::Status, Some(answer)) => answer.status.as_str(),
            (kind, _) => kind.name(),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.0.kind
    }

    fn new(
        kind: Kind,
        operation: &'static str,
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self(Box::new(Inner { kind, operation, message, attempts: 0, answer: None, source }))
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
        self.0.answer.as_ref()?.request_id()
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
        self.0.answer.as_ref().map_or(&[], |answer| &answer.listed().details)
    }

    /// The code of the first listed error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.details().iter().find_map(ErrorDetail::code)
    }

    /// How many attempts were made: more than 1 where the call was retried, 0 where nothing could be sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// What the headers say of the rate limit, where the server answered.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::of(self.headers()?)
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
            parts.extend(answer.listed().details.first().map(error_body::line));
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
