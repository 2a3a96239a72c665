//! Webhooks: checking that a notification comes from Intercom, and reading it.
//!
//! ```
//! use intercom_client::models;
//! use intercom_client::webhook::{self, Topic};
//!
//! // What an endpoint gets: the raw body, and the header `X-Hub-Signature`.
//! let secret = "the client secret of the app";
//! let body = br#"{"type": "notification_event", "topic": "contact.user.created",
//!     "data": {"item": {"type": "contact", "id": "c-17", "name": "Ann"}}}"#;
//! let header = webhook::sign(secret, body);
//!
//! let notification = webhook::verify(secret, &header, body)?;
//! if notification.topic == Topic::ContactUserCreated {
//!     let contact = notification.item::<models::Contact>()?.value;
//!     assert_eq!(contact.name.as_deref(), Some("Ann"));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha1::Sha1;

use crate::runtime::{Decodable, DecodeError, Decoded, Extra, Timestamp, decode, model};

mod topic;

pub use topic::Topic;

/// The header that holds the signature.
pub const SIGNATURE_HEADER: &str = "X-Hub-Signature";

/// A notification. Where it departs from what is named here, the raw values are in [`extra`](Self::extra).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Notification {
    /// The id of the workspace.
    pub app_id: Option<String>,
    /// When what it tells of happened.
    pub created_at: Option<Timestamp>,
    /// What it tells of.
    pub data: Option<NotificationData>,
    /// When it reached the endpoint, in a notification that is read afterwards.
    pub delivered_at: Option<Timestamp>,
    /// How often it was sent.
    pub delivery_attempts: Option<i64>,
    /// How the delivery stands.
    pub delivery_status: Option<String>,
    /// When it was sent first.
    pub first_sent_at: Option<Timestamp>,
    /// Its own id; the same one in each attempt.
    pub id: Option<String>,
    /// URLs of what belongs to it.
    pub links: Option<Value>,
    /// The URL of the notification itself.
    pub self_url: Option<String>,
    /// What it is about.
    pub topic: Topic,
    /// `notification_event`.
    pub r#type: Option<String>,
    /// Other fields, and values of another type.
    pub extra: Extra,
}

model! {
    Notification {
        required {
            topic: "topic",
        }
        optional {
            app_id: "app_id",
            created_at: "created_at",
            data: "data",
            delivered_at: "delivered_at",
            delivery_attempts: "delivery_attempts",
            delivery_status: "delivery_status",
            first_sent_at: "first_sent_at",
            id: "id",
            links: "links",
            self_url: "self",
            r#type: "type",
        }
    }
}

/// What a notification tells of.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct NotificationData {
    /// The object as it came: see [`Notification::item`].
    pub item: Option<Value>,
    /// `notification_event_data`.
    pub r#type: Option<String>,
    /// Other fields, and values of another type.
    pub extra: Extra,
}

model! {
    NotificationData {
        optional {
            item: "item",
            r#type: "type",
        }
    }
}

impl Notification {
    /// The object that it tells of, read as forgivingly as an answer. Which model it is, the topic decides; some topics wrap
    /// it or send a part of it only.
    ///
    /// # Errors
    /// There is none, or it is nothing like the type.
    pub fn item<T: Decodable>(&self) -> Result<Decoded<T>, DecodeError> {
        let item = self.data.as_ref().and_then(|data| data.item.as_ref());
        let item = item.ok_or_else(|| DecodeError::new("the notification has no `data.item`"))?;
        decode(item.to_string().as_bytes())
    }
}

/// Why a notification cannot be trusted, or cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is empty: everybody could sign.
    EmptySecret,
    /// The header is not of the form `sha1=` and 40 hexadecimal digits.
    MalformedSignature,
    /// The signature was made for another body or with another secret.
    WrongSignature,
    /// The signature is right, but the body is no notification.
    Decode(DecodeError),
}

/// Checks the signature and reads the notification.
///
/// `secret` is the client secret of the app, `signature` the value of the header [`SIGNATURE_HEADER`] (empty where there was
/// none), `body` the body as it came, byte by byte: parsed and written again it is another.
///
/// # Errors
/// The signature is not right, or the body is no notification.
pub fn verify(
    secret: impl AsRef<[u8]>,
    signature: impl AsRef<[u8]>,
    body: impl AsRef<[u8]>,
) -> Result<Notification, WebhookError> {
    let body = body.as_ref();
    verify_signature(secret, signature, body)?;
    decode(body).map(|decoded| decoded.value).map_err(WebhookError::Decode)
}

/// Checks the signature alone, in a time that does not depend on where it differs.
///
/// # Errors
/// The signature is not right.
pub fn verify_signature(
    secret: impl AsRef<[u8]>,
    signature: impl AsRef<[u8]>,
    body: impl AsRef<[u8]>,
) -> Result<(), WebhookError> {
    if secret.as_ref().is_empty() {
        return Err(WebhookError::EmptySecret);
    }
    let signature = parse(signature.as_ref()).ok_or(WebhookError::MalformedSignature)?;
    mac(secret.as_ref(), body.as_ref()).verify_slice(&signature).map_err(|_| WebhookError::WrongSignature)
}

/// The header that Intercom would send with this body: to test an endpoint.
#[must_use]
pub fn sign(secret: impl AsRef<[u8]>, body: impl AsRef<[u8]>) -> String {
    let mac = mac(secret.as_ref(), body.as_ref()).finalize().into_bytes();
    mac.iter().fold("sha1=".to_owned(), |header, byte| format!("{header}{byte:02x}"))
}

fn mac(secret: &[u8], body: &[u8]) -> Hmac<Sha1> {
    // HMAC takes keys of any length (RFC 2104).
    Hmac::<Sha1>::new_from_slice(secret).unwrap_or_else(|_| unreachable!("a key of any length")).chain_update(body)
}

/// The bytes behind `sha1=`.
fn parse(header: &[u8]) -> Option<[u8; 20]> {
    let digits = header.trim_ascii().strip_prefix(b"sha1=")?;
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
    bytes?.try_into().ok()
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => f.write_str("the secret of the webhook is empty"),
            Self::MalformedSignature => f.write_str("the signature of the webhook is missing or malformed"),
            Self::WrongSignature => f.write_str("the signature of the webhook is wrong"),
            Self::Decode(error) => write!(f, "the body of the webhook is no notification: {error}"),
        }
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::EmptySecret | Self::MalformedSignature | Self::WrongSignature => None,
        }
    }
}
