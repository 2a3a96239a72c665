//! How a request of an operation comes to its next page.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::code;
use super::model::Presence;
use super::types::{self, ident, rust_type};
use crate::api::{Api, Operation, Pagination, Selector, Success, Type};
use crate::usage::Usage;

/// The implementation of `Paged`; nothing for an operation that is not paged.
pub(super) fn paged(api: &Api, usage: &Usage, operation: &Operation) -> Option<TokenStream> {
    let (Some(pagination), Success::Json(answer)) = (&operation.pagination, &operation.success) else { return None };
    let Some(Type::List(item)) = api.type_at(answer, &pagination.items) else { return None };
    let marker = ident(&operation.marker);
    let page = rust_type(api, answer, types::From::Elsewhere);
    let item = rust_type(api, item, types::From::Elsewhere);
    let how = how(pagination);
    let items = items(api, usage, answer, &pagination.items)?;
    Some(quote! {
        impl Paged for #marker {
            type Item = #item;
            const PAGINATION: Pagination = #how;
            fn items(page: #page) -> Vec<#item> {
                #items
            }
        }
    })
}

/// What the method of a paged operation says of it.
pub(super) fn section(operation: &Operation) -> Option<String> {
    let items = operation.pagination.as_ref()?.items.last()?;
    Some(format!(
        "# Pages\n\nThe answer is one page. `.items()` in place of `.await` gives {} of all pages as a stream, `.pages()` the \
         pages: see [`Request::items`].",
        code(items)
    ))
}

fn how(pagination: &Pagination) -> TokenStream {
    let Pagination { selector, items, next, page, total_pages, more, size } = pagination;
    let form = match selector {
        Selector::Cursor(parameter) => quote!(Pagination::cursor(#parameter)),
        Selector::BodyCursor(property) => quote!(Pagination::body_cursor(&[#(#property),*])),
        Selector::PageNumber { parameter, cursor: None } => quote!(Pagination::page_number(#parameter)),
        Selector::PageNumber { parameter, cursor: Some(cursor) } => {
            quote!(Pagination::page_number(#parameter).or_cursor(#cursor))
        }
        Selector::BodyPageNumber(property) => quote!(Pagination::body_page_number(&[#(#property),*])),
        Selector::Scroll(parameter) => quote!(Pagination::scroll(#parameter)),
    };
    let places = [
        (quote!(items), items),
        (quote!(next), next),
        (quote!(page), page),
        (quote!(total_pages), total_pages),
        (quote!(more), more),
        (quote!(size), size),
    ];
    let places = places.into_iter().filter(|(_, path)| !path.is_empty());
    let steps = places.map(|(name, path)| quote!(.#name(&[#(#path),*])));
    quote!(#form #(#steps)*)
}

/// The list at `path` of a value called `page`; an absent one is empty.
fn items(api: &Api, usage: &Usage, answer: &Type, path: &[String]) -> Option<TokenStream> {
    let (mut ty, mut value, mut optional) = (answer, quote!(page), false);
    for step in path {
        let Type::Named(owner) = api.resolve(ty) else { return None };
        let (_, field) = api.field(ty, step)?;
        let (name, presence) = (ident(&field.name), Presence::of(usage, *owner, field));
        let of = |value| match presence {
            Presence::Nullable => quote!(#value.#name.into_option()),
            Presence::Required | Presence::Optional => quote!(#value.#name),
        };
        let may_lack = presence != Presence::Required || field.nullable;
        value = match (optional, may_lack) {
            (false, _) => of(value),
            (true, false) => {
                let part = of(quote!(value));
                quote!(#value.map(|value| #part))
            }
            (true, true) => {
                let part = of(quote!(value));
                quote!(#value.and_then(|value| #part))
            }
        };
        optional |= may_lack;
        ty = &field.ty;
    }
    Some(if optional { quote!(#value.unwrap_or_default()) } else { value })
}
