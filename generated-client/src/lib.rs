//! A client for Intercom's unstable API: all operations, with typed requests and responses.
//!
//! ```sh
//! cargo add intercom-client tokio --features tokio/macros,tokio/rt
//! ```
//!
//! # First calls
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
//! let now = Timestamp::now();
//! let event = models::CreateDataEventRequest::with_email("ann@example.com", "order-placed", now);
//! client.data_events().create_data_event(event).await?;
//!
//! let contact = client.contacts().show_contact("c-17").include_merge_history(true).await?;
//! println!("{} has {:?}", contact.name.unwrap_or_default(), contact.extra.get("not_in_the_document"));
//! # Ok(())
//! # }
//! ```
//!
//! Each operation is a method of its tag, with the name that Intercom's reference gives it. Required values are its
//! arguments, and optional values are setters of the [`Request`] that it returns. Awaiting the request returns the
//! content of the response; [`send`](Request::send) returns the response with status and headers.
//!
//! Responses are read tolerantly: a new enum value is read as `Unknown`, an undocumented field is in the model's
//! [`extra`](Extra), and a field whose value does not match its type is absent while its raw value is kept there. No
//! field holds a value that did not arrive, and a model is written as it came, with its nulls. A list that arrived
//! without the object around it is read as the list of that object. [`Response::mismatches`] lists all differences from
//! the document.
//!
//! Requests are strict. A model that is sent has a constructor for its required fields, and setters. It can also be
//! written as a literal that ends in `..Default::default()` or `..Model::new(…)`, because fields may be added at any
//! time.
//!
//! # Regions and tokens
//!
//! A workspace belongs to one region, which [`Server`] names; the default is [`Server::Us`]. An access token of one
//! region is not valid in another, whose response is a 401. [`Client::from_env`] reads the token from
//! `INTERCOM_API_KEY`. A token that changes comes from a function: [`ClientBuilder::token_source`]. No token is ever
//! shown by `Debug`, in an error or in a span.
//!
//! # Pages
//!
//! Lists and searches are streams, item by item over all pages or page by page ([`Request::items`],
//! [`Request::pages`]).
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
//! # Errors, retries, limits
//!
//! All calls return one type of [`Error`]. It keeps status, headers and body, whatever the body is, and tells what went
//! wrong:
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
//! Connection errors and the statuses 408, 502, 503 and 504 are retried if the call is idempotent, and status 429 is
//! retried after the limit has reset ([`Retry`]). A budget limits the retries of a client. [`Client::request`] calls
//! operations that the document does not have.
//!
//! # Searches
//!
//! [`search`] has the fields of contacts, conversations, companies and tickets, each with the operators that it
//! supports. Most queries that Intercom would reject do not compile.
//!
//! ```no_run
//! # async fn run(client: intercom_client::Client) -> Result<(), intercom_client::Error> {
//! use intercom_client::search::{any, contacts};
//!
//! let near = [contacts::EMAIL.ends_with("@example.com"), contacts::PHONE.starts_with("+44")];
//! let found = client.contacts().search_contacts(any(near)).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Webhooks
//!
//! [`webhook::verify`] takes the raw body and its signature, and returns the notification:
//!
//! ```
//! use std::error::Error;
//!
//! use intercom_client::webhook::{self, Event};
//!
//! fn received(secret: &str, signature: &str, body: &[u8]) -> Result<(), Box<dyn Error>> {
//!     match webhook::verify(secret, signature, body)?.event()? {
//!         Event::ContactUserCreated(contact) => println!("{} signed up", contact.email.unwrap_or_default()),
//!         other => println!("nothing to do for {}", other.topic()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Users and workspaces of others
//!
//! [`identity`] signs the identity of the user at the Messenger of your page. [`oauth`] obtains a token for another
//! workspace that authorizes your app. [`Error::conflicting_id`] returns the id of the contact that exists already, and
//! [`Error::merged_into`] the id of the contact that another was merged into.
//!
//! # Exports
//!
//! [`export`] creates the job, waits until it has ended and downloads the file:
//!
//! ```no_run
//! use intercom_client::{Client, Timestamp, export};
//!
//! # async fn run(client: Client, monday: Timestamp, sunday: Timestamp) -> Result<(), Box<dyn std::error::Error>> {
//! let mut statistics = export::content(&client, monday, sunday).download().await?;
//! statistics.save("statistics.csv.gz").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Testing code that calls this
//!
//! A [`Request`] is a value: [`method`](Request::method), [`url`](Request::url), [`headers`](Request::headers) and
//! [`body`](Request::body) can be read without sending it. To test responses, start a server on this machine and pass
//! its address to [`ClientBuilder::base_url`]; plain `http` is allowed to loopback.
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
//! | `registry` | a table of all operations, and bodies decoded and encoded again by operation id |
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
    reason = "a setter is called what the document calls its field, a constructor takes all that must be there, and a field whose name says all has no words"
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
