//! Pagination: the way from a request of an operation to its next page.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::File;
use super::prose::code;
use super::tokens::ident;
use crate::api::{self, Pagination, Selector};
use crate::rust::{Operation, Paged};

/// Returns the implementation of `Paged`; none for an operation that is not paged.
pub(super) fn paged(file: &File<'_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let (pagination, paged) = (operation.of.pagination.as_ref()?, operation.paged.as_ref()?);
    let marker = ident(&operation.of.marker);
    let (page, item) = (file.ty(&paged.page), file.ty(&paged.item));
    let (how, items) = (how(pagination), items(paged));
    Some(quote! {
        impl Paged for #marker {
            type Item = #item;
            const PAGINATION: Pagination = #how;
            #[inline]
            fn items(page: #page) -> Vec<#item> {
                #items
            }
        }
    })
}

/// Returns the section about pages in the doc comment of a paged operation's method.
pub(super) fn section(operation: &api::Operation) -> Option<String> {
    let pagination = operation.pagination.as_ref()?;
    let items = pagination.items.last()?;
    let or_one =
        if pagination.or_one { " A response that is a single item is treated as a page with that item." } else { "" };
    Some(format!(
        "# Pages\n\nThe response is one page. `.items()` in place of `.await` gives {} of all pages as a stream, `.pages()` the \
         pages: see [`Request::items`].{or_one}",
        code(items)
    ))
}

fn how(pagination: &Pagination) -> TokenStream {
    let Pagination { selector, items, next, page, total_pages, more, or_one, size } = pagination;
    let (form, selects, or_cursor) = match selector {
        Selector::Cursor(name) => (quote!(Cursor), query(name), None),
        Selector::BodyCursor(path) => (quote!(Cursor), body(path), None),
        Selector::PageNumber { parameter, cursor } => (quote!(Number), query(parameter), cursor.as_ref()),
        Selector::BodyPageNumber(path) => (quote!(Number), body(path), None),
        Selector::Scroll(name) => (quote!(Scroll), query(name), None),
    };
    let size = match &size[..] {
        [] => None,
        path if selector.is_in_body() => Some(body(path)),
        [name, ..] => Some(query(name)),
    };
    let at = |path: &[String]| (!path.is_empty()).then(|| quote!(&[#(#path),*]));
    let optional = [
        (quote!(or_cursor), or_cursor.map(|name| quote!(Some(#name)))),
        (quote!(items), at(items)),
        (quote!(next), at(next)),
        (quote!(page), at(page)),
        (quote!(total_pages), at(total_pages)),
        (quote!(more), at(more)),
        (quote!(size), size.map(|size| quote!(Some(#size)))),
        (quote!(or_one), or_one.then(|| quote!(true))),
    ];
    let rest = optional.iter().any(|(_, value)| value.is_none()).then(|| quote!(..Pagination::UNSAID));
    let optional = optional.into_iter().filter_map(|(name, value)| value.map(|value| quote!(#name: #value,)));
    quote!(Pagination { form: PageForm::#form, selector: #selects, #(#optional)* #rest })
}

fn query(name: &str) -> TokenStream {
    quote!(PageParameter::Query(#name))
}

fn body(path: &[String]) -> TokenStream {
    quote!(PageParameter::Body(&[#(#path),*]))
}

/// Returns the expression for the list in the variable `page`; an absent list is empty.
fn items(paged: &Paged<'_>) -> TokenStream {
    let (mut value, mut optional) = (quote!(page), false);
    for step in &paged.steps {
        let name = ident(step.name);
        let of = |value: TokenStream| {
            if step.is_patch { quote!(#value.#name.into_option()) } else { quote!(#value.#name) }
        };
        value = match (optional, step.may_lack) {
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
        optional |= step.may_lack;
    }
    if optional { quote!(#value.unwrap_or_default()) } else { value }
}
