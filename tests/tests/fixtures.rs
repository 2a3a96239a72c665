//! Small documents, one idea each: what is generated for the good ones, and what is said of the bad ones.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::diagnostic::Diagnostics;
use codegen::document::Document;
use codegen::{Generated, scaffold};

fn generate(path: &Path) -> Result<Generated, Diagnostics> {
    let text = std::fs::read_to_string(path).expect("a fixture is readable");
    let name = path.file_name().expect("a fixture has a name").to_string_lossy();
    codegen::generate(Document::parse(&name, text)?, &[])
}

/// All that a reviewer reads: the warnings, and every file that is not the same for every document.
fn rendered(generated: &Generated) -> String {
    let mut text = String::new();
    if !generated.warnings.is_empty() {
        writeln!(text, "{}\n", generated.warnings).expect("text grows");
    }
    for (path, source) in generated.files.iter().filter(|(path, _)| *path != "mod.rs" && *path != "resources/mod.rs") {
        let source = source.strip_prefix(codegen::files::HEADER).unwrap_or(source);
        writeln!(text, "==> {path} <=={source}").expect("text grows");
    }
    text
}

#[test]
fn good_documents_become_this_code() {
    insta::glob!("..", "fixtures/good/*.yaml", |path| {
        let generated = generate(path).unwrap_or_else(|errors| panic!("{}:\n{errors}", path.display()));
        insta::assert_snapshot!(rendered(&generated));
    });
}

#[test]
fn bad_documents_are_told_why() {
    insta::glob!("..", "fixtures/bad/*.yaml", |path| {
        let errors = generate(path).map(|_| "it was taken").expect_err("the document is bad");
        insta::assert_snapshot!(errors.to_string());
    });
}

/// The compiler has the last word on each of them, warnings denied.
#[test]
fn the_code_of_good_documents_compiles() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    let mut failures = String::new();
    for path in fixtures("good") {
        let name = path.file_stem().expect("a fixture has a name").to_string_lossy().into_owned();
        let crate_folder = folder.join(&name);
        let generated = generate(&path).unwrap_or_else(|errors| panic!("{name}:\n{errors}"));
        let files = scaffold::complete(generated).unwrap_or_else(|errors| panic!("{name}:\n{errors}"));
        codegen::disk::write(&crate_folder, &files, scaffold::OWNED).expect("the crate can be written");
        // The versions that the workspace was locked to: they are at hand without a network.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        std::fs::copy(lock, crate_folder.join("Cargo.lock")).expect("the lock file can be copied");
        let output = Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(folder.join("target"))
            .current_dir(&crate_folder)
            .env("RUSTFLAGS", "-D warnings")
            .output()
            .expect("cargo runs");
        if !output.status.success() {
            writeln!(failures, "{name}:\n{}", String::from_utf8_lossy(&output.stderr)).expect("text grows");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn fixtures(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(kind);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("fixtures are there").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
}
