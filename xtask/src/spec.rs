//! Where documents and overlays come from: the folder `spec/`, files, revisions of git.

use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::api::Api;
use codegen::diagnostic::{Diagnostics, Severity};
use codegen::document::Document;
use codegen::overlay::{self, Overlay};

use crate::{Failure, root};

/// The document of this repository, from its root.
pub(crate) const DOCUMENT: &str = "spec/intercom-unstable.yaml";
/// Its overlays.
pub(crate) const OVERLAYS: &str = "spec/overlays";

/// The code that is written from it.
pub(crate) const GENERATED: &str = "generated-client/src/generated";
/// The texts that a reviewer reads, a file for each operation and each model.
pub(crate) const SNAPSHOTS: &str = "tests/snapshots";

/// The overlays of this repository.
pub(crate) fn overlays() -> Result<Vec<Overlay>, Diagnostics> {
    Overlay::read_folder(&root().join(OVERLAYS))
}

/// Reads overlays that were named one by one.
pub(crate) fn read_overlays(paths: &[PathBuf]) -> Result<Vec<Overlay>, Diagnostics> {
    paths.iter().map(|path| Overlay::read(path)).collect()
}

/// What a document says, and which actions of the overlays do not fit it.
///
/// For a comparison that is no error: an action that has expired was mended upstream, and the difference shows how.
pub(crate) fn compared(mut document: Document, overlays: &[Overlay]) -> Result<(Api, Diagnostics), Diagnostics> {
    let mut misfits = document.apply(overlays).err().unwrap_or_default();
    misfits.iter_mut().for_each(|misfit| misfit.severity = Severity::Warning);
    Ok((codegen::read(document, &[])?, misfits))
}

/// The document of a revision, and its overlays.
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
    // A revision from before there were any has none.
    let listed = git(&["ls-tree", "--name-only", commit, &format!("{OVERLAYS}/")]).unwrap_or_default();
    let mut overlays = Vec::new();
    for path in listed.lines().filter(|path| overlay::is_yaml(Path::new(path))) {
        overlays.push(Overlay::parse(&format!("{revision}:{path}"), read(path)?)?);
    }
    Ok((document, overlays))
}

/// Whether `spec/` differs from the last commit; no where there is no git.
pub(crate) fn is_changed() -> bool {
    git(&["status", "--porcelain", "--", "spec"]).is_ok_and(|changed| !changed.trim().is_empty())
}

/// What git prints; the error is what it says.
pub(crate) fn git(arguments: &[&str]) -> Result<String, String> {
    let output =
        Command::new("git").arg("-C").arg(root()).args(arguments).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}
