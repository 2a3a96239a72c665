//! A finished [`Api`] becomes source text: one file for each component schema, one for each tag.

mod alias;
mod docs;
mod enumeration;
mod method;
mod model;
mod modules;
mod resource;
mod settings;
mod types;
mod union;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::api::{Api, Resource, Shape, TypeId};
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
    let jobs = jobs(api);
    let next = AtomicUsize::new(0);
    let written = Mutex::new((Files::default(), Vec::new()));
    // Tokens cannot leave their thread, so each thread takes whole files.
    std::thread::scope(|scope| {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get).min(jobs.len());
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = crate::files::format(&job.chunks(api, &usage));
                    let mut written = written.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    match text {
                        Ok(text) => written.0.insert(job.path(), text),
                        Err(error) => written.1.push(Diagnostic::error("", format!("{}: {error}", job.path()))),
                    }
                }
            });
        }
    });
    let (files, errors) = written.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

/// One file to write.
enum Job<'a> {
    /// `mod.rs`.
    Root,
    /// `settings.rs`.
    Settings,
    /// `models/mod.rs`.
    Models(BTreeMap<&'a str, Vec<TypeId>>),
    /// `resources/mod.rs`.
    Resources,
    /// A file of models.
    Model(&'a str, Vec<TypeId>),
    /// A file of operations.
    Resource(&'a Resource),
}

fn jobs(api: &Api) -> Vec<Job<'_>> {
    let mut modules: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        modules.entry(&definition.module).or_default().push(TypeId(index));
    }
    // The component first, then what is written inline in it, by name.
    for ids in modules.values_mut() {
        ids.sort_by_key(|id| (api.type_def(*id).component.is_none(), &api.type_def(*id).name));
    }
    let models = modules.iter().map(|(module, ids)| Job::Model(module, ids.clone()));
    // The largest files first, so that no thread is left with one at the end.
    let mut jobs: Vec<Job<'_>> = api.resources.iter().map(Job::Resource).collect();
    jobs.extend([Job::Root, Job::Settings, Job::Resources, Job::Models(modules.clone())]);
    jobs.extend(models);
    jobs
}

impl Job<'_> {
    fn path(&self) -> String {
        match self {
            Self::Root => "mod.rs".to_owned(),
            Self::Settings => "settings.rs".to_owned(),
            Self::Models(_) => "models/mod.rs".to_owned(),
            Self::Resources => "resources/mod.rs".to_owned(),
            Self::Model(module, _) => format!("models/{module}.rs"),
            Self::Resource(resource) => format!("resources/{}.rs", resource.module),
        }
    }

    fn chunks(&self, api: &Api, usage: &Usage) -> Vec<Chunk> {
        match self {
            Self::Root => modules::root(),
            Self::Settings => settings::file(api),
            Self::Models(modules) => modules::models(api, modules),
            Self::Resources => modules::resources(api),
            Self::Model(_, ids) => {
                let mut chunks = vec![Chunk::Items(modules::model_imports(api, usage, ids))];
                for id in ids {
                    chunks.extend(definition(api, usage, *id));
                }
                chunks
            }
            Self::Resource(resource) => resource::file(api, resource),
        }
    }
}

fn definition(api: &Api, usage: &Usage, id: TypeId) -> Vec<Chunk> {
    let definition = api.type_def(id);
    match &definition.shape {
        Shape::Model(model) => model::chunks(api, usage, id, definition, model),
        Shape::StringEnum(variants) => enumeration::strings(definition, variants),
        Shape::IntegerEnum(variants) => enumeration::integers(definition, variants),
        Shape::Union(union) => union::chunks(api, usage, id, definition, union),
        Shape::Alias(ty) => alias::chunks(api, definition, ty),
    }
}
