//! Identity verification: the proof that a page passes to the Messenger, so that nobody can impersonate another user.
//!
//! There are two kinds of proof. Both are made on your server with a secret of the workspace (Settings, Messenger,
//! Security), which must never reach a page. The Messenger takes [`user_jwt`] as `intercom_user_jwt`. A Messenger that
//! is not set up for JWTs yet takes [`user_hash`] as `user_hash`.
//!
//! ```
//! use std::time::Duration;
//!
//! use intercom_client::Timestamp;
//! use intercom_client::identity::{self, User};
//!
//! # let secret = "the secret of the workspace";
//! // An hour, or as long as a session lasts.
//! let expires = Timestamp::now().checked_add(Duration::from_secs(60 * 60)).unwrap();
//! let user = User::new("u-17").email("ann@example.com").attribute("plan", "gold");
//! let intercom_user_jwt = identity::user_jwt(secret, &user, expires);
//!
//! let user_hash = identity::user_hash(secret, "u-17");
//! ```

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::Mac;
use serde_json::{Map, Value};

use crate::Timestamp;
use crate::signed::{hex, sha256};

const HEADER: &[u8] = br#"{"alg":"HS256","typ":"JWT"}"#;

/// A user of your app with the signed attributes. Signed attributes cannot be changed in the browser.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a user is what a token is made for"]
pub struct User {
    claims: Map<String, Value>,
}

impl User {
    /// Creates a user from your id, which the contact has as `external_id`.
    pub fn new(user_id: impl Into<String>) -> Self {
        Self { claims: Map::new() }.attribute("user_id", user_id.into())
    }

    /// Adds the email address to the signed attributes.
    pub fn email(self, email: impl Into<String>) -> Self {
        self.attribute("email", email.into())
    }

    /// Adds another signed attribute, under its name in the Messenger.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }
}

/// Returns the `intercom_user_jwt` of a user: a JWT (RFC 7519) signed with HS256, which is useless after it has
/// expired.
///
/// `secret` is the Messenger API secret of the workspace. With an empty secret, anybody could make the same token.
#[must_use]
pub fn user_jwt(secret: impl AsRef<[u8]>, user: &User, expires: Timestamp) -> String {
    let mut claims = user.claims.clone();
    claims.insert("exp".to_owned(), expires.as_unix_seconds().into());
    sign(secret.as_ref(), HEADER, Value::Object(claims).to_string().as_bytes())
}

/// Returns the `user_hash` of a user: the HMAC-SHA256 of the id, as 64 hexadecimal digits. If the Messenger is started
/// without an id, pass the email address instead.
///
/// `secret` is the identity verification secret of the workspace. With an empty secret, anybody could make the same
/// hash.
#[must_use]
pub fn user_hash(secret: impl AsRef<[u8]>, user_id: impl AsRef<str>) -> String {
    hex(&sha256(secret.as_ref(), user_id.as_ref().as_bytes()).finalize().into_bytes())
}

/// Returns a JWS in the compact serialization (RFC 7515, section 7.1).
fn sign(secret: &[u8], header: &[u8], payload: &[u8]) -> String {
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = sha256(secret, signed.as_bytes()).finalize().into_bytes();
    format!("{signed}.{}", encode(&signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7515, appendix A.1.
    #[test]
    fn it_signs_as_rfc_7515_does() {
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let secret = BASE64_URL_SAFE_NO_PAD.decode(secret).expect("Base64");
        let header = b"{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
        let payload = b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6\
                     Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(sign(&secret, header, payload), token);
    }
}
