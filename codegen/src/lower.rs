//! Turns a typed document into an [`Api`]: references are resolved, compositions merged, and everything is named.
//!
//! Components come first, then operations, then the client. Schemas that are nested too deep are deferred until after
//! the components or the client. The last passes break cycles, fix discriminators and make names unique.

mod client;
mod compose;
mod context;
mod cycles;
mod enumeration;
mod found;
mod limits;
mod media;
mod object;
mod operation;
mod pagination;
mod parameter;
mod part;
mod reference;
mod resource;
mod response;
mod schema;
mod security;
mod source;
mod tags;
mod take_apart;
mod tell_apart;
mod union;
mod view;

use document::diagnostic::Diagnostic;
use openapiv3::{Components, OpenAPI};

use crate::api::Api;
use context::Context;

/// An API and the diagnostics of its document.
#[derive(Debug)]
pub struct Lowered {
    /// The API; it is incomplete if there are errors.
    pub api: Api,
    /// All errors, faults and warnings, in the order of their discovery.
    pub diagnostics: Vec<Diagnostic>,
}

/// Converts `document` to an [`Api`]. No error stops the conversion.
pub fn lower(document: &OpenAPI) -> Lowered {
    let no_components = Components::default();
    let mut context = Context::new(document.components.as_ref().unwrap_or(&no_components));
    context.lower_components();
    cycles::break_aliases(&mut context.types, &mut context.diagnostics);
    let sources = source::all(&mut context, document);
    let schemes = security::Schemes::of(&context, &sources, document);
    let mut resources = resource::lower(&mut context, &sources, &schemes, document);
    let mut api = client::lower(&mut context, &schemes, document);
    context.lower_deferred();
    let Context { mut types, mut diagnostics, .. } = context;
    cycles::break_all(&mut types, &mut diagnostics);
    tags::settle(&mut types);
    tell_apart::types(&mut types, &mut diagnostics);
    tell_apart::fields(&mut types, &mut diagnostics);
    tell_apart::resources(&mut resources, &mut diagnostics);
    tell_apart::schemes(&mut api.schemes, &mut diagnostics);
    Lowered { api: Api { resources, types, ..api }, diagnostics }
}
