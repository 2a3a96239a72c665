//! Requests. A request is a value that can be inspected before it is sent.

use std::fmt::{self, Display};
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use reqwest::Url;
use serde::Serialize;
use serde_json::{Value, to_value};

use super::parts::Parts;
use super::{Body, Client, Error, Escape, Operation, Part, Piece, Response, ResponseKind, Retry, Style, call, path};

/// A call of the operation `Op` that is ready to be sent.
///
/// Awaiting the request returns the decoded value; [`send`](Self::send) returns the value with status and headers.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<Op> {
    client: Client,
    /// Boxed because each setter passes the request on by value.
    pub(super) parts: Box<Parts>,
    operation: PhantomData<fn() -> Op>,
}

type Output<Op> = <<Op as Operation>::Response as ResponseKind>::Output;

/// The methods with which generated code builds requests.
impl<Op: Operation> Request<Op> {
    /// Creates a request to a path. A value that would reach another endpoint is refused when the request is sent.
    pub fn new(client: &Client, path: &[Piece<'_>]) -> Self {
        Self::of(client, Parts::new(&Op::INFO, path::assemble(path)))
    }

    pub(super) fn of(client: &Client, parts: Parts) -> Self {
        Self { client: client.clone(), parts: Box::new(parts), operation: PhantomData }
    }

    /// Sets a query parameter in an OpenAPI style; null removes it.
    pub fn query(mut self, name: &'static str, style: Style, value: &impl Serialize) -> Self {
        self.parts.set_query(name, style, Escape::Full, to_value(value));
        self
    }

    /// Sets a query parameter with `allowReserved`, otherwise as [`query`](Self::query) does.
    pub fn query_reserved(mut self, name: &'static str, style: Style, value: &impl Serialize) -> Self {
        self.parts.set_query(name, style, Escape::KeepReserved, to_value(value));
        self
    }

    /// Sets a header parameter in an OpenAPI style; null removes it.
    pub fn header_parameter(mut self, name: &'static str, style: Style, value: &impl Serialize) -> Self {
        self.parts.set_header_parameter(name, style, to_value(value));
        self
    }

    /// Sets a cookie in an OpenAPI style; null removes it.
    pub fn cookie(mut self, name: &'static str, style: Style, value: &impl Serialize) -> Self {
        self.parts.set_cookie(name, style, to_value(value));
        self
    }

    /// Sets a JSON body.
    pub fn json(self, body: &impl Serialize) -> Self {
        self.json_as("application/json", body)
    }

    /// Sets a JSON body of another media type, such as `application/merge-patch+json`.
    pub fn json_as(mut self, media_type: &str, body: &impl Serialize) -> Self {
        self.parts.set_json(media_type, serde_json::to_vec(body));
        self
    }

    /// Sets a body of the type `application/x-www-form-urlencoded`.
    pub fn form(self, body: &impl Serialize) -> Self {
        self.form_as(&[], body)
    }

    /// Sets a form as [`form`](Self::form) does, with the styles of some of its fields, by name.
    pub fn form_as(mut self, fields: &[(&str, Style, Escape)], body: &impl Serialize) -> Self {
        self.parts.set_form(fields, to_value(body));
        self
    }

    /// Sets a text body.
    pub fn text_body(mut self, media_type: &str, text: impl Into<String>) -> Self {
        self.parts.set_body(media_type, text.into().into());
        self
    }

    /// Sets a binary body.
    pub fn bytes_body(mut self, media_type: &str, bytes: impl Into<Bytes>) -> Self {
        self.parts.set_body(media_type, bytes.into());
        self
    }

    /// Makes the body `multipart/form-data`, even while it has no part.
    pub fn multipart(mut self) -> Self {
        self.parts.set_parts(None, Vec::new());
        self
    }

    /// Sets a field of a `multipart/form-data` body; null removes it.
    pub fn text_part(self, name: &'static str, value: &impl Serialize) -> Self {
        self.text_part_as(name, "", value)
    }

    /// Sets a field as [`text_part`](Self::text_part) does, with a media type for each value. Values of a JSON media
    /// type are written as JSON.
    pub fn text_part_as(mut self, name: &'static str, media_type: &str, value: &impl Serialize) -> Self {
        self.parts.set_text_part(name, media_type, to_value(value));
        self
    }

    /// Sets a file of a `multipart/form-data` body.
    pub fn file_part(self, name: &'static str, part: impl Into<Part>) -> Self {
        self.file_parts(name, [part.into()])
    }

    /// Sets the files of one field of a `multipart/form-data` body.
    pub fn file_parts(mut self, name: &'static str, parts: impl IntoIterator<Item = Part>) -> Self {
        let added = parts.into_iter().map(|part| (name.to_owned(), part)).collect();
        self.parts.set_parts(Some(name), added);
        self
    }

    /// Sets files of a `multipart/form-data` body under names that the caller gives. Each name follows the field's name
    /// in brackets, or stands alone if `field` is empty.
    pub fn named_file_parts(
        mut self,
        field: &'static str,
        parts: impl IntoIterator<Item = (impl Into<String>, impl Into<Part>)>,
    ) -> Self {
        let name = |name: String| if field.is_empty() { name } else { format!("{field}[{name}]") };
        let added = parts.into_iter().map(|(key, part)| (name(key.into()), part.into())).collect();
        self.parts.set_parts(None, added);
        self
    }
}

/// The methods of every request.
impl<Op: Operation> Request<Op> {
    /// Sets a header of this call, and replaces the client's header of that name.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.set_header(name.as_ref(), value.as_ref());
        self
    }

