//! Enums: the documented values, and one more variant for those that are not.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{code, doc};
use super::types::ident;
use crate::api::{TypeDef, Variant};
use crate::files::{Chunk, Table};
use crate::names::CATCH_ALL;

pub(super) fn strings(definition: &TypeDef, type_doc: TokenStream, variants: &[Variant<String>]) -> Vec<Chunk> {
    let row = |variant: &Variant<String>| (variant.name.clone(), Literal::string(&variant.wire), code(&variant.wire));
    let rows: Vec<_> = variants.iter().map(row).collect();
    chunks(definition, type_doc, "string_enum", &rows, &quote!(String))
}

pub(super) fn integers(definition: &TypeDef, type_doc: TokenStream, variants: &[Variant<i64>]) -> Vec<Chunk> {
    let row = |variant: &Variant<i64>| {
        (variant.name.clone(), Literal::i64_unsuffixed(variant.wire), code(&variant.wire.to_string()))
    };
    let rows: Vec<_> = variants.iter().map(row).collect();
    chunks(definition, type_doc, "integer_enum", &rows, &quote!(i64))
}

fn chunks(
    definition: &TypeDef,
    type_doc: TokenStream,
    table: &str,
    rows: &[(String, Literal, String)],
    other: &TokenStream,
) -> Vec<Chunk> {
    let name = ident(&definition.name);
    let variants = rows.iter().map(|(name, _, shown)| {
        let doc = doc(&format!("{shown}."));
        let name = ident(name);
        quote!(#doc #name,)
    });
    let catch_all = format_ident!("{CATCH_ALL}");
    let items = quote! {
        #type_doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the document does not name.
            #catch_all(#other),
        }
    };
    let mut text = Table::default();
    text.open(&format!("{table}!"));
    text.open(&definition.name);
    for (name, wire, _) in rows {
        text.line(&format!("{name}: {wire},"));
    }
    text.close();
    text.close();
    vec![Chunk::Items(items), Chunk::Table(text)]
}
