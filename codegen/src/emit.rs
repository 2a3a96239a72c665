//! A finished [`Api`] becomes source text: one file for each component schema, one for each tag.

mod alias;
mod docs;
mod enumeration;
mod example;
pub(crate) mod limits;
mod links;
mod method;
mod method_doc;
mod model;
mod modules;
mod pagination;
mod registry;
mod resource;
mod settings;
pub(crate) mod surface;
mod types;
mod union;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::TokenStream;

use crate::api::{Api, Resource, Server, Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::files::{Chunk, Files};
use crate::usage::Usage;

/// Writes the generated part of the crate: the files below `src/generated`, by their path there.
///
/// # Errors
///
/// Only where this program is wrong: what it wrote is no Rust.
pub fn emit(api: &Api) -> Result<Files, Vec<Diagnostic>> {
    let usage = Usage::of(api);
    let sources = sources(api);
    let next = AtomicUsize::new(0);
    let written = Mutex::new((Files::default(), Vec::new()));
    // Tokens cannot leave their thread, so each thread takes whole files.
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(sources.len());
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(source) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = crate::files::format(source.chunks(api, &usage));
                    let mut written = written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    match text {
                        Ok(text) => written.0.insert(source.path(), text),
                        Err(error) => written.1.push(Diagnostic::error("", format!("{}: {error}", source.path()))),
                    }
                }
            });
        }
    });
    let (files, errors) = written.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

/// Whether the generated part has a type that lists the servers.
pub(crate) fn has_servers(api: &Api) -> bool {
    settings::has_servers(api)
}

/// Whether that type has a variant for a server.
pub(crate) fn is_listed(server: &Server) -> bool {
    settings::is_listed(server)
}

/// The doc comment of a complete crate: what the document says of itself.
pub(crate) fn crate_doc(api: &Api) -> TokenStream {
    let head = format!("A client for {} {}.", docs::prose(&api.title), docs::code(&api.version));
    docs::file_doc(&match docs::said(api.doc.as_deref().map(str::trim)) {
        Some(said) => format!("{head}\n\n{said}"),
        None => head,
    })
}

/// One file to write.
pub struct Source<'a>(Kind<'a>);

enum Kind<'a> {
    /// `mod.rs`.
    Root,
    /// `settings.rs`.
    Settings,
    /// `registry.rs`.
    Registry,
    /// `models/mod.rs`.
    Models(BTreeMap<&'a str, Vec<TypeId>>),
    /// `resources/mod.rs`.
    Resources,
    /// A file of models.
    Model(&'a str, Vec<TypeId>),
    /// A file of operations.
    Resource(&'a Resource),
}

/// The types of each file of models: the component first, then what is written inline in it, by name.
pub fn modules(api: &Api) -> BTreeMap<&str, Vec<TypeId>> {
    let mut modules: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        modules.entry(&definition.module).or_default().push(TypeId(index));
    }
    for ids in modules.values_mut() {
        ids.sort_by_key(|id| (api.type_def(*id).component.is_none(), &api.type_def(*id).name));
    }
    modules
}

/// Every file of the generated part.
pub fn sources(api: &Api) -> Vec<Source<'_>> {
    let modules = modules(api);
    let models = modules.iter().map(|(module, ids)| Kind::Model(module, ids.clone()));
    // The largest files first, so that no thread is left with one at the end.
    let mut kinds = vec![Kind::Registry];
    kinds.extend(api.resources.iter().map(Kind::Resource));
    kinds.extend([Kind::Root, Kind::Settings, Kind::Resources, Kind::Models(modules.clone())]);
    kinds.extend(models);
    kinds.into_iter().map(Source).collect()
}

impl Source<'_> {
    /// Its path below `src/generated`.
    pub fn path(&self) -> String {
        match &self.0 {
            Kind::Root => "mod.rs".to_owned(),
            Kind::Settings => "settings.rs".to_owned(),
            Kind::Registry => "registry.rs".to_owned(),
            Kind::Models(_) => "models/mod.rs".to_owned(),
            Kind::Resources => "resources/mod.rs".to_owned(),
            Kind::Model(module, _) => format!("models/{module}.rs"),
            Kind::Resource(resource) => format!("resources/{}.rs", resource.module),
        }
    }

    /// What it holds, not formatted yet.
    pub fn chunks(&self, api: &Api, usage: &Usage) -> Vec<Chunk> {
        match &self.0 {
            Kind::Root => modules::root(api),
            Kind::Settings => settings::file(api),
            Kind::Registry => registry::file(api),
            Kind::Models(modules) => modules::models(api, modules),
            Kind::Resources => modules::resources(api),
            Kind::Model(_, ids) => {
                let mut chunks = vec![Chunk::Items(modules::model_imports(api, usage, ids))];
                for id in ids {
                    chunks.extend(definition(api, usage, *id));
                }
                chunks
            }
            Kind::Resource(resource) => resource::file(api, usage, resource),
        }
    }
}

fn definition(api: &Api, usage: &Usage, id: TypeId) -> Vec<Chunk> {
    let definition = api.type_def(id);
    let type_doc = modules::type_doc(api, usage, id);
    match &definition.shape {
        Shape::Model(model) => model::chunks(api, usage, id, type_doc, model),
        Shape::StringEnum(variants) => enumeration::strings(definition, type_doc, variants),
        Shape::IntegerEnum(variants) => enumeration::integers(definition, type_doc, variants),
        Shape::Union(union) => union::chunks(api, usage, id, type_doc, union),
        Shape::Alias(ty) => alias::chunks(api, definition, type_doc, ty),
    }
}
