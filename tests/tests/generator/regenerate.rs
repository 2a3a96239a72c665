//! Runs `cargo xtask regenerate`, and checks the files that it writes, those that it leaves alone, and its messages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use codegen::coverage::{self, Coverage};
use document::diagnostic::Diagnostics;
use tests::{folder, spec};

/// Returns an empty folder for this test.
fn folder(name: &str) -> PathBuf {
    folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/regenerate"), name).expect("a folder can be made")
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn regenerate(document: &Path, out: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask-under-test"))
        .arg("regenerate")
        .arg("--document")
        .arg(document)
        .arg("--out")
        .arg(out)
        .args(more)
        .output()
        .expect("xtask runs")
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

/// Returns every file below `folder` with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(&path).expect("readable");
                found.insert(path.strip_prefix(folder).expect("below").to_owned(), bytes);
            }
        }
    }
    found
}

#[test]
fn the_client_is_what_the_generator_writes() {
    let generated = codegen::generate(spec::document(), &spec::overlays()).expect("sound");
    assert_eq!(generated.api.operations().count(), 262);
    let paged = generated.api.operations().filter(|operation| operation.pagination.is_some());
    assert_eq!(paged.count(), 42);
    let folder = spec::root().join("generated-client/src/generated");
    let changes = codegen::disk::compare(&folder, &generated.files, &[""]).expect("readable");
    let differing: Vec<&str> = changes.changed.iter().map(|(path, ..)| path.as_str()).collect();
    assert!(
        changes.is_empty(),
        "changed {differing:?}, missing {:?}, stale {:?}: run `cargo xtask regenerate`",
        changes.missing,
        changes.stale
    );
}

