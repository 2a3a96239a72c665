//! The builder of a client.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use reqwest::Url;
use secrecy::SecretString;

use super::client::{Options, Shared, base_url, headers, variable};
use super::rate_limit::HoldBack;
use super::retry::Budget;
use super::token::{Credentials, Token};
use super::{Client, Error, Retry, ServerInfo, Settings, tls};
use crate::generated::SETTINGS;

/// A builder of a [`Client`].
///
/// The token of a client is the credential of the first security scheme that the document requires, usually a bearer
/// token. Credentials of other schemes have their own setters.
#[must_use]
pub struct ClientBuilder {
    server: ServerInfo,
    /// The URL that replaces that of `server`.
    base_url: Option<String>,
    headers: Vec<(String, String)>,
    http: Option<reqwest::Client>,
    options: Options,
}

impl ClientBuilder {
    /// Returns a builder of a client with the token from the environment, and with the [base URL](Self::base_url) if
    /// the environment has one, so that the same program can run against a test server.
    ///
    /// # Errors
    /// Fails if the environment variable of the token is not set or is empty. The error names the variable.
    pub fn from_env() -> Result<Self, Error> {
        let name = SETTINGS.token_variable;
        let missing = || Error::invalid("", format!("the environment variable {name} is not set"));
        let token = variable(name).ok_or_else(missing)?;
        Ok(Self { base_url: variable(SETTINGS.base_url_variable), ..Client::builder(token) })
    }

    /// Returns a builder of a client of the API that `settings` describes.
    #[doc(hidden)]
    pub fn with_settings(settings: &'static Settings, token: impl Into<String>) -> Self {
        let mut builder = Self::without_token(settings);
        builder.options.credentials.set(None, Token::Fixed(token.into().into()));
        builder
    }

