//! Webhooks: checking that a notification comes from Intercom, and reading it.
//!
//! ```
//! use intercom_client::webhook::{self, Event};
//!
//! // What an endpoint gets: the raw body, and the header `X-Hub-Signature` or `X-Body-Signature`.
//! let secret = "the client secret of the app";
//! let body = br#"{"type": "notification_event", "topic": "contact.user.created",
//!     "data": {"item": {"type": "contact", "id": "c-17", "name": "Ann"}}}"#;
//! let header = webhook::sign(secret, body);
//!
//! let notification = webhook::verify(secret, &header, body)?;
//! match notification.event()? {
//!     Event::ContactUserCreated(contact) => assert_eq!(contact.name.as_deref(), Some("Ann")),
//!     other => println!("nothing to do for {}", other.topic()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Calls that tell of no event (an app that was uninstalled, a health check, Canvas Kit's initialize and submit) have a body
//! without a topic and bring their signature in `X-Body-Signature`. They are verified and read in the same way: their fields are in
//! [`Notification::extra`], and a type of your own takes the body once [`verify_signature`] has let it pass.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::{Decodable, DecodeError, Decoded, Extra, Timestamp, decode, decode_value, model};

mod items;
mod signature;
mod topic;

pub use items::{CompanyAndContact, ContactSubscription, ContactTag, ConversationAndContact, TicketAndContact};
pub use signature::{BODY_SIGNATURE_HEADER, SIGNATURE_HEADER, sign, sign_body, verify_signature};
pub use topic::{Event, Topic};

/// A notification. Where it departs from what is named here, the raw values are in [`extra`](Self::extra).
#[derive(Debug, Clone, PartialEq, Default)]
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
    /// What it is about; absent in a call that tells of no event, such as a health check.
    pub topic: Option<Topic>,
    /// `notification_event`.
    pub r#type: Option<String>,
    /// The id of the workspace, in a call that tells of no event.
    pub workspace_id: Option<String>,
    /// Other fields, and values of another type.
    pub extra: Extra,
}

model! {
    Notification {
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
            topic: "topic",
            r#type: "type",
            workspace_id: "workspace_id",
        }
    }
}

/// What a notification tells of.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct NotificationData {
    /// The object as it came: see [`Notification::event`] and [`Notification::item`].
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
    /// What happened, by topic, with the object that it tells of as the type that the topic has. What an object departs in is in its
    /// `extra`, as in an answer.
    ///
    /// # Errors
    /// There is no topic or no object, or the object is nothing like its type.
    pub fn event(&self) -> Result<Event, DecodeError> {
        let topic = self.topic.as_ref().ok_or_else(|| DecodeError::new("the notification has no `topic`"))?;
        Event::read(topic, self.raw_item()?)
    }

    /// The object that it tells of as a model of your choice, read as forgivingly as an answer.
    ///
    /// # Errors
    /// There is none, or it is nothing like the type.
    pub fn item<T: Decodable>(&self) -> Result<Decoded<T>, DecodeError> {
        decode_value(self.raw_item()?)
    }

    /// The object that it tells of as a type of your own, read by serde as that type has it.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use intercom_client::Value;
    /// use intercom_client::webhook::Notification;
    ///
    /// // Here a map; as well a struct that derives `Deserialize`.
    /// fn fields(notification: &Notification) -> Option<BTreeMap<String, Value>> {
    ///     notification.item_as().ok()
    /// }
    /// ```
    ///
    /// # Errors
    /// There is none, or serde refuses it.
    pub fn item_as<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        T::deserialize(self.raw_item()?).map_err(|error| DecodeError::new(error.to_string()))
    }

    fn raw_item(&self) -> Result<&Value, DecodeError> {
        let item = self.data.as_ref().and_then(|data| data.item.as_ref());
        item.ok_or_else(|| DecodeError::new("the notification has no `data.item`"))
    }
}

/// Why a notification cannot be trusted, or cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is empty: everybody could sign.
    EmptySecret,
    /// The header is neither of the form `sha1=` and 40 hexadecimal digits nor 64 of them.
    MalformedSignature,
    /// The signature was made for another body or with another secret.
    WrongSignature,
    /// The signature is right, but the body is no notification.
    Decode(DecodeError),
}

/// Checks the signature and reads the notification.
///
/// `secret` is the client secret of the app, `signature` the value of the header [`SIGNATURE_HEADER`] or, where there is none, of
/// [`BODY_SIGNATURE_HEADER`] (empty where there was neither), `body` the body as it came, byte by byte: parsed and written again it
/// is another.
///
/// # Errors
/// The signature is not right, or the body is no JSON object.
pub fn verify(
    secret: impl AsRef<[u8]>,
    signature: impl AsRef<[u8]>,
    body: impl AsRef<[u8]>,
) -> Result<Notification, WebhookError> {
    let body = body.as_ref();
    verify_signature(secret, signature, body)?;
    decode(body).map(|decoded| decoded.value).map_err(WebhookError::Decode)
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
