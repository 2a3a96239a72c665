//! Tests small documents of one idea each: the code of the good ones, and the diagnostics of the bad ones.

use std::fmt::Write as _;
use std::path::Path;

use codegen::Generated;
use document::Document;
use document::diagnostic::Diagnostics;
use tests::{crates, files};

fn generate(path: &Path) -> Result<Generated, Diagnostics> {
    let text = std::fs::read_to_string(path).expect("a fixture is readable");
    let name = path.file_name().expect("a fixture has a name").to_string_lossy();
    codegen::generate(Document::parse(&name, text)?, &[])
}

/// Returns the text for a reviewer: the warnings, and every file that differs between documents.
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

/// The snapshots are beside the programs, under the name of this module alone.
fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings
}

#[test]
fn good_documents_become_this_code() {
    settings().bind(|| {
        insta::glob!("../..", "fixtures/good/*.yaml", |path| {
            let generated = generate(path).unwrap_or_else(|errors| panic!("{}:\n{errors}", path.display()));
            insta::assert_snapshot!("fixtures__good_documents_become_this_code", rendered(&generated));
        });
    });
}

#[test]
fn bad_documents_are_told_why() {
    settings().bind(|| {
        insta::glob!("../..", "fixtures/bad/*.yaml", |path| {
            let errors = generate(path).map(|_| "it was taken").expect_err("the document is bad");
            insta::assert_snapshot!("fixtures__bad_documents_are_told_why", errors.to_string());
        });
    });
}

#[test]
fn no_snapshot_is_left_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixture = |snapshot: &Path| {
        let name = snapshot.file_name()?.to_str()?.strip_suffix(".snap")?;
        let (test, fixture) = name.strip_prefix("fixtures__")?.split_once('@')?;
        Some(root.join("fixtures").join(test.split('_').next()?).join(fixture))
    };
    let snapshots = files::below(&root.join("tests/snapshots"));
    let stale = snapshots.iter().filter(|path| path.extension().is_some_and(|extension| extension == "snap"));
    let stale: Vec<String> = stale
        .filter(|path| !fixture(path).is_some_and(|fixture| fixture.is_file()))
        .map(|path| format!("git rm tests/{}", path.strip_prefix(root).expect("below").display()))
        .collect();
    assert!(stale.is_empty(), "these fixtures are gone; run:\n{}", stale.join("\n"));
}

/// The compiler accepts the code of each, with warnings denied.
#[test]
fn the_code_of_good_documents_compiles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/good");
    let crates: Vec<_> = files::below(&folder)
        .iter()
        .map(|path| {
            let name = path.file_stem().expect("a fixture has a name").to_string_lossy().into_owned();
            let generated = generate(path).unwrap_or_else(|errors| panic!("{name}:\n{errors}"));
            let complete = crates::complete(&name, generated);
            (name, complete)
        })
        .collect();
    let checked = crates::check(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures"), &crates);
    let targets = crates.iter().flat_map(|(name, _)| [format!("{name}/{name}"), format!("{name}/documented")]);
    let unsound: Vec<String> = targets.filter(|target| !checked.sound.contains(target)).collect();
    assert!(unsound.is_empty(), "{unsound:?}\n{}", checked.said);
}
