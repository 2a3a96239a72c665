//! Webhooks: verifying that a notification comes from Intercom, and parsing it.
//!
//! ```
//! use intercom_client::webhook::{self, Event};
//!
//! // An endpoint receives the raw body, and a signature in the header
//! // `X-Hub-Signature` or `X-Body-Signature`.
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
//! Requests without an event (an uninstalled app, a health check, Canvas Kit's initialize and submit) have a body
//! without a topic, and their signature in `X-Body-Signature`. They are verified and parsed in the same way. The fields
//! that [`Notification`] does not have are in [`Notification::extra`]. A type of your own can parse the body after
//! [`verify_signature`] has accepted it.

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

/// A notification. Values that do not match the fields here are kept raw in [`extra`](Self::extra).
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Notification {
    /// The id of the workspace.
    pub app_id: Option<String>,
    /// The time of the event.
    pub created_at: Option<Timestamp>,
    /// The data of the notification: the item that the event is about.
    pub data: Option<NotificationData>,
    /// The time of the delivery; 0 while the delivery is pending, as it is when the notification arrives.
    pub delivered_at: Option<Timestamp>,
    /// The number of times that the notification was sent.
    pub delivery_attempts: Option<i64>,
    /// The state of the delivery.
    pub delivery_status: Option<String>,
    /// The time when the notification was first sent.
    pub first_sent_at: Option<Timestamp>,
    /// The id of the notification, which is the same in each delivery attempt.
    pub id: Option<String>,
    /// The URLs of related resources.
    pub links: Option<Value>,
    /// The URL of the notification itself.
    pub self_url: Option<String>,
    /// The topic; absent in a request without an event, such as a health check.
    pub topic: Option<Topic>,
    /// The text `notification_event`.
    pub r#type: Option<String>,
    /// The id of the workspace, in a request without an event.
    pub workspace_id: Option<String>,
    /// Fields that this type does not have, and values that do not match the type of their field.
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

/// The data of a notification.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct NotificationData {
    /// The item as it was received: the object that the event is about. See [`Notification::event`] and
    /// [`Notification::item`].
    pub item: Option<Value>,
    /// The text `notification_event_data`.
    pub r#type: Option<String>,
    /// Fields that this type does not have, and values that do not match the type of their field.
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
    /// Decodes the item as the type of its topic. Values that do not match are kept in the item's `extra`. The item of
    /// an unknown topic, or of a topic without a type, is returned as JSON.
    ///
    /// # Errors
    /// Fails if there is no topic or no item, or if [`decode_value`] fails for the item.
    #[inline]
    pub fn event(&self) -> Result<Event, DecodeError> {
        let topic = self.topic.as_ref().ok_or_else(|| DecodeError::new("the notification has no `topic`"))?;
        Event::read(topic, self.raw_item()?)
    }

    /// Decodes the item as a model of your choice, as tolerantly as a response.
    ///
    /// # Errors
    /// Fails if there is no item, or if [`decode_value`] fails for the item.
    pub fn item<T: Decodable>(&self) -> Result<Decoded<T>, DecodeError> {
        decode_value(self.raw_item()?)
    }

    /// Deserializes the item with serde as a type of your own.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use intercom_client::Value;
    /// use intercom_client::webhook::Notification;
    ///
    /// // A map here; a struct that derives `Deserialize` works as well.
    /// fn fields(notification: &Notification) -> Option<BTreeMap<String, Value>> {
    ///     notification.item_as().ok()
    /// }
    /// ```
    ///
    /// # Errors
    /// Fails if there is no item, or if serde cannot deserialize it.
    pub fn item_as<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        T::deserialize(self.raw_item()?).map_err(|error| DecodeError::new(error.to_string()))
    }

    fn raw_item(&self) -> Result<&Value, DecodeError> {
        let item = self.data.as_ref().and_then(|data| data.item.as_ref());
        item.ok_or_else(|| DecodeError::new("the notification has no `data.item`"))
    }
}

/// The reason why a notification cannot be trusted or parsed.
#[derive(Debug)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is empty, so anybody could sign.
    EmptySecret,
    /// The signature is missing, or is neither `sha1=` with 40 hexadecimal digits nor 64 hexadecimal digits.
    MalformedSignature,
    /// The signature belongs to another body or another secret.
    WrongSignature,
    /// The signature is right, but the body is not a JSON object.
    Decode(DecodeError),
}

/// Verifies the signature and parses the notification.
///
/// `secret` is the client secret of the app. `signature` is the value of the header [`SIGNATURE_HEADER`] or, if it is
/// missing, of [`BODY_SIGNATURE_HEADER`]. Pass an empty string if both are missing. `body` is the body exactly as it
/// was received: one that was parsed and written again has another signature.
///
/// # Errors
/// Fails if the secret is empty, if the signature is missing, malformed or wrong, or if the body is not a JSON object.
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
            Self::Decode(error) => write!(f, "the body of the webhook is not a notification: {error}"),
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
