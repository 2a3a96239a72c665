//! Enums: a variant for each documented value, and one more for all other values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::doc;
use super::file::File;
use super::prose::code;
use super::tokens::ident;
use crate::api::Variant;
use crate::files::{Chunk, Table};
use crate::names::CATCH_ALL;

/// A value: its variant, its Rust literal, and its form in the documentation.
type Row<'a> = (&'a str, String, String);

pub(super) fn strings(file: &File<'_>, name: &str, type_doc: &TokenStream, variants: &[Variant<String>]) -> Vec<Chunk> {
    let row = |of: &'_ Variant<String>| (Literal::string(&of.wire).to_string(), code(&of.wire));
    let rows = variants.iter().map(|of| (of.name.as_str(), row(of).0, row(of).1)).collect::<Vec<_>>();
    chunks(name, type_doc, &file.runtime("string_enum").to_string(), &rows, &quote!(String))
}

pub(super) fn integers(file: &File<'_>, name: &str, type_doc: &TokenStream, variants: &[Variant<i64>]) -> Vec<Chunk> {
    let rows = variants.iter().map(|of| (of.name.as_str(), of.wire.to_string(), code(&of.wire.to_string())));
    chunks(name, type_doc, &file.runtime("integer_enum").to_string(), &rows.collect::<Vec<_>>(), &quote!(i64))
}

fn chunks(name: &str, type_doc: &TokenStream, table: &str, rows: &[Row<'_>], other: &TokenStream) -> Vec<Chunk> {
    let variants = rows.iter().map(|(name, _, shown)| {
        let (doc, name) = (doc(&format!("{shown}.")), ident(name));
        quote!(#doc #name,)
    });
    let (of, catch_all) = (ident(name), ident(CATCH_ALL));
    let items = quote! {
        #type_doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #of {
            #(#variants)*
            /// A value that the document does not name.
            #catch_all(#other),
        }
    };
    let mut text = Table::default();
    text.open(&format!("{table}!"));
    text.open(name);
    rows.iter().for_each(|(name, wire, _)| text.line(&format!("{name}: {wire},")));
    text.close();
    text.close();
    vec![Chunk::Items(items), Chunk::Table(text)]
}
