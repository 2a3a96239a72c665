//! Operations that the document does not have: any call, and the download of a redirect's target.

use std::fmt::{self, Display};

use http::Method;
use reqwest::Url;
use serde_json::Value;

use super::parts::Parts;
use super::{Client, Download, Json, Operation, OperationInfo, Request, path};
use crate::generated::SETTINGS;

/// An operation that the document does not have. Its response is any JSON, or null if the body is empty.
#[derive(Debug, Clone, Copy)]
pub enum Untyped {}

impl Operation for Untyped {
    type Response = Json<Value>;
    const INFO: OperationInfo = OperationInfo {
        id: "request",
        // Each request sets its own method and path, and sends the credentials that the client has.
        method: "GET",
        security: SETTINGS.security,
        accept: "application/json",
        ..OperationInfo::UNSAID
    };
}

impl Client {
    /// Creates a request for an operation that the document does not have. The token, the headers, the retries and all
    /// other settings apply as to any call.
    ///
    /// The path begins with a slash and is appended to the base URL. [`path_value`](Request::path_value) sets values of
    /// the path, [`query_pair`](Request::query_pair) adds to the query, and [`json`](Request::json) sets a body.
    ///
    // This file is copied into other crates, so the example uses the name of the crate that it is compiled in.
    #[doc = "```no_run"]
    #[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Client, Error, Method};")]
    ///
    /// # async fn run(client: Client) -> Result<(), Error> {
    /// let thing = client.request(Method::GET, "/things/{id}").path_value("id", "c-17");
    /// let thing = thing.query_pair("full", "1").await?;
    /// println!("{}", thing["name"]);
    /// # Ok(())
    /// # }
    #[doc = "```"]
    ///
    /// A path that would leave the base URL, or that contains a query, is an error when the request is sent.
    pub fn request(&self, method: Method, path: impl AsRef<str>) -> Request<Untyped> {
        let mut parts = Parts::new(&Untyped::INFO, path::literal(path.as_ref()));
        parts.idempotent = Some(method.is_idempotent());
        parts.method = method;
        Request::of(self, parts)
    }
}

impl Request<Untyped> {
    /// Replaces `{name}` in the path by an encoded value.
    pub fn path_value(mut self, name: &str, value: impl Display) -> Self {
        self.parts.set_path_value(name, &value.to_string());
        self
    }
}

/// The target of a redirect.
///
/// The URL may hold a signature that lets anybody fetch the content, so it is as secret as the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location(pub(super) Url);

/// The operation that fetches the target of a [`Location`].
#[derive(Debug, Clone, Copy)]
pub enum FetchLocation {}

impl Operation for FetchLocation {
    type Response = Download;
    const INFO: OperationInfo =
        OperationInfo { id: "location", method: "GET", accept: "*/*", idempotent: true, ..OperationInfo::UNSAID };
}

impl Location {
    /// Returns the absolute URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the absolute URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Creates a request for the content at the URL. It sends neither the token nor the headers of the client, except
    /// `User-Agent`. Headers set on the request are sent.
    pub fn download(&self, client: &Client) -> Request<FetchLocation> {
        let mut parts = Parts::new(&FetchLocation::INFO, Ok(String::new()));
        parts.place = Some(self.0.clone());
        Request::of(client, parts)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
