//! Writes a [`Crate`] as source text: a file for each component schema and each tag, and those that join them. The
//! [`Crate`] has decided every name and type that a caller sees; this stage adds the documentation.

mod arguments;
mod credentials;
mod docs;
mod enumeration;
mod example;
mod file;
mod links;
mod method;
mod method_doc;
mod models;
mod pagination;
mod prose;
mod registry;
mod resource;
mod responses;
mod roots;
mod servers;
mod settings;
mod structs;
mod tokens;
mod union;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use document::diagnostic::Diagnostic;
use proc_macro2::TokenStream;

use crate::api::{Api, TypeId};
use crate::files::{Chunk, Files};
use crate::rust::{Crate, Resource};

/// Returns the files below `src/generated`, by their path there.
///
/// # Errors
///
/// Returns an error only if this program has a defect: the text that it wrote is not valid Rust.
pub fn emit(of: &Crate<'_>) -> Result<Files, Vec<Diagnostic>> {
    let sources = sources(of);
    let next = AtomicUsize::new(0);
    let written = Mutex::new((Files::default(), Vec::new()));
    // Tokens cannot leave their thread, so each thread takes whole files.
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(sources.len());
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(source) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = crate::files::format(source.chunks(of));
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

/// Returns the doc comment of a complete crate: the title, the version and the description of the document.
pub(crate) fn crate_doc(api: &Api) -> TokenStream {
    let title = prose::said_in_line(Some(&api.title));
    let head = format!("A client for {} {}.", title.unwrap_or_default(), prose::code(&api.version));
    docs::file_doc(&match prose::said(api.doc.as_deref()) {
        Some(said) => format!("{head}\n\n{said}"),
        None => head,
    })
}

/// A file to write.
pub struct Source<'a>(Kind<'a>);

enum Kind<'a> {
    Root,
    Settings,
    Registry,
    Models(BTreeMap<&'a str, Vec<TypeId>>),
    Resources,
    Model(&'a str, Vec<TypeId>),
    Resource(&'a Resource<'a>),
}

/// Returns every file below `src/generated`.
pub fn sources<'a>(of: &'a Crate<'_>) -> Vec<Source<'a>> {
    let modules = of.modules();
    let models = modules.iter().map(|(module, ids)| Kind::Model(module, ids.clone()));
    // The largest files come first, so that no thread is left with one at the end.
    let mut kinds = vec![Kind::Registry];
    kinds.extend(of.resources.iter().map(Kind::Resource));
    kinds.extend([Kind::Root, Kind::Settings, Kind::Resources, Kind::Models(modules.clone())]);
    kinds.extend(models);
    kinds.into_iter().map(Source).collect()
}

impl Source<'_> {
    /// Returns the path below `src/generated`, with `/` on every platform.
    pub fn path(&self) -> String {
        match &self.0 {
            Kind::Root => "mod.rs".to_owned(),
            Kind::Settings => "settings.rs".to_owned(),
            Kind::Registry => "registry.rs".to_owned(),
            Kind::Models(_) => "models/mod.rs".to_owned(),
            Kind::Resources => "resources/mod.rs".to_owned(),
            Kind::Model(module, _) => format!("models/{module}.rs"),
            Kind::Resource(resource) => format!("resources/{}.rs", resource.of.module),
        }
    }

    /// Returns the content, which is not formatted yet.
    pub fn chunks(&self, of: &Crate<'_>) -> Vec<Chunk> {
        match &self.0 {
            Kind::Root => roots::root(of),
            Kind::Settings => settings::file(of),
            Kind::Registry => registry::file(of),
            Kind::Models(modules) => roots::models(of, modules),
            Kind::Resources => roots::resources(of),
            Kind::Model(_, ids) => models::file(of, ids),
            Kind::Resource(resource) => resource::file(of, resource),
        }
    }
}