    /// Adds a pair to the query, whether or not the document has such a parameter.
    pub fn query_pair(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.parts.add_query_pair(name.as_ref(), value.as_ref());
        self
    }

    /// Sets a property of the JSON body, even if the document does not describe it. A call without a body gets one.
    pub fn extra(mut self, name: impl AsRef<str>, value: impl Into<Value>) -> Self {
        self.parts.set_property(&[name.as_ref()], value.into());
        self
    }

    /// Sets the timeout of an attempt of this call, which covers what [`ClientBuilder::timeout`] describes.
    ///
    /// [`ClientBuilder::timeout`]: super::ClientBuilder::timeout
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.parts.timeout = Some(timeout);
        self
    }

    /// Sets the time limit of this call with all its attempts and the waits between them. For a download the limit
    /// covers the time until the headers of the response.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.parts.deadline = Some(deadline);
        self
    }

    /// Sets how often this call is attempted, and how long it waits in between.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.parts.retry = Some(retry);
        self
    }

    /// Sets whether this call may be sent again after the server may have received it, whatever its method and the
    /// document say. This has no effect on a retry after a status 429, because the server has not processed that call.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.parts.idempotent = Some(idempotent);
        self
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.parts.method.as_str()
    }

    /// Returns the URL, without a credential in a query parameter.
    ///
    /// # Errors
    /// Fails if the request is not valid.
    pub fn url(&self) -> Result<Url, Error> {
        self.parts.url(&self.client)
    }

    /// Returns the headers, without credentials and without those that only sending adds, such as `Content-Length`.
    ///
    /// # Errors
    /// Fails if the request is not valid.
    pub fn headers(&self) -> Result<HeaderMap, Error> {
        self.parts.headers(&self.client)
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.parts.body
    }

    /// Sends the request and decodes the response.
    ///
    /// # Errors
    /// Fails if the request is not valid, if no response comes, or if the status is not a success. Also fails if the
    /// response lacks a value without which its type cannot be read, or is another kind of JSON than that type.
    pub fn send(self) -> impl Future<Output = Result<Response<Output<Op>>, Error>> + Send + use<Op> {
        let Self { client, parts, .. } = self;
        async move { call::call(client, parts, Op::Response::READ_MODE).await?.read::<Op::Response>() }
    }
}

impl<Op: Operation> IntoFuture for Request<Op> {
    type Output = Result<Output<Op>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, parts, .. } = self;
        Box::pin(async move {
            let reply = call::call(client, parts, Op::Response::READ_MODE).await?;
            reply.read::<Op::Response>().map(Response::into_inner)
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

/// Shows method and URL in one line.
impl<Op: Operation> Display for Request<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.url() {
            Ok(url) => write!(f, "{} {url}", self.method()),
            Err(error) => error.fmt(f),
        }
    }
}
