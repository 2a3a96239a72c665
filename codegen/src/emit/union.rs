//! Unions: an enum with a variant for each type, and one more for values that fit none.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::arguments::{inline, parameter, within};
use super::docs::doc;
use super::file::File;
use super::links;
use super::prose::{capitalized, code, first_sentence, said};
use super::tokens::ident;
use crate::api::{self, Api};
use crate::files::{Chunk, Table};
use crate::names::CATCH_ALL;
use crate::rust::{Shortcut, Union, Variant};

pub(super) fn chunks(api: &Api, file: &File<'_>, of: &str, type_doc: &TokenStream, union: &Union<'_>) -> Vec<Chunk> {
    let name = ident(of);
    let variants = union.variants.iter().map(|variant| {
        let (doc, name, ty) = (variant_doc(api, variant), ident(&variant.of.name), file.ty(&variant.ty));
        quote!(#doc #name(#ty),)
    });
    let catch_all = ident(CATCH_ALL);
    let items = quote! {
        #type_doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that fits none of the documented types.
            #catch_all(serde_json::Value),
        }
    };
    let mut chunks = vec![Chunk::Items(items), Chunk::Table(table(file, of, union))];
    let texts = union.variants.iter().filter(|variant| variant.from_text);
    chunks.extend(texts.map(|variant| Chunk::Items(from_text(of, variant))));
    let shortcuts = union.variants.iter().filter_map(|variant| Some((variant, variant.shortcut.as_ref()?)));
    let shortcuts: Vec<TokenStream> = shortcuts.map(|(variant, it)| shortcut(file, of, variant, it)).collect();
    if !shortcuts.is_empty() {
        chunks.push(Chunk::Items(quote! { impl #name { #(#shortcuts)* } }));
    }
    chunks
}

fn table(file: &File<'_>, name: &str, union: &Union<'_>) -> Table {
    let mut table = Table::default();
    table.open(&format!("{}!", file.runtime("union")));
    let by = union.of.tag.as_ref().map(|tag| format!(" by {}", Literal::string(tag)));
    table.open(&format!("{name}{}", by.unwrap_or_default()));
    for variant in &union.variants {
        let tags: Vec<String> = variant.of.tags.iter().map(|tag| Literal::string(tag).to_string()).collect();
        let tags = if union.of.tag.is_some() { format!(" = {}", tags.join(" | ")) } else { String::new() };
        table.line(&format!("{}: {}{tags},", variant.of.name, file.ty_text(&variant.ty)));
    }
    table.close();
    let row = |variant: &Variant<'_>, source| format!("{}: {},", variant.of.name, file.ty_text(source));
    let rows = union.variants.iter().flat_map(|variant| variant.from.iter().map(move |source| row(variant, source)));
    table.block("from", rows);
    table.close();
    table
}

/// Returns the description of the branch, or else the first sentence of its type's description, or the type in words.
fn variant_doc(api: &Api, variant: &Variant<'_>) -> TokenStream {
    let of_type = || match &variant.of.ty {
        api::Type::Named(id) => said(api.types.def(*id).doc.as_deref()).map(|text| first_sentence(&text)),
        _ => None,
    };
    let text = said(variant.of.doc.as_deref()).or_else(of_type);
    doc(&text.unwrap_or_else(|| format!("{}.", capitalized(&links::ty(api, &variant.of.ty)))))
}

/// Returns the conversion from a string literal into the union.
fn from_text(of: &str, variant: &Variant<'_>) -> TokenStream {
    let (name, variant) = (ident(of), ident(&variant.of.name));
    quote! {
        impl From<&str> for #name {
            #[inline]
            fn from(text: &str) -> Self {
                Self::#variant(text.into())
            }
        }
    }
}

/// Returns the function that makes the union from the only field of a variant's struct.
fn shortcut(file: &File<'_>, of: &str, variant: &Variant<'_>, shortcut: &Shortcut<'_>) -> TokenStream {
    let variant_name = &variant.of.name;
    let shown = code(&format!("{of}::{variant_name}"));
    let doc = doc(&format!("Returns {shown} with this {}.", code(&shortcut.field.wire)));
    let (name, variant) = (ident(&shortcut.name), ident(variant_name));
    let (argument, ty) = (parameter(file, &shortcut.argument), file.ty(&shortcut.ty));
    let given = ident(shortcut.argument.name);
    let value = quote!(<#ty>::new(#given));
    let value = shortcut.within.map_or_else(|| value.clone(), |holder| within(holder, &value));
    let inline = inline([&shortcut.argument]);
    quote! {
        #doc
        #inline
        pub fn #name(#argument) -> Self {
            Self::#variant(#value)
        }
    }
}
