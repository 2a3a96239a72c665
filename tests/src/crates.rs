//! Checks generated crates with the compiler: one workspace, one run, dependencies built once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::files::Files;
use codegen::{Generated, scaffold};
use serde_json::Value;

/// The result of a check.
#[derive(Debug, Default)]
pub struct Checked {
    /// The targets without an error, as `package/target`.
    pub sound: BTreeSet<String>,
    /// The errors and warnings as text.
    pub said: String,
}

/// Returns the complete crate of a document, named `name`, as a member of a workspace. The code blocks of its
/// documentation become its example `documented`.
///
/// # Panics
///
/// Panics if the generator fails.
#[must_use]
pub fn complete(name: &str, generated: Generated) -> Files {
    let root = generated.api.crate_name.replace('-', "_");
    let documented = documented(&generated.files).replace(&format!("{root}::"), &format!("{name}::"));
    let files = scaffold::complete(generated).unwrap_or_else(|errors| panic!("{name}:\n{errors}"));
    let mut member = Files::default();
    member.insert("examples/documented.rs".to_owned(), documented);
    for (path, text) in files.iter() {
        let text = if path == "Cargo.toml" { manifest(name, text) } else { text.to_owned() };
        member.insert(path.to_owned(), text);
    }
    member
}

/// Returns the manifest with another name and without its own workspace section.
fn manifest(name: &str, text: &str) -> String {
    let line = |line: &str| match line {
        "[workspace]" => String::new(),
        line if line.starts_with("name = ") => format!("name = \"{name}\""),
        line => line.to_owned(),
    };
    text.lines().map(|it| line(it) + "\n").collect()
}

/// Returns the code blocks of the documentation as one program.
fn documented(files: &Files) -> String {
    let mut program = "#![allow(dead_code, deprecated)]\nfn main() {}\n".to_owned();
    let lines = files.iter().flat_map(|(_, text)| text.lines());
    let comments = lines.filter_map(|line| line.trim_start().strip_prefix("///"));
    let mut inside = false;
    for (number, line) in comments.enumerate() {
        match line.trim() {
            "```no_run" => {
                inside = true;
                program.push_str(&format!("mod example_{number} {{\n"));
            }
            "```" if inside => {
                inside = false;
                program.push_str("}\n");
            }
            code if inside => program.push_str(&format!("{}\n", code.strip_prefix("# ").unwrap_or(code))),
            _ => {}
        }
    }
    program
}

/// Writes a workspace of these crates to `folder` and checks their libraries and examples, with warnings denied. Only
/// the features of generated code are on: the others add hand-written parts of the runtime, which every crate would
/// compile once more.
///
/// # Panics
///
/// Panics if the folder cannot be written, or Cargo does not run.
#[must_use]
pub fn check(folder: &Path, crates: &[(String, Files)]) -> Checked {
    check_with(folder, crates, &["--no-default-features", "--features", "registry"])
}

/// Like [`check`], with every feature of each crate.
///
/// # Panics
///
/// Panics like [`check`].
#[must_use]
pub fn check_with_all_features(folder: &Path, crates: &[(String, Files)]) -> Checked {
    check_with(folder, crates, &["--all-features"])
}

/// Runs the example of a crate that has the crate's name, and returns its output.
///
/// # Panics
///
/// Panics if the folder cannot be written, Cargo does not run, or the program fails.
#[must_use]
pub fn run(folder: &Path, name: &str, files: Files) -> String {
    write(folder, &[(name.to_owned(), files)]);
    let output = cargo(folder, "run")
        .args(["--package", name, "--example", name, "--no-default-features", "--features", "blocking"])
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn write(folder: &Path, crates: &[(String, Files)]) {
    let members: Vec<&str> = crates.iter().map(|(name, _)| name.as_str()).collect();
    let mut workspace = Files::default();
    workspace.insert("Cargo.toml".to_owned(), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"));
    for (name, files) in crates {
        workspace.extend_below(name, files.clone());
    }
    codegen::disk::write(folder, &workspace, &members).expect("the workspace can be written");
    // The locked versions of this workspace are available without a network.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");
}

/// Creates a Cargo command in a workspace; all workspaces share the built dependencies.
fn cargo(folder: &Path, command: &str) -> Command {
    let target = folder.parent().expect("a folder in another").join("checked");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--quiet", "--offline", "--target-dir"]).arg(target).current_dir(folder);
    cargo.env("RUSTFLAGS", "-D warnings");
    // Each crate is compiled once, so incremental data would never be used.
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

fn check_with(folder: &Path, crates: &[(String, Files)], more: &[&str]) -> Checked {
    write(folder, crates);
    let output = cargo(folder, "check")
        .args(["--workspace", "--lib", "--examples", "--keep-going", "--message-format", "json"])
        .args(more)
        .output()
        .expect("cargo runs");
    let mut checked = read(&String::from_utf8_lossy(&output.stdout));
    checked.said.push_str(&String::from_utf8_lossy(&output.stderr));
    checked
}

fn read(messages: &str) -> Checked {
    let mut checked = Checked::default();
    for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let package =
            message["package_id"].as_str().and_then(|id| id.split(['/', '#']).rev().nth(1)).unwrap_or_default();
        match message["reason"].as_str() {
            Some("compiler-artifact") => {
                checked.sound.insert(format!("{package}/{}", message["target"]["name"].as_str().unwrap_or_default()));
            }
            Some("compiler-message") => {
                checked.said.push_str(message["message"]["rendered"].as_str().unwrap_or_default())
            }
            _ => {}
        }
    }
    checked
}
