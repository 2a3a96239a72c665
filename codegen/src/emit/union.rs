//! Unions: an enum with one variant for each type, and one more for what fits none.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{capitalized, code, doc, first_sentence, said};
use super::links;
use super::types::{self, argument, ident, rust_type};
use crate::api::{Api, Field, Shape, Type, TypeDef, TypeId, Union, UnionVariant};
use crate::files::{Chunk, Table};
use crate::names::CATCH_ALL;
use crate::usage::Usage;

pub(super) fn chunks(api: &Api, usage: &Usage, id: TypeId, type_doc: TokenStream, union: &Union) -> Vec<Chunk> {
    let definition = api.type_def(id);
    let name = ident(&definition.name);
    let variants = union.variants.iter().enumerate().map(|(index, variant)| {
        let doc = variant_doc(api, variant);
        let name = ident(&variant.name);
        let payload = payload(api, usage, id, index, variant);
        quote!(#doc #name(#payload),)
    });
    let catch_all = format_ident!("{CATCH_ALL}");
    let items = quote! {
        #type_doc
        #[derive(Debug, Clone, PartialEq)]
        #[allow(
            clippy::large_enum_variant,
            reason = "a variant is matched where it stands: a box would be in the way, and such a value is seldom moved"
        )]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that fits none of the documented types.
            #catch_all(serde_json::Value),
        }
    };
    let mut chunks = vec![Chunk::Items(items), Chunk::Table(table(api, usage, id, definition, union))];
    chunks.extend(from_text(api, definition, union).map(Chunk::Items));
    chunks.extend(shortcuts(api, usage, id, definition, union).map(Chunk::Items));
    chunks
}

pub(super) fn payload(api: &Api, usage: &Usage, id: TypeId, index: usize, variant: &UnionVariant) -> TokenStream {
    let ty = rust_type(api, &variant.ty, types::From::Models);
    if usage.is_boxed(id, index) { quote!(Box<#ty>) } else { ty }
}

fn table(api: &Api, usage: &Usage, id: TypeId, definition: &TypeDef, union: &Union) -> Table {
    let payload = |index: usize, variant: &UnionVariant| types::text(&payload(api, usage, id, index, variant));
    let mut table = Table::default();
    let name = &definition.name;
    match &union.tag {
        None => {
            table.open("union!");
            table.open(name);
            for (index, variant) in union.variants.iter().enumerate() {
                table.line(&format!("{}: {},", variant.name, payload(index, variant)));
            }
        }
        Some(tag) => {
            table.open("tagged_union!");
            table.open(&format!("{name} by {}", Literal::string(tag)));
            // A variant that no tag selects can be sent, but never comes.
            for (index, variant) in union.variants.iter().enumerate() {
                let tags: Vec<String> = variant.tags.iter().map(|tag| Literal::string(tag).to_string()).collect();
                table.line(&format!("{}: {} = {},", variant.name, payload(index, variant), tags.join(" | ")));
            }
        }
    }
    table.close();
    let rows = union.variants.iter().enumerate().filter(|(index, _)| converts(api, union, *index));
    table.block("from", rows.map(|(index, variant)| format!("{}: {},", variant.name, payload(index, variant))));
    table.close();
    table
}

/// Whether the variant at `index` is made of its payload by `From`: no other may hold the same type.
pub(super) fn converts(api: &Api, union: &Union, index: usize) -> bool {
    let Some(variant) = union.variants.get(index) else { return false };
    let mut others = union.variants.iter().enumerate().filter(|(other, _)| *other != index);
    *api.resolve(&variant.ty) != Type::Json && others.all(|(_, other)| !same(api, &other.ty, &variant.ty))
}

/// Whether two types of the API are one in Rust.
fn same(api: &Api, a: &Type, b: &Type) -> bool {
    match (api.resolve(a), api.resolve(b)) {
        (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) | (Type::Nullable(a), Type::Nullable(b)) => {
            same(api, a, b)
        }
        (Type::String | Type::Bytes, Type::String | Type::Bytes) => true,
        (a, b) => a == b,
    }
}

/// What the branch says of itself, or else what its type does.
fn variant_doc(api: &Api, variant: &UnionVariant) -> TokenStream {
    let of_type = || match &variant.ty {
        Type::Named(id) => said(api.type_def(*id).doc.as_deref()).map(|text| first_sentence(&text).to_owned()),
        _ => None,
    };
    let text = said(variant.doc.as_deref()).or_else(of_type);
    doc(&text.unwrap_or_else(|| format!("{}.", capitalized(&links::ty(api, &variant.ty)))))
}

/// For a union with text among its types: the union made of a literal.
fn from_text(api: &Api, definition: &TypeDef, union: &Union) -> Option<TokenStream> {
    let (name, variant) = (ident(&definition.name), ident(&text_variant(api, union)?.name));
    Some(quote! {
        impl From<&str> for #name {
            fn from(text: &str) -> Self {
                Self::#variant(text.to_owned())
            }
        }
    })
}

/// The only variant that holds text.
pub(super) fn text_variant<'u>(api: &Api, union: &'u Union) -> Option<&'u UnionVariant> {
    let mut texts = union.variants.iter().filter(|variant| *api.resolve(&variant.ty) == Type::String);
    let (variant, None) = (texts.next()?, texts.next()) else { return None };
    Some(variant)
}

/// For a variant whose model is one required field: the union made of the value of that field.
fn shortcuts(api: &Api, usage: &Usage, id: TypeId, definition: &TypeDef, union: &Union) -> Option<TokenStream> {
    let mut functions = Vec::new();
    for (variant, field) in shortcut_fields(api, usage, id, union) {
        let (name, variant_name) = (ident(&field.name), ident(&variant.name));
        let argument = argument(api, &field.ty, &name, types::From::Models);
        let (ty, inner) = (argument.ty, rust_type(api, &variant.ty, types::From::Models));
        let doc = doc(&format!(
            "{} with this {}.",
            code(&format!("{}::{}", definition.name, variant.name)),
            code(&field.wire)
        ));
        functions.push(quote! {
            #doc
            pub fn #name(#name: #ty) -> Self {
                Self::#variant_name(<#inner>::new(#name))
            }
        });
    }
    let name = ident(&definition.name);
    (!functions.is_empty()).then(|| quote! { impl #name { #(#functions)* } })
}

/// The variants that have such a function, each with the field that it is called after.
pub(super) fn shortcut_fields<'a>(
    api: &'a Api,
    usage: &Usage,
    id: TypeId,
    union: &'a Union,
) -> Vec<(&'a UnionVariant, &'a Field)> {
    if !usage.is_sent(id) {
        return Vec::new();
    }
    let found: Vec<(&UnionVariant, &Field)> =
        union.variants.iter().filter_map(|variant| Some((variant, only_field(api, &variant.ty)?))).collect();
    // Two variants of one field would share the name.
    let alone = |name: &str| found.iter().filter(|(_, other)| other.name == name).count() == 1;
    found.iter().copied().filter(|(_, field)| alone(&field.name)).collect()
}

fn only_field<'a>(api: &'a Api, ty: &Type) -> Option<&'a Field> {
    let Type::Named(id) = api.resolve(ty) else { return None };
    let Shape::Model(model) = &api.type_def(*id).shape else { return None };
    match &model.fields[..] {
        [only] if only.required && !only.nullable && model.alternatives.is_empty() && model.additional.is_none() => {
            Some(only)
        }
        _ => None,
    }
}
