//! The method of an operation, and the setters of what is optional.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{parameter, typed_value};
use super::docs::doc;
use super::file::File;
use super::method_doc;
use super::prose::said;
use super::tokens::ident;
use crate::api::{self, BodyKind, Parameter, Place, Segment, Style};
use crate::rust::{Crate, Input, Operation, Resource, Setter, Target};

/// The method that makes a request of an operation.
pub(super) fn method(
    of: &Crate<'_>,
    file: &File<'_>,
    resource: &Resource<'_>,
    operation: &Operation<'_>,
) -> TokenStream {
    let doc = doc(&method_doc::text(of, resource, operation));
    let deprecated = operation.of.deprecated.then(|| quote!(#[deprecated]));
    let (name, marker) = (ident(&operation.of.name), ident(&operation.of.marker));
    let arguments = operation.arguments.iter().map(|input| parameter(file, &input.argument));
    let starts_multipart =
        operation.of.body.as_ref().is_some_and(|body| body.required && body.kind == BodyKind::Multipart);
    let multipart = starts_multipart.then(|| quote!(.multipart()));
    let steps = operation.arguments.iter().map(|input| step(file, input));
    let pieces = operation.of.path.iter().map(|segment| match segment {
        Segment::Text(text) => quote!(Piece::Text(#text)),
        Segment::Parameter(index) => match operation.of.parameters.get(*index) {
            Some(parameter) => {
                let (wire, name) = (&parameter.wire, ident(&parameter.name));
                quote!(Piece::Value(#wire, &#name))
            }
            None => quote!(Piece::Text("")),
        },
    });
    quote! {
        #doc
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> Request<#marker> {
            Request::new(self.client, &[#(#pieces),*]) #multipart #(#steps)*
        }
    }
}

/// The setters of an operation's optional parameters and of its optional body.
pub(super) fn setters(file: &File<'_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let setters = operation.setters.iter().map(|Setter { name, input }| {
        let (text, is_deprecated) = match input.target {
            Target::Parameter(parameter) => (method_doc::setter_text(parameter), parameter.deprecated),
            Target::Body(body) => (said(body.doc.as_deref()).unwrap_or_else(|| "Sets the body.".to_owned()), false),
        };
        let doc = doc(&text);
        let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
        let (name, argument, step) = (ident(name), parameter(file, &input.argument), step(file, input));
        quote! {
            #doc
            #deprecated
            pub fn #name(self, #argument) -> Self {
                self #step
            }
        }
    });
    let marker = ident(&operation.of.marker);
    (!operation.setters.is_empty()).then(|| quote! { impl Request<#marker> { #(#setters)* } })
}

/// The call that puts an argument into the request; nothing for what goes into the path.
fn step(file: &File<'_>, input: &Input<'_>) -> TokenStream {
    match input.target {
        Target::Parameter(parameter) => parameter_step(file, input, parameter),
        Target::Body(body) => body_step(file, input, body),
    }
}

fn parameter_step(file: &File<'_>, input: &Input<'_>, parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, ident(input.argument.name));
    let value = || typed_value(file, &input.argument);
    match parameter.place {
        Place::Path => TokenStream::new(),
        Place::Query(style) => {
            let (style, value) = (style_tokens(style), value());
            quote!(.query(#wire, #style, &#value))
        }
        Place::Header => {
            let value = value();
            quote!(.header_parameter(#wire, &#value))
        }
        Place::Cookie => {
            let value = value();
            quote!(.cookie(#wire, &#value))
        }
        Place::TextPart => {
            let value = value();
            quote!(.text_part(#wire, &#value))
        }
        Place::FilePart => quote!(.file_part(#wire, #name.into())),
    }
}

fn body_step(file: &File<'_>, input: &Input<'_>, body: &api::Body) -> TokenStream {
    let name = ident(input.argument.name);
    let value = || typed_value(file, &input.argument);
    match &body.kind {
        BodyKind::Json(_, media_type) if media_type == "application/json" => {
            let value = value();
            quote!(.json(&#value))
        }
        BodyKind::Json(_, media_type) => {
            let value = value();
            quote!(.json_as(#media_type, &#value))
        }
        BodyKind::Form(_) => {
            let value = value();
            quote!(.form(&#value))
        }
        BodyKind::Text(media_type) => quote!(.text_body(#media_type, #name.into())),
        BodyKind::Bytes(media_type) => quote!(.bytes_body(#media_type, #name.into())),
        BodyKind::Multipart => TokenStream::new(),
    }
}

fn style_tokens(style: Style) -> TokenStream {
    match style {
        Style::Form { explode } => quote!(Style::Form { explode: #explode }),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
    }
}
