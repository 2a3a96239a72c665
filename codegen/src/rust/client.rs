//! The parts that belong to the client and not to one operation: its servers, its credentials and its headers.

use super::types::{Holder, Type};
use crate::api::{self, Api, ClientHeader, SecurityScheme, Server, ServerVariable, Shape};

/// The servers, credentials and headers of the client.
#[derive(Debug)]
pub struct Client<'a> {
    /// The absolute servers, each of which has a variant; the default comes first.
    pub servers: Vec<&'a Server>,
    /// The server that calls go to unless the caller chooses another; none if the document has none.
    pub default_server: Option<&'a Server>,
    /// The variables of all servers, including those of operations; each has a setter.
    pub variables: Vec<&'a ServerVariable>,
    /// The security schemes whose credentials have a setter; empty if the token is the only credential.
    pub credentials: &'a [SecurityScheme],
    /// The headers of every call.
    pub headers: Vec<Header<'a>>,
}

/// A header that a client sends with every call.
#[derive(Debug)]
pub struct Header<'a> {
    /// The header in the API.
    pub of: &'a ClientHeader,
    /// The type of its value.
    pub ty: Type<'a>,
    /// The argument type of its setters.
    pub argument: Type<'a>,
    /// True if the value is text already and need not be formatted.
    pub is_text: bool,
}

impl<'a> Client<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let of_operations = api.operations().filter_map(|operation| operation.server.as_ref());
        let mut variables: Vec<&ServerVariable> = Vec::new();
        for variable in api.servers.iter().chain(of_operations).flat_map(|server| &server.variables) {
            if !variables.iter().any(|known| known.wire == variable.wire) {
                variables.push(variable);
            }
        }
        Self {
            servers: api.servers.iter().filter(|server| server.is_absolute()).collect(),
            default_server: api.servers.iter().find(|server| server.is_absolute()).or(api.servers.first()),
            variables,
            credentials: if api.schemes.len() > 1 { &api.schemes } else { &[] },
            headers: api.client_headers.iter().map(|header| Header::of(api, header)).collect(),
        }
    }
}

impl<'a> Header<'a> {
    fn of(api: &'a Api, of: &'a ClientHeader) -> Self {
        let is_text = match api.types.resolve(&of.ty) {
            api::Type::String => true,
            api::Type::Named(id) => matches!(api.types.def(*id).shape, Shape::StringEnum(_)),
            _ => false,
        };
        let ty = Type::of(&api.types, &of.ty);
        Self { of, argument: ty.clone().within(Holder::Into), ty, is_text }
    }
}
