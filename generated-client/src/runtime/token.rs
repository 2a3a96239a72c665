//! Credentials: their sources, the choice for a call, and their place in a request.

use std::error::Error as StdError;
use std::ops::Deref;
use std::pin::Pin;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use reqwest::Request;
use secrecy::{ExposeSecret, SecretString};

use super::settings::{Credential, SecurityScheme};

type Cause = Box<dyn StdError + Send + Sync>;
type Fetched = Pin<Box<dyn Future<Output = Result<SecretString, Cause>> + Send>>;

/// The source of a token.
pub(super) enum Token {
    Fixed(SecretString),
    Source(Box<dyn Fn() -> Fetched + Send + Sync>),
}

/// A token for one attempt.
pub(super) enum Held<'a> {
    Borrowed(&'a SecretString),
    Owned(SecretString),
}

impl Token {
    pub(super) fn source<F, Fut, T, E>(source: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<SecretString>,
        E: Into<Cause>,
    {
        Self::Source(Box::new(move || {
            let fetched = source();
            Box::pin(async move { fetched.await.map(Into::into).map_err(Into::into) })
        }))
    }

    /// Returns the token. One from a source is checked; a fixed one has been, when the client was built.
    ///
    /// # Errors
    /// Fails if the source fails, or if its token cannot be sent in this place.
    pub(super) async fn get(&self, credential: Credential) -> Result<Held<'_>, Cause> {
        match self {
            Self::Fixed(token) => Ok(Held::Borrowed(token)),
            Self::Source(source) => {
                let token = source().await?;
                check(&token, credential)?;
                Ok(Held::Owned(token))
            }
        }
    }
}

/// The credentials of a client: a token for each security scheme that it has one for.
pub(super) struct Credentials {
    schemes: &'static [SecurityScheme],
    /// The tokens, in the order of the schemes.
    tokens: Vec<Option<Token>>,
}

impl Credentials {
    /// Creates credentials without any token.
    pub(super) fn new(schemes: &'static [SecurityScheme]) -> Self {
        Self { schemes, tokens: schemes.iter().map(|_| None).collect() }
    }

    /// Sets the token of the first scheme, which is the only scheme of most APIs.
    pub(super) fn set_first(&mut self, token: Token) {
        if let Some(first) = self.tokens.first_mut() {
            *first = Some(token);
        }
    }

    /// Sets the token of the scheme of this name.
    pub(super) fn set(&mut self, name: &str, token: Token) {
        let mut held = self.schemes.iter().zip(&mut self.tokens);
        if let Some((_, held)) = held.find(|(scheme, _)| scheme.name == name) {
            *held = Some(token);
        }
    }

    /// Checks early that the tokens can be sent. Tokens from a source are checked later.
    ///
    /// # Errors
    /// Fails if a fixed token cannot be sent.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        self.schemes.iter().zip(&self.tokens).try_for_each(|(scheme, token)| match token {
            Some(Token::Fixed(token)) => check(token, scheme.credential),
            Some(Token::Source(_)) | None => Ok(()),
        })
    }

    /// Returns the credentials of the first security requirement that can be met. `is_given` tells whether the caller
    /// has set a credential on the request.
    ///
    /// # Errors
    /// Returns the name of the first scheme without a token, if no requirement can be met.
    pub(super) fn meeting(
        &self,
        requirements: &[&[&'static str]],
        is_given: impl Fn(Credential) -> bool,
    ) -> Result<Vec<(Credential, &Token)>, &'static str> {
        let mut missing = None;
        // An empty requirement is always met: it counts only if no other can be met.
        for requirement in requirements.iter().filter(|requirement| !requirement.is_empty()) {
            let mut found = Vec::with_capacity(requirement.len());
            let lacks = requirement.iter().find(|name| {
                let mut held = self.schemes.iter().zip(&self.tokens);
                match held.find(|(scheme, _)| scheme.name == **name) {
                    Some((scheme, Some(token))) => found.push((scheme.credential, token)),
                    Some((scheme, None)) => return !is_given(scheme.credential),
                    None => return true,
                }
                false
            });
            match lacks {
                None => return Ok(found),
                Some(name) => missing = missing.or(Some(*name)),
            }
        }
        match missing {
            Some(name) if requirements.iter().all(|requirement| !requirement.is_empty()) => Err(name),
            _ => Ok(Vec::new()),
        }
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

impl Deref for Held<'_> {
    type Target = SecretString;

    fn deref(&self) -> &SecretString {
        match self {
            Self::Borrowed(token) => token,
            Self::Owned(token) => token,
        }
    }
}

const UNFIT: &str = "the token holds characters that no header can hold";

/// Puts the token where the document wants it, unless the caller has set the same header.
///
/// # Errors
/// Fails if the token cannot stand there.
pub(super) fn authorize(request: &mut Request, credential: Credential, token: &SecretString) -> Result<(), String> {
    let token = token.expose_secret();
    match credential {
        Credential::Bearer => set(request, AUTHORIZATION, || format!("Bearer {token}")),
        Credential::Authorization(scheme) => set(request, AUTHORIZATION, || format!("{scheme} {token}")),
        Credential::Basic => set(request, AUTHORIZATION, || {
            // A token without a colon is a user name without a password.
            let colon = if token.contains(':') { "" } else { ":" };
            format!("Basic {}", BASE64_STANDARD.encode(format!("{token}{colon}")))
        }),
        Credential::Header(name) => {
            let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is not a header name"))?;
            set(request, name, || token.to_owned())
        }
        Credential::Query(name) => {
            request.url_mut().query_pairs_mut().append_pair(name, token);
            Ok(())
        }
        Credential::Cookie(name) => {
            let others = request.headers_mut().remove(COOKIE);
            let others = others.as_ref().and_then(|others| others.to_str().ok());
            set(request, COOKIE, || match others {
                Some(others) => format!("{others}; {name}={token}"),
                None => format!("{name}={token}"),
            })
        }
    }
}

fn set(request: &mut Request, name: HeaderName, value: impl FnOnce() -> String) -> Result<(), String> {
    if request.headers().contains_key(&name) {
        return Ok(());
    }
    let mut value = HeaderValue::try_from(value()).map_err(|_| UNFIT.to_owned())?;
    value.set_sensitive(true);
    request.headers_mut().insert(name, value);
    Ok(())
}
