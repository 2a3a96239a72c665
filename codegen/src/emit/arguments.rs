//! Arguments: their declaration in a function, and their conversion in its body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::file::File;
use super::tokens::{ident, literal};
use crate::rust::{Argument, Holder, Type};

/// Returns `name: type`, the declaration in a function.
pub(super) fn parameter(file: &File<'_>, argument: &Argument<'_>) -> TokenStream {
    let (name, ty) = (ident(argument.name), file.ty(&argument.ty));
    quote!(#name: #ty)
}

/// Returns `#[inline]` for a function that is not generic. Without it, the crate compiles the function whether or not
/// anybody calls it.
pub(super) fn inline<'a>(arguments: impl IntoIterator<Item = &'a Argument<'a>>) -> Option<TokenStream> {
    (!arguments.into_iter().any(|argument| argument.ty.is_generic())).then(|| quote!(#[inline]))
}

/// Returns the value of an argument, for a place where the type of the value is known.
pub(super) fn value(argument: &Argument<'_>) -> TokenStream {
    let name = ident(argument.name);
    let value = match &argument.ty {
        Type::Of(Holder::Into, _) => quote!(#name.into()),
        ty => collected(ty, &name).map_or_else(|| quote!(#name), |items| quote!(#items.collect())),
    };
    argument.within.iter().fold(value, |value, holder| within(*holder, &value))
}

/// Returns the value of an argument that has only one: a text, an integer or a boolean.
pub(super) fn only_value(argument: &Argument<'_>, only: &Value) -> TokenStream {
    let literal: TokenStream = literal(only).parse().unwrap_or_default();
    let value = if matches!(argument.ty, Type::Of(Holder::Into, _)) { quote!(#literal.into()) } else { literal };
    argument.within.iter().fold(value, |value, holder| within(*holder, &value))
}

/// Returns the value of an argument with an explicit type, for a place where Rust cannot infer it.
pub(super) fn typed_value(file: &File<'_>, argument: &Argument<'_>) -> TokenStream {
    let name = ident(argument.name);
    match &argument.ty {
        Type::Of(Holder::Into, _) => {
            let into = file.ty(&argument.into);
            quote!(Into::<#into>::into(#name))
        }
        ty => collected(ty, &name).map_or_else(
            || quote!(#name),
            |items| {
                let into = file.ty(&argument.into);
                quote!(#items.collect::<#into>())
            },
        ),
    }
}

/// Returns an iterator over an argument that must be collected; none for any other argument.
fn collected(ty: &Type<'_>, name: &Ident) -> Option<TokenStream> {
    match ty {
        Type::Of(Holder::Each, item) if matches!(**item, Type::Of(Holder::Into, _)) => {
            Some(quote!(#name.into_iter().map(Into::into)))
        }
        Type::Of(Holder::Each, _) => Some(quote!(#name.into_iter())),
        Type::Of(Holder::Pairs, _) => Some(quote!(#name.into_iter().map(|(name, value)| (name.into(), value.into())))),
        _ => None,
    }
}

pub(super) fn within(holder: Holder, value: &TokenStream) -> TokenStream {
    match holder {
        Holder::Box => quote!(Box::new(#value)),
        Holder::Option => quote!(Some(#value)),
        Holder::Patch => quote!(Patch::Value(#value)),
        Holder::Vec | Holder::Map | Holder::Into | Holder::Each | Holder::Pairs => value.clone(),
    }
}
