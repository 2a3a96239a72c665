//! Prepares everything that follows from a newer document, before anything is written.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codegen::api::Api;
use codegen::diff::{self, Difference};
use codegen::files::Files;
use codegen::release::{self, Changelog, Version};
use codegen::rust::Crate;
use codegen::{Generated, coverage, outline};
use document::Document;
use document::diagnostic::{Diagnostic, Diagnostics, Severity};
use document::import::Imported;
use document::overlay::Overlay;
use sha2::{Digest, Sha256};

use super::{CHANGELOG, LOCK, MANIFEST, README, failed};
use crate::spec::{self, DOCUMENT, GENERATED, OVERLAYS, SNAPSHOTS};
use crate::{Failure, evidence, manifest, regenerate, root, shown_root};

pub(super) struct Prepared {
    pub(super) source: String,
    pub(super) difference: Difference,
    pub(super) versions: (Version, Version),
    /// Decisions for a maintainer before anything is written, each with its subject.
    pub(super) decisions: Vec<(&'static str, String)>,
    /// Notes for a reviewer.
    pub(super) notes: Vec<String>,
    /// The files to write, by path from the root.
    pub(super) files: Files,
}

pub(super) fn prepare(file: &Path, source: Option<String>, imported: Imported) -> Result<Prepared, Failure> {
    let (before, warned) = committed()?;
    let overlays = Overlay::read_folder(&shown_root().join(OVERLAYS))?;
    let mut document = Document::parse(DOCUMENT, imported.text.clone())?;
    let mut decisions = Vec::new();
    // Expired actions must not hide the other decisions.
    if let Err(misfits) = document.apply(&overlays) {
        // A description without a place is a warning, which needs no decision.
        let errors = misfits.iter().filter(|misfit| misfit.severity == Severity::Error).cloned();
        decisions.push(("overlays that have expired", errors.collect::<Diagnostics>().to_string()));
    }
    let tree = document.tree().clone();
    let generated = codegen::generate(document, &[]).map_err(|errors| {
        let expired: String = decisions.iter().map(|(what, found)| format!("{what}:\n{found}\n")).collect();
        Failure::Input(format!("{expired}{errors}\nnothing is written"))
    })?;
    decide(&generated, &tree, &mut decisions)?;

    let difference = diff::compare(&before, &generated.api);
    let notes = notes(&before, &warned, &generated);
    let (text, sum) = (fs::read(file).map_err(failed)?, Sha256::new());
    let sum: String = sum.chain_update(text).finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let source = source.unwrap_or_else(|| format!("`{}`", file.file_name().unwrap_or_default().display()));
    let source = source.split_whitespace().collect::<Vec<_>>().join(" ");

    let mut files = written(&generated, &imported.text)?;
    files.insert(README.to_owned(), readme(&read(README)?, &source, &sum, &imported)?);
    let versions = versioned(&difference, &source, &mut files)?;
    Ok(Prepared { source, difference, versions, decisions, notes, files })
}

/// Returns the API of the last commit, and the warnings about it.
fn committed() -> Result<(Api, BTreeSet<String>), Failure> {
    let (mut document, overlays) = spec::at_revision("HEAD")?;
    // An action that does not fit the document of its own commit does not concern the newer one.
    let _ = document.apply(&overlays);
    let generated = codegen::generate(document, &[])?;
    Ok((generated.api, generated.warnings.iter().map(told).collect()))
}

/// Returns a warning by message and JSON pointer, without its line in the file, which moves.
fn told(warning: &Diagnostic) -> String {
    format!("{} ({})", warning.message, warning.pointer)
}

fn decide(
    generated: &Generated,
    tree: &serde_json::Value,
    decisions: &mut Vec<(&'static str, String)>,
) -> Result<(), Failure> {
    let faults = regenerate::as_errors(&generated.warnings);
    let missing: Diagnostics = coverage::missing(&generated.api);
    for (what, found) in [("faults of the document", faults), ("parts without words", missing)] {
        if !found.is_empty() {
            decisions.push((what, found.to_string()));
        }
    }
    let unsettled = evidence::unsettled(tree)?;
    if !unsettled.is_empty() {
        decisions.push(("evidence that is neither corrected nor listed", unsettled.join("\n")));
    }
    Ok(())
}

fn notes(before: &Api, warned: &BTreeSet<String>, generated: &Generated) -> Vec<String> {
    let warnings = generated.warnings.iter().filter(|found| found.severity == Severity::Warning).map(told);
    let mut notes: Vec<String> = warnings.filter(|warning| !warned.contains(warning)).collect();
    let had = coverage::bare_fields(before);
    let bare: Vec<String> =
        coverage::bare_fields(&generated.api).difference(&had).map(|field| format!("`{field}`")).collect();
    if !bare.is_empty() {
        notes.push(format!("new fields without words, whose names must say all: {}", bare.join(", ")));
    }
    notes
}

/// Returns the files to write: the document, the code and the snapshots.
fn written(generated: &Generated, document: &str) -> Result<Files, Failure> {
    let mut files = Files::default();
    files.insert(DOCUMENT.to_owned(), document.to_owned());
    files.extend_below(GENERATED, generated.files.clone());
    for (name, text) in outline::all(&Crate::of(&generated.api)) {
        let path = format!("{SNAPSHOTS}/{name}.snap");
        let on_disk = fs::read_to_string(root().join(&path)).unwrap_or_default();
        files.insert(path, snapshot(&on_disk, &text));
    }
    Ok(files)
}

/// Returns a snapshot as insta writes it. A snapshot with the same text stays as it is, header included.
fn snapshot(on_disk: &str, text: &str) -> String {
    let text = text.trim_end();
    let says = on_disk.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    match says {
        Some((_, said)) if said.trim_end() == text => on_disk.to_owned(),
        _ => format!("---\nsource: tests/tests/generator/snapshots.rs\n---\n{text}\n"),
    }
}

fn read(path: &str) -> Result<String, Failure> {
    fs::read_to_string(root().join(path)).map_err(|error| failed(format!("cannot read {path}: {error}")))
}

/// Returns the read-me of `spec/` with a new first paragraph below `Source`.
fn readme(text: &str, source: &str, sum: &str, imported: &Imported) -> Result<String, Failure> {
    const HEADING: &str = "\n## Source\n\n";
    let parts = text.split_once(HEADING).and_then(|(before, rest)| Some((before, rest.split_once("\n\n")?.1)));
    let (before, after) = parts.ok_or_else(|| failed(format!("{README} has no paragraph below `## Source`")))?;
    Ok(format!("{before}{HEADING}{source}, sha256\n`{sum}`: {}.\n\n{after}", imported.read))
}

/// Adds manifest, lock file and changelog if anything changed for a caller. Returns the old and the new version.
fn versioned(difference: &Difference, source: &str, files: &mut Files) -> Result<(Version, Version), Failure> {
    let (text, log) = (read(MANIFEST)?, read(CHANGELOG)?);
    let old = manifest::version(&text).ok_or_else(|| failed(format!("{MANIFEST} has no version of three numbers")))?;
    let entry = diff::entry(difference, source);
    if entry.is_empty() {
        return Ok((old, old));
    }
    let new = release::next(old, Changelog(&log).released(), difference.release());
    let with = manifest::with_version(&text, new).ok_or_else(|| failed(format!("{MANIFEST} has no version")))?;
    files.insert(MANIFEST.to_owned(), with);
    files.insert(LOCK.to_owned(), manifest::lock_with_version(&read(LOCK)?, old, new));
    files.insert(CHANGELOG.to_owned(), Changelog(&log).with(new, &entry));
    Ok((old, new))
}
