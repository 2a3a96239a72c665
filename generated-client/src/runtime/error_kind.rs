//! The kinds of error, and the predicates of [`Error`].

use super::error::Error;
use super::retry;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The client or the request cannot be built.
    Invalid,
    /// The source of the token failed.
    Token,
    /// No connection could be made.
    Connect,
    /// No response came in time.
    Timeout,
    /// The connection broke, or the data received is not HTTP.
    Transport,
    /// The received data could not be written to the caller's writer.
    Write,
    /// The status code is not a success.
    Status,
    /// The body is longer than the client's limit.
    BodyTooLarge,
    /// The response does not hold what the type expects.
    Decode,
    /// The response is a success without content, but the document promises content.
    NoContent,
    /// The response should be a page of a list, but holds no list.
    NoList,
    /// Too many pages of a list in a row are empty, and none is the last.
    EmptyPages,
}

impl Kind {
    /// Returns one of a fixed set of words, which never change.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Token => "token",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Write => "write",
            Self::Status => "status",
            Self::BodyTooLarge => "body_too_large",
            Self::Decode => "decode",
            Self::NoContent => "no_content",
            Self::NoList => "no_list",
            Self::EmptyPages => "empty_pages",
        }
    }
}

/// The predicates of an error.
impl Error {
    /// Returns whether the same call may succeed later: no response came, or the status is 408, 429, 502, 503 or 504.
    /// This does not mean that repeating the call is harmless: the first attempt may have had an effect.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            Kind::Connect | Kind::Timeout | Kind::Transport => true,
            Kind::Status => self.status_code().is_some_and(retry::is_transient),
            Kind::Invalid | Kind::Token | Kind::Write | Kind::BodyTooLarge => false,
            Kind::Decode | Kind::NoContent | Kind::NoList | Kind::EmptyPages => false,
        }
    }

    /// Returns whether the token source failed ([`ClientBuilder::token_source`](super::ClientBuilder::token_source)),
    /// or returned a token that cannot be sent. Nothing was sent in that attempt; [`attempts`](Self::attempts) counts
    /// those before it.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.kind() == Kind::Token
    }

    /// Returns whether the call was never sent, because a client, a request or a parameter is not valid.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.kind() == Kind::Invalid && self.attempts() == 0
    }

    /// Returns whether no connection could be made, so that the last attempt was not sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == Kind::Connect
    }

    /// Returns whether the response did not come in time: the timeout of an attempt or the deadline of the call ended,
    /// or the status is 408 or 504.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == Kind::Timeout || self.is_status(408) || self.is_status(504)
    }

    /// Returns whether the response was a success that does not hold what the type expects. This includes a missing
    /// [list](Self::is_no_list) and missing [content](Self::is_no_content).
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), Kind::Decode | Kind::NoContent | Kind::NoList)
    }

    /// Returns whether the response was a success without content, such as status 204, although the document promises
    /// content. The call itself has succeeded.
    #[must_use]
    pub fn is_no_content(&self) -> bool {
        self.kind() == Kind::NoContent
    }

    /// Returns whether the response to a request for a page of a list was a success without a list. This does not mean
    /// that the list is empty, or at its end.
    #[must_use]
    pub fn is_no_list(&self) -> bool {
        self.kind() == Kind::NoList
    }

    /// Returns whether a list was given up because too many of its pages in a row were empty, although each announced
    /// another one ([`Pages::empty_pages`](super::Pages::empty_pages)).
    #[must_use]
    pub fn is_empty_pages(&self) -> bool {
        self.kind() == Kind::EmptyPages
    }

    /// Returns whether the response was a success with a body longer than the client's limit
    /// ([`ClientBuilder::body_limit`]). The error holds the body as far as it was read.
    ///
    /// [`ClientBuilder::body_limit`]: super::ClientBuilder::body_limit
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.kind() == Kind::BodyTooLarge
    }

    /// Returns whether the received data could not be written to the caller's writer.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.kind() == Kind::Write
    }

    /// Returns whether the status is 400 or 422: the server rejects the values.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.is_status(400) || self.is_status(422)
    }

    /// Returns whether the status is 401: the token is missing or not valid.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(401)
    }

    /// Returns whether the status is 403: the token has no permission for this call.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.is_status(403)
    }

    /// Returns whether the status is 404: the resource does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(404)
    }

    /// Returns whether the status is 409: the call conflicts with the state of the resource, which may already exist.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(409)
    }

    /// Returns whether the status is 410: the resource existed, and is gone for good.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.is_status(410)
    }

    /// Returns whether the status is 429: too many requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(429)
    }

    /// Returns whether the status is between 500 and 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status_code().is_some_and(|status| status.is_server_error())
    }

    fn is_status(&self, status: u16) -> bool {
        self.kind() == Kind::Status && self.status_code().is_some_and(|code| code.as_u16() == status)
    }

    pub(super) fn was_sent(&self) -> bool {
        !matches!(self.kind(), Kind::Invalid | Kind::Token)
    }
}
