//! The command `evidence [--against FILE]… [--document FILE] [--reviewed FILE]`, which reports omissions and
//! contradictions of a document.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::evidence::{self, Finding, Outcome, Reviewed, against, corrected, is_correction, itself};
use document::Document;
use document::diagnostic::Diagnostic;
use document::overlay::{Overlay, is_yaml};
use lexopt::prelude::*;

use crate::{Failure, root, spec};

/// The folder, next to the checkout, of documents that others publish about the API: the evidence. Without it, the
/// document is only compared with itself.
const EVIDENCE: &str = "../shared/spec/evidence";
const REVIEWED: &str = "spec/evidence-reviewed.yaml";

#[derive(Default)]
struct Options {
    against: Vec<PathBuf>,
    document: Option<PathBuf>,
    reviewed: Option<PathBuf>,
}

pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("against") => options.against.push(arguments.value()?.into()),
            Long("document") if options.document.is_none() => options.document = Some(arguments.value()?.into()),
            Long("reviewed") if options.reviewed.is_none() => options.reviewed = Some(arguments.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let ours = ours(options.document.as_deref())?;
    // With `--against` alone only part of the evidence is read, so a reviewed entry that matches nothing may not be
    // stale.
    let whole = options.document.is_some() || options.against.is_empty();
    let files = match (&options.document, options.against.is_empty()) {
        (None, true) => published()?,
        _ => options.against,
    };
    let reviewed = reviewed(&options.reviewed, options.document.is_none())?;
    Ok(told(&hold(ours.tree(), &files, &reviewed, whole && !files.is_empty())?))
}

/// Returns a line for each finding about `tree` that is not reviewed, and for each reviewed entry that matches no
/// finding. `tree` is a version of the document of `spec/`, with its overlays.
pub(crate) fn unsettled(tree: &serde_json::Value) -> Result<Vec<String>, Failure> {
    let files = published()?;
    Ok(hold(tree, &files, &reviewed(&None, true)?, !files.is_empty())?.unsettled())
}

/// The result of comparing a document with the evidence and with itself.
struct Held {
    outcome: Outcome,
    /// The findings, each with the files that show it.
    found: BTreeMap<Finding, Vec<String>>,
    files: usize,
}

fn hold(tree: &serde_json::Value, files: &[PathBuf], reviewed: &Reviewed, whole: bool) -> Result<Held, Failure> {
    let mut found: BTreeMap<Finding, Vec<String>> = BTreeMap::new();
    for finding in itself(tree) {
        found.entry(finding).or_default();
    }
    for file in files {
        let theirs = evidence::read(file)?;
        let name = file.file_name().map_or_else(|| file.display().to_string(), |name| name.display().to_string());
        let findings = match is_correction(&theirs) {
            true => against(tree, &corrected(tree, &theirs)),
            false => against(tree, &theirs),
        };
        findings.into_iter().for_each(|finding| found.entry(finding).or_default().push(name.clone()));
    }
    let outcome = reviewed.settle(found.keys().cloned().collect(), |kind| kind.is_of_itself() || whole);
    Ok(Held { outcome, found, files: files.len() })
}

impl Held {
    fn unsettled(&self) -> Vec<String> {
        let finding = |finding: &Finding| match self.found.get(finding).map(Vec::as_slice) {
            None | Some([]) => finding.to_string(),
            Some(names) => format!("{finding} ({})", names.join(", ")),
        };
        let stale = self.outcome.stale.iter().map(|entry| format!("stale     {entry}: remove it from the list"));
        self.outcome.unsettled.iter().map(finding).chain(stale).collect()
    }
}

fn ours(document: Option<&Path>) -> Result<Document, Failure> {
    if let Some(document) = document {
        return Ok(Document::read(document)?);
    }
    let mut ours = Document::read(&root().join(spec::DOCUMENT))?;
    ours.apply(&Overlay::read_folder(&root().join(spec::OVERLAYS))?)?;
    Ok(ours)
}

/// Returns the files of the evidence, sorted; none if there is no folder.
fn published() -> Result<Vec<PathBuf>, Failure> {
    let folder = root().join(EVIDENCE);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |error| Failure::Input(format!("error: cannot read {}: {error}", folder.display()));
    let entries = fs::read_dir(&folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut files: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(|path| is_yaml(path)).collect();
    files.sort();
    Ok(files)
}

/// Reads the list of reviewed findings. Without `file`, it is the list of this repository for the document of `spec/`,
/// and empty for any other.
fn reviewed(file: &Option<PathBuf>, of_spec: bool) -> Result<Reviewed, Failure> {
    let path = match (file, of_spec) {
        (Some(file), _) => file.clone(),
        (None, true) => root().join(REVIEWED),
        (None, false) => return Ok(Reviewed::default()),
    };
    let text = fs::read_to_string(&path).map_err(|error| {
        Failure::Input(Diagnostic::error("", format!("cannot read {}: {error}", path.display())).to_string())
    })?;
    Ok(Reviewed::parse(&path.display().to_string(), text)?)
}

fn told(held: &Held) -> ExitCode {
    held.unsettled().iter().for_each(|line| println!("{line}"));
    let Outcome { settled, unsettled, stale } = &held.outcome;
    println!(
        "held against itself and {} other documents: {settled} findings settled, {} not, {} stale entries",
        held.files,
        unsettled.len(),
        stale.len()
    );
    if unsettled.is_empty() && stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    if !unsettled.is_empty() {
        println!("correct each by an overlay, or list it in {REVIEWED} with its reason");
    }
    ExitCode::FAILURE
}
