//! `registry.rs`: every operation as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::file_doc;
use super::file::File;
use super::tokens::ident;
use crate::api::{Api, BodyKind, Operation, Parameter, ParameterLocation, Resource, Status, Success, Type};
use crate::files::Chunk;
use crate::rust::{self, Crate};

pub(super) fn file(of: &Crate<'_>) -> Vec<Chunk> {
    let (api, file) = (of.api, File::outside_models(of));
    let doc = file_doc(
        "Every operation as data, and two functions that take a body through its model by the id of its operation.",
    );
    let operations = |resource| of_resource(api, &file, resource);
    let entries: Vec<TokenStream> = api.resources.iter().flat_map(operations).collect();
    let is_paged = api.operations().any(|operation| operation.pagination.is_some());
    let resources = is_paged.then(|| {
        file.runtime("Paged");
        quote!(
            use super::resources;
        )
    });
    let models = file.names_models().then(|| {
        quote!(
            use super::models;
        )
    });
    let runtime = file.runtime_imports();
    vec![Chunk::Items(quote! {
        #doc
        #models
        #resources
        #runtime
        pub use crate::runtime::registry::*;

        /// The operations of the document, by tag and name.
        pub static OPERATIONS: &[OperationEntry] = &[#(#entries),*];

        /// Decodes the body of a request to its model and encodes it back.
        ///
        /// # Errors
        /// No operation has this id, it takes no body, or not this one.
        pub fn round_trip_request(operation_id: &str, body: &[u8]) -> Result<Vec<u8>, RegistryError> {
            operation(OPERATIONS, operation_id)?.round_trip_request(body)
        }

        /// Decodes the body of a response to its model and encodes it back.
        ///
        /// # Errors
        /// No operation has this id, it documents no such status, or the body is none of it.
        pub fn round_trip_response(operation_id: &str, status: u16, body: &[u8]) -> Result<RoundTrip, RegistryError> {
            operation(OPERATIONS, operation_id)?.round_trip_response(status, body)
        }
    })]
}

fn of_resource(api: &Api, file: &File<'_>, resource: &Resource) -> Vec<TokenStream> {
    resource.operations.iter().map(|operation| entry(api, file, resource, operation)).collect()
}

fn entry(api: &Api, file: &File<'_>, resource: &Resource, operation: &Operation) -> TokenStream {
    let tag = &resource.tag;
    let (id, method, path, deprecated) = (&operation.id, &operation.method, &operation.template, operation.deprecated);
    let parameters = operation.parameters.iter().map(|parameter| parameter_entry(api, parameter));
    let request = match &operation.body {
        None => quote!(None),
        Some(body) => {
            let (media_type, round_trip) = body_round_trip(api, file, &body.kind);
            let required = body.required;
            quote!(Some(BodyEntry::new(#media_type, #required, #round_trip)))
        }
    };
    let responses = responses(api, file, operation);
    let pagination = match &operation.pagination {
        None => quote!(None),
        Some(_) => {
            let (module, marker) = (ident(&resource.module), ident(&operation.marker));
            quote!(Some(resources::#module::#marker::PAGINATION))
        }
    };
    quote! {
        OperationEntry {
            id: #id,
            tag: #tag,
            method: #method,
            path: #path,
            deprecated: #deprecated,
            parameters: &[#(#parameters),*],
            request: #request,
            responses: &[#(#responses),*],
            pagination: #pagination,
        }
    }
}

fn parameter_entry(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = &parameter.wire;
    let place = match parameter.place {
        ParameterLocation::Path(_) => "path",
        ParameterLocation::Query(_) => "query",
        ParameterLocation::Header(_) => "header",
        ParameterLocation::Cookie(_) => "cookie",
        ParameterLocation::TextPart | ParameterLocation::FilePart => "part",
    };
    let ty = rust::Type::of(&api.types, &parameter.ty).text("models::");
    let required = parameter.required;
    quote!(ParameterEntry::new(#place, #name, #ty, #required))
}

fn body_round_trip(api: &Api, file: &File<'_>, kind: &BodyKind) -> (String, TokenStream) {
    match kind {
        BodyKind::Json(ty, media_type) => (media_type.clone(), json(api, file, ty)),
        BodyKind::Form(..) => ("application/x-www-form-urlencoded".to_owned(), quote!(plain)),
        BodyKind::Text(media_type) | BodyKind::Bytes(media_type) => (media_type.clone(), quote!(plain)),
        BodyKind::Multipart => ("multipart/form-data".to_owned(), quote!(plain)),
    }
}

fn json(api: &Api, file: &File<'_>, ty: &Type) -> TokenStream {
    let ty = file.ty(&rust::Type::of(&api.types, ty));
    quote!(json::<#ty>)
}

fn responses(api: &Api, file: &File<'_>, operation: &Operation) -> Vec<TokenStream> {
    let entry = |status: Status, media_type: &str, round_trip: TokenStream| {
        let (from, to) = status.range();
        let (from, to) = (Literal::u16_unsuffixed(from), Literal::u16_unsuffixed(to));
        quote!(ResponseEntry::new(#from, #to, #media_type, #round_trip))
    };
    let mut entries: Vec<TokenStream> = match &operation.success {
        Success::Several { responses, .. } => {
            let several = responses.iter().map(|response| match &response.ty {
                Some(Type::Bytes) => entry(response.status, "application/octet-stream", quote!(plain)),
                Some(_) if response.text => entry(response.status, "text/plain", quote!(plain)),
                Some(ty) => entry(response.status, "application/json", json(api, file, ty)),
                None => entry(response.status, "", quote!(plain)),
            });
            several.collect()
        }
        success => {
            let (media_type, round_trip) = match success {
                Success::Json(ty) => ("application/json", json(api, file, ty)),
                Success::Bytes(media_type) | Success::Text(media_type) => (media_type.as_str(), quote!(plain)),
                Success::Empty | Success::Redirect | Success::Several { .. } => ("", quote!(plain)),
            };
            operation.statuses.iter().map(|status| entry(*status, media_type, round_trip.clone())).collect()
        }
    };
    entries.extend(operation.errors.iter().map(|error| match &error.ty {
        Some(ty) => entry(error.status, "application/json", json(api, file, ty)),
        None => entry(error.status, "", quote!(plain)),
    }));
    entries
}
