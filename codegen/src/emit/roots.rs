//! The files that declare the other files as modules.

use std::collections::BTreeMap;

use quote::quote;

use super::docs::file_doc;
use super::tokens::ident;
use crate::api::TypeId;
use crate::files::Chunk;
use crate::rust::Crate;

/// Returns `mod.rs`.
pub(super) fn root(of: &Crate<'_>) -> Vec<Chunk> {
    let doc = file_doc("The operations and models of the document.");
    let server = (!of.client.servers.is_empty()).then(|| {
        quote!(
            pub use settings::Server;
        )
    });
    vec![Chunk::Items(quote! {
        #doc
        pub mod models;
        #[cfg(feature = "registry")]
        pub mod registry;
        pub mod resources;
        mod settings;

        #server
        pub(crate) use settings::SETTINGS;
    })]
}

/// Returns `models/mod.rs`.
pub(super) fn models(of: &Crate<'_>, modules: &BTreeMap<&str, Vec<TypeId>>) -> Vec<Chunk> {
    let doc = file_doc("The models of requests and responses.");
    let is_union = |id: &TypeId| matches!(of.item(*id).shape, crate::rust::Shape::Union(_));
    let unions = modules.values().flatten().any(is_union).then(|| {
        quote! {
            #![allow(
                clippy::large_enum_variant,
                reason = "users match variants by value, which a `Box` would complicate; the values are seldom moved"
            )]
        }
    });
    let declared = modules.keys().map(|module| {
        let module = ident(module);
        quote!(mod #module;)
    });
    let used = modules.iter().map(|(module, ids)| {
        let module = ident(module);
        let names = ids.iter().map(|id| ident(&of.item(*id).of.name));
        quote!(pub use #module::{#(#names),*};)
    });
    vec![Chunk::Items(quote! {
        #doc
        #unions
        #(#declared)*
        #(#used)*
    })]
}

/// Returns `resources/mod.rs`.
pub(super) fn resources(of: &Crate<'_>) -> Vec<Chunk> {
    let doc = file_doc("The operations, by tag.");
    let declared = of.resources.iter().map(|resource| {
        let module = ident(&resource.of.module);
        quote!(pub mod #module;)
    });
    vec![Chunk::Items(quote! {
        #doc
        #(#declared)*
    })]
}
