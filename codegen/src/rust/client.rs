//! What belongs to the client as a whole: its servers and its headers.

use super::types::{Holder, Type};
use crate::api::{self, Api, ClientHeader, Server, Shape};

/// What belongs to the client as a whole.
#[derive(Debug)]
pub struct Client<'a> {
    /// The servers that have a variant, the default first.
    pub servers: Vec<&'a Server>,
    /// The address that calls go to where nothing else is said; empty where the document names none.
    pub default_server: &'a str,
    /// The headers of every call.
    pub headers: Vec<Header<'a>>,
}

/// A header that a client sends with every call.
#[derive(Debug)]
pub struct Header<'a> {
    /// What it comes from.
    pub of: &'a ClientHeader,
    /// The type of its value.
    pub ty: Type<'a>,
    /// What its setters take for it.
    pub argument: Type<'a>,
    /// Whether the value has its text at hand, and need not be printed.
    pub is_text: bool,
}

impl<'a> Client<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let default = api.servers.first().filter(|server| server.is_absolute());
        Self {
            servers: api.servers.iter().filter(|server| server.is_absolute()).collect(),
            default_server: default.map_or("", |server| &server.url),
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
