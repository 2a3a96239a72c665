//! The document of this repository.

use std::path::{Path, PathBuf};

use codegen::api::Api;
use codegen::document::Document;
use codegen::overlay::Overlay;

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The document, before any overlay.
///
/// # Panics
///
/// If it cannot be read.
#[must_use]
pub fn document() -> Document {
    Document::read(&root().join("spec/intercom-unstable.yaml")).expect("the document is sound")
}

/// The overlays, in the order in which they apply.
///
/// # Panics
///
/// If one cannot be read.
#[must_use]
pub fn overlays() -> Vec<Overlay> {
    Overlay::read_folder(&root().join("spec/overlays")).expect("the overlays are sound")
}

/// What the document says with the overlays applied.
///
/// # Panics
///
/// If they are not sound.
#[must_use]
pub fn current() -> Api {
    codegen::read(document(), &overlays()).unwrap_or_else(|errors| panic!("{errors}"))
}
