//! The files that hold the others together, and what stands at the head of each.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{code, doc, file_doc, said};
use super::links;
use super::settings;
use super::types::ident;
use crate::api::{Api, Model, Operation, Resource, Shape, Type, TypeId};
use crate::files::Chunk;
use crate::usage::{self, Roles, Usage};

/// `mod.rs`.
pub(super) fn root(api: &Api) -> Vec<Chunk> {
    let doc = file_doc("What the document says.");
    let server = settings::has_servers(api).then(|| {
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

/// `models/mod.rs`.
pub(super) fn models(api: &Api, modules: &BTreeMap<&str, Vec<TypeId>>) -> Vec<Chunk> {
    let doc = file_doc("What calls send and receive.");
    let declared = modules.keys().map(|module| {
        let module = ident(module);
        quote!(mod #module;)
    });
    let used = modules.iter().map(|(module, ids)| {
        let module = ident(module);
        let names = ids.iter().map(|id| ident(&api.type_def(*id).name));
        quote!(pub use #module::{#(#names),*};)
    });
    vec![Chunk::Items(quote! {
        #doc
        #(#declared)*
        #(#used)*
    })]
}

/// `resources/mod.rs`.
pub(super) fn resources(api: &Api) -> Vec<Chunk> {
    let doc = file_doc("The operations, by tag.");
    let declared = api.resources.iter().map(|resource| {
        let module = ident(&resource.module);
        quote!(pub mod #module;)
    });
    vec![Chunk::Items(quote! {
        #doc
        #(#declared)*
    })]
}

/// What a file of models uses from elsewhere.
pub(super) fn model_imports(api: &Api, usage: &Usage, ids: &[TypeId]) -> TokenStream {
    let own: BTreeSet<TypeId> = ids.iter().copied().collect();
    let mut runtime: BTreeSet<&str> = BTreeSet::new();
    let mut others: BTreeSet<&str> = BTreeSet::new();
    for id in ids {
        let shape = &api.type_def(*id).shape;
        runtime.extend(macros(api, usage, *id, shape));
        for ty in usage::parts(shape) {
            let mut inner = ty;
            while let Type::List(item) | Type::Map(item) | Type::Nullable(item) = inner {
                inner = item;
            }
            match inner {
                Type::Timestamp => {
                    runtime.insert("Timestamp");
                }
                Type::Date => {
                    runtime.insert("Date");
                }
                Type::Base64 => {
                    runtime.insert("Base64");
                }
                Type::Named(id) if !own.contains(id) => {
                    others.insert(&api.type_def(*id).name);
                }
                _ => {}
            }
        }
    }
    let used = |path: TokenStream, names: &BTreeSet<&str>| {
        let names = names.iter().map(|name| ident(name)).collect::<Vec<_>>();
        (!names.is_empty()).then(|| quote!(use #path::{#(#names),*};))
    };
    let (others, runtime) = (used(quote!(super), &others), used(quote!(crate::runtime), &runtime));
    quote!(#others #runtime)
}

fn macros(api: &Api, usage: &Usage, id: TypeId, shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Model(model) if usage.is_sent(id) && patches(api, model) => vec!["Extra", "Patch", "model"],
        Shape::Model(_) => vec!["Extra", "model"],
        Shape::StringEnum(_) => vec!["string_enum"],
        Shape::IntegerEnum(_) => vec!["integer_enum"],
        Shape::Union(union) if union.tag.is_some() => vec!["tagged_union"],
        Shape::Union(_) => vec!["union"],
        Shape::Alias(_) => Vec::new(),
    }
}

fn patches(_: &Api, model: &Model) -> bool {
    model.fields.iter().any(|field| field.nullable && !field.required)
}

/// The doc comment of a type: what it is, and where it is met.
pub(super) fn type_doc(api: &Api, usage: &Usage, id: TypeId) -> TokenStream {
    let definition = api.type_def(id);
    let text = |text: &Option<String>| said(text.as_deref().map(str::trim));
    let said = match (&definition.component, text(&definition.doc)) {
        (Some(_), Some(doc)) => match text(&definition.title) {
            Some(title) => format!("{title}.\n\n{doc}"),
            None => doc,
        },
        (Some(component), None) => text(&definition.title)
            .map_or_else(|| format!("The schema {}.", code(component)), |title| format!("{title}.")),
        (None, Some(doc)) => doc,
        (None, None) => format!("The schema at {}.", code(&definition.pointer)),
    };
    let deprecated = definition.deprecated.then(|| "Deprecated.".to_owned());
    let paragraphs = [Some(said), deprecated, usage.roles(id).and_then(|roles| met(api, roles))];
    doc(&paragraphs.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

fn met(api: &Api, roles: &Roles) -> Option<String> {
    let row = |operations: &mut dyn Iterator<Item = (&Resource, &Operation)>| {
        links::row(operations.map(|(resource, operation)| links::operation(resource, operation)))
    };
    let owners = roles.part_of.iter().map(|owner| links::model(&api.type_def(*owner).name));
    let met = [
        ("Sent by", row(&mut roles.sent_by(api))),
        ("Returned by", row(&mut roles.answered_by(api))),
        ("The error of", row(&mut roles.error_of(api))),
        ("Part of", links::row(owners)),
    ];
    let lines: Vec<String> = met.into_iter().filter_map(|(role, row)| Some(format!("- {role} {}", row?))).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
