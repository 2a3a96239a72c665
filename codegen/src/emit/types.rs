//! Types and values as Rust writes them.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::api::{Api, Shape, Type, TypeId};
use crate::names;

/// The identifier of a name that [`names`] made.
pub(super) fn ident(name: &str) -> Ident {
    if names::is_keyword(name) { Ident::new_raw(name, Span::call_site()) } else { Ident::new(name, Span::call_site()) }
}

/// How a type of the API is reached from the file that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// A file of `models`: by its bare name.
    Models,
    /// A file of `models` that may not import it: as `super::Name`.
    Unimported,
    /// Any other file: as `models::Name`.
    Elsewhere,
}

/// `ty` as it stands in JSON.
pub(super) fn rust_type(api: &Api, ty: &Type, from: From) -> TokenStream {
    match ty {
        Type::Bool => quote!(bool),
        Type::Integer => quote!(i64),
        Type::Number => quote!(f64),
        // JSON has no bytes: what is binary there is text.
        Type::String | Type::Bytes => quote!(String),
        Type::Timestamp => quote!(Timestamp),
        Type::Date => quote!(Date),
        Type::Base64 => quote!(Base64),
        Type::Json => quote!(serde_json::Value),
        Type::Object => quote!(serde_json::Map<String, serde_json::Value>),
        Type::Named(id) => named(api, *id, from),
        Type::List(item) => {
            let item = rust_type(api, item, from);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = rust_type(api, value, from);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Nullable(value) => {
            let value = rust_type(api, value, from);
            quote!(Option<#value>)
        }
    }
}

/// The name of a type of the API.
pub(super) fn named(api: &Api, id: TypeId, from: From) -> TokenStream {
    let name = ident(&api.type_def(id).name);
    match from {
        From::Models => quote!(#name),
        From::Unimported => quote!(super::#name),
        From::Elsewhere => quote!(models::#name),
    }
}

/// `tokens` as a person spaces a type.
pub(super) fn text(tokens: &TokenStream) -> String {
    let mut text = tokens.to_string();
    for (apart, together) in
        [(" :: ", "::"), (" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ","), ("( ", "("), (" )", ")")]
    {
        text = text.replace(apart, together);
    }
    text
}

/// What a caller passes for a value of type `ty`, and how it becomes one.
pub(super) struct Argument {
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// The value made of the argument, where its type is known.
    pub(super) value: TokenStream,
    /// The value made of the argument, where it has to be said.
    pub(super) typed: TokenStream,
}

/// The most convenient argument for a value of type `ty`.
pub(super) fn argument(api: &Api, ty: &Type, name: &Ident, from: From) -> Argument {
    let rust = rust_type(api, ty, from);
    // The file imports the alias, not what it is made of.
    let from = if from == From::Models && matches!(ty, Type::Named(_)) { From::Unimported } else { from };
    match api.resolve(ty) {
        // A literal would not find its type through `Into`.
        Type::Bool | Type::Integer | Type::Number => Argument { ty: rust, value: quote!(#name), typed: quote!(#name) },
        map @ (Type::Map(_) | Type::Object) => {
            let value = match map {
                Type::Map(value) => rust_type(api, value, from),
                _ => quote!(serde_json::Value),
            };
            let pairs = quote!(#name.into_iter().map(|(name, value)| (name.into(), value.into())));
            Argument {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)>),
                value: quote!(#pairs.collect()),
                typed: quote!(#pairs.collect::<#rust>()),
            }
        }
        Type::List(item) => {
            let converts = converts(api, item);
            let item = rust_type(api, item, from);
            let (item, items) = if converts {
                (quote!(impl Into<#item>), quote!(#name.into_iter().map(Into::into)))
            } else {
                (item, quote!(#name.into_iter()))
            };
            Argument {
                ty: quote!(impl IntoIterator<Item = #item>),
                value: quote!(#items.collect()),
                typed: quote!(#items.collect::<#rust>()),
            }
        }
        _ => Argument {
            ty: quote!(impl Into<#rust>),
            value: quote!(#name.into()),
            typed: quote!(Into::<#rust>::into(#name)),
        },
    }
}

/// Whether there is anything that turns into a value of this type with `Into`, beside itself.
pub(super) fn converts(api: &Api, ty: &Type) -> bool {
    match api.resolve(ty) {
        Type::String | Type::Bytes | Type::Timestamp | Type::Base64 | Type::Json => true,
        Type::Named(id) => !matches!(api.type_def(*id).shape, Shape::Model(_)),
        _ => false,
    }
}
