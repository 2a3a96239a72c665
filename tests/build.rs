//! Writes a call of every operation of the client, and what must arrive for it.
//!
//! The calls have the names that the generator gives. What must arrive comes from the document itself: a fault in the later
//! stages of the generator makes the two differ.

#[path = "build/calls.rs"]
mod calls;
#[path = "build/document.rs"]
mod document;
#[path = "build/sample.rs"]
mod sample;
#[path = "build/wire.rs"]
mod wire;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::document::Document;
use codegen::overlay::Overlay;

fn main() {
    if let Err(error) = run() {
        // Not returned from here: only so a diagnostic shows its place.
        eprintln!("{error}");
        std::process::exit(1);
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    for path in ["build.rs", "build", "../spec"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut overlays = Vec::new();
    for path in overlay_files(&spec)? {
        overlays.push(Overlay::read(&path)?);
    }
    let mut document = Document::read(&spec.join("intercom-unstable.yaml"))?;
    document.apply(&overlays)?;
    let tree = document.tree().clone();
    let expectations: Vec<_> =
        document::operations(&tree).iter().map(|operation| wire::expectation(&tree, operation)).collect();
    let lowered = codegen::lower::lower(&document.into_typed()?.openapi)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;

    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("calls.rs"), calls::text(&lowered.api))?;
    fs::write(out.join("calls.json"), serde_json::to_vec(&expectations)?)?;
    Ok(())
}

/// In the order in which the generator applies them.
fn overlay_files(spec: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let entries = fs::read_dir(spec.join("overlays"))?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    Ok(files)
}
