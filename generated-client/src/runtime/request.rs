//! A request is a value: it can be looked at before it is sent.

use std::fmt::{self, Display};
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use reqwest::Url;
use serde::Serialize;
use serde_json::Value;

use super::answer::{Answer, Response};
use super::body::Body;
use super::call;
use super::client::Client;
use super::error::Error;
use super::part::Part;
use super::parts::Parts;
use super::path::Piece;
use super::retry::Retry;
use super::settings::Operation;
use super::style::Style;
use super::untyped::Untyped;

/// A call of the operation `Op`, ready to be sent.
///
/// Awaiting it gives the decoded answer; [`send`](Self::send) gives it with status and headers.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<Op> {
    client: Client,
    /// In a box: each setter hands the request on by value.
    pub(super) parts: Box<Parts>,
    operation: PhantomData<fn() -> Op>,
}

impl Request<Untyped> {
    pub(super) fn untyped(client: &Client, method: Method, path: &str) -> Self {
        let parts = Box::new(Parts::untyped(&Untyped::INFO, method, path));
        Self { client: client.clone(), parts, operation: PhantomData }
    }
}

type Output<Op> = <<Op as Operation>::Answer as Answer>::Output;

/// What the generated code builds requests with.
impl<Op: Operation> Request<Op> {
    /// A request to a path. A value that would reach another endpoint is refused when the request is sent.
    pub fn new(client: &Client, path: &[Piece<'_>]) -> Self {
        Self { client: client.clone(), parts: Box::new(Parts::new(&Op::INFO, path)), operation: PhantomData }
    }

    /// A request to an absolute URL, which gets no header of the client but its name.
    pub(super) fn to_place(client: &Client, place: Url) -> Self {
        Self { client: client.clone(), parts: Box::new(Parts::to_place(&Op::INFO, place)), operation: PhantomData }
    }

    /// Sets a query parameter in an OpenAPI style; null takes it away.
    pub fn query(self, name: &'static str, style: Style, value: &impl Serialize) -> Self {
        self.with(name, value, |parts, value| parts.set_query(name, style, &value))
    }

    /// Sets a header parameter in the style `simple`; null takes it away.
    pub fn header_parameter(self, name: &'static str, value: &impl Serialize) -> Self {
        self.with(name, value, |parts, value| parts.set_header_parameter(name, &value))
    }

    /// Sets a cookie; null takes it away.
    pub fn cookie(self, name: &'static str, value: &impl Serialize) -> Self {
        self.with(name, value, |parts, value| parts.set_cookie(name, &value))
    }

    /// Sets a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.json_as("application/json", body)
    }

    /// Sets a JSON body of another media type, such as `application/merge-patch+json`.
    pub fn json_as(mut self, media_type: &str, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.parts.set_body(media_type, body.into()),
            Err(error) => self.parts.fail(format!("the body cannot be written as JSON: {error}")),
        }
        self
    }

    /// Sets a body of the type `application/x-www-form-urlencoded`.
    pub fn form(self, body: &impl Serialize) -> Self {
        self.with("body", body, |parts, value| parts.set_form(&value))
    }

    /// Sets a text body.
    pub fn text_body(mut self, media_type: &str, text: impl Into<String>) -> Self {
        self.parts.set_body(media_type, text.into().into());
        self
    }

    /// Sets a body of bytes.
    pub fn bytes_body(mut self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.parts.set_body(media_type, bytes.into());
        self
    }

    /// Makes the body `multipart/form-data`, also while it has no part.
    pub fn multipart(mut self) -> Self {
        self.parts.set_multipart();
        self
    }

    /// Sets a field of a `multipart/form-data` body; null takes it away.
    pub fn text_part(self, name: &'static str, value: &impl Serialize) -> Self {
        self.with(name, value, |parts, value| parts.set_parts(name, super::part::parts(&value)))
    }

    /// Sets a file of a `multipart/form-data` body.
    pub fn file_part(mut self, name: &'static str, part: impl Into<Part>) -> Self {
        self.parts.set_parts(name, vec![part.into()]);
        self
    }

    fn with(mut self, name: &str, value: &impl Serialize, set: impl FnOnce(&mut Parts, Value)) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => set(&mut self.parts, value),
            Err(error) => self.parts.fail(format!("`{name}` cannot be written: {error}")),
        }
        self
    }
}

/// What a caller does with any request.
impl<Op: Operation> Request<Op> {
    /// Sets a header of this call; replaces that of the client.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.set_header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a pair to the query, whatever the document says.
    pub fn query_pair(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.add_query_pair(name.as_ref(), value.as_ref());
        self
    }

    /// Puts a value under a name into the JSON body, whatever the document says; without a body into an empty one.
    pub fn extra(mut self, name: impl AsRef<str>, value: impl Into<Value>) -> Self {
        self.parts.set_property(&[name.as_ref()], value.into());
        self
    }

    /// How long an attempt of this call may take, from sending to the last byte of an answer that is decoded, or to the first
    /// of a download.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.parts.timeout = Some(timeout);
        self
    }

    /// How long this call may take with all its attempts and waits.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.parts.deadline = Some(deadline);
        self
    }

    /// How often this call is sent, and how long it waits in between.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.parts.retry = Some(retry);
        self
    }

    /// Whether this call may be sent again although the server may have seen it, whatever its method and the document say. A
    /// status 429 is retried in any case: the server has not touched that call.
    pub fn safe_to_retry(mut self, safe: bool) -> Self {
        self.parts.safe = Some(safe);
        self
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.parts.method.as_str()
    }

    /// The URL, without the token where that is a query parameter.
    ///
    /// # Errors
    /// The request is not valid.
    pub fn url(&self) -> Result<Url, Error> {
        self.parts.url(&self.client)
    }

    /// The headers as they will be sent, without the token.
    ///
    /// # Errors
    /// The request is not valid.
    pub fn headers(&self) -> Result<HeaderMap, Error> {
        self.parts.headers(&self.client)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Body {
        self.parts.body()
    }

    /// Sends the request and decodes the answer.
    ///
    /// # Errors
    /// The request is not valid, no answer came, its status is no success, or it does not hold what it should.
    pub fn send(self) -> impl Future<Output = Result<Response<Output<Op>>, Error>> + Send + use<Op> {
        let Self { client, parts, .. } = self;
        async move { call::call(client, parts, Op::Answer::WANTED).await?.read::<Op::Answer>() }
    }
}

impl<Op: Operation> IntoFuture for Request<Op> {
    type Output = Result<Output<Op>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, parts, .. } = self;
        Box::pin(async move {
            let called = call::call(client, parts, Op::Answer::WANTED).await?;
            called.read::<Op::Answer>().map(Response::into_inner)
        })
    }
}

impl<Op> Clone for Request<Op> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), parts: self.parts.clone(), operation: PhantomData }
    }
}

/// Shows no header and no body: they may be secret or personal.
impl<Op: Operation> fmt::Debug for Request<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &Op::INFO.id)
            .field("method", &self.method())
            .field("url", &self.url().map(|url| url.to_string()).unwrap_or_else(|error| error.to_string()))
            .finish_non_exhaustive()
    }
}

/// Method and URL in a line.
impl<Op: Operation> Display for Request<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.url() {
            Ok(url) => write!(f, "{} {url}", self.method()),
            Err(error) => error.fmt(f),
        }
    }
}