#[test]
fn two_runs_write_the_same_bytes_and_the_second_writes_none() {
    let (one, other) = (folder("one"), folder("other"));
    let document = fixture("good/unions.yaml");
    for out in [&one, &other] {
        let output = regenerate(&document, out, &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    assert_eq!(files(&one), files(&other));
    let again = text(&regenerate(&document, &one, &[]).stdout);
    assert!(again.contains("found 1 operations in 1 tags"), "{again}");
    assert!(again.contains("0 of them changed"), "{again}");
}

#[test]
fn it_counts_the_paged_operations() {
    let output = text(&regenerate(&fixture("good/pagination.yaml"), &folder("counted"), &[]).stdout);
    assert!(output.contains("found 16 operations in 1 tags") && output.contains("; 13 paged"), "{output}");
}

#[test]
fn stale_files_go_and_those_of_others_stay() {
    let out = folder("stale");
    let document = fixture("good/unions.yaml");
    assert!(regenerate(&document, &out, &[]).status.success());
    for (path, body) in [
        ("src/generated/models/old.rs", "old"),
        ("src/generated/old/deep/old.rs", "old"),
        ("src/own.rs", "mine"),
        ("README.md", "mine"),
    ] {
        let path = out.join(path);
        fs::create_dir_all(path.parent().expect("has a parent")).expect("a folder can be made");
        fs::write(path, body).expect("a file can be written");
    }
    let output = text(&regenerate(&document, &out, &[]).stdout);
    assert!(output.contains("removed") && output.contains("old.rs"), "{output}");
    let left = files(&out);
    assert!(left.keys().all(|path| !path.ends_with("old.rs")), "{:?}", left.keys());
    assert!(!out.join("src/generated/old").exists(), "an empty folder is left");
    assert_eq!(left.get(Path::new("src/own.rs")).map(Vec::as_slice), Some(b"mine".as_slice()));
    assert_eq!(left.get(Path::new("README.md")).map(Vec::as_slice), Some(b"mine".as_slice()));
}

#[test]
fn check_writes_nothing_and_says_what_to_do() {
    let out = folder("check");
    let document = fixture("good/unions.yaml");
    assert!(regenerate(&document, &out, &[]).status.success());
    let clean = regenerate(&document, &out, &["--check"]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stdout));

    fs::remove_file(out.join("src/generated/models/cat.rs")).expect("it is there");
    fs::write(out.join("src/generated/models/old.rs"), "old").expect("writable");
    let dog = out.join("src/generated/models/dog.rs");
    let edited = fs::read_to_string(&dog).expect("readable").replace("pub struct Dog", "pub struct Hound");
    fs::write(&dog, edited).expect("writable");
    let before = files(&out);

    let output = regenerate(&document, &out, &["--check"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for expected in
        ["missing", "cat.rs", "stale", "old.rs", "changed", "dog.rs", "-pub struct Hound", "+pub struct Dog"]
    {
        assert!(said.contains(expected), "`{expected}` is not in:\n{said}");
    }
    assert!(said.contains("run `cargo xtask regenerate --document"), "{said}");
    assert_eq!(files(&out), before);
}

#[test]
fn a_run_that_fails_leaves_every_file() {
    let out = folder("failing");
    assert!(regenerate(&fixture("good/unions.yaml"), &out, &[]).status.success());
    let before = files(&out);
    for bad in ["bad/colliding_names.yaml", "bad/swagger.yaml", "bad/no_such_file.yaml"] {
        let output = regenerate(&fixture(bad), &out, &[]);
        assert_eq!(output.status.code(), Some(2), "{bad}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains("error"), "{bad}");
        assert_eq!(files(&out), before, "{bad}");
    }
}

#[test]
fn a_strict_run_takes_no_faults_and_a_lenient_one_tells_them_in_few_lines() {
    let out = folder("strict");
    let document = fixture("good/faults.yaml");
    let strict = regenerate(&document, &out, &["--strict"]);
    assert_eq!(strict.status.code(), Some(2), "{}", text(&strict.stdout));
    let said = text(&strict.stderr);
    assert!(said.contains("error: `type` is the text \"enqueue_status\"") && said.contains("--lenient"), "{said}");
    assert!(said.contains("settle it in an overlay: `{target: \"$.components.schemas.thing"), "{said}");
    assert!(files(&out).is_empty(), "{:?}", files(&out).keys());

    let lenient = regenerate(&document, &out, &[]);
    let said = text(&lenient.stdout);
    assert!(lenient.status.success(), "{}", text(&lenient.stderr));
    let places = said.lines().filter(|line| line.starts_with("warning: ") && line.contains("faults.yaml:")).count();
    assert!(places > 10 && !said.contains("  --> "), "{said}");
    assert!(said.contains("times: the reference … leads nowhere") && said.contains("added   "), "{said}");
    assert!(said.lines().filter(|line| line.starts_with("added")).count() == 1, "{said}");

    let verbose = text(&regenerate(&document, &folder("verbose"), &["--verbose"]).stdout);
    assert!(verbose.contains("  --> ") && verbose.contains("= assumed: any JSON"), "{verbose}");
    assert!(verbose.lines().filter(|line| line.starts_with("added")).count() > 12, "{verbose}");

    let sound = regenerate(&fixture("good/unions.yaml"), &folder("sound"), &["--strict"]);
    assert!(sound.status.success(), "{}", text(&sound.stderr));
}

#[test]
fn a_folder_in_the_way_is_an_error_and_changes_nothing() {
    let out = folder("in_the_way");
    // A folder stands in the place of a file, so the run gets as far as writing.
    fs::create_dir_all(out.join("src/lib.rs")).expect("a folder can be made");
    let output = regenerate(&fixture("good/unions.yaml"), &out, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("lib.rs"), "{}", text(&output.stderr));
    assert!(files(&out).is_empty(), "{:?}", files(&out).keys());
}

#[test]
fn a_crate_of_somebody_else_is_not_written_over() {
    let out = folder("foreign");
    fs::write(out.join("Cargo.toml"), "[package]\nname = \"mine\"\n").expect("writable");
    let output = regenerate(&fixture("good/unions.yaml"), &out, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("nothing is written over it"), "{}", text(&output.stderr));
    assert_eq!(files(&out).len(), 1);
}

#[test]
fn a_complete_crate_is_named_after_its_document() {
    let out = folder("named");
    assert!(regenerate(&fixture("good/parameters.yaml"), &out, &[]).status.success());
    let all: String = files(&out).values().map(|bytes| text(bytes)).collect();
    assert!(all.contains("name = \"parameters-client\""));
    assert!(all.contains("https://eu.example.com/v1"));
    assert!(all.contains("Credential::Header(\"X-Api-Key\")"));
    assert!(!all.to_lowercase().contains("intercom"), "another API's crate names Intercom");
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    for arguments in [&["regenerate", "--out", "x"][..], &["regenerate", "--frobnicate"], &["frobnicate"], &[]] {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask-under-test")).args(arguments).output().expect("xtask runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("Usage: cargo xtask"), "{arguments:?}");
    }
}

#[test]
fn every_operation_schema_and_tag_has_words() {
    let api = spec::current();
    let words = Coverage::of(&api);
    assert_eq!((words.operations, words.tags), ((262, 262), (49, 49)));
    assert_eq!(coverage::missing(&api).to_string(), Diagnostics::new().to_string());
    // Removed descriptions are reported by name.
    let mut bare = api;
    bare.resources[0].doc = None;
    bare.resources[0].operations[0].summary = None;
    let schema = bare.types.0.iter_mut().find(|definition| definition.component.as_deref() == Some("contact"));
    schema.expect("the schema is there").doc = None;
    let missing = coverage::missing(&bare).to_string();
    let (tag, operation) = (&bare.resources[0].tag, &bare.resources[0].operations[0].id);
    for told in [format!("the tag `{tag}`"), format!("operation `{operation}`"), "the schema `contact`".to_owned()] {
        assert!(missing.contains(&told), "no {told:?} in\n{missing}");
    }
    assert_eq!(coverage::missing(&bare).len(), 3);
}
