//! A file of operations: the type that they hang on, and for each its marker, its method and its setters.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{code, doc, file_doc, said};
use super::method;
use super::pagination;
use super::types::{self, ident, rust_type};
use crate::api::{Answer, Api, BodyKind, Operation, Place, Resource, Success, Type};
use crate::files::Chunk;
use crate::usage::{self, Usage};

pub(super) fn file(api: &Api, usage: &Usage, resource: &Resource) -> Vec<Chunk> {
    let name = ident(&resource.name);
    let tagged = format!("The operations tagged {}.", code(&resource.tag));
    let file_doc = file_doc(&tagged);
    let type_doc = doc(&said(resource.doc.as_deref()).unwrap_or(tagged));
    let in_path = resource.operations.iter().flat_map(|operation| &operation.parameters);
    let displays = in_path.into_iter().any(|parameter| parameter.place == Place::Path);
    let displays = displays.then(|| {
        quote!(
            use std::fmt::Display;
        )
    });
    let models = resource.operations.iter().any(mentions_models).then(|| {
        quote!(
            use crate::generated::models;
        )
    });
    let methods = resource.operations.iter().map(|operation| method::method(api, usage, resource, operation));
    let mut chunks = vec![Chunk::Items(quote! {
        #file_doc
        #displays
        #models
        use crate::runtime::*;

        #type_doc
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'c> {
            pub(crate) client: &'c Client,
        }

        impl #name<'_> {
            #(#methods)*
        }
    })];
    let markers = resource.operations.iter().map(|operation| marker(api, usage, &resource.tag, operation));
    chunks.extend(markers.map(Chunk::Items));
    chunks
}

/// Whether a file that holds `operation` names a type of `models`.
fn mentions_models(operation: &Operation) -> bool {
    let body = operation.body.iter().filter_map(|body| match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::Form(ty) => Some(ty),
        BodyKind::Text(_) | BodyKind::Bytes(_) | BodyKind::Multipart => None,
    });
    // What goes into the path is anything that prints.
    let parameters =
        operation.parameters.iter().filter(|parameter| parameter.place != Place::Path).map(|parameter| &parameter.ty);
    let answers: Vec<&Type> = match &operation.success {
        Success::Json(ty) => vec![ty],
        Success::Several { answers, .. } => answers.iter().filter_map(|answer| answer.ty.as_ref()).collect(),
        Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => Vec::new(),
    };
    body.chain(parameters).chain(answers).any(|ty| usage::named(ty).is_some())
}

/// The type that stands for an operation, its facts, how it is paged, and the setters of a request of it.
fn marker(api: &Api, usage: &Usage, tag: &str, operation: &Operation) -> TokenStream {
    let name = ident(&operation.marker);
    let doc = doc(&format!("{}, as a type.", code(&format!("{} {}", operation.method, operation.template))));
    let (answer, accept) = answer(api, operation);
    let several = match &operation.success {
        Success::Several { name, answers } => Some(several(api, operation, name, answers)),
        _ => None,
    };
    let (id, method, path, authenticated) =
        (&operation.id, operation.method, &operation.template, operation.authenticated);
    let (safe, one_at_a_time) = (operation.safe, operation.one_at_a_time);
    let setters = method::setters(api, operation);
    let paged = pagination::paged(api, usage, operation);
    quote! {
        #doc
        #[derive(Debug, Clone, Copy)]
        pub enum #name {}

        impl Operation for #name {
            type Answer = #answer;
            const INFO: OperationInfo = OperationInfo {
                id: #id,
                tag: #tag,
                method: #method,
                path: #path,
                authenticated: #authenticated,
                accept: #accept,
                safe: #safe,
                one_at_a_time: #one_at_a_time,
            };
        }

        #paged
        #setters
        #several
    }
}

/// What a caller gets.
pub(super) fn output(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.success {
        Success::Json(ty) => rust_type(api, ty, types::From::Elsewhere),
        Success::Bytes(_) => quote!(Download),
        Success::Text(_) => quote!(String),
        Success::Empty => quote!(()),
        Success::Redirect => quote!(Location),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// How the answer is read, and the media type that is asked for.
fn answer(api: &Api, operation: &Operation) -> (TokenStream, String) {
    let output = output(api, operation);
    match &operation.success {
        Success::Json(_) => (quote!(Json<#output>), "application/json".to_owned()),
        Success::Bytes(media_type) => (quote!(Download), media_type.clone()),
        Success::Text(media_type) => (quote!(Text), media_type.clone()),
        Success::Empty => (quote!(Empty), "application/json".to_owned()),
        Success::Redirect => (quote!(Redirect), "*/*".to_owned()),
        Success::Several { .. } => (quote!(Several<#output>), "application/json".to_owned()),
    }
}

/// The enum of an operation with more than one kind of success.
fn several(api: &Api, operation: &Operation, name: &str, answers: &[Answer]) -> TokenStream {
    let doc_text = doc(&format!("What {} answers, by status.", code(&operation.name)));
    let name = ident(name);
    let variants = answers.iter().map(|answer| {
        let doc = doc(&format!("Status {}.", status(answer.status)));
        let variant = ident(&answer.name);
        let payload = answer.ty.as_ref().map(|ty| match ty {
            Type::Bytes => quote!((bytes::Bytes)),
            ty => {
                let ty = rust_type(api, ty, types::From::Elsewhere);
                quote!((#ty))
            }
        });
        quote!(#doc #variant #payload,)
    });
    let arms = answers.iter().map(|answer| {
        let variant = ident(&answer.name);
        let literal = Literal::u16_unsuffixed;
        let pattern = if answer.status < 10 {
            let (from, to) = (literal(answer.status * 100), literal(answer.status * 100 + 99));
            quote!(#from..=#to)
        } else {
            let status = literal(answer.status);
            quote!(#status)
        };
        match &answer.ty {
            Some(ty) => {
                let decode = match (ty, answer.text) {
                    (Type::Bytes, _) => quote!(decode_bytes),
                    (_, true) => quote!(decode_text),
                    (_, false) => quote!(decode_json),
                };
                quote!(#pattern => #decode(body).map(|decoded| decoded.map(Self::#variant)),)
            }
            None => quote!(#pattern => Ok(Decoded::new(Self::#variant)),),
        }
    });
    quote! {
        #doc_text
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }

        impl Decode for #name {
            fn decode(status: u16, body: &[u8]) -> Result<Decoded<Self>, DecodeError> {
                match status {
                    #(#arms)*
                    _ => Err(DecodeError::undocumented_status(status)),
                }
            }
        }
    }
}

fn status(code: u16) -> String {
    if code < 10 { format!("{code}XX") } else { code.to_string() }
}
