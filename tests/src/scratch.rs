//! Copies of the repository for tests that write into one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{files, spec};

/// Copies these parts of the repository, files or folders, to `folder`, as a repository of its own with one commit on `main`.
///
/// # Panics
///
/// If a file cannot be copied, or git does not run.
pub fn repository(folder: &Path, parts: &[&str]) {
    for part in parts {
        let from = spec::root().join(part);
        let paths = if from.is_file() { vec![from] } else { files::below(&from) };
        for path in paths {
            let target = folder.join(path.strip_prefix(spec::root()).expect("below the root"));
            fs::create_dir_all(target.parent().expect("in a folder")).expect("a folder can be made");
            fs::copy(&path, target).expect("a file can be copied");
        }
    }
    commit_all(folder);
}

/// Makes a repository of `folder`, where it is none yet, and commits all that is in it.
///
/// # Panics
///
/// If git does not run.
pub fn commit_all(folder: &Path) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet", "--initial-branch", "main"]);
        // Whatever the machine has set: its user has a name, and no hook and no key is asked.
        let settings = [
            ("user.name", "Ann"),
            ("user.email", "ann@example.com"),
            ("commit.gpgsign", "false"),
            ("core.hooksPath", "."),
        ];
        settings.iter().for_each(|(key, value)| _ = git(folder, &["config", key, value]));
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "Copy"]);
}

/// What git prints in `folder`.
///
/// # Panics
///
/// If it fails.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    // A hook that runs the tests may have named another repository.
    command.args(arguments).current_dir(folder).env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// A command of the repository in `folder`; `xtask` is the program that Cargo built of it.
#[must_use]
pub fn command(xtask: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(xtask);
    // Where Cargo says that the package is, the repository is one folder up.
    command.args(arguments).env("CARGO_MANIFEST_DIR", folder.join("xtask")).env_remove("GIT_DIR").current_dir(folder);
    command
}

/// The document of this repository with an edit, as a file beside the repository in `folder`.
///
/// # Panics
///
/// If it cannot be written.
pub fn edited(folder: &Path, edit: impl FnOnce(&mut serde_json::Value)) -> PathBuf {
    let mut tree = spec::document().tree().clone();
    edit(&mut tree);
    let path = folder.with_extension("newer.json");
    fs::write(&path, tree.to_string()).expect("a file can be written");
    path
}
