//! Signs bodies, and verifies their signatures.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::WebhookError;
use crate::signed::{hex, sha256, unhex};

/// The header that holds the signature of a notification: `sha1=` and 40 hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "X-Hub-Signature";

/// The header that holds the signature of a request without an event: 64 hexadecimal digits, made with SHA-256.
pub const BODY_SIGNATURE_HEADER: &str = "X-Body-Signature";

/// Verifies only the signature, in constant time. The form of the signature tells which of the two headers it is from.
///
/// # Errors
/// Fails if the secret is empty, or if the signature is missing, malformed or wrong.
pub fn verify_signature(
    secret: impl AsRef<[u8]>,
    signature: impl AsRef<[u8]>,
    body: impl AsRef<[u8]>,
) -> Result<(), WebhookError> {
    let (secret, signature, body) = (secret.as_ref(), signature.as_ref().trim_ascii(), body.as_ref());
    if secret.is_empty() {
        return Err(WebhookError::EmptySecret);
    }
    let right = match signature.strip_prefix(b"sha1=") {
        Some(digits) => unhex::<20>(digits).map(|signature| sha1(secret, body).verify_slice(&signature)),
        None => unhex::<32>(signature).map(|signature| sha256(secret, body).verify_slice(&signature)),
    };
    right.ok_or(WebhookError::MalformedSignature)?.map_err(|_| WebhookError::WrongSignature)
}

/// Returns the value of [`SIGNATURE_HEADER`] that Intercom would send with this body, for tests of an endpoint.
#[must_use]
pub fn sign(secret: impl AsRef<[u8]>, body: impl AsRef<[u8]>) -> String {
    format!("sha1={}", hex(&sha1(secret.as_ref(), body.as_ref()).finalize().into_bytes()))
}

/// Returns the value of [`BODY_SIGNATURE_HEADER`] that Intercom would send with this body, for tests of an endpoint.
#[must_use]
pub fn sign_body(secret: impl AsRef<[u8]>, body: impl AsRef<[u8]>) -> String {
    hex(&sha256(secret.as_ref(), body.as_ref()).finalize().into_bytes())
}

fn sha1(secret: &[u8], body: &[u8]) -> Hmac<Sha1> {
    // HMAC takes keys of any length (RFC 2104).
    Hmac::new_from_slice(secret).unwrap_or_else(|_| unreachable!("a key of any length")).chain_update(body)
}
