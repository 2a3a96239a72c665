//! Turns an OpenAPI document into a Rust client crate.
//!
//! A document passes through these stages in one direction, and only the last stage touches a disk:
//!
//! 1. [`document`], a crate of its own, reads, corrects and checks the text, and gives it the types of `openapiv3`;
//! 2. [`lower`] resolves and names everything: the result is an [`api::Api`], the meaning of the document;
//! 3. [`rust`] decides on the types, functions and conversions that a caller sees in Rust, as plain data;
//! 4. [`emit`] writes them as source text, through [`files`];
//! 5. [`scaffold`] adds the other files of a complete crate, if one is wanted;
//! 6. [`disk`] compares the files with a folder, or writes them there.
//!
//! A stage reports all its errors together as [`Diagnostics`], each with its location.
//!
//! [`outline`] shows the result of the third stage to a reviewer. [`diff`] reports the differences between two such
//! results that matter to a caller, and [`release`] derives the next version and its changelog from them. [`coverage`]
//! measures the documentation of an API, and [`evidence`] compares a document with other publications about the API.

pub mod api;
pub mod coverage;
pub mod diff;
pub mod disk;
pub mod emit;
pub mod evidence;
pub mod files;
pub mod lower;
pub mod names;
pub mod outline;
pub mod release;
pub mod rust;
pub mod scaffold;

use document::diagnostic::{Diagnostic, Diagnostics};
use document::overlay::Overlay;
use document::{Document, SourceMap, Traced, Typed};

use api::Api;
use files::Files;
use rust::Crate;

/// The result of generating: the API, its source text, and the diagnostics.
#[derive(Debug)]
pub struct Generated {
    /// The meaning of the document.
    pub api: Api,
    /// The files below `src/generated`.
    pub files: Files,
    /// Faults and warnings for the maintainer of the document.
    pub warnings: Diagnostics,
}

/// Returns the meaning of `document` without generating source text.
///
/// # Errors
///
/// Returns all errors of the first step that finds any: the overlays, the check of the document, or the later stages.
pub fn read(document: Document, overlays: &[Overlay]) -> Result<Api, Diagnostics> {
    let mut understood = understand(document, overlays)?;
    let Understood { api, found, sources } = &mut understood;
    prove(&Crate::of(api), found, sources)?;
    Ok(understood.api)
}

/// Generates source text from `document`: all stages but the scaffold and the disk.
///
/// # Errors
///
/// Returns an error as [`read`] does, or if the text is not valid Rust, which is a defect of this program.
pub fn generate(document: Document, overlays: &[Overlay]) -> Result<Generated, Diagnostics> {
    let Understood { api, mut found, sources } = understand(document, overlays)?;
    let of = Crate::of(&api);
    prove(&of, &mut found, &sources)?;
    // The locations of the warnings need another walk over the text, which is independent of the emitter.
    let (files, warnings) = std::thread::scope(|scope| {
        let placed = scope.spawn(|| sources.place(&found));
        (emit::emit(&of), placed.join())
    });
    let files = files.map_err(|errors| sources.place(&sources.trace(errors)))?;
    // The thread does not panic. If it did, the files would still be valid without the warnings.
    Ok(Generated { files, warnings: warnings.unwrap_or_default(), api })
}

/// The meaning of a document, which is incomplete if `found` has errors.
struct Understood {
    api: Api,
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
            Diagnostic::error("", format!("{before} {what} went in, {after} came out: the generator lost some"))
        })
        .collect();
    found.extend(sources.trace(lost));
    Ok(Understood { api, found, sources })
}

/// Adds an error to `found` for each name that two items share, and fails if `found` has errors.
fn prove(of: &Crate<'_>, found: &mut Traced, sources: &SourceMap) -> Result<(), Diagnostics> {
    found.extend(sources.trace(of.collisions()));
    if found.has_errors() { Err(sources.place(found)) } else { Ok(()) }
}
