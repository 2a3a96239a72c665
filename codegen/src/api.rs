//! The intermediate representation: what the document says, resolved and named.
//!
//! [`lower`](crate::lower) builds an [`Api`], and nothing changes it afterwards. It is plain owned data: no lifetimes, no
//! interior mutability, no reference to the document. What becomes of it in Rust is decided by [`rust`](crate::rust).

mod limits;
mod pagination;
mod status;
mod types;

use serde_json::Value;

pub use limits::{Bound, Count, Limits};
pub use pagination::{Pagination, Selector};
pub use status::Status;
pub use types::{
    Additional, Alternative, Constant, Field, Model, Shape, Type, TypeDef, TypeId, Types, Union, UnionVariant, Variant,
};

/// One API: everything that becomes Rust.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub doc: Option<String>,
    /// The name of the crate, as a manifest writes it.
    pub crate_name: String,
    /// The servers, in the document's order: the first is the default.
    pub servers: Vec<Server>,
    /// How calls are authenticated.
    pub credential: Credential,
    /// The environment variable that holds the token.
    pub token_variable: String,
    /// The environment variable that holds the URL of another server.
    pub base_url_variable: String,
    /// Header parameters that belong to the client and not to each call.
    pub client_headers: Vec<ClientHeader>,
    /// Whether answers may lack what their schemas demand.
    pub incomplete_answers: bool,
    /// The operations by tag, sorted by name.
    pub resources: Vec<Resource>,
    /// Every type.
    pub types: Types,
}

impl Api {
    /// Every operation, in the order of the resources.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

/// A server of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The variant's name.
    pub name: String,
    /// The URL, with the defaults of its variables put in.
    pub url: String,
    /// `description`.
    pub doc: Option<String>,
}

impl Server {
    /// Whether it has an address of its own: a relative one says only where the document was found.
    pub fn is_absolute(&self) -> bool {
        self.url.contains("://")
    }
}

/// How a call proves who makes it: the first supported scheme of the document's `security`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header of this name.
    Header(String),
    /// A query pair of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
    /// None.
    #[default]
    None,
}

/// A header that the client sends with every call.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientHeader {
    /// The header's name.
    pub wire: String,
    /// The setter's name.
    pub name: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// The type of its value.
    pub ty: Type,
    /// What is sent where nothing is set.
    pub default: Option<String>,
    /// The parameter's description.
    pub doc: Option<String>,
}

/// The operations of one tag.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The tag as the document writes it.
    pub tag: String,
    /// The type's name.
    pub name: String,
    /// The name of its module and of the method on the client.
    pub module: String,
    /// The tag's description.
    pub doc: Option<String>,
    /// Sorted by method name.
    pub operations: Vec<Operation>,
}

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
    /// Path parameters first, in the path's order; then the others, sorted by place and name.
    pub parameters: Vec<Parameter>,
    /// What is sent as body; the fields of a multipart body are parameters.
    pub body: Option<Body>,
    /// What a success answers.
    pub success: Success,
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
    /// Whether the call carries the credential.
    pub authenticated: bool,
    /// How to come to the next page, where the answer is a page of a list.
    pub pagination: Option<Pagination>,
    /// Whether a repeated call does no more than one.
    pub safe: bool,
    /// Whether the server refuses a call, with status 429, while the work of an earlier one goes on.
    pub one_at_a_time: bool,
}

impl Operation {
    /// The types of what a call sends.
    pub fn sent(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().filter_map(|body| match &body.kind {
            BodyKind::Json(ty, _) | BodyKind::Form(ty) => Some(ty),
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

/// A value that a call takes outside its body, or a field of a multipart body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name of the argument or the setter.
    pub name: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// Where the value goes.
    pub place: Place,
    /// Its type.
    pub ty: Type,
    /// Whether a call must have it.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What the server takes where it is absent.
    pub default: Option<Value>,
    /// What a value has to keep to beyond the type.
    pub limits: Limits,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query, in this style.
    Query(Style),
    /// Into a header.
    Header,
    /// Into the `Cookie` header.
    Cookie,
    /// Into a part of a multipart body, as text.
    TextPart,
    /// Into a part of a multipart body, as a file.
    FilePart,
}

/// How a list or an object is written into a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `a=1&a=2` where exploded, else `a=1,2`.
    Form {
        /// One pair for each element.
        explode: bool,
    },
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1|2`.
    PipeDelimited,
    /// `a[b]=1`.
    DeepObject,
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
    /// As `application/x-www-form-urlencoded`.
    Form(Type),
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
