//! The intermediate representation between a document and Rust.
//!
//! [`lower`](crate::lower) builds an [`Api`], and nothing changes it afterwards: it is plain owned data, without
//! interior mutability or references to the document. [`rust`](crate::rust) decides how an API looks in Rust.

mod client;
mod limits;
mod operation;
mod pagination;
mod parameter;
mod status;
mod types;

pub use client::{ClientHeader, Credential, Requirement, SecurityScheme, Server, ServerVariable};
pub use limits::{Bound, Count, Limits};
pub use operation::{Body, BodyKind, ErrorResponse, Operation, Response, Segment, Success, is_idempotent_by_method};
pub use pagination::{Pagination, Selector};
pub use parameter::{FormField, Parameter, ParameterLocation, Style};
pub use status::Status;
pub use types::{
    Additional, Alternative, Constant, Field, Model, Shape, Type, TypeDef, TypeId, Types, Union, UnionVariant, Variant,
};

/// The meaning of a document, resolved and named.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub doc: Option<String>,
    /// The name of the crate, as in a manifest.
    pub crate_name: String,
    /// The servers, in the document's order; the default is the first absolute one, or else the first.
    pub servers: Vec<Server>,
    /// The supported security schemes that the document requires; the token of the client belongs to the first.
    pub schemes: Vec<SecurityScheme>,
    /// The security requirements of a call to an operation that is not in the document.
    pub security: Vec<Requirement>,
    /// The environment variable that holds the token.
    pub token_variable: String,
    /// The environment variable that holds the URL of a server to use instead of the default.
    pub base_url_variable: String,
    /// The header parameters that belong to the client and not to each call.
    pub client_headers: Vec<ClientHeader>,
    /// `x-incomplete-responses`: true if responses may lack what their schemas demand.
    pub incomplete_responses: bool,
    /// The resources, one for each tag, sorted by module.
    pub resources: Vec<Resource>,
    /// The types that have a name in Rust.
    pub types: Types,
}

impl Api {
    /// Returns all operations, in the order of the resources.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

/// The operations of one tag.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The tag as written in the document.
    pub tag: String,
    /// The name of the type whose methods are the operations.
    pub name: String,
    /// The name of the module, from which the name of the client's method is made.
    pub module: String,
    /// The tag's description.
    pub doc: Option<String>,
    /// The operations, sorted by method name.
    pub operations: Vec<Operation>,
}