    fn without_token(settings: &'static Settings) -> Self {
        let builder = Self {
            server: settings.server,
            base_url: None,
            headers: Vec::new(),
            http: None,
            options: Options {
                variables: Vec::new(),
                replaced: Vec::new(),
                credentials: Credentials::new(settings.schemes),
                timeout: Duration::from_secs(60),
                deadline: None,
                retry: Retry::default(),
                budget: Budget::full(),
                hold_back: None,
                body_limit: 64 * 1024 * 1024,
                allow_plain_http: false,
            },
        };
        let builder = builder.user_agent(settings.user_agent);
        settings.headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value))
    }

    /// Returns a builder of a client without a token, for operations that need no credential, or one of another scheme.
    pub fn anonymous() -> Self {
        Self::without_token(&SETTINGS)
    }

    /// Sends requests to this URL instead of the server of the document. If the document's server is only a path
    /// (`/v1`), that path is appended to a URL without a path.
    ///
    /// Operations with a server of their own still go to that server; see [`replace_server`](Self::replace_server).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Uses `url` instead of a server that the document gives to single operations. `documented` is the server's URL as
    /// the document writes it. For the server of the other operations, see [`base_url`](Self::base_url).
    pub fn replace_server(mut self, documented: impl Into<String>, url: impl Into<String>) -> Self {
        self.options.replaced.push((documented.into(), url.into()));
        self
    }

    /// Sends requests to another server of the document. Discards a base URL that was set before.
    #[doc(hidden)]
    pub fn documented_server(mut self, server: ServerInfo) -> Self {
        self.server = server;
        self.base_url = None;
        self
    }

    /// Sets a variable in the URLs of servers.
    #[doc(hidden)]
    pub fn server_variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.variables.retain(|(other, _)| *other != name);
        self.options.variables.push((name, value.into()));
        self
    }

    /// Sets the credential of a security scheme of the document.
    #[doc(hidden)]
    pub fn credential(mut self, scheme: &'static str, credential: impl Into<String>) -> Self {
        self.options.credentials.set(Some(scheme), Token::Fixed(credential.into().into()));
        self
    }

    /// Calls this function for the token before each attempt that needs it, instead of using a fixed token. It may
    /// cache a token and fetch a new one when that expires. A status 401 does not cause another attempt. The time that
    /// the function takes counts towards the timeout of the attempt. If the function fails, the attempt is not sent
    /// and the call fails ([`Error::is_token`]).
    pub fn token_source<F, Fut, T, E>(mut self, source: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<SecretString>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let source = Token::Source(Box::new(move || {
            let fetched = source();
            Box::pin(async move { fetched.await.map(Into::into).map_err(Into::into) })
        }));
        self.options.credentials.set(None, source);
        self
    }

    /// Sets the header `User-Agent`. The default is the name and the version of this crate.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        self.header(USER_AGENT.as_str(), user_agent)
    }

    /// Sends this header with every request to the API, and replaces one of the same name. An empty value removes the
    /// header, even a default one.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(&name));
        if !value.is_empty() {
            self.headers.push((name, value));
        }
        self
    }

    /// Sets the timeout of an attempt, 60 seconds by default. It covers the function of
    /// [`token_source`](Self::token_source), connecting, redirects, and the response with its body. For a download it
    /// covers all up to the headers of the response, and is then the idle timeout: the longest wait for the next chunk.
    /// The default HTTP client gives up connecting after 10 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// Sets the time limit of a call with all its attempts and the waits between them. By default there is none. For a
    /// download it covers all up to the headers of the response.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// Sets how often a call is attempted and how long it waits in between. The module [`retry`](super::retry)
    /// describes which calls are retried.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = retry;
        self
    }

    /// Waits for the next window of the rate limit before sending, once no more than this many requests are left in the
    /// current window. [`Retry::longest_wait`] limits the wait. Clones of the client count together. The client learns
    /// of requests by other programs only from the headers of its next response. By default, calls do not wait.
    pub fn hold_back(mut self, remaining: u64) -> Self {
        self.options.hold_back = Some(HoldBack::new(remaining));
        self
    }

    /// Limits the body of a response to this many bytes, decompressed; 64 MiB by default. A longer body is an error as
    /// soon as the limit is exceeded ([`Error::is_body_too_large`]). Downloads have no limit.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.options.body_limit = bytes;
        self
    }

    /// Uses this HTTP client instead of the default one. The default one takes a proxy from the environment
    /// (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) and uses it for `https` only: a proxy sees no more than the destination
    /// of a connection, and nothing that goes to this machine or over plain `http`.
    ///
    /// The given client should not follow redirects: only then is it certain that no credential goes to another host.
    /// It should not send plain `http` through a proxy either.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Allows `http://` to hosts other than loopback addresses and `localhost`. Credentials are then sent unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.options.allow_plain_http = true;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Fails if the base URL, a credential or a header is not valid, if an environment variable names an invalid proxy,
    /// or if the platform's certificates cannot be read.
    pub fn build(self) -> Result<Client, Error> {
        let invalid = |message: String| Error::invalid("", message);
        let base_url = base_url(&self.address(), self.options.allow_plain_http).map_err(invalid)?;
        self.options.credentials.check().map_err(|reason| invalid(reason.to_owned()))?;
        let headers = headers(&self.headers).map_err(invalid)?;
        let http = match self.http {
            Some(http) => http,
            None => tls::http_client(base_url.scheme() == "https")?,
        };
        Ok(Client(Arc::new(Shared { http, base_url, headers, options: self.options })))
    }

    /// Returns the URL that requests go to: the caller's, else the document's.
    fn address(&self) -> String {
        let documented = self.server.filled(&self.options.variables);
        let Some(given) = &self.base_url else { return documented };
        let bare = Url::parse(given).ok().filter(|url| url.path() == "/" && !documented.contains("://"));
        bare.and_then(|url| url.join(&documented).ok()).map_or_else(|| given.clone(), String::from)
    }
}

/// Shows no credential and no header.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("base_url", &self.address()).finish_non_exhaustive()
    }
}
