//! Calls that the document does not have.

use std::fmt::Display;

use http::Method;
use serde_json::Value;

use super::answer::{Answer, Reply, Response, Wanted};
use super::client::Client;
use super::decode::decode;
use super::error::Error;
use super::request::Request;
use super::settings::{Operation, OperationInfo};
use crate::generated::SETTINGS;

/// An operation that the document does not have. It answers with any JSON; with null where the body is empty.
#[derive(Debug, Clone, Copy)]
pub enum Untyped {}

impl Operation for Untyped {
    type Answer = Self;
    const INFO: OperationInfo = OperationInfo {
        id: "request",
        // Each request says its method and path. It proves what the client can.
        security: SETTINGS.security,
        accept: "application/json",
        ..OperationInfo::UNSAID
    };
}

impl Answer for Untyped {
    type Output = Value;
    const WANTED: Wanted = Wanted::Body;

    fn read(reply: Reply) -> Result<Response<Value>, Error> {
        let body = reply.bytes();
        reply.decoded(decode(if body.is_empty() { b"null" } else { &body }))
    }
}

impl Client {
    /// A request that the document does not have: the way out. The token, the headers, the retries and all else are those of
    /// every call.
    ///
    /// The path begins with a slash and is appended to the base URL. Values go in through
    /// [`path_value`](Request::path_value), the query through [`query_pair`](Request::query_pair), a body through
    /// [`json`](Request::json).
    ///
    // This file is copied into other crates, so the example asks for the name of its own.
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
    /// A path that would leave the base URL, or that holds a query, is an error when the request is sent.
    pub fn request(&self, method: Method, path: impl AsRef<str>) -> Request<Untyped> {
        Request::untyped(self, method, path.as_ref())
    }
}

impl Request<Untyped> {
    /// Puts a value, encoded, where the path has `{name}`.
    pub fn path_value(mut self, name: &str, value: impl Display) -> Self {
        self.parts.set_path_value(name, &value.to_string());
        self
    }
}
