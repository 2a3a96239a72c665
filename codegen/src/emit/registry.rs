//! `registry.rs`: every operation as data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::file_doc;
use super::types::{self, ident, rust_type};
use crate::api::{Answer, Api, BodyKind, Operation, Parameter, Place, Resource, Success, Type};
use crate::files::Chunk;

pub(super) fn file(api: &Api) -> Vec<Chunk> {
    let doc = file_doc(
        "Every operation as data, and two functions that take a body through its model by the id of its operation.",
    );
    let entries = api
        .resources
        .iter()
        .flat_map(|resource| resource.operations.iter().map(|operation| entry(api, resource, operation)));
    let paged = api.operations().any(|operation| operation.pagination.is_some()).then(|| {
        quote!(
            use super::resources;
            use crate::runtime::Paged;
        )
    });
    let models = (!api.types.is_empty()).then(|| {
        quote!(
            #[allow(unused_imports, reason = "no operation may name a type")]
            use super::models;
        )
    });
    vec![Chunk::Items(quote! {
        #doc
        #models
        #paged
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

        /// Decodes the body of an answer to its model and encodes it back.
        ///
        /// # Errors
        /// No operation has this id, it documents no such status, or the body is none of it.
        pub fn round_trip_response(operation_id: &str, status: u16, body: &[u8]) -> Result<RoundTrip, RegistryError> {
            operation(OPERATIONS, operation_id)?.round_trip_response(status, body)
        }
    })]
}

fn entry(api: &Api, resource: &Resource, operation: &Operation) -> TokenStream {
    let tag = &resource.tag;
    let (id, method, path, deprecated) = (&operation.id, operation.method, &operation.template, operation.deprecated);
    let parameters = operation.parameters.iter().map(|parameter| parameter_entry(api, parameter));
    let request = match &operation.body {
        None => quote!(None),
        Some(body) => {
            let (media_type, round_trip) = body_round_trip(api, &body.kind);
            let required = body.required;
            quote!(Some(BodyEntry::new(#media_type, #required, #round_trip)))
        }
    };
    let answers = answers(api, operation);
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
            answers: &[#(#answers),*],
            pagination: #pagination,
        }
    }
}

fn parameter_entry(api: &Api, parameter: &Parameter) -> TokenStream {
    let name = &parameter.wire;
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query(_) => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::TextPart | Place::FilePart => "part",
    };
    let ty = types::text(&rust_type(api, &parameter.ty, types::From::Elsewhere));
    let required = parameter.required;
    quote!(ParameterEntry::new(#place, #name, #ty, #required))
}

fn body_round_trip(api: &Api, kind: &BodyKind) -> (String, TokenStream) {
    match kind {
        BodyKind::Json(ty, media_type) => (media_type.clone(), json(api, ty)),
        BodyKind::Form(_) => ("application/x-www-form-urlencoded".to_owned(), quote!(plain)),
        BodyKind::Text(media_type) | BodyKind::Bytes(media_type) => (media_type.clone(), quote!(plain)),
        BodyKind::Multipart => ("multipart/form-data".to_owned(), quote!(plain)),
    }
}

fn json(api: &Api, ty: &Type) -> TokenStream {
    let ty = rust_type(api, ty, types::From::Elsewhere);
    quote!(json::<#ty>)
}

fn answers(api: &Api, operation: &Operation) -> Vec<TokenStream> {
    let mut entries = Vec::new();
    let mut add = |(from, to): (u16, u16), media_type: &str, round_trip: TokenStream| {
        let (from, to) = (Literal::u16_unsuffixed(from), Literal::u16_unsuffixed(to));
        entries.push(quote!(AnswerEntry::new(#from, #to, #media_type, #round_trip)));
    };
    let all = &operation.statuses;
    match &operation.success {
        Success::Several { answers, .. } => {
            for Answer { status, ty, text, .. } in answers {
                match ty {
                    Some(Type::Bytes) => add(range(*status), "application/octet-stream", quote!(plain)),
                    Some(_) if *text => add(range(*status), "text/plain", quote!(plain)),
                    Some(ty) => add(range(*status), "application/json", json(api, ty)),
                    None => add(range(*status), "", quote!(plain)),
                }
            }
        }
        success => {
            let (media_type, round_trip) = match success {
                Success::Json(ty) => ("application/json", json(api, ty)),
                Success::Bytes(media_type) | Success::Text(media_type) => (media_type.as_str(), quote!(plain)),
                Success::Empty | Success::Redirect | Success::Several { .. } => ("", quote!(plain)),
            };
            for status in all {
                add(range(*status), media_type, round_trip.clone());
            }
        }
    }
    for error in &operation.errors {
        let (media_type, round_trip) = match &error.ty {
            Some(ty) => ("application/json", json(api, ty)),
            None => ("", quote!(plain)),
        };
        add(error_range(&error.status), media_type, round_trip);
    }
    entries
}

/// The statuses that one of the document stands for; a single digit is a range.
fn range(status: u16) -> (u16, u16) {
    if status < 10 { (status * 100, status * 100 + 99) } else { (status, status) }
}

fn error_range(status: &str) -> (u16, u16) {
    match status.parse() {
        Ok(status) => (status, status),
        Err(_) => {
            match status.chars().next().and_then(|digit| digit.to_digit(10)).and_then(|digit| u16::try_from(digit).ok())
            {
                Some(digit) => range(digit),
                // `default`: whatever no other answer names.
                None => (0, u16::MAX),
            }
        }
    }
}
