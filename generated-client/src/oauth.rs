//! OAuth: obtaining a token for another workspace that authorizes your app.
//!
//! ```no_run
//! use intercom_client::oauth::{self, App};
//!
//! # async fn run(query: String) -> Result<(), Box<dyn std::error::Error>> {
//! let app = App::new("the client id", "the client secret");
//!
//! // 1. Send the browser to this URL, and keep the state in its session.
//! let state = oauth::new_state()?;
//! let address = app.authorize_url(&state)?;
//!
//! // 2. The browser returns to your redirect URL with a query, `?code=…&state=…`.
//! let code = oauth::code(&state, &query)?;
//! let token = app.token(code).await?;
//!
//! // 3. Keep the token where secrets are kept. It makes a client of that workspace.
//! let client = token.client_builder().build()?;
//! let me = client.admins().identify_admin().await?;
//! # Ok(())
//! # }
//! ```

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::runtime::{Client, ClientBuilder, Json, Operation, OperationInfo, Piece, Request, Untyped, Url};
use crate::signed::{hex, is_same};
use crate::{Error, Server};

/// An app that is registered in the Developer Hub.
#[derive(Clone)]
#[must_use = "an app does nothing by itself"]
pub struct App {
    id: String,
    secret: SecretString,
    redirect_uri: Option<String>,
    authorize: &'static str,
    base_url: String,
}

/// The operation that exchanges a code for a token.
#[derive(Debug, Clone, Copy)]
enum ExchangeCode {}

impl Operation for ExchangeCode {
    type Response = Json<Value>;
    const INFO: OperationInfo =
        OperationInfo { id: "exchangeCode", method: "POST", path: "/auth/eagle/token", security: &[], ..Untyped::INFO };
}

impl App {
    /// Creates an app from its client id and its client secret.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        let (id, secret) = (client_id.into(), SecretString::from(client_secret.into()));
        Self { id, secret, redirect_uri: None, authorize: "", base_url: String::new() }.server(Server::default())
    }

    /// Sets the region of the workspaces that authorize the app; [`Server::Us`] by default. Replaces the base URL.
    pub fn server(mut self, server: Server) -> Self {
        self.base_url = server.url().to_owned();
        self.authorize = match server {
            Server::Eu => "https://app.eu.intercom.com/oauth",
            Server::Au => "https://app.au.intercom.com/oauth",
            Server::Us => "https://app.intercom.com/oauth",
        };
        self
    }

    /// Replaces the region's URL, for tests: for requests of tokens, and for clients of those tokens. Call this method
    /// after [`server`](Self::server).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Sets the URL that the browser returns to, which must be one of the app's redirect URLs; the first of them by
    /// default.
    pub fn redirect_uri(mut self, url: impl Into<String>) -> Self {
        self.redirect_uri = Some(url.into());
        self
    }

    /// Returns the URL of the page where a user authorizes the app.
    ///
    /// The state is a value that nobody else can guess, such as a [`new_state`]. Keep the state in the session of this
    /// browser. The state returns with the code, and proves that the browser is the same: see [`code`].
    ///
    /// # Errors
    /// Fails if the client id or the state is empty.
    pub fn authorize_url(&self, state: &str) -> Result<Url, OAuthError> {
        if self.id.is_empty() || state.is_empty() {
            return Err(OAuthError::Invalid("the client id and the state must not be empty"));
        }
        let pairs = [("client_id", self.id.as_str()), ("state", state)];
        let redirect = self.redirect_uri.as_deref().map(|url| ("redirect_uri", url));
        Url::parse_with_params(self.authorize, pairs.into_iter().chain(redirect))
            .map_err(|_| OAuthError::Invalid("the address of the page is not valid"))
    }

    /// Exchanges a code for a token. A code is valid once, for some minutes.
    ///
    /// # Errors
    /// Fails if the client secret is empty, if the call fails (with status 400 or 401 for an invalid code), or if the
    /// response has no token.
    pub async fn token(&self, code: impl AsRef<str>) -> Result<Token, OAuthError> {
        if self.secret.expose_secret().is_empty() {
            return Err(OAuthError::Invalid("the client secret must not be empty"));
        }
        let client = ClientBuilder::anonymous().base_url(&self.base_url).build()?;
        let body = json!({
            "code": code.as_ref(), "client_id": self.id, "client_secret": self.secret.expose_secret(),
        });
        let request: Request<ExchangeCode> = Request::new(&client, &[Piece::Text(ExchangeCode::INFO.path)]);
        let response = match request.json(&body).await {
            Ok(response) => response,
            // The body may hold a token in an unknown form, so the error does not contain it.
            Err(error) if error.is_decode() => return Err(OAuthError::NoToken),
            Err(error) => return Err(error.into()),
        };
        let found = ["access_token", "token"].into_iter().find_map(|name| response.get(name).and_then(Value::as_str));
        let secret = found.filter(|token| !token.is_empty()).ok_or(OAuthError::NoToken)?;
        Ok(Token { secret: secret.into(), base_url: self.base_url.clone() })
    }
}

