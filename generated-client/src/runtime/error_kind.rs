//! The kinds of error, and the predicates of [`Error`].

use super::error::Error;

/// The kinds of error, which the predicates below describe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Invalid,
    Token,
    Connect,
    Timeout,
    /// The connection broke, the received data is not HTTP, or a stream in the body of the request failed.
    Transport,
    Write,
    /// The status code is not a success.
    Status,
    BodyTooLarge,
    Decode,
    NoContent,
    NoList,
    EmptyPages,
}

impl Kind {
    /// Returns the word for the field `error.type` of a span. No word ever changes.
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

impl Error {
    /// Returns whether the call was never sent, because a client, a request or a parameter is not valid.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        self.0.kind == Kind::Invalid && self.attempts() == 0
    }

    /// Returns whether the status is between 500 and 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status_code().is_some_and(|status| status.is_server_error())
    }

    pub(super) fn was_sent(&self) -> bool {
        !matches!(self.0.kind, Kind::Invalid | Kind::Token)
    }

    fn is(&self, kinds: &[Kind], statuses: &[u16]) -> bool {
        kinds.contains(&self.0.kind) || self.response().is_some_and(|(status, _)| statuses.contains(&status.as_u16()))
    }
}

/// Defines predicates: each is true for errors of some kinds, and for some status codes.
macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident: [$($kind:ident),*] [$($status:literal),*];)*) => {
        /// The predicates of an error.
        impl Error {$(
            $(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> bool {
                self.is(&[$(Kind::$kind),*], &[$($status),*])
            }
        )*}
    };
}

predicates! {
    /// Returns whether the same call may succeed later: no complete response came, or the status is 408, 429, 502,
    /// 503 or 504. This does not mean that repeating the call is harmless: the first attempt may have had an effect.
    is_retryable: [Connect, Timeout, Transport] [408, 429, 502, 503, 504];

    /// Returns whether the token source failed ([`ClientBuilder::token_source`](super::ClientBuilder::token_source)),
    /// or returned a token that cannot be sent. Nothing was sent in that attempt; [`attempts`](Self::attempts) counts
    /// the attempts before it.
    is_token: [Token] [];

    /// Returns whether no connection could be made, so that the last attempt was not sent.
    is_connect: [Connect] [];

    /// Returns whether the response did not come in time: the timeout of an attempt, the deadline of the call or the
    /// idle timeout of a download ended, or the status is 408 or 504.
    is_timeout: [Timeout] [408, 504];

    /// Returns whether the response was a success that does not hold what the type expects. This includes a missing
    /// [list](Self::is_no_list) and missing [content](Self::is_no_content).
    is_decode: [Decode, NoContent, NoList] [];

    /// Returns whether the response was a success without content, such as status 204, although the document promises
    /// content. The call itself has succeeded.
    is_no_content: [NoContent] [];

    /// Returns whether the response to a request for a page of a list was a success without a list. This does not mean
    /// that the list is empty, or at its end.
    is_no_list: [NoList] [];

    /// Returns whether a list was given up because too many of its pages in a row were empty, although each announced
    /// another one ([`Pages::empty_pages`](super::Pages::empty_pages)).
    is_empty_pages: [EmptyPages] [];

    /// Returns whether the response was a success with a body longer than the limit of the client
    /// ([`ClientBuilder::body_limit`](super::ClientBuilder::body_limit)) or of
    /// [`Download::bytes_up_to`](super::Download::bytes_up_to). Except in a download, the error holds what was read.
    is_body_too_large: [BodyTooLarge] [];

    /// Returns whether a download could not be written to the caller's writer or file.
    is_write: [Write] [];

    /// Returns whether the status is 400 or 422: the server rejects the values.
    is_bad_request: [] [400, 422];

    /// Returns whether the status is 401: the token is missing or not valid.
    is_unauthorized: [] [401];

    /// Returns whether the status is 403: the token has no permission for this call.
    is_forbidden: [] [403];

    /// Returns whether the status is 404: the resource does not exist.
    is_not_found: [] [404];

    /// Returns whether the status is 409: the call conflicts with the state of the resource, which may already exist.
    is_conflict: [] [409];

    /// Returns whether the status is 410: the resource existed, and is gone for good.
    is_gone: [] [410];

    /// Returns whether the status is 429: too many requests.
    is_rate_limited: [] [429];
}
