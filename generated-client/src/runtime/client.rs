//! The client: its server, credentials and settings.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;

use super::rate_limit::HoldBack;
use super::retry::Budget;
use super::token::Credentials;
use super::{ClientBuilder, Error, Retry, ServerInfo};
use crate::generated::SETTINGS;

/// A client of the API. Each tag of the document has a method that returns its operations. [`Client::request`] calls
/// operations that the document does not have.
///
/// [`Client::new`] takes a token and uses the defaults, [`Client::from_env`] takes the token from the environment, and
/// [`Client::builder`] takes settings. A client can be shared between tasks and threads. Cloning it is cheap: clones
/// share their connections, their budget of retries and the known state of the rate limit.
#[derive(Clone)]
pub struct Client(pub(super) Arc<Shared>);

pub(super) struct Shared {
    pub(super) http: reqwest::Client,
    pub(super) base_url: Url,
    pub(super) headers: HeaderMap,
    pub(super) options: Options,
}

/// The part of the builder that becomes part of the client unchanged.
pub(super) struct Options {
    /// The values of variables in the URLs of servers.
    pub(super) variables: Vec<(&'static str, String)>,
    /// The documented URLs of servers, and the URLs to use instead.
    pub(super) replaced: Vec<(String, String)>,
    pub(super) credentials: Credentials,
    pub(super) timeout: Duration,
    pub(super) deadline: Option<Duration>,
    pub(super) retry: Retry,
    pub(super) budget: Budget,
    pub(super) hold_back: Option<HoldBack>,
    pub(super) body_limit: usize,
    pub(super) allow_plain_http: bool,
}

impl Client {
    /// Creates a client with this token and the defaults.
    ///
    /// # Errors
    /// Fails as [`ClientBuilder::build`] does, for example if the token is empty, or if the document names no server.
    pub fn new(token: impl Into<String>) -> Result<Self, Error> {
        Self::builder(token).build()
    }

    /// Creates a client with the token from the environment, and with the base URL if the environment has one.
    ///
    /// # Errors
    /// Fails as [`ClientBuilder::from_env`] and [`Client::new`] do.
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// Returns a builder of a client with this token.
    pub fn builder(token: impl Into<String>) -> ClientBuilder {
        ClientBuilder::with_settings(&SETTINGS, token)
    }

    /// Returns the URL that paths are appended to.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.base_url.as_str()
    }

    /// Returns the URL of a server that the document gives to one operation.
    ///
    /// # Errors
    /// Fails if the URL, with the values of its variables, is not valid or not allowed.
    pub(super) fn own_server(&self, server: &ServerInfo) -> Result<Url, String> {
        let replaced = self.0.options.replaced.iter().find(|(documented, _)| documented == server.url);
        let url = replaced.map_or_else(|| server.filled(&self.0.options.variables), |(_, url)| url.clone());
        let joined = self.0.base_url.join(&url);
        let url = joined.map_err(|error| format!("the URL of the operation's server is not valid: {error}"))?;
        base_url(url.as_str(), self.0.options.allow_plain_http)
    }

    pub(super) fn allows(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https") && (self.0.options.allow_plain_http || is_safe(url))
    }
}

/// Shows no credential and no header.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.base_url()).finish_non_exhaustive()
    }
}

pub(super) fn base_url(text: &str, allow_plain_http: bool) -> Result<Url, String> {
    if !text.contains("://") {
        return Err(match text {
            "" => "the document names no server: set the base URL".to_owned(),
            path => format!("the document's server `{path}` is a path without a host: set the base URL"),
        });
    }
    // The text may hold a password, so errors do not repeat it.
    let url = Url::parse(text).map_err(|error| format!("the base URL is not valid: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the base URL must begin with https:// or http://".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err("the base URL must hold no query, fragment, user or password".to_owned());
    }
    if !allow_plain_http && !is_safe(&url) {
        return Err(format!("plain http to {} is refused: the token would travel in the clear", url.authority()));
    }
    Ok(url)
}

/// Returns whether a request to this URL is encrypted or stays on this machine.
fn is_safe(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Result<std::net::IpAddr, _> = host.trim_matches(['[', ']']).parse();
    url.scheme() == "https" || host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Builds a header. An error does not repeat the value, which may be secret.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{name}` is not a header name"))?;
    let value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| format!("the value of header `{name}` holds a line break or another control character"))?;
    Ok((header, value))
}

/// Builds headers of different names. An error does not repeat a value.
pub(super) fn headers(list: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in list {
        let (name, value) = header(name, value)?;
        headers.insert(name, value);
    }
    Ok(headers)
}
