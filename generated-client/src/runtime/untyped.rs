//! Calls of operations that the document does not have.

use std::fmt::Display;

use http::Method;
use serde_json::Value;

use super::parts::Parts;
use super::{Client, Json, Operation, OperationInfo, Request, path};
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
