//! Writes a call of every operation of the client, and the request that must arrive for it.
//!
//! The calls use the names of the generated code. The expected requests come from the document itself, so a fault in
//! the later stages of the generator makes the two differ.

#[path = "build/calls.rs"]
mod calls;
#[path = "build/sample.rs"]
mod sample;
#[path = "build/tree.rs"]
mod tree;
#[path = "build/wire.rs"]
mod wire;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::rust::Crate;
use document::Document;
use document::diagnostic::Severity;
use document::overlay::Overlay;

fn main() {
    if let Err(error) = run() {
        // The error is printed here and not returned, because only so a diagnostic shows its place.
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    for path in ["build.rs", "build", "../spec"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut document = Document::read(&spec.join("intercom-unstable.yaml"))?;
    document.apply(&Overlay::read_folder(&spec.join("overlays"))?)?;
    let tree = document.tree().clone();
    let expectations: Vec<_> =
        tree::operations(&tree).iter().map(|operation| wire::expectation(&tree, operation)).collect();
    let lowered = codegen::lower::lower(&document.into_typed()?.openapi);
    if let Some(error) = lowered.diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(error.to_string().into());
    }

    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("calls.rs"), calls::text(&Crate::of(&lowered.api)))?;
    fs::write(out.join("calls.json"), serde_json::to_vec(&expectations)?)?;
    Ok(())
}
