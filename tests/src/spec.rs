//! The document of this repository.

use std::path::{Path, PathBuf};

use codegen::api::Api;
use document::Document;
use document::overlay::Overlay;

/// Returns the root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads the document, before any overlay.
///
/// # Panics
///
/// Panics if it cannot be read.
#[must_use]
pub fn document() -> Document {
    Document::read(&root().join("spec/intercom-unstable.yaml")).expect("the document is sound")
}

/// Reads the overlays, in the order in which they apply.
///
/// # Panics
///
/// Panics if one cannot be read.
#[must_use]
pub fn overlays() -> Vec<Overlay> {
    Overlay::read_folder(&root().join("spec/overlays")).expect("the overlays are sound")
}

/// Returns the API of the document with the overlays applied.
///
/// # Panics
///
/// Panics if the document or an overlay has an error.
#[must_use]
pub fn current() -> Api {
    codegen::read(document(), &overlays()).unwrap_or_else(|errors| panic!("{errors}"))
}
