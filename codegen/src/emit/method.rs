//! The method of an operation, and the setters of what is optional.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::docs::{doc, said};
use super::method_doc;
use super::types::{self, argument, ident};
use crate::api::{Api, BodyKind, Operation, Parameter, Place, Resource, Segment, Style, Type};
use crate::names;
use crate::usage::Usage;

/// The method that makes a request of an operation.
pub(super) fn method(api: &Api, usage: &Usage, resource: &Resource, operation: &Operation) -> TokenStream {
    let doc = doc(&method_doc::text(api, usage, resource, operation));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let (name, marker) = (ident(&operation.name), ident(&operation.marker));
    let inputs = arguments(api, operation);
    let arguments = inputs.iter().map(|Input { name, ty, .. }| quote!(#name: #ty));
    let mut steps = Vec::new();
    if operation.body.as_ref().is_some_and(|body| body.required && body.kind == BodyKind::Multipart) {
        steps.push(quote!(.multipart()));
    }
    steps.extend(inputs.iter().map(|input| input.step.clone()));
    let pieces = operation.path.iter().map(|segment| match segment {
        Segment::Text(text) => quote!(Piece::Text(#text)),
        Segment::Parameter(index) => match operation.parameters.get(*index) {
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
            Request::new(self.client, &[#(#pieces),*]) #(#steps)*
        }
    }
}

/// A value that a call takes.
pub(super) struct Input {
    /// The name of the argument.
    pub(super) name: Ident,
    /// Its type.
    pub(super) ty: TokenStream,
    /// The call that puts it into the request; nothing for what goes into the path.
    step: TokenStream,
}

/// The arguments of an operation's method: what a call must have, the body last.
pub(super) fn arguments(api: &Api, operation: &Operation) -> Vec<Input> {
    let parameters = operation.parameters.iter().filter(|parameter| parameter.required);
    let body = operation.body.iter().filter(|body| body.required).filter_map(|body| body_input(api, &body.kind));
    parameters.map(|parameter| parameter_input(api, parameter)).chain(body).collect()
}

/// The setters of an operation's optional parameters and of its optional body.
pub(super) fn setters(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let mut setters = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        let doc = doc(&method_doc::setter_text(parameter));
        let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
        let setter = ident(&names::parameter_setter_name(&parameter.name));
        let Input { name, ty, step } = parameter_input(api, parameter);
        setters.push(quote! {
            #doc
            #deprecated
            pub fn #setter(self, #name: #ty) -> Self {
                self #step
            }
        });
    }
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required)
        && let Some(Input { ty, step, .. }) = body_input(api, &body.kind)
    {
        let doc = doc(&said(body.doc.as_deref()).unwrap_or_else(|| "Sets the body.".to_owned()));
        setters.push(quote! {
            #doc
            pub fn with_body(self, body: #ty) -> Self {
                self #step
            }
        });
    }
    let marker = ident(&operation.marker);
    (!setters.is_empty()).then(|| quote! { impl Request<#marker> { #(#setters)* } })
}

/// What a parameter takes.
pub(super) fn parameter_input(api: &Api, parameter: &Parameter) -> Input {
    let (wire, name) = (&parameter.wire, ident(&parameter.name));
    let argument = argument(api, &parameter.ty, &name, types::From::Elsewhere);
    let (ty, value) = (argument.ty, argument.typed);
    let (ty, step) = match parameter.place {
        Place::Path => (quote!(impl Display), TokenStream::new()),
        Place::Query(style) => {
            let style = style_tokens(style);
            (ty, quote!(.query(#wire, #style, &#value)))
        }
        Place::Header => (ty, quote!(.header_parameter(#wire, &#value))),
        Place::Cookie => (ty, quote!(.cookie(#wire, &#value))),
        Place::TextPart => (ty, quote!(.text_part(#wire, &#value))),
        Place::FilePart => (quote!(impl Into<Part>), quote!(.file_part(#wire, #name.into()))),
    };
    Input { name, ty, step }
}

/// What the body takes; nothing for a multipart body.
pub(super) fn body_input(api: &Api, kind: &BodyKind) -> Option<Input> {
    let name = ident("body");
    let typed = |ty: &Type| {
        let argument = argument(api, ty, &name, types::From::Elsewhere);
        let value = argument.typed;
        (argument.ty, quote!(&#value))
    };
    let (ty, step) = match kind {
        BodyKind::Json(ty, media_type) => {
            let (argument, body) = typed(ty);
            let plain = media_type == "application/json";
            (argument, if plain { quote!(.json(#body)) } else { quote!(.json_as(#media_type, #body)) })
        }
        BodyKind::Form(ty) => {
            let (argument, body) = typed(ty);
            (argument, quote!(.form(#body)))
        }
        BodyKind::Text(media_type) => (quote!(impl Into<String>), quote!(.text_body(#media_type, #name.into()))),
        BodyKind::Bytes(media_type) => {
            (quote!(impl Into<bytes::Bytes>), quote!(.bytes_body(#media_type, #name.into())))
        }
        BodyKind::Multipart => return None,
    };
    Some(Input { name, ty, step })
}

fn style_tokens(style: Style) -> TokenStream {
    match style {
        Style::Form { explode } => quote!(Style::Form { explode: #explode }),
        Style::SpaceDelimited => quote!(Style::SpaceDelimited),
        Style::PipeDelimited => quote!(Style::PipeDelimited),
        Style::DeepObject => quote!(Style::DeepObject),
    }
}
