//! A component that is only another name for a type.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{From, ident, rust_type};
use crate::api::{Api, Type, TypeDef};
use crate::files::Chunk;

pub(super) fn chunks(api: &Api, definition: &TypeDef, type_doc: TokenStream, ty: &Type) -> Vec<Chunk> {
    let name = ident(&definition.name);
    let ty = rust_type(api, ty, From::Models);
    vec![Chunk::Items(quote! {
        #type_doc
        pub type #name = #ty;
    })]
}
