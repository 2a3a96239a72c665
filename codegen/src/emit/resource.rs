//! A file of operations: the type that they hang on, and for each its marker, its method and its setters.

use proc_macro2::TokenStream;
use quote::quote;

use super::answers::answers;
use super::docs::{doc, file_doc};
use super::file::File;
use super::method;
use super::pagination;
use super::prose::{code, said};
use super::tokens::ident;
use crate::api::Success;
use crate::files::Chunk;
use crate::rust::{Crate, Operation, Resource};

pub(super) fn file(of: &Crate<'_>, resource: &Resource<'_>) -> Vec<Chunk> {
    let file = File::outside_models(of);
    let name = ident(&resource.of.name);
    let tagged = format!("The operations tagged {}.", code(&resource.of.tag));
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

/// The type that stands for an operation, its facts, how it is paged, and the setters of a request of it.
fn marker(file: &File<'_>, tag: &str, operation: &Operation<'_>) -> TokenStream {
    let of = operation.of;
    let name = ident(&of.marker);
    let doc = doc(&format!("{}, as a type.", code(&format!("{} {}", of.method, of.template))));
    let (answer, accept) = answer(file, operation);
    let (id, method, path, authenticated) = (&of.id, &of.method, &of.template, of.authenticated);
    let (safe, one_at_a_time) = (of.safe, of.one_at_a_time);
    let paged = pagination::paged(file, operation);
    let setters = method::setters(file, operation);
    let answers = answers(file, operation);
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
        #answers
    }
}

/// How the answer is read, and the media type that is asked for.
fn answer<'a>(file: &File<'_>, operation: &Operation<'a>) -> (TokenStream, &'a str) {
    let output = file.ty(&operation.output);
    match &operation.of.success {
        Success::Json(_) => (quote!(Json<#output>), "application/json"),
        Success::Bytes(media_type) => (quote!(Download), media_type),
        Success::Text(media_type) => (quote!(Text), media_type),
        Success::Empty => (quote!(Empty), "application/json"),
        Success::Redirect => (quote!(Redirect), "*/*"),
        Success::Several { .. } => (quote!(Several<#output>), "application/json"),
    }
}
