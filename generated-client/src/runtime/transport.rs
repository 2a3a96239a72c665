//! A single attempt: it sends a request and receives the response. This code is independent of the operation's type.

use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, LOCATION, RANGE, USER_AGENT,
};
use http::{Method, StatusCode, Uri};
use reqwest::Url;

use super::body::{self, Body};
use super::client::{self, Client};
use super::error::Error;
use super::parts::Parts;
use super::response::{Content, ReadMode, Reply};
use super::settings::Credential;
use super::token::{self, Held, Token};

/// The maximum number of redirects that an attempt follows. The next redirect is the response, and usually an error.
const REDIRECTS: usize = 10;

/// The headers that may be sent to another origin.
const CROSS_ORIGIN: [HeaderName; 5] = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, RANGE, USER_AGENT];

/// Sends a request once, follows redirects, and receives as much of the response as is wanted.
pub(super) async fn exchange(
    client: &Client,
    parts: &Parts,
    mode: ReadMode,
    timeout: Duration,
) -> Result<Reply, Error> {
    let mut hop = Hop::first(client, parts)?;
    let operation = parts.operation.id;
    let mut tokens = Vec::new();
    for (credential, token) in credentials(client, parts)? {
        let token = token.get(credential).await.map_err(|error| Error::token(operation, error))?;
        tokens.push((credential, token));
    }
    let mut request = hop.request(client, parts, &tokens)?;
    let mut redirects = 0;
    let response = loop {
        let sent = client.0.http.execute(request).await;
        let response = match sent {
            Ok(response) => response,
            Err(error) if redirects == 0 => return Err(Error::transport(operation, error)),
            Err(error) => return Err(Error::transport_behind_redirect(operation, error)),
        };
        if mode == ReadMode::Redirect || redirects == REDIRECTS || !hop.follow(client, parts, &response) {
            break response;
        }
        // If the next request cannot be built, the redirect is the response: an error of the builder would say that
        // nothing was sent.
        request = match hop.request(client, parts, &tokens) {
            Ok(request) => request,
            Err(_) => break response,
        };
        redirects += 1;
    };
    let limits = Limits { timeout, body: client.0.body_limit };
    receive(operation, &hop.url, response, mode, limits).await
}

/// Returns the credentials that the operation requires.
fn credentials<'c>(client: &'c Client, parts: &Parts) -> Result<Vec<(Credential, &'c Token)>, Error> {
    let is_given = |credential: Credential| {
        let name = match credential {
            Credential::Bearer | Credential::Basic | Credential::Authorization(_) => AUTHORIZATION.as_str(),
            Credential::Header(name) => name,
            Credential::Query(_) | Credential::Cookie(_) => return false,
        };
        parts.headers(client).is_ok_and(|headers| headers.contains_key(name))
    };
    client.0.credentials.meeting(parts.operation.security, is_given).map_err(|scheme| {
        parts.invalid(format!("the call needs the credential `{scheme}`: set it when the client is built"))
    })
}

/// The limits of a response.
struct Limits {
    timeout: Duration,
    /// The maximum length of the body, in bytes.
    body: usize,
}

async fn receive(
    operation: &'static str,
    sent_to: &Url,
    mut response: reqwest::Response,
    mode: ReadMode,
    limits: Limits,
) -> Result<Reply, Error> {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    // A custom HTTP client may follow redirects itself. It did if `response.url()` differs from `sent_to`. Queries are
    // not compared, because a credential may have been added to one of the two.
    let followed = Some(response.url()).filter(|url| !is_same_place(url, sent_to)).cloned();
    let location = location(&headers, followed.as_ref().unwrap_or(sent_to)).or(followed);
    let redirected =
        mode == ReadMode::Redirect && location.is_some() && (status.is_redirection() || status.is_success());
    if !status.is_success() && !redirected {
        let (body, end) = read(response, limits.body).await;
        let error = Error::status(operation, status, headers, body);
        return Err(match end {
            Ok(()) => error,
            Err(cut) => error.caused_by(cut.into_error(operation, limits.body)),
        });
    }
    if mode == ReadMode::Stream {
        return Ok(Reply {
            operation,
            status,
            headers,
            location,
            attempts: 0,
            content: Content::Stream(response, limits.timeout),
        });
    }
    let (body, end) = read(response, limits.body).await;
    match end {
        Ok(()) => Ok(Reply { operation, status, headers, location, attempts: 0, content: Content::Bytes(body) }),
        Err(cut) => Err(cut.into_error(operation, limits.body).received(status, headers, body)),
    }
}

/// Returns whether two URLs are equal apart from user info, query and fragment.
fn is_same_place(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
        && one.path() == other.path()
}

/// The reason why a body was not read to its end.
enum Cut {
    Broken(reqwest::Error),
    TooLarge,
}