/// Creates a state for one browser: 64 random hexadecimal digits.
///
/// # Errors
/// Fails if the system gives no random numbers.
pub fn new_state() -> Result<String, OAuthError> {
    let mut random = [0; 32];
    getrandom::getrandom(&mut random).map_err(|_| OAuthError::Invalid("the system gives no random numbers"))?;
    Ok(hex(&random))
}

/// Extracts the code from the query of the redirect URL, with or without the question mark.
///
/// `state` is the one that was passed to [`App::authorize_url`] for this browser. The states are compared in constant
/// time.
///
/// # Errors
/// Fails if the state differs ([`OAuthError::WrongState`]): the code does not belong to the browser and must not be
/// used. Fails also if the redirect reports an error ([`OAuthError::Denied`]), or if there is no code.
pub fn code(state: &str, query: &str) -> Result<String, OAuthError> {
    let mut url = Url::parse("https://redirect.invalid/").map_err(|_| OAuthError::NoCode)?;
    url.set_query(Some(query.strip_prefix('?').unwrap_or(query)));
    let find = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    if state.is_empty() || !find("state").is_some_and(|brought| is_same(state, &brought)) {
        return Err(OAuthError::WrongState);
    }
    if let Some(reason) = find("error") {
        return Err(OAuthError::Denied(reason));
    }
    find("code").filter(|code| !code.is_empty()).ok_or(OAuthError::NoCode)
}

/// A token for the workspace that authorized the app.
#[derive(Clone)]
pub struct Token {
    secret: SecretString,
    base_url: String,
}

impl Token {
    /// Returns the token itself. Keep it where secrets are kept.
    #[must_use]
    pub fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// Returns a builder of a client of that workspace.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder(self.secret()).base_url(&self.base_url)
    }
}

/// An error in the OAuth flow.
#[derive(Debug)]
#[non_exhaustive]
pub enum OAuthError {
    /// A setting or an argument is not valid, or the system gives no random numbers.
    Invalid(&'static str),
    /// The returned state is not that of the browser: an attacker may have sent the browser here with the attacker's
    /// code.
    WrongState,
    /// The redirect reports an error, usually a refusal. Holds the value of `error`.
    Denied(String),
    /// The redirect has no code.
    NoCode,
    /// The call failed.
    Call(Error),
    /// The response has no token.
    NoToken,
}

impl From<Error> for OAuthError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(reason) => f.write_str(reason),
            Self::WrongState => f.write_str("the state that came back is another"),
            Self::Denied(reason) => write!(f, "the app was not let in: {reason:?}"),
            Self::NoCode => f.write_str("the redirect brought no code"),
            Self::Call(error) => error.fmt(f),
            Self::NoToken => f.write_str("the response holds no token"),
        }
    }
}

impl std::error::Error for OAuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}

/// Shows no secret.
impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("id", &self.id).field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// Shows no secret.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
