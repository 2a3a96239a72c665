//! The method of an operation, and the setters of its optional values.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{inline, parameter, typed_value};
use super::docs::doc;
use super::file::File;
use super::method_doc;
use super::prose::said;
use super::tokens::ident;
use crate::api::{self, BodyKind, FormField, Parameter, ParameterLocation, Segment, Style};
use crate::rust::{Argument, Crate, Holder, Input, Operation, Plain, Resource, Setter, Target, Type};

/// Returns the method that makes a request of an operation.
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
    let inline = inline(operation.arguments.iter().map(|input| &input.argument));
    let starts_multipart =
        operation.of.body.as_ref().is_some_and(|body| body.required && body.kind == BodyKind::Multipart);
    let multipart = starts_multipart.then(|| quote!(.multipart()));
    let steps = operation.arguments.iter().map(|input| step(file, input));
    let pieces = operation.of.path.iter().map(|segment| match segment {
        Segment::Text(text) => quote!(Piece::Text(#text)),
        // The arguments begin with the parameters of the path, in its order.
        Segment::Parameter(index) => {
            operation.arguments.get(*index).map_or_else(TokenStream::new, |it| piece(file, it))
        }
    });
    let fixed = operation.of.query.iter().map(|(name, value)| quote!(.query_pair(#name, #value)));
    quote! {
        #doc
        #deprecated
        #inline
        pub fn #name(&self, #(#arguments),*) -> Request<#marker> {
            Request::new(self.client, &[#(#pieces),*]) #(#fixed)* #multipart #(#steps)*
        }
    }
}

/// Returns the setters of an operation's optional parameters and of its optional body.
pub(super) fn setters(file: &File<'_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let setters = operation.setters.iter().map(|Setter { name, input }| {
        let (text, is_deprecated) = match input.target {
            Target::Parameter(parameter) => (method_doc::setter_text(parameter), parameter.deprecated),
            Target::Body(body) => (said(body.doc.as_deref()).unwrap_or_else(|| "Sets the body.".to_owned()), false),
        };
        let doc = doc(&text);
        let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
        let inline = inline([&input.argument]);
        let (name, argument, step) = (ident(name), parameter(file, &input.argument), step(file, input));
        quote! {
            #doc
            #deprecated
            #inline
            pub fn #name(self, #argument) -> Self {
                self #step
            }
        }
    });
    let marker = ident(&operation.of.marker);
    (!operation.setters.is_empty()).then(|| quote! { impl Request<#marker> { #(#setters)* } })
}

/// Returns the call that adds an argument to the request; empty for a parameter of the path.
fn step(file: &File<'_>, input: &Input<'_>) -> TokenStream {
    match input.target {
        Target::Parameter(parameter) => parameter_step(file, input, parameter),
        Target::Body(body) => body_step(file, input, body),
    }
}

fn parameter_step(file: &File<'_>, input: &Input<'_>, parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let value = || typed_value(file, &input.argument);
    match parameter.place {
        ParameterLocation::Path(_) => TokenStream::new(),
        ParameterLocation::Query(style) => {
            let method = if parameter.keeps_reserved { quote!(query_reserved) } else { quote!(query) };
            let (style, value) = (style_tokens(style), value());
            quote!(.#method(#wire, #style, &#value))
        }
        ParameterLocation::Header(style) => {
            let (style, value) = (style_tokens(style), value());
            quote!(.header_parameter(#wire, #style, &#value))
        }
        ParameterLocation::Cookie(style) => {
            let (style, value) = (style_tokens(style), value());
            quote!(.cookie(#wire, #style, &#value))
        }
        ParameterLocation::TextPart => {
            let value = value();
            match &parameter.media_type {
                Some(media_type) => quote!(.text_part_as(#wire, #media_type, &#value)),
                None => quote!(.text_part(#wire, &#value)),
            }
        }
        ParameterLocation::FilePart => file_step(&input.argument, parameter),
    }
}

/// Returns the call that adds files to the request, with the media type and headers that the document gives. A map of
/// files is sent without them.
fn file_step(argument: &Argument<'_>, parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, ident(argument.name));
    let media_type = parameter.media_type.as_deref().unwrap_or_default();
    let headers = parameter.headers.iter().map(|(name, value)| quote!((#name, #value)));
    let headers = quote!(&[#(#headers),*]);
    let is_described = !media_type.is_empty() || !parameter.headers.is_empty();
    match &argument.ty {
        Type::Of(Holder::Pairs, _) => quote!(.named_file_parts(#wire, #name)),
        Type::Of(Holder::Each, _) if is_described => quote! {
            .file_parts(#wire, #name.into_iter().map(|part| Into::<Part>::into(part).described(#media_type, #headers)))
        },
        Type::Of(Holder::Each, _) => quote!(.file_parts(#wire, #name.into_iter().map(Into::into))),
        _ if is_described => quote!(.file_part(#wire, Into::<Part>::into(#name).described(#media_type, #headers))),
        _ => quote!(.file_part(#wire, #name.into())),
    }
}

/// Returns the piece of the path for an argument.
fn piece(file: &File<'_>, input: &Input<'_>) -> TokenStream {
    let Target::Parameter(parameter) = input.target else { return TokenStream::new() };
    let ParameterLocation::Path(style) = parameter.place else { return TokenStream::new() };
    let (wire, name) = (&parameter.wire, ident(input.argument.name));
    match (style, &input.argument.ty) {
        (Style::Simple { .. }, Type::Plain(Plain::Display)) => quote!(Piece::Value(#wire, &#name)),
        (style, ty) => {
            let style = style_tokens(style);
            let value = match ty {
                Type::Plain(Plain::Display) => quote!(#name.to_string()),
                _ => typed_value(file, &input.argument),
            };
            quote!(Piece::styled(#wire, #style, &#value))
        }
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
        BodyKind::Form(_, fields) => {
            let value = value();
            if fields.is_empty() {
                return quote!(.form(&#value));
            }
            let fields = fields.iter().map(|FormField { wire, style, keeps_reserved }| {
                let style = style_tokens(*style);
                let escape = if *keeps_reserved { quote!(KeepReserved) } else { quote!(Full) };
                quote!((#wire, #style, Escape::#escape))
            });
            quote!(.form_as(&[#(#fields),*], &#value))
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
        Style::Simple { explode } => quote!(Style::Simple { explode: #explode }),
        Style::Label { explode } => quote!(Style::Label { explode: #explode }),
        Style::Matrix { explode } => quote!(Style::Matrix { explode: #explode }),
        Style::Json => quote!(Style::Json),
    }
}
