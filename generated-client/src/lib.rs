//! A client for Intercom's unstable API: all of its operations, typed both ways.
//!
//! ```no_run
//! use intercom_client::{Client, Server, Timestamp, models};
//!
//! # async fn run() -> Result<(), intercom_client::Error> {
//! let client = Client::builder("the access token").server(Server::Eu).build()?;
//!
//! let me = client.admins().identify_admin().await?;
//! println!("{}", me.email.unwrap_or_default());
//!
//! let event = models::CreateDataEventRequest::with_email("ann@example.com", "order-placed", Timestamp::now());
//! client.data_events().create_data_event(event).await?;
//!
//! let contact = client.contacts().show_contact("c-17").include_merge_history(true).await?;
//! println!("{} has {:?}", contact.name.unwrap_or_default(), contact.extra.get("a_field_the_document_does_not_name"));
//! # Ok(())
//! # }
//! ```
//!
//! Operations hang on their tag, under the name that Intercom's reference gives them. What a call must have is an argument,
//! what it may have is a setter of the [`Request`] that it returns; awaiting it gives the answer, and
//! [`send`](Request::send) gives the answer with status and headers.
//!
//! Answers are forgiving: a new enum value reads as `Undocumented`, an undocumented field is in the model's
//! [`extra`](Extra), and a field whose value departs from its type reads as absent while its raw value is kept there. An
//! [`Error`] keeps status, headers and body.

#[allow(
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    reason = "a setter is called what the document calls its field, and a constructor takes all that must be there"
)]
#[rustfmt::skip]
mod generated;
#[doc(hidden)]
pub mod runtime;

pub mod export;
pub mod search;
pub mod webhook;

#[cfg(feature = "registry")]
pub use generated::registry;
pub use generated::{Server, models, resources};
pub use runtime::*;
