//! A file of operations: the type that has their methods, and the marker, the method and the setters of each.

use proc_macro2::TokenStream;
use quote::quote;

use super::credentials::security;
use super::docs::{doc, file_doc};
use super::file::File;
use super::method;
use super::pagination;
use super::prose::{code, said};
use super::responses::responses;
use super::servers::server_info;
use super::tokens::ident;
use crate::api::Success;
use crate::files::Chunk;
use crate::rust::{Crate, Operation, Resource};

pub(super) fn file(of: &Crate<'_>, resource: &Resource<'_>) -> Vec<Chunk> {
    let file = File::outside_models(of);
    let name = ident(&resource.of.name);
    let tagged = format!("The operations of the tag {}.", code(&resource.of.tag));
    let file_doc = file_doc(&tagged);
    let type_doc = doc(&said(resource.of.doc.as_deref()).unwrap_or(tagged));
    let methods: Vec<TokenStream> =
        resource.operations.iter().map(|operation| method::method(of, &file, resource, operation)).collect();
    let markers: Vec<TokenStream> =
        resource.operations.iter().map(|operation| marker(&file, &resource.of.tag, operation)).collect();
    let imports = file.imports_with_all_of_the_runtime();
    let mut chunks = vec![Chunk::Items(quote! {
        #file_doc
        #imports

        #type_doc
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'c> {
            pub(crate) client: &'c Client,
        }

        impl #name<'_> {
            #(#methods)*
        }
    })];
    chunks.extend(markers.into_iter().map(Chunk::Items));
    chunks
}

/// Returns the marker of an operation with its traits, the setters of its request, and the enum of its responses.
fn marker(file: &File<'_>, tag: &str, operation: &Operation<'_>) -> TokenStream {
    let of = operation.of;
    let name = ident(&of.marker);
    let doc = doc(&format!("The type of the operation {}.", code(&format!("{} {}", of.method, of.template))));
    let response = response(file, operation);
    let (id, method, path, accept) = (&of.id, &of.method, &of.template, &of.accept);
    let security = security(&of.security);
    let idempotent = of.idempotent.then(|| quote!(idempotent: true,));
    let concurrency_limited = of.concurrency_limited.then(|| quote!(concurrency_limited: true,));
    let server = of.server.as_ref().map(|server| {
        let server = server_info(&ident("ServerInfo"), server);
        quote!(server: Some(#server),)
    });
    let is_whole = idempotent.is_some() && concurrency_limited.is_some() && server.is_some();
    let rest = (!is_whole).then(|| quote!(..OperationInfo::UNSAID));
    let paged = pagination::paged(file, operation);
    let setters = method::setters(file, operation);
    let responses = responses(file, operation);
    quote! {
        #doc
        #[derive(Debug, Clone, Copy)]
        pub enum #name {}

        impl Operation for #name {
            type Response = #response;
            const INFO: OperationInfo = OperationInfo {
                id: #id,
                tag: #tag,
                method: #method,
                path: #path,
                security: #security,
                accept: #accept,
                #idempotent
                #concurrency_limited
                #server
                #rest
            };
        }

        #paged
        #setters
        #responses
    }
}

/// Returns the type of the runtime that reads the response.
fn response(file: &File<'_>, operation: &Operation<'_>) -> TokenStream {
    let output = file.ty(&operation.output);
    match &operation.of.success {
        Success::Json(_) => quote!(Json<#output>),
        _ => output,
    }
}
