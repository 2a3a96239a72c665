//! Turns an OpenAPI document into a Rust client crate.
//!
//! Text goes one way through these stages; none looks back, and only the last touches a disk:
//!
//! 1. [`document`] reads YAML or JSON into an untyped tree, and later checks it and hands it to `openapiv3`;
//! 2. [`overlay`] corrects the tree in between;
//! 3. [`lower`] resolves and names everything: the result is an [`api::Api`], what the document means;
//! 4. [`rust`] says what becomes of that in Rust: the types, functions and conversions that a caller sees, as plain data;
//! 5. [`emit`] writes them as source text, through [`files`];
//! 6. [`scaffold`] adds what makes a complete crate of it, where one is asked for;
//! 7. [`disk`] compares the files with a folder, or writes them there.
//!
//! Whatever is wrong with a document is told as [`diagnostic::Diagnostics`], all of it at once, each with its place.
//! From the fourth stage [`outline`] shows an operation or a model to a reviewer, and [`diff`] tells how two of it differ for a
//! caller, from which [`release`] makes the next version and its changelog. [`import`] and [`evidence`] stand apart: one takes the structure of a published document and leaves its prose behind, the
//! other holds a document against what else is published about the API.

pub mod api;
pub mod diagnostic;
pub mod diff;
pub mod disk;
pub mod document;
pub mod emit;
pub mod evidence;
pub mod files;
pub mod import;
pub mod lower;
pub mod names;
pub mod outline;
pub mod overlay;
pub mod pointer;
pub mod release;
pub mod rust;
pub mod scaffold;
pub mod words;

use api::Api;
use diagnostic::{Diagnostics, Severity};
use document::{Document, SourceMap};
use files::Files;
use overlay::Overlay;
use rust::Crate;

/// A document that became source text.
#[derive(Debug)]
pub struct Generated {
    /// What the document says.
    pub api: Api,
    /// The files below `src/generated`.
    pub files: Files,
    /// What whoever brings the document in should know.
    pub warnings: Diagnostics,
}

/// What `document` says, without any source text made of it.
///
/// # Errors
///
/// Everything that is wrong with the document or the overlays, each with its place.
pub fn read(document: Document, overlays: &[Overlay]) -> Result<Api, Diagnostics> {
    Ok(understand(document, overlays)?.api)
}

/// Takes `document` through all stages but the last.
///
/// # Errors
///
/// Everything that is wrong with the document or the overlays, each with its place.
pub fn generate(document: Document, overlays: &[Overlay]) -> Result<Generated, Diagnostics> {
    let Understood { api, found, sources, mut warnings } = understand(document, overlays)?;
    let of = Crate::of(&api);
    // To find the place of a warning the text is walked once more; that needs nothing of what is written meanwhile.
    let (files, found) = std::thread::scope(|scope| {
        let found = scope.spawn(|| located(found, &sources));
        (emit::emit(&of), found.join())
    });
    let files = files.map_err(|errors| located(errors, &sources))?;
    // The thread ends without a panic; a warning without its place would still be a warning.
    warnings.extend(found.unwrap_or_default());
    Ok(Generated { api, files, warnings })
}

/// A document that the generator takes.
struct Understood {
    api: Api,
    /// Warnings that have no place in a file yet.
    found: Vec<diagnostic::Diagnostic>,
    sources: SourceMap,
    /// Those that have.
    warnings: Diagnostics,
}

fn understand(mut document: Document, overlays: &[Overlay]) -> Result<Understood, Diagnostics> {
    document.apply(overlays)?;
    let typed = document.into_typed()?;
    let operations = typed.openapi.operations().count();
    let schemas = typed.openapi.components.as_ref().map_or(0, |components| components.schemas.len());
    let lower::Lowered { api, diagnostics: mut found } = lower::lower(&typed.openapi);
    found.extend(Crate::of(&api).collisions());
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(located(found, &typed.sources));
    }
    let components = api.types.iter().filter(|(_, definition)| definition.component.is_some()).count();
    let mut lost = Vec::new();
    for (what, before, after) in
        [("operations", operations, api.operations().count()), ("schemas", schemas, components)]
    {
        if before != after {
            let message = format!("{before} {what} went in, {after} came out: the generator lost some");
            lost.push(diagnostic::Diagnostic::error("", message));
        }
    }
    if !lost.is_empty() {
        return Err(located(lost, &typed.sources));
    }
    Ok(Understood { api, found, sources: typed.sources, warnings: typed.warnings })
}

fn located(diagnostics: Vec<diagnostic::Diagnostic>, sources: &SourceMap) -> Diagnostics {
    let mut diagnostics: Diagnostics = diagnostics.into_iter().collect();
    sources.locate(&mut diagnostics);
    diagnostics
}
