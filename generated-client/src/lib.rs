//! A client for the unstable ("Preview") version of Intercom's API: all operations of Intercom's OpenAPI document
//! (below: the document), with typed requests and responses.
//!
//! ```sh
//! cargo add intercom-client tokio --features tokio/macros,tokio/rt
//! ```
//!
//! ```no_run
//! use intercom_client::{Client, Server, Timestamp, models};
//!
//! # async fn run() -> Result<(), intercom_client::Error> {
//! let client = Client::builder("the access token").server(Server::Eu).build()?;
//!
//! let contact = client.contacts().show_contact("c-17").include_merge_history(true).await?;
//! println!("{}", contact.name.unwrap_or_default());
//!
//! let now = Timestamp::now();
//! let event = models::CreateDataEventRequest::with_email("ann@example.com", "order-placed", now);
//! client.data_events().create_data_event(event).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Operations are grouped by tag: `client.contacts()` has those of contacts. Each operation is a method with the name
//! from Intercom's reference. Required values are its arguments, and optional values are setters of the [`Request`]
//! that it returns. Awaiting the request returns the content of the response; [`send`](Request::send) returns the
//! response with status and headers.
//!
//! | topic | where |
//! | --- | --- |
//! | all operations | [`Client`], which has a method for each tag |
//! | operations that the document does not have | [`Client::request`] |
//! | lists, page by page or item by item | [Pages](#pages) |
//! | errors, retries and rate limits | [Errors](#errors), [`Retry`], [`RateLimit`] |
//! | search filters | [`search`]: most queries that Intercom would reject do not compile |
//! | notifications from Intercom | [`webhook::verify`] checks the signature and parses the body |
//! | exports of message data and reporting data | [`export`] creates the job, polls it and downloads the file |
//! | proof of a user's identity for the Messenger | [`identity`] makes the proof on your server |
//! | tokens of other workspaces that use your app | [`oauth`] obtains one when a workspace authorizes the app |
//!
//! # Responses and requests
//!
//! Responses are read tolerantly. [`Response::mismatches`] lists all differences from the document.
//!
//! - A new enum value is read as `Unknown`.
//! - An undocumented field is kept in the model's [`extra`](Extra).
//! - A field whose value does not match its type is absent, and its raw value is kept in `extra`. A required
//!   field cannot be absent, so its model is not read; nearly all fields of responses are optional.
//! - An array that arrives without the object around it is read as the list of that object.
//!
//! Fields are never filled with defaults. Serializing a received model gives the received JSON, nulls included; only a
//! value that was converted without loss, such as `"42"` for a number, is written in its documented type.
//!
//! Requests are typed; `extra` sends what the types do not have. A model that is sent has a constructor for its
//! required fields, and setters for the others. It can also be written as a literal, which should end in
//! `..Default::default()` or `..Model::new(…)`, because fields may be added at any time.
//!
//! # Regions and tokens
//!
//! A workspace belongs to one region, which [`Server`] names. The default is [`Server::Us`]. Other regions reject the
//! workspace's token with status 401.
//!
//! [`Client::from_env`] reads the token from `INTERCOM_API_KEY`. If the token changes, pass a function to
//! [`ClientBuilder::token_source`]. No token appears in `Debug` output, errors or spans.
//!
//! # Pages
//!
//! Lists and searches are streams over all pages: [`Request::items`] returns items, and [`Request::pages`] returns
//! pages.
//!
//! ```no_run
//! use intercom_client::Client;
//! use intercom_client::search::contacts;
//!
//! # async fn run(client: Client) -> Result<(), intercom_client::Error> {
//! let leads = client.contacts().search_contacts(contacts::ROLE.equals("lead"));
//! let mut leads = leads.page_size(50).items();
//! while let Some(lead) = leads.try_next().await? {
//!     println!("{}", lead.email.unwrap_or_default());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! All calls return the same [`Error`]. It keeps the status, the headers and the body of any response, and its methods
//! tell what went wrong:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use intercom_client::{Client, Retry};
//!
//! # async fn run() -> Result<(), intercom_client::Error> {
//! let client = Client::builder("the access token")
//!     .timeout(Duration::from_secs(20))
//!     .retry(Retry::default().attempts(5))
//!     .build()?;
//! match client.contacts().show_contact("c-17").timeout(Duration::from_secs(5)).await {
//!     Ok(contact) => println!("{}", contact.name.unwrap_or_default()),
//!     Err(error) if error.is_not_found() => println!("no such contact"),
//!     Err(error) => println!("{error}; the server listed {:?}", error.details()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`Error::conflicting_id`] returns the id of a contact that exists already. [`Error::merged_into`] returns the id of
//! the contact that another was merged into.
//!
//! Idempotent calls are retried after connection errors and the statuses 408, 502, 503 and 504. A call with status 429
//! is retried after the wait that the server asks for, at most 60 seconds by default, unless the status may mean that
//! an earlier call is still in progress. A budget limits the retries of a client.
//!
//! # Testing code that calls this
//!
//! A [`Request`] is a value: [`method`](Request::method), [`url`](Request::url), [`headers`](Request::headers) and
//! [`body`](Request::body) can be read without sending it. To test responses, start a server on this machine and pass
//! its address to [`ClientBuilder::base_url`]; plain `http` is allowed to loopback addresses.
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `rustls` (default) | TLS without OpenSSL, with the certificates of the platform |
//! | `native-tls` | TLS by the library of the platform |
//! | `gzip` (default) | compressed responses |
//! | `fs` (default) | files as parts of a body, downloads saved as files |
//! | `blocking` | the same calls without async |
//! | `registry` | a table of all operations, and functions that decode and re-encode a body, given an operation id |
//! | `jiff`, `chrono`, `time` | conversions between [`Timestamp`] and the types of these crates |
//! | `http2` | HTTP/2 where the server offers it |
//!
//! Rust 1.88 or newer is needed.

#![cfg_attr(docsrs, feature(doc_cfg))]

/// Compiles the code of the read-me.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[doc(hidden)]
pub mod runtime;

#[allow(
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    missing_docs,
    reason = "a setter has the name of its field in the document, a constructor takes all required fields, and a self-explanatory field has no description"
)]
#[rustfmt::skip]
mod generated;

mod contact_errors;
pub mod export;
pub mod identity;
pub mod oauth;
pub mod search;
mod signed;
pub mod webhook;

#[cfg(feature = "registry")]
pub use generated::registry;
pub use generated::{Server, models, resources};
#[doc(inline)]
pub use runtime::*;
