//! A single attempt: it sends a request and receives the response. This code is independent of the operation's type.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, RANGE, USER_AGENT,
};
use http::{Method, StatusCode, Uri};
use reqwest::Url;
use secrecy::SecretString;
use tracing::Span;

use super::error::Kind;
use super::parts::Parts;
use super::response::Received;
use super::{Body, Client, Credential, Error, ReadMode, Reply, body, token};

/// The maximum number of redirects that an attempt follows. The next redirect is the response, and usually an error.
const REDIRECTS: usize = 10;

/// The headers that may be sent to another origin.
const CROSS_ORIGIN: [HeaderName; 5] = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, RANGE, USER_AGENT];

/// Sends a request once, follows redirects, and receives as much of the response as `mode` says.
pub(super) async fn exchange(
    client: &Client,
    parts: &Parts,
    mode: ReadMode,
    timeout: Duration,
) -> Result<Reply, Error> {
    let mut hop = Hop { method: parts.method.clone(), url: parts.url(client)?, with_body: true, same_origin: true };
    let operation = parts.operation.id;
    let is_given = |name: &str| parts.headers(client).is_ok_and(|headers| headers.contains_key(name));
    let credentials = client.0.options.credentials.meeting(parts.operation.security, &is_given);
    let credentials = credentials.map_err(|scheme| {
        parts.invalid(format!("the call needs the credential `{scheme}`: set it when the client is built"))
    })?;
    let mut tokens = Vec::with_capacity(credentials.len());
    for (credential, token) in credentials {
        let token = token.get(credential).await;
        let failed = |error| Error::new(Kind::Token, operation, "the source of the token failed").caused_by(error);
        tokens.push((credential, token.map_err(failed)?));
    }
    let mut request = hop.request(client, parts, &tokens)?;
    let mut redirects = 0;
    let response = loop {
        let response = match client.0.http.execute(request).await {
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
    receive(operation, &hop.url, response, mode, timeout, client.0.options.body_limit).await
}

/// Receives as much of a response as `mode` says. `limit` is the maximum length of the body, in bytes.
async fn receive(
    operation: &'static str,
    sent_to: &Url,
    mut response: reqwest::Response,
    mode: ReadMode,
    timeout: Duration,
    limit: usize,
) -> Result<Reply, Error> {
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    // A custom HTTP client may follow redirects itself. It did if `response.url()` differs from `sent_to`. Queries are
    // not compared, because a credential may have been added to one of the two.
    let followed = Some(response.url()).filter(|url| !is_same_place(url, sent_to)).cloned();
    let location = location(&headers, followed.as_ref().unwrap_or(sent_to)).or(followed);
    let is_success =
        status.is_success() || (mode == ReadMode::Redirect && location.is_some() && status.is_redirection());
    let mut reply = Reply {
        operation,
        span: Span::none(),
        received: Received { status, headers, body: Bytes::new(), attempts: 0 },
        location,
        stream: None,
    };
    if is_success && mode == ReadMode::Stream {
        reply.stream = Some((response, timeout));
        return Ok(reply);
    }
    let end = read(operation, response, limit, &mut reply.received.body).await;
    match end {
        Ok(()) if is_success => Ok(reply),
        Err(cut) if is_success => Err(cut.received(reply.received)),
        end => {
            let error = Error::new(Kind::Status, operation, "").received(reply.received);
            Err(match end {
                Ok(()) => error,
                Err(cut) => error.caused_by(cut),
            })
        }
    }
}

/// Returns whether two URLs are equal apart from user info, query and fragment.
fn is_same_place(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
        && one.path() == other.path()
}

/// Reads a body of at most `limit` bytes. On failure, `body` is what was read until then.
async fn read(
    operation: &'static str,
    mut response: reqwest::Response,
    limit: usize,
    body: &mut Bytes,
) -> Result<(), Error> {
    if response.content_length().is_some_and(|told| told > limit as u64) {
        return Err(Error::body_too_large(operation, limit));
    }
    // The usual small body is one chunk and is not copied.
    let mut more = Vec::new();
    let end = loop {
        let chunk = match response.chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break Ok(()),
            Err(error) => break Err(Error::transport(operation, error)),
        };
        if body.len().max(more.len()).saturating_add(chunk.len()) > limit {
            break Err(Error::body_too_large(operation, limit));
        }
        if body.is_empty() {
            *body = chunk;
            continue;
        }
        if more.is_empty() {
            more.extend_from_slice(body);
        }
        more.extend_from_slice(&chunk);
    };
    if !more.is_empty() {
        *body = more.into();
    }
    end
}

fn location(headers: &HeaderMap, base: &Url) -> Option<Url> {
    base.join(headers.get(LOCATION)?.to_str().ok()?).ok()
}

/// One request of an attempt: the first one, or one that follows a redirect.
struct Hop {
    method: Method,
    url: Url,
    /// True unless a redirect has turned the call into a GET.
    with_body: bool,
    /// True while no redirect has left the origin. Only then are all headers, the credentials and the body sent.
    same_origin: bool,
}

impl Hop {
    /// Moves on to the target of a redirect. Returns false unless the response is a redirect that may be followed.
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
                reads || (same_origin && parts.body.is_repeatable())
            }
            _ => false,
        };
        // `http::Uri` rejects very long URLs.
        if !follows || !client.allows(&url) || Uri::try_from(url.as_str()).is_err() {
            return false;
        }
        if status == StatusCode::SEE_OTHER && !reads {
            self.method = Method::GET;
            self.with_body = false;
        }
        self.same_origin &= same_origin;
        self.url = url;
        true
    }

    fn request(
        &self,
        client: &Client,
        parts: &Parts,
        tokens: &[(Credential, Cow<'_, SecretString>)],
    ) -> Result<reqwest::Request, Error> {
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        let mut headers = parts.headers(client)?;
        if !self.same_origin {
            for name in CROSS_ORIGIN {
                if let Some(value) = headers.remove(&name) {
                    request.headers_mut().insert(name, value);
                }
            }
            return Ok(request);
        }
        *request.headers_mut() = headers;
        for (credential, token) in tokens {
            token::authorize(&mut request, *credential, token).map_err(|error| parts.invalid(error))?;
        }
        let headers = request.headers_mut();
        match &parts.body {
            _ if !self.with_body => {
                headers.remove(CONTENT_TYPE);
            }
            Body::Empty => {
                // RFC 9110, section 8.6: if the method gives content a meaning, a request without
                // content sends `Content-Length: 0`.
                if [Method::POST, Method::PUT, Method::PATCH].contains(&self.method) {
                    headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
                }
            }
            Body::Bytes(bytes) => *request.body_mut() = Some(bytes.clone().into()),
            Body::Multipart(multipart) if multipart.is_empty() => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(body::NO_PARTS_TYPE));
                *request.body_mut() = Some(body::NO_PARTS.into());
            }
            Body::Multipart(multipart) => {
                let form = body::form(multipart).map_err(|error| parts.invalid(error))?;
                let builder = reqwest::RequestBuilder::from_parts(client.0.http.clone(), request).multipart(form);
                return builder.build().map_err(|error| Error::transport(parts.operation.id, error));
            }
        }
        Ok(request)
    }
}