impl Cut {
    fn into_error(self, operation: &'static str, limit: usize) -> Error {
        match self {
            Self::Broken(error) => Error::transport(operation, error),
            Self::TooLarge => Error::body_too_large(operation, limit),
        }
    }
}

/// Reads the body up to `limit` bytes. On failure, also returns what it has read.
async fn read(mut response: reqwest::Response, limit: usize) -> (Bytes, Result<(), Cut>) {
    if response.content_length().is_some_and(|told| told > limit as u64) {
        return (Bytes::new(), Err(Cut::TooLarge));
    }
    let mut body = Vec::new();
    let mut first = Bytes::new();
    let end = loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break Ok(()),
            Err(error) => break Err(Cut::Broken(error)),
        };
        if body.len().max(first.len()).saturating_add(chunk.len()) > limit {
            break Err(Cut::TooLarge);
        }
        // The usual small body is one chunk and is not copied.
        if first.is_empty() {
            first = chunk;
            continue;
        }
        if body.is_empty() {
            body.extend_from_slice(&first);
        }
        body.extend_from_slice(&chunk);
    };
    (if body.is_empty() { first } else { body.into() }, end)
}

fn location(headers: &HeaderMap, base: &Url) -> Option<Url> {
    base.join(headers.get(LOCATION)?.to_str().ok()?).ok()
}

/// One request of an attempt: the first one, or one that follows a redirect.
struct Hop {
    method: Method,
    url: Url,
    /// True if the body is sent.
    with_body: bool,
    /// True while no redirect has left the origin. Only then are all headers and the credentials sent.
    same_origin: bool,
}

impl Hop {
    fn first(client: &Client, parts: &Parts) -> Result<Self, Error> {
        let (method, url) = (parts.method.clone(), parts.url(client)?);
        Ok(Self { method, url, with_body: true, same_origin: true })
    }

    /// Moves on to the target of a redirect. Returns false if the response is no redirect, or one that must not be
    /// followed.
    fn follow(&mut self, client: &Client, parts: &Parts, response: &reqwest::Response) -> bool {
        let status = response.status();
        let reads = self.method == Method::GET || self.method == Method::HEAD;
        if !status.is_redirection() {
            return false;
        }
        let Some(url) = location(response.headers(), &self.url) else { return false };
        let same_origin = url.origin() == self.url.origin();
        let follows = match status {
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => reads,
            StatusCode::SEE_OTHER => true,
            // A method other than GET and HEAD is repeated only at the same origin, and only if its body can be sent
            // again.
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => {
                reads || (same_origin && parts.body().is_repeatable())
            }
            _ => false,
        };
        if !follows
            || !matches!(url.scheme(), "http" | "https")
            || !(client.0.allow_plain_http || client::is_safe(&url))
            // `http::Uri` rejects very long URLs.
            || Uri::try_from(url.as_str()).is_err()
        {
            return false;
        }
        if status == StatusCode::SEE_OTHER && !reads {
            self.method = Method::GET;
            self.with_body = false;
        }
        if !same_origin {
            self.same_origin = false;
            self.with_body = false;
        }
        self.url = url;
        true
    }

    fn headers(&self, client: &Client, parts: &Parts) -> Result<HeaderMap, Error> {
        let mut headers = parts.headers(client)?;
        if !self.same_origin {
            let harmless = CROSS_ORIGIN.map(|name| headers.remove(&name).map(|value| (name, value)));
            headers = harmless.into_iter().flatten().collect();
        } else if !self.with_body {
            headers.remove(CONTENT_TYPE);
        }
        Ok(headers)
    }

    fn request(
        &self,
        client: &Client,
        parts: &Parts,
        tokens: &[(Credential, Held<'_>)],
    ) -> Result<reqwest::Request, Error> {
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        *request.headers_mut() = self.headers(client, parts)?;
        for (credential, token) in tokens.iter().filter(|_| self.same_origin) {
            token::authorize(&mut request, *credential, token).map_err(|error| parts.invalid(error))?;
        }
        if !self.with_body {
            return Ok(request);
        }
        match parts.body() {
            Body::Empty => {
                // RFC 9110, section 8.6: if the method gives content a meaning, a request without
                // content sends `Content-Length: 0`.
                if [Method::POST, Method::PUT, Method::PATCH].contains(&self.method) {
                    request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
                }
                Ok(request)
            }
            Body::Bytes(bytes) => {
                *request.body_mut() = Some(bytes.clone().into());
                Ok(request)
            }
            Body::Multipart(multipart) if multipart.is_empty() => {
                request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(body::NO_PARTS_TYPE));
                *request.body_mut() = Some(body::NO_PARTS.into());
                Ok(request)
            }
            Body::Multipart(multipart) => {
                let form = body::form(multipart).map_err(|error| parts.invalid(error))?;
                let builder = reqwest::RequestBuilder::from_parts(client.0.http.clone(), request).multipart(form);
                builder.build().map_err(|error| Error::transport(parts.operation.id, error))
            }
        }
    }
}
