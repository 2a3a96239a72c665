//! A component that is only another name for a type.

use quote::quote;

use super::modules::type_doc;
use super::types::{From, ident, rust_type};
use crate::api::{Api, Type, TypeDef};
use crate::files::Chunk;

pub(super) fn chunks(api: &Api, definition: &TypeDef, ty: &Type) -> Vec<Chunk> {
    let name = ident(&definition.name);
    let doc = type_doc(definition);
    let ty = rust_type(api, ty, From::Models);
    vec![Chunk::Items(quote! {
        #doc
        pub type #name = #ty;
    })]
}
