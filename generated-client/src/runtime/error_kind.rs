//! What kind of thing went wrong.

use super::error::Error;
use super::retry;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The client or the request cannot be built.
    Invalid,
    /// The source of the token failed.
    Token,
    /// No connection came about.
    Connect,
    /// No answer came in time.
    Timeout,
    /// The connection broke, or what came is no HTTP.
    Transport,
    /// What came could not be written to where the caller wanted it.
    Write,
    /// The status is no success.
    Status,
    /// The body is longer than the client takes.
    BodyTooLarge,
    /// The answer does not hold what it should.
    Decode,
    /// The answer is a success without content, where some is documented.
    NoContent,
    /// The answer is to be a page of a list, and holds no list.
    NoList,
    /// Page after page of a list is empty, and none is the last.
    EmptyPages,
}

impl Kind {
    /// One of a few words that stay the same.
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

/// What a caller asks an error.
impl Error {
    /// Whether the same call may succeed later: no answer came, or the status is 408, 429, 502, 503 or 504. It does not say
    /// whether a repeated call does more than one.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            Kind::Connect | Kind::Timeout | Kind::Transport => true,
            Kind::Status => self.status_code().is_some_and(retry::is_transient),
            Kind::Invalid | Kind::Token | Kind::Write | Kind::BodyTooLarge => false,
            Kind::Decode | Kind::NoContent | Kind::NoList | Kind::EmptyPages => false,
        }
    }

    /// Whether the source of the token failed ([`ClientBuilder::token_source`](super::ClientBuilder::token_source)), or gave
    /// one that cannot be sent. No attempt was sent with it; [`attempts`](Self::attempts) counts those before it.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.kind() == Kind::Token
    }

    /// Whether the call was never sent, because a client, a request or a parameter is not valid.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.kind() == Kind::Invalid && self.attempts() == 0
    }

    /// Whether no connection came about, so that the last attempt was not sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == Kind::Connect
    }

    /// Whether the answer did not come in time, be it the timeout of an attempt or the deadline of the call; also a status 408
    /// or 504.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == Kind::Timeout || self.is_status(408) || self.is_status(504)
    }

    /// Whether the answer was a success, but does not hold what it should, be it a [list](Self::is_no_list), any
    /// [content](Self::is_no_content) or anything else.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.kind(), Kind::Decode | Kind::NoContent | Kind::NoList)
    }

    /// Whether the answer was a success without content, such as status 204, where the document promises some: the call has
    /// done what it should.
    #[must_use]
    pub fn is_no_content(&self) -> bool {
        self.kind() == Kind::NoContent
    }

    /// Whether the answer to a call for a page of a list was a success, but holds no list. That does not say that the list is
    /// empty, or at its end.
    #[must_use]
    pub fn is_no_list(&self) -> bool {
        self.kind() == Kind::NoList
    }

    /// Whether a list was given up because so many of its pages in a row were empty, while each told of another one
    /// ([`Pages::empty_pages`](super::Pages::empty_pages)).
    #[must_use]
    pub fn is_empty_pages(&self) -> bool {
        self.kind() == Kind::EmptyPages
    }

    /// Whether the answer was a success, but longer than the client takes ([`ClientBuilder::body_limit`]). The body is there
    /// as far as it was read.
    ///
    /// [`ClientBuilder::body_limit`]: super::ClientBuilder::body_limit
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.kind() == Kind::BodyTooLarge
    }

    /// Whether what the server sent could not be written to where the caller wanted it.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.kind() == Kind::Write
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

    /// Status 410: there was such a thing, and it is gone for good.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.is_status(410)
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
        self.kind() == Kind::Status && self.status_code().is_some_and(|code| code.as_u16() == status)
    }

    pub(super) fn was_sent(&self) -> bool {
        !matches!(self.kind(), Kind::Invalid | Kind::Token)
    }
}
