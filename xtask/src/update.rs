//! The command `update FILE [--source TEXT]`, which commits a newer document with everything that follows from it.

mod prepared;
mod text;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::disk::{self, Changes};
use lexopt::prelude::*;

use self::prepared::{Prepared, prepare};
use crate::spec::{DOCUMENT, GENERATED, SNAPSHOTS, git};
use crate::{Failure, root};

/// The file that states the source of the document and its checksum.
const README: &str = "spec/README.md";
const CHANGELOG: &str = "CHANGELOG.md";
const MANIFEST: &str = "Cargo.toml";
const LOCK: &str = "Cargo.lock";

/// The paths that an update writes. They must be as committed, so that the update can be undone.
const WRITTEN: [&str; 7] = [DOCUMENT, README, CHANGELOG, MANIFEST, LOCK, GENERATED, SNAPSHOTS];
/// The paths that the commit holds: an overlay that was edited for the newer document belongs to it.
const COMMITTED: [&str; 6] = ["spec", CHANGELOG, MANIFEST, LOCK, GENERATED, SNAPSHOTS];
/// The file with the text of a pull request.
const PROPOSAL: &str = "target/update.md";

pub(crate) fn run(arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let (file, source) = parse(arguments)?;
    refuse_changes()?;
    let imported = document::import::import_file(&file)?;
    println!("read  {}: {}", file.display(), imported.read);
    if fs::read_to_string(root().join(DOCUMENT)).is_ok_and(|text| text == imported.text) {
        println!("nothing to do: {DOCUMENT} has this structure");
        return Ok(ExitCode::SUCCESS);
    }
    let prepared = prepare(&file, source, imported)?;
    println!("{}", text::reviewed(&prepared));
    if !prepared.decisions.is_empty() {
        println!("{}\nnothing is written: settle these under spec/, and run it again", text::decisions(&prepared));
        return Ok(ExitCode::FAILURE);
    }
    write(&prepared)?;
    println!("committed {}", text::subject(&prepared));
    println!("the text of a pull request is {PROPOSAL}; `git reset --keep HEAD^` takes it all back");
    Ok(ExitCode::SUCCESS)
}

fn parse(mut arguments: lexopt::Parser) -> Result<(PathBuf, Option<String>), Failure> {
    let (mut file, mut source) = (None, None);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("source") if source.is_none() => source = Some(arguments.value()?.string()?),
            Value(value) if file.is_none() => file = Some(PathBuf::from(value)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok((file.ok_or_else(|| Failure::Usage("update needs a FILE".to_owned()))?, source))
}

fn refuse_changes() -> Result<(), Failure> {
    let changed = git(&[&["status", "--porcelain", "--"][..], &WRITTEN].concat()).map_err(failed)?;
    if changed.trim().is_empty() {
        return Ok(());
    }
    Err(failed(format!(
        "these have changes that are not committed, and would be written over:\n{}",
        changed.trim_end()
    )))
}

fn failed(message: impl std::fmt::Display) -> Failure {
    Failure::Input(format!("error: {message}"))
}

/// Writes and commits; on failure, restores every file and the index.
fn write(prepared: &Prepared) -> Result<(), Failure> {
    let root = root();
    let proposal = root.join(PROPOSAL);
    fs::create_dir_all(root.join("target"))
        .and_then(|()| fs::write(&proposal, text::proposal(prepared)))
        .map_err(failed)?;
    let changes = disk::write(&root, &prepared.files, &[GENERATED, SNAPSHOTS]).map_err(failed)?;
    let commit = || {
        git(&[&["add", "--all", "--"][..], &COMMITTED].concat())?;
        git(&[&["commit", "--quiet", "--message", &text::message(prepared), "--"][..], &COMMITTED].concat())
    };
    commit().map_err(|error| {
        let _ = fs::remove_file(&proposal);
        match take_back(&root, &changes) {
            Ok(()) => failed(format!("the commit failed, all files are as they were: {error}")),
            Err(second) => failed(format!("the commit failed: {error}\nand so did taking it back: {second}")),
        }
    })?;
    Ok(())
}

/// Restores the written files from the last commit, which they equalled before.
fn take_back(root: &Path, changes: &Changes) -> Result<(), String> {
    git(&[&["reset", "--quiet", "--"][..], &COMMITTED].concat())?;
    for path in &changes.missing {
        fs::remove_file(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
    }
    let old: Vec<&str> =
        changes.changed.iter().map(|(path, ..)| path).chain(&changes.stale).map(String::as_str).collect();
    if old.is_empty() {
        return Ok(());
    }
    git(&[&["checkout", "--quiet", "HEAD", "--"][..], &old].concat()).map(drop)
}
