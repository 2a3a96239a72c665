//! Operations: the parts of their requests and of their responses.

use super::{FormField, Pagination, Parameter, Requirement, Server, Status, Type};

/// An operation, with everything that its path item adds to it.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`, or a substitute made of the method and the path.
    pub id: String,
    /// The name of the Rust method.
    pub name: String,
    /// The name of the marker type of the operation.
    pub marker: String,
    /// The JSON pointer of the operation.
    pub pointer: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path as written in the document.
    pub template: String,
    /// The texts and parameters of the path, in order.
    pub path: Vec<Segment>,
    /// The pairs behind a `?` in the path, which every call sends.
    pub query: Vec<(String, String)>,
    /// The parameters: those of the path first, in its order; then the others, sorted by place and name.
    pub parameters: Vec<Parameter>,
    /// The request body. The fields of a multipart body are parameters.
    pub body: Option<Body>,
    /// The content of a successful response.
    pub success: Success,
    /// The media types of the `Accept` header of a call.
    pub accept: String,
    /// The documented statuses of success and of redirects; a `default` that counts as success is `2XX`.
    pub statuses: Vec<Status>,
    /// The documented error responses.
    pub errors: Vec<ErrorResponse>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub doc: Option<String>,
    /// The URL of the page about the operation in the reference of the API.
    pub reference: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The security requirements, one of which must be met; without any, a call carries no credential.
    pub security: Vec<Requirement>,
    /// The server that the operation or its path item has for itself.
    pub server: Option<Server>,
    /// The way to the next page, if the response is a page of a list.
    pub pagination: Option<Pagination>,
    /// True if the operation is idempotent: a repeated call has the effect of a single one.
    pub idempotent: bool,
    /// True if the server refuses a call, with status 429, while it still works on an earlier one.
    pub concurrency_limited: bool,
}

impl Operation {
    /// Returns whether a call can carry a credential.
    pub fn is_authenticated(&self) -> bool {
        self.security.iter().any(|requirement| !requirement.is_empty())
    }

    /// Returns the types of the parameters and of the body.
    pub fn sent(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().filter_map(|body| match &body.kind {
            BodyKind::Json(ty, _) | BodyKind::Form(ty, _) => Some(ty),
            BodyKind::Text(_) | BodyKind::Bytes(_) | BodyKind::Multipart => None,
        });
        self.parameters.iter().map(|parameter| &parameter.ty).chain(body)
    }

    /// Returns the types of all responses, including errors.
    pub fn received(&self) -> impl Iterator<Item = &Type> {
        self.failures().chain(self.successes())
    }

    /// Returns the types of the error responses.
    pub fn failures(&self) -> impl Iterator<Item = &Type> {
        self.errors.iter().filter_map(|error| error.ty.as_ref())
    }

    /// Returns the types of the successful responses.
    pub fn successes(&self) -> impl Iterator<Item = &Type> {
        let (one, several) = match &self.success {
            Success::Json(ty) => (Some(ty), &[][..]),
            Success::Several { responses, .. } => (None, &responses[..]),
            Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => (None, &[][..]),
        };
        one.into_iter().chain(several.iter().filter_map(|response| response.ty.as_ref()))
    }

    /// Returns whether the method alone makes the operation idempotent (RFC 9110).
    pub fn is_idempotent_by_method(&self) -> bool {
        is_idempotent_by_method(&self.method)
    }
}

/// Returns whether `method`, in capitals, is idempotent.
pub fn is_idempotent_by_method(method: &str) -> bool {
    !matches!(method, "POST" | "PATCH")
}

/// A part of a path template: a parameter, or the text between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A text that is sent as it is.
    Text(String),
    /// The value of the parameter at this index of [`Operation::parameters`].
    Parameter(usize),
}

/// A request body, in the one media type that calls use.
#[derive(Debug, Clone)]
pub struct Body {
    /// The format of its content.
    pub kind: BodyKind,
    /// True if a call must have the body.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
}

/// The format of a request body.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// JSON of this type and this media type.
    Json(Type, String),
    /// `application/x-www-form-urlencoded`, with the fields that have an encoding object.
    Form(Type, Vec<FormField>),
    /// Text of this media type.
    Text(String),
    /// Bytes of this media type.
    Bytes(String),
    /// Multipart: its fields are parameters of the operation.
    Multipart,
}

/// The content of a successful response.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// JSON of this type.
    Json(Type),
    /// A stream of bytes of this media type.
    Bytes(String),
    /// Text of this media type.
    Text(String),
    /// No content.
    Empty,
    /// A redirect to the URL in the `Location` header.
    Redirect,
    /// Content that depends on the status.
    Several {
        /// The name of the enum.
        name: String,
        /// The variants of the enum.
        responses: Vec<Response>,
    },
}

/// A documented error response.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorResponse {
    /// The status of the response.
    pub status: Status,
    /// The type of the JSON content; none if the response has no JSON.
    pub ty: Option<Type>,
    /// `description`.
    pub doc: String,
}

/// One of several successful responses.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status of the response.
    pub status: Status,
    /// The name of its variant.
    pub name: String,
    /// The type of the variant's value; none if the response has no content.
    pub ty: Option<Type>,
    /// True if the content is plain text instead of JSON.
    pub text: bool,
}
