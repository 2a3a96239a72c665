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
use diagnostic::Diagnostics;
use document::{Document, SourceMap, Traced, Typed};
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
    let mut understood = understand(document, overlays)?;
    let Understood { api, found, sources } = &mut understood;
    prove(&Crate::of(api), found, sources)?;
    Ok(understood.api)
}

/// Takes `document` through all stages but the last.
///
/// # Errors
///
/// Everything that is wrong with the document or the overlays, each with its place.
pub fn generate(document: Document, overlays: &[Overlay]) -> Result<Generated, Diagnostics> {
    let Understood { api, mut found, sources } = understand(document, overlays)?;
    let of = Crate::of(&api);
    prove(&of, &mut found, &sources)?;
    // To find the places of the warnings the text is walked once more; that needs nothing of what is written meanwhile.
    let (files, warnings) = std::thread::scope(|scope| {
        let placed = scope.spawn(|| sources.place(&found));
        (emit::emit(&of), placed.join())
    });
    let files = files.map_err(|errors| sources.place(&sources.trace(errors)))?;
    // The thread ends without a panic; a run without its warnings would still be a run.
    Ok(Generated { files, warnings: warnings.unwrap_or_default(), api })
}

/// A document that the generator takes.
struct Understood {
    api: Api,
    /// What there is to tell of it.
    found: Traced,
    sources: SourceMap,
}

fn understand(mut document: Document, overlays: &[Overlay]) -> Result<Understood, Diagnostics> {
    document.apply(overlays)?;
    let Typed { openapi, sources, mut found } = document.into_typed()?;
    let lower::Lowered { api, diagnostics } = lower::lower(&openapi);
    found.extend(sources.trace(diagnostics));
    let components = api.types.iter().filter(|(_, definition)| definition.component.is_some()).count();
    let schemas = openapi.components.as_ref().map_or(0, |components| components.schemas.len());
    let counts =
        [("operations", openapi.operations().count(), api.operations().count()), ("schemas", schemas, components)];
    let lost = counts.into_iter().filter(|(_, before, after)| before != after && !found.has_errors());
    let lost: Vec<_> = lost
        .map(|(what, before, after)| {
            diagnostic::Diagnostic::error(
                "",
                format!("{before} {what} went in, {after} came out: the generator lost some"),
            )
        })
        .collect();
    found.extend(sources.trace(lost));
    Ok(Understood { api, found, sources })
}

/// Takes a document whose names are all unique in Rust, and which is sound otherwise.
fn prove(of: &Crate<'_>, found: &mut Traced, sources: &SourceMap) -> Result<(), Diagnostics> {
    found.extend(sources.trace(of.collisions()));
    if found.has_errors() { Err(sources.place(found)) } else { Ok(()) }
}
