//! Operations: what a call sends, and what it answers.

use super::{FormField, Pagination, Parameter, Requirement, Server, Status, Type};

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`; for an operation without one, what stands in for it.
    pub id: String,
    /// The method's name.
    pub name: String,
    /// The name of the type that stands for the operation.
    pub marker: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path as the document writes it.
    pub template: String,
    /// The path in pieces.
    pub path: Vec<Segment>,
    /// What the path has behind a `?`: pairs that every call sends.
    pub query: Vec<(String, String)>,
    /// Path parameters first, in the path's order; then the others, sorted by place and name.
    pub parameters: Vec<Parameter>,
    /// What is sent as body; the fields of a multipart body are parameters.
    pub body: Option<Body>,
    /// What a success answers.
    pub success: Success,
    /// The media types that a call asks for, as the header `Accept` lists them.
    pub accept: String,
    /// The documented statuses of success or, for a redirect, of that.
    pub statuses: Vec<Status>,
    /// The documented answers that are no success.
    pub errors: Vec<ErrorAnswer>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub doc: Option<String>,
    /// The address of the page of the API's own reference.
    pub reference: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The security requirements, of which one must be met; empty where a call proves nothing.
    pub security: Vec<Requirement>,
    /// Its own server, where it has one.
    pub server: Option<Server>,
    /// How to come to the next page, where the answer is a page of a list.
    pub pagination: Option<Pagination>,
    /// Whether a repeated call does no more than one.
    pub safe: bool,
    /// Whether the server refuses a call, with status 429, while the work of an earlier one goes on.
    pub one_at_a_time: bool,
}

impl Operation {
    /// Whether a call carries a credential.
    pub fn is_authenticated(&self) -> bool {
        self.security.iter().any(|requirement| !requirement.is_empty())
    }

    /// The types of what a call sends.
    pub fn sent(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().filter_map(|body| match &body.kind {
            BodyKind::Json(ty, _) | BodyKind::Form(ty, _) => Some(ty),
            BodyKind::Text(_) | BodyKind::Bytes(_) | BodyKind::Multipart => None,
        });
        self.parameters.iter().map(|parameter| &parameter.ty).chain(body)
    }

    /// The types of all answers, errors among them.
    pub fn answered(&self) -> impl Iterator<Item = &Type> {
        self.failures().chain(self.successes())
    }

    /// The types of the errors.
    pub fn failures(&self) -> impl Iterator<Item = &Type> {
        self.errors.iter().filter_map(|error| error.ty.as_ref())
    }

    /// The types of the successes.
    pub fn successes(&self) -> impl Iterator<Item = &Type> {
        let (one, several) = match &self.success {
            Success::Json(ty) => (Some(ty), &[][..]),
            Success::Several { answers, .. } => (None, &answers[..]),
            Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => (None, &[][..]),
        };
        one.into_iter().chain(several.iter().filter_map(|answer| answer.ty.as_ref()))
    }

    /// Whether the method alone says that a repeated call does no more than one: RFC 9110 calls it idempotent.
    pub fn is_safe_by_method(&self) -> bool {
        is_safe_by_method(&self.method)
    }
}

/// Whether a call of this method, in capitals, may be repeated without harm.
pub fn is_safe_by_method(method: &str) -> bool {
    !matches!(method, "POST" | "PATCH")
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Sent as it stands.
    Text(String),
    /// The value of the parameter at this index of [`Operation::parameters`].
    Parameter(usize),
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// How it is written.
    pub kind: BodyKind,
    /// Whether a call must have it.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
}

/// How a request body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// As JSON of this type and this media type.
    Json(Type, String),
    /// As `application/x-www-form-urlencoded`, with what is said of how some of its fields are written.
    Form(Type, Vec<FormField>),
    /// As text of this media type.
    Text(String),
    /// As bytes of this media type.
    Bytes(String),
    /// As multipart: its fields are parameters of the operation.
    Multipart,
}

/// What a success answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// JSON of this type.
    Json(Type),
    /// A stream of bytes of this media type.
    Bytes(String),
    /// Text of this media type.
    Text(String),
    /// Nothing.
    Empty,
    /// The place to look at, in the `Location` header.
    Redirect,
    /// A different answer for each status.
    Several {
        /// The name of the enum.
        name: String,
        /// Its variants.
        answers: Vec<Answer>,
    },
}

/// A documented answer that is no success.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorAnswer {
    /// The status that it comes with.
    pub status: Status,
    /// The type of its JSON; nothing where it has none.
    pub ty: Option<Type>,
    /// `description`.
    pub doc: String,
}

/// One of several success answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status that it comes with.
    pub status: Status,
    /// The variant's name.
    pub name: String,
    /// What it carries; nothing where the answer is empty.
    pub ty: Option<Type>,
    /// Whether it is plain text and not JSON.
    pub text: bool,
}
