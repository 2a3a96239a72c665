//! The parts of a request, independent of the operation's type, so that this code is compiled once.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method};
use reqwest::Url;
use serde_json::Value;

use super::{Body, Client, Error, Escape, OperationInfo, Part, Retry, Style, body, client, path, style};

/// A value as JSON, or the reason why it cannot be written.
type Written = Result<Value, serde_json::Error>;

/// The encoded `name=value` pairs of each parameter, with its name. A pair that the caller added has no name.
type Pairs = Vec<(Option<&'static str>, String)>;

#[derive(Clone)]
pub(super) struct Parts {
    pub(super) operation: &'static OperationInfo,
    pub(super) method: Method,
    pub(super) timeout: Option<Duration>,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: Option<Retry>,
    /// The override of [`OperationInfo::idempotent`], if there is one.
    pub(super) idempotent: Option<bool>,
    path: String,
    /// An absolute URL instead of the path. Of the client's headers, only `User-Agent` is sent to it.
    pub(super) place: Option<Url>,
    pub(super) query: Pairs,
    headers: HeaderMap,
    cookies: Pairs,
    pub(super) body: Body,
    /// The first error in the request.
    error: Option<String>,
}

impl Parts {
    /// Creates the parts of a call with an encoded path, or with the reason why the path is not valid.
    pub(super) fn new(operation: &'static OperationInfo, path: Result<String, String>) -> Self {
        let method = Method::from_bytes(operation.method.as_bytes());
        let method = method.map_err(|_| format!("`{}` is not an HTTP method", operation.method));
        let mut parts = Self {
            operation,
            method: Method::GET,
            timeout: None,
            deadline: None,
            retry: None,
            idempotent: None,
            path: String::new(),
            place: None,
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::Empty,
            error: None,
        };
        parts.method = parts.valid(method);
        parts.path = parts.valid(path);
        parts
    }

    pub(super) fn fail(&mut self, error: String) {
        self.error.get_or_insert(error);
    }

    /// Returns a value, or an empty one in place of the error, which [`check`](Self::check) then returns.
    fn valid<T: Default>(&mut self, value: Result<T, String>) -> T {
        value.map_err(|error| self.fail(error)).unwrap_or_default()
    }

    pub(super) fn invalid(&self, message: impl Into<String>) -> Error {
        Error::invalid(self.operation.id, message)
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        self.error.as_ref().map_or(Ok(()), |error| Err(self.invalid(error.as_str())))
    }

    pub(super) fn is_idempotent(&self) -> bool {
        self.idempotent.unwrap_or(self.operation.idempotent)
    }

    pub(super) fn set_path_value(&mut self, name: &str, value: &str) {
        self.path = self.valid(path::fill(&self.path, name, value));
    }

    pub(super) fn set_query(&mut self, name: &'static str, style: Style, escape: Escape, value: Written) {
        let value = self.written(name, value);
        set(&mut self.query, name, style::pairs(name, style, escape, &value));
    }

    pub(super) fn add_query_pair(&mut self, name: &str, value: &str) {
        let pair = style::pairs(name, Style::Form { explode: true }, Escape::Full, &value.into());
        self.query.extend(pair.map(|pair| (None, pair)));
    }

    pub(super) fn set_header_parameter(&mut self, name: &'static str, style: Style, value: Written) {
        let text = style::text(name, style, Escape::Nothing, &self.written(name, value));
        self.headers.remove(name);
        text.iter().for_each(|text| self.set_header(name, text));
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        if let Ok((name, value)) = client::header(name, value).map_err(|error| self.fail(error)) {
            self.headers.insert(name, value);
        }
    }

    pub(super) fn set_cookie(&mut self, name: &'static str, style: Style, value: Written) {
        let value = self.written(name, value);
        set(&mut self.cookies, name, style::pairs(name, style, Escape::Full, &value));
    }

    pub(super) fn set_body(&mut self, media_type: &str, body: Bytes) {
        self.set_header(CONTENT_TYPE.as_str(), media_type);
        self.body = Body::Bytes(body);
    }

    pub(super) fn set_json(&mut self, media_type: &str, body: Result<Vec<u8>, serde_json::Error>) {
        let body = self.valid(body.map_err(|error| format!("the body cannot be written as JSON: {error}")));
        self.set_body(media_type, body.into());
    }

    pub(super) fn set_form(&mut self, described: &[(&str, Style, Escape)], value: Written) {
        let value = self.written("body", value);
        self.set_body("application/x-www-form-urlencoded", style::form(&value, described).into());
    }

    pub(super) fn set_text_part(&mut self, name: &str, media_type: &str, value: Written) {
        let value = self.written(name, value);
        let parts = style::list(&value).iter().filter_map(|value| body::part(media_type, value));
        self.set_parts(Some(name), parts.map(|part| (name.to_owned(), part)).collect());
    }

    fn written(&mut self, name: &str, value: Written) -> Value {
        self.valid(value.map_err(|error| format!("`{name}` cannot be written: {error}")))
    }

    /// Replaces all parts that have this name or that of a new part. The new parts stand where the first of those was,
    /// or at the end. Another body gives way to the parts, even if there are none.
    pub(super) fn set_parts(&mut self, name: Option<&str>, new: Vec<(String, Part)>) {
        let mut parts = match std::mem::take(&mut self.body) {
            Body::Multipart(parts) => parts,
            Body::Empty | Body::Bytes(_) => {
                // The header names the media type of the previous body.
                self.headers.remove(CONTENT_TYPE);
                Vec::new()
            }
        };
        let is_old = |(old, _): &(String, Part)| name == Some(old) || new.iter().any(|(name, _)| name == old);
        let place = parts.iter().position(is_old).unwrap_or(parts.len());
        parts.retain(|part| !is_old(part));
        parts.splice(place..place, new);
        self.body = Body::Multipart(parts);
    }

    pub(super) fn url(&self, client: &Client) -> Result<Url, Error> {
        self.check()?;
        if let Some(place) = &self.place {
            let refused = || self.invalid(format!("{} to {} is refused", place.scheme(), place.authority()));
            return client.allows(place).then(|| place.clone()).ok_or_else(refused);
        }
        let own = self.operation.server.as_ref().map(|server| client.own_server(server)).transpose();
        let own = own.map_err(|error| self.invalid(error))?;
        let base = own.as_ref().map_or(client.base_url(), Url::as_str).trim_end_matches('/');
        let path = self.path.trim_start_matches('/');
        let query = joined(&self.query, "&");
        let url = if query.is_empty() { format!("{base}/{path}") } else { format!("{base}/{path}?{query}") };
        Url::parse(&url).map_err(|error| self.invalid(format!("the URL is not valid: {error}")))
    }

    pub(super) fn headers(&self, client: &Client) -> Result<HeaderMap, Error> {
        self.check()?;
        let ours = &client.0.headers;
        let mut headers = if self.place.is_none() { ours.clone() } else { HeaderMap::new() };
        if let Some(agent) = ours.get(USER_AGENT).filter(|_| self.place.is_some()) {
            headers.insert(USER_AGENT, agent.clone());
        }
        if !self.operation.accept.is_empty() {
            headers.entry(ACCEPT).or_insert(HeaderValue::from_static(self.operation.accept));
        }
        let cookies = joined(&self.cookies, "; ");
        if !cookies.is_empty() {
            let (name, value) = client::header(COOKIE.as_str(), &cookies).map_err(|error| self.invalid(error))?;
            headers.insert(name, value);
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        Ok(headers)
    }
}

fn set(list: &mut Pairs, name: &'static str, pairs: Option<String>) {
    let pairs = pairs.unwrap_or_default();
    match list.iter_mut().find(|(other, _)| *other == Some(name)) {
        Some((_, old)) => *old = pairs,
        None => list.push((Some(name), pairs)),
    }
}

pub(super) fn joined(list: &Pairs, separator: &str) -> String {
    let sent: Vec<&str> = list.iter().map(|(_, pairs)| pairs.as_str()).filter(|pairs| !pairs.is_empty()).collect();
    sent.join(separator)
}
