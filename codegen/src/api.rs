//! The intermediate representation: what the document says, resolved and named.
//!
//! [`lower`](crate::lower) builds an [`Api`], and nothing changes it afterwards. It is plain owned data: no lifetimes, no
//! interior mutability, no reference to the document. What becomes of it in Rust is decided by [`rust`](crate::rust).

mod client;
mod limits;
mod operation;
mod pagination;
mod parameter;
mod status;
mod types;

pub use client::{ClientHeader, Credential, Requirement, SecurityScheme, Server, ServerVariable};
pub use limits::{Bound, Count, Limits};
pub use operation::{Answer, Body, BodyKind, ErrorAnswer, Operation, Segment, Success, is_safe_by_method};
pub use pagination::{Pagination, Selector};
pub use parameter::{FormField, Parameter, Place, Style};
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
    /// The security schemes that operations ask for: the first is that of the client's token.
    pub schemes: Vec<SecurityScheme>,
    /// The requirements of a call that the document does not have.
    pub security: Vec<Requirement>,
    /// The environment variable that holds the token.
    pub token_variable: String,
    /// The environment variable that holds the URL of another server.
    pub base_url_variable: String,
    /// Header parameters that belong to the client and not to each call.
    pub client_headers: Vec<ClientHeader>,
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
