//! Turns an OpenAPI document into a Rust client crate.
//!
//! Text goes one way through these stages; none looks back, and only the last touches a disk:
//!
//! 1. [`document`] reads YAML or JSON into an untyped tree, and later checks it and hands it to `openapiv3`;
//! 2. [`overlay`] corrects the tree in between;
//! 3. [`lower`] resolves and names everything: the result is an [`api::Api`], which is never changed again;
//! 4. [`emit`] writes source text, with what [`usage`] finds out about the API, through [`files`];
//! 5. [`scaffold`] adds what makes a complete crate of it, where one is asked for;
//! 6. [`disk`] compares the files with a folder, or writes them there.
//!
//! Whatever is wrong with a document is told as [`diagnostic::Diagnostics`], all of it at once, each with its place.
//! [`outline`] tells what an operation or a model looks like to a caller, and [`diff`] how two APIs differ for one. [`import`]
//! stands apart: it takes the structure of a published document and leaves its prose behind.

pub mod api;
pub mod diagnostic;
pub mod diff;
pub mod disk;
pub mod document;
pub mod emit;
pub mod files;
pub mod import;
pub mod lower;
pub mod names;
pub mod outline;
pub mod overlay;
pub mod pointer;
pub mod scaffold;
pub mod usage;
pub mod words;

use api::Api;
use diagnostic::Diagnostics;
use document::{Document, SourceMap};
use files::Files;
use overlay::Overlay;

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
    // To find the place of a warning the text is walked once more; that needs nothing of what is written meanwhile.
    let (files, found) = std::thread::scope(|scope| {
        let found = scope.spawn(|| located(found, &sources));
        (emit::emit(&api), found.join())
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
    let lowered = lower::lower(&typed.openapi).map_err(|errors| located(errors, &typed.sources))?;
    let api = lowered.api;
    let mut lost = Vec::new();
    for (what, before, after) in [
        ("operations", operations, api.operations().count()),
        ("schemas", schemas, api.types.iter().filter(|definition| definition.component.is_some()).count()),
    ] {
        if before != after {
            let message = format!("{before} {what} went in, {after} came out: the generator lost some");
            lost.push(diagnostic::Diagnostic::error("", message));
        }
    }
    if !lost.is_empty() {
        return Err(located(lost, &typed.sources));
    }
    Ok(Understood { api, found: lowered.warnings, sources: typed.sources, warnings: typed.warnings })
}

fn located(diagnostics: Vec<diagnostic::Diagnostic>, sources: &SourceMap) -> Diagnostics {
    let mut diagnostics: Diagnostics = diagnostics.into_iter().collect();
    sources.locate(&mut diagnostics);
    diagnostics
}
