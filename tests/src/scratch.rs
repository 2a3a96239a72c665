//! Copies of the repository for tests that write into a repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{files, spec};

/// Copies these files and folders of the repository to `folder`, as a repository of its own with one commit on `main`.
///
/// # Panics
///
/// Panics if a file cannot be copied, or git does not run.
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

/// Makes `folder` a repository if it is none yet, and commits all its files.
///
/// # Panics
///
/// Panics if git does not run.
pub fn commit_all(folder: &Path) {
    if !folder.join(".git").exists() {
        git(folder, &["init", "--quiet", "--initial-branch", "main"]);
        // These settings hide those of the machine: the user has a name, and no hook and no key is used.
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

/// Runs git in `folder` and returns its output.
///
/// # Panics
///
/// Panics if git fails.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    // A git hook that runs the tests may have set another repository.
    command.args(arguments).current_dir(folder).env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Creates a command of the repository in `folder`; `xtask` is the program that Cargo built.
#[must_use]
pub fn command(xtask: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(xtask);
    // The program takes the parent of the package folder for the repository.
    command.args(arguments).env("CARGO_MANIFEST_DIR", folder.join("xtask")).env_remove("GIT_DIR").current_dir(folder);
    command
}

/// Writes the edited document of this repository to a file beside the repository in `folder`.
///
/// # Panics
///
/// Panics if it cannot be written.
pub fn edited(folder: &Path, edit: impl FnOnce(&mut serde_json::Value)) -> PathBuf {
    let mut tree = spec::document().tree().clone();
    edit(&mut tree);
    let path = folder.with_extension("newer.json");
    fs::write(&path, tree.to_string()).expect("a file can be written");
    path
}
