//! Reads documents and overlays from the folder `spec/`, from files, and from git revisions.

use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::api::Api;
use document::Document;
use document::diagnostic::{Diagnostics, Severity};
use document::overlay::{self, Overlay};

use crate::{Failure, root};

/// The document of this repository, by path from the root.
pub(crate) const DOCUMENT: &str = "spec/intercom-unstable.yaml";
pub(crate) const OVERLAYS: &str = "spec/overlays";

pub(crate) const GENERATED: &str = "generated-client/src/generated";
/// The folder of the outlines that a reviewer reads.
pub(crate) const SNAPSHOTS: &str = "tests/snapshots";

pub(crate) fn overlays() -> Result<Vec<Overlay>, Diagnostics> {
    Overlay::read_folder(&root().join(OVERLAYS))
}

pub(crate) fn read_overlays(paths: &[PathBuf]) -> Result<Vec<Overlay>, Diagnostics> {
    paths.iter().map(|path| Overlay::read(path)).collect()
}

/// Returns the API of a document, and the overlay actions that do not fit it.
///
/// A misfit is no error in a comparison: an expired action was fixed upstream, and the difference shows how.
pub(crate) fn compared(mut document: Document, overlays: &[Overlay]) -> Result<(Api, Diagnostics), Diagnostics> {
    let mut misfits = document.apply(overlays).err().unwrap_or_default();
    misfits.iter_mut().for_each(|misfit| misfit.severity = Severity::Warning);
    Ok((codegen::read(document, &[])?, misfits))
}

pub(crate) fn at_revision(revision: &str) -> Result<(Document, Vec<Overlay>), Failure> {
    let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])
        .map_err(|_| {
            Failure::Input(format!("error: {revision:?} is neither a file nor a revision of this repository"))
        })?;
    let commit = commit.trim();
    let read = |path: &str| {
        let text = git(&["show", &format!("{commit}:{path}")]);
        text.map_err(|error| Failure::Input(format!("error: {revision} has no {path}: {error}")))
    };
    let document = Document::parse(&format!("{revision}:{DOCUMENT}"), read(DOCUMENT)?)?;
    // An old revision may have no overlays.
    let listed = git(&["ls-tree", "--name-only", commit, &format!("{OVERLAYS}/")]).unwrap_or_default();
    let mut overlays = Vec::new();
    for path in listed.lines().filter(|path| overlay::is_yaml(Path::new(path))) {
        overlays.push(Overlay::parse(&format!("{revision}:{path}"), read(path)?)?);
    }
    Ok((document, overlays))
}

/// Returns whether `spec/` differs from the last commit; false without git.
pub(crate) fn is_changed() -> bool {
    git(&["status", "--porcelain", "--", "spec"]).is_ok_and(|changed| !changed.trim().is_empty())
}

/// Runs git and returns its output.
///
/// # Errors
///
/// Returns the text that git prints as its error.
pub(crate) fn git(arguments: &[&str]) -> Result<String, String> {
    let output =
        Command::new("git").arg("-C").arg(root()).args(arguments).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}
