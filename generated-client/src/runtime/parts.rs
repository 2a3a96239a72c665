//! The parts of a request, independent of the operation's type, so that this code is compiled once.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderValue, USER_AGENT};
use http::{HeaderMap, Method};
use reqwest::Url;
use serde_json::Value;

use super::{Body, Client, Error, Escape, OperationInfo, Part, Piece, Retry, Style, body, client, path, style};

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
    pub(super) fn documented(operation: &'static OperationInfo, path: &[Piece<'_>]) -> Self {
        match Method::from_bytes(operation.method.as_bytes()) {
            Ok(method) => Self::new(operation, method, path::assemble(path)),
            Err(_) => Self::new(operation, Method::GET, Err(format!("`{}` is not an HTTP method", operation.method))),
        }
    }

    /// Creates the parts of a call with an encoded path, or with the reason why the path is not valid.
    pub(super) fn new(operation: &'static OperationInfo, method: Method, path: Result<String, String>) -> Self {
        let (path, error) = match path {
            Ok(path) => (path, None),
            Err(error) => (String::new(), Some(error)),
        };
        Self {
            operation,
            method,
            timeout: None,
            deadline: None,
            retry: None,
            idempotent: None,
            path,
            place: None,
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: Body::Empty,
            error,
        }
    }

    pub(super) fn fail(&mut self, error: String) {
        self.error.get_or_insert(error);
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
        if self.error.is_some() {
            return;
        }
        match path::fill(&self.path, name, value) {
            Ok(path) => self.path = path,
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn set_query(&mut self, name: &'static str, style: Style, escape: Escape, value: Written) {
        let Some(value) = self.written(name, value) else { return };
        set(&mut self.query, name, style::query(name, style, escape, &value));
    }

    pub(super) fn add_query_pair(&mut self, name: &str, value: &str) {
        let pair = style::query(name, Style::Form { explode: true }, Escape::Full, &value.into());
        self.query.push((None, pair));
    }

    pub(super) fn set_header_parameter(&mut self, name: &'static str, style: Style, value: Written) {
        let Some(value) = self.written(name, value) else { return };
        match style::text(name, style, Escape::Nothing, &value) {
            Some(value) => self.set_header(name, &value),
            None => {
                self.headers.remove(name);
            }
        }
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        match client::header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn set_cookie(&mut self, name: &'static str, style: Style, value: Written) {
        let Some(value) = self.written(name, value) else { return };
        set(&mut self.cookies, name, style::query(name, style, Escape::Full, &value));
    }

    pub(super) fn set_body(&mut self, media_type: &str, body: Bytes) {
        self.set_header(CONTENT_TYPE.as_str(), media_type);
        self.body = Body::Bytes(body);
    }

    pub(super) fn set_json(&mut self, media_type: &str, body: Result<Vec<u8>, serde_json::Error>) {
        match body {
            Ok(body) => self.set_body(media_type, body.into()),
            Err(error) => self.fail(format!("the body cannot be written as JSON: {error}")),
        }
    }

    pub(super) fn set_form(&mut self, described: &[(&str, Style, Escape)], value: Written) {
        let Some(value) = self.written("body", value) else { return };
        self.set_body("application/x-www-form-urlencoded", style::form(&value, described).into());
    }

    pub(super) fn set_text_part(&mut self, name: &str, media_type: &str, value: Written) {
        let Some(value) = self.written(name, value) else { return };
        let mut added = Vec::new();
        for value in style::list(&value) {
            added.extend(body::part(media_type, value).map(|part| (name.to_owned(), part)));
        }
        self.set_parts(&|other| other == name, added);
    }

    /// Returns the value, or records the error if the value cannot be written.
    fn written(&mut self, name: &str, value: Written) -> Option<Value> {
        value.map_err(|error| self.fail(format!("`{name}` cannot be written: {error}"))).ok()
    }

    pub(super) fn set_multipart(&mut self) {
        self.body = Body::Multipart(self.take_parts());
    }

    /// Replaces all parts whose name `is_old` accepts. The new parts stand where the first of them was, or at the end.
    pub(super) fn set_parts(&mut self, is_old: &dyn Fn(&str) -> bool, mut added: Vec<(String, Part)>) {
        let mut parts = Vec::new();
        for (name, part) in self.take_parts() {
            if is_old(&name) {
                parts.append(&mut added);
            } else {
                parts.push((name, part));
            }
        }
        parts.append(&mut added);
        self.body = Body::Multipart(parts);
    }

    fn take_parts(&mut self) -> Vec<(String, Part)> {
        match std::mem::take(&mut self.body) {
            Body::Multipart(parts) => parts,
            Body::Empty | Body::Bytes(_) => {
                // The header names the media type of the previous body.
                self.headers.remove(CONTENT_TYPE);
                Vec::new()
            }
        }
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

fn set(list: &mut Pairs, name: &'static str, pairs: String) {
    match list.iter_mut().find(|(other, _)| *other == Some(name)) {
        Some((_, old)) => *old = pairs,
        None => list.push((Some(name), pairs)),
    }
}

pub(super) fn joined(list: &Pairs, separator: &str) -> String {
    let mut joined = String::new();
    for (_, pairs) in list.iter().filter(|(_, pairs)| !pairs.is_empty()) {
        if !joined.is_empty() {
            joined.push_str(separator);
        }
        joined.push_str(pairs);
    }
    joined
}
