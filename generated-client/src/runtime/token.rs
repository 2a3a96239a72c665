//! Credentials: their sources, the choice for a call, and their place in a request.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::pin::Pin;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{COOKIE, HeaderName, HeaderValue};
use reqwest::Request;
use secrecy::{ExposeSecret, SecretString};

use super::{Credential, SecurityScheme};

type Cause = Box<dyn StdError + Send + Sync>;
type Fetched = Pin<Box<dyn Future<Output = Result<SecretString, Cause>> + Send>>;

/// The source of a token.
pub(super) enum Token {
    Fixed(SecretString),
    Source(Box<dyn Fn() -> Fetched + Send + Sync>),
}

impl Token {
    /// Returns the token. A token from a source is checked here; a fixed token was checked when the client was built.
    ///
    /// # Errors
    /// Fails if the source fails, or if its token cannot be sent in this place.
    pub(super) async fn get(&self, credential: Credential) -> Result<Cow<'_, SecretString>, Cause> {
        match self {
            Self::Fixed(token) => Ok(Cow::Borrowed(token)),
            Self::Source(source) => {
                let token = source().await?;
                check(&token, credential)?;
                Ok(Cow::Owned(token))
            }
        }
    }
}

/// The security schemes of a client, each with its token if the client has one.
pub(super) struct Credentials(Vec<(SecurityScheme, Option<Token>)>);

impl Credentials {
    pub(super) fn new(schemes: &[SecurityScheme]) -> Self {
        Self(schemes.iter().map(|scheme| (*scheme, None)).collect())
    }

    /// Sets the token of the scheme of this name, or of the first scheme, which is the only scheme of most APIs.
    pub(super) fn set(&mut self, name: Option<&str>, token: Token) {
        if let Some((_, held)) = self.0.iter_mut().find(|(scheme, _)| name.is_none_or(|name| scheme.name == name)) {
            *held = Some(token);
        }
    }

    /// Checks early that the tokens can be sent. A token from a source is checked when it is fetched.
    ///
    /// # Errors
    /// Fails if a fixed token cannot be sent.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        self.0.iter().try_for_each(|(scheme, token)| match token {
            Some(Token::Fixed(token)) => check(token, scheme.credential),
            Some(Token::Source(_)) | None => Ok(()),
        })
    }

    /// Returns the credentials of the first security requirement that can be met. `is_given` tells whether the request
    /// has a header of that name, which may hold a credential.
    ///
    /// # Errors
    /// Returns the name of the first scheme without a token, if no requirement can be met.
    pub(super) fn meeting(
        &self,
        requirements: &[&[&'static str]],
        is_given: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(Credential, &Token)>, &'static str> {
        // An empty requirement is always met: it counts only if no other can be met.
        let empty = requirements.iter().filter(|requirement| requirement.is_empty());
        let others = requirements.iter().filter(|requirement| !requirement.is_empty());
        let mut outcomes = others.chain(empty).map(|requirement| self.of(requirement, is_given));
        let first = outcomes.next().unwrap_or_else(|| Ok(Vec::new()));
        first.or_else(|missing| outcomes.find_map(Result::ok).ok_or(missing))
    }

    fn of(
        &self,
        requirement: &[&'static str],
        is_given: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(Credential, &Token)>, &'static str> {
        let found =
            requirement.iter().filter_map(|name| match self.0.iter().find(|(scheme, _)| scheme.name == *name) {
                Some((scheme, Some(token))) => Some(Ok((scheme.credential, token))),
                Some((scheme, None)) if header(scheme.credential).is_some_and(is_given) => None,
                _ => Some(Err(*name)),
            });
        found.collect()
    }
}

/// Returns the name of the header that holds only this credential, or `None` if it stands elsewhere.
fn header(credential: Credential) -> Option<&'static str> {
    match credential {
        Credential::Bearer | Credential::Basic | Credential::Authorization(_) => Some("authorization"),
        Credential::Header(name) => Some(name),
        Credential::Query(_) | Credential::Cookie(_) => None,
    }
}

/// Checks that a token can be sent in this place. The error does not repeat the token.
///
/// # Errors
/// Fails if the token is empty, or if a header cannot hold it, because of a line break for example.
fn check(token: &SecretString, credential: Credential) -> Result<(), &'static str> {
    let token = token.expose_secret();
    match credential {
        // The server would treat the call as one without a token, or with a broken one.
        _ if token.trim().is_empty() => Err("the token is empty"),
        Credential::Basic | Credential::Query(_) => Ok(()),
        _ if HeaderValue::from_str(token).is_err() => Err(UNFIT),
        _ => Ok(()),
    }
}

const UNFIT: &str = "the token holds characters that no header can hold";

/// Puts the token where the document wants it, unless the request has that header already.
///
/// # Errors
/// Fails if the name or the token is not valid there.
pub(super) fn authorize(request: &mut Request, credential: Credential, token: &SecretString) -> Result<(), String> {
    let token = token.expose_secret();
    let value = match credential {
        Credential::Bearer => format!("Bearer {token}"),
        Credential::Authorization(scheme) => format!("{scheme} {token}"),
        // A token without a colon is a user name without a password.
        Credential::Basic if !token.contains(':') => format!("Basic {}", BASE64_STANDARD.encode(format!("{token}:"))),
        Credential::Basic => format!("Basic {}", BASE64_STANDARD.encode(token)),
        Credential::Header(_) => token.to_owned(),
        Credential::Query(name) => {
            request.url_mut().query_pairs_mut().append_pair(name, token);
            return Ok(());
        }
        Credential::Cookie(name) => {
            let others = request.headers_mut().remove(COOKIE);
            let others = others.as_ref().and_then(|others| others.to_str().ok());
            others.map(|others| format!("{others}; ")).unwrap_or_default() + name + "=" + token
        }
    };
    let name = header(credential).unwrap_or(COOKIE.as_str());
    let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"))?;
    if !request.headers().contains_key(&name) {
        let mut value = HeaderValue::try_from(value).map_err(|_| UNFIT)?;
        value.set_sensitive(true);
        request.headers_mut().insert(name, value);
    }
    Ok(())
}
