//! A single attempt: it sends a request and receives the response. This code is independent of the operation's type.

use std::borrow::Cow;
use std::pin::pin;

use bytes::Bytes;
use futures_util::stream::TryStreamExt;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, RANGE, USER_AGENT,
};
use http::{Method, StatusCode, Uri};
use reqwest::Url;
use secrecy::SecretString;
use tracing::Span;

use super::call::Call;
use super::download::collect;
use super::error::Kind;
use super::response::Received;
use super::{Body, Credential, Error, ReadMode, Reply, body, token};

/// The maximum number of redirects that an attempt follows. The next redirect is the response, and usually an error.
const REDIRECTS: usize = 10;

/// The headers that may be sent to another origin.
const CROSS_ORIGIN: [HeaderName; 5] = [ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, RANGE, USER_AGENT];

/// Sends a request once, follows redirects, and receives as much of the response as the mode of the call says.
pub(super) async fn exchange(call: &Call<'_>) -> Result<Reply, Error> {
    let (client, parts, operation) = (call.client, call.parts, call.parts.operation.id);
    let url = parts.url(client)?;
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
    let method = parts.method.clone();
    let mut exchange = Exchange { call, tokens, method, url, redirects: 0, same_origin: true };
    let mut request = exchange.request()?;
    loop {
        let response = match client.0.http.execute(request).await {
            Ok(response) => response,
            Err(error) if exchange.redirects == 0 => return Err(Error::transport(operation, error)),
            Err(error) => return Err(Error::transport(operation, error).behind_redirect()),
        };
        request = match exchange.follow(&response) {
            Some(next) => next,
            None => return exchange.receive(response).await,
        };
    }
}

/// An attempt, with the target of its next request: the first one, or one that follows a redirect.
struct Exchange<'a> {
    call: &'a Call<'a>,
    /// The credentials that the call needs.
    tokens: Vec<(Credential, Cow<'a, SecretString>)>,
    method: Method,
    url: Url,
    /// The number of redirects that were followed.
    redirects: usize,
    /// True while no redirect has left the origin. Only then are all headers, the credentials and the body sent.
    same_origin: bool,
}

impl Exchange<'_> {
    fn request(&self) -> Result<reqwest::Request, Error> {
        let Call { client, parts, .. } = self.call;
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        let mut headers = parts.headers(client)?;
        if !self.same_origin {
            let kept = CROSS_ORIGIN.into_iter().filter_map(|name| headers.remove(&name).map(|value| (name, value)));
            request.headers_mut().extend(kept);
            return Ok(request);
        }
        *request.headers_mut() = headers;
        for (credential, token) in &self.tokens {
            token::authorize(&mut request, *credential, token).map_err(|error| parts.invalid(error))?;
        }
        let headers = request.headers_mut();
        match &parts.body {
            // A redirect has turned the call into a GET.
            _ if self.method != parts.method => {
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

    /// Moves on to the target of a redirect and returns the request to it, or `None` unless the response is a redirect
    /// that may be followed.
    fn follow(&mut self, response: &reqwest::Response) -> Option<reqwest::Request> {
        let Call { client, parts, mode, .. } = self.call;
        let status = response.status();
        if *mode == ReadMode::Redirect || self.redirects == REDIRECTS || !status.is_redirection() {
            return None;
        }
        let url = location(response.headers(), &self.url)?;
        let same_origin = url.origin() == self.url.origin();
        let reads = self.method == Method::GET || self.method == Method::HEAD;
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
            return None;
        }
        if status == StatusCode::SEE_OTHER && !reads {
            self.method = Method::GET;
        }
        self.same_origin &= same_origin;
        self.redirects += 1;
        self.url = url;
        // If the request cannot be built, the redirect is the response: an error of the builder would say that nothing
        // was sent.
        self.request().ok()
    }

    /// Receives as much of a response as the mode of the call says.
    async fn receive(&self, mut response: reqwest::Response) -> Result<Reply, Error> {
        let Call { client, parts, mode, timeout, limit: hold_back, .. } = self.call;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        if let Some(limit) = hold_back {
            limit.learn(&headers, client.0.options.retry.longest_wait);
        }
        // A custom HTTP client may follow redirects itself. It did if the place of the response is not the one that the
        // request was sent to.
        let followed = Some(response.url()).filter(|url| place(url) != place(&self.url)).cloned();
        let location = location(&headers, followed.as_ref().unwrap_or(&self.url)).or(followed);
        let is_success =
            status.is_success() || (*mode == ReadMode::Redirect && location.is_some() && status.is_redirection());
        let operation = parts.operation.id;
        let received = Received { status, headers, body: Bytes::new(), attempts: 0 };
        let mut reply = Reply { operation, span: Span::none(), received, location, stream: None };
        if is_success && *mode == ReadMode::Stream {
            reply.stream = Some((response, *timeout));
            return Ok(reply);
        }
        let (length, limit) = (response.content_length(), client.0.options.body_limit);
        let chunks = pin!(response.bytes_stream().map_err(|error| Error::transport(operation, error)));
        let end = collect(chunks, operation, length, limit, &mut reply.received.body).await;
        let error = match (is_success, end) {
            (true, Ok(())) => return Ok(reply),
            (true, Err(cut)) => cut,
            (false, Ok(())) => Error::new(Kind::Status, operation, ""),
            (false, Err(cut)) => Error::new(Kind::Status, operation, "").caused_by(cut),
        };
        Err(error.received(reply.received))
    }
}

fn location(headers: &HeaderMap, base: &Url) -> Option<Url> {
    base.join(headers.get(LOCATION)?.to_str().ok()?).ok()
}

/// Returns a URL without user info, query and fragment, in parts. A credential may have been added to the query.
fn place(url: &Url) -> (&str, Option<&str>, Option<u16>, &str) {
    (url.scheme(), url.host_str(), url.port_or_known_default(), url.path())
}
