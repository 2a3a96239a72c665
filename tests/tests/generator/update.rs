//! Runs `cargo xtask update` in a copy of the repository: it makes one commit for review, or lists the decisions and
//! changes nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::{Value, json};
use tests::scratch::{self, commit_all, edited, git};
use tests::{files, folder, spec};

const PARTS: [&str; 6] =
    ["spec", "generated-client/src/generated", "tests/snapshots", "CHANGELOG.md", "Cargo.toml", "Cargo.lock"];

/// Creates a copy of the repository.
fn copy(name: &str) -> PathBuf {
    let root = folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/update"), name).expect("a folder can be made");
    scratch::repository(&root, &PARTS);
    root
}

fn xtask(root: &Path, arguments: &[&str]) -> Output {
    scratch::command(env!("CARGO_BIN_EXE_xtask-under-test"), root, arguments).output().expect("xtask runs")
}

fn update(root: &Path, document: &Path) -> Output {
    xtask(root, &["update", document.to_str().expect("text"), "--source", "the one  of\n2026-11-25"])
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn at<'t>(tree: &'t mut Value, pointer: &str) -> &'t mut Value {
    tree.pointer_mut(pointer).unwrap_or_else(|| panic!("the document has no {pointer}"))
}

/// Adds one field and removes another.
fn add_and_remove(tree: &mut Value) {
    at(tree, "/components/schemas/brand/properties")["colour"] = json!({ "type": "string" });
    let fields = at(tree, "/components/schemas/team/properties").as_object_mut().expect("an object");
    fields.remove("distribution_method").expect("the field is there");
}

/// Returns every file of the repository except git's own.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let inside = |path: &PathBuf| !path.starts_with(root.join(".git"));
    files::below(root)
        .into_iter()
        .filter(inside)
        .map(|path| (path.clone(), fs::read(path).expect("readable")))
        .collect()
}

#[test]
fn a_newer_document_ends_in_one_commit() {
    let root = copy("one_commit");
    let newer = edited(&root, add_and_remove);
    let output = update(&root, &newer);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));

    assert_eq!(git(&root, &["rev-list", "--count", "HEAD"]).trim(), "2");
    let status = git(&root, &["status", "--porcelain", "--", "spec", "tests", "generated-client"]);
    assert_eq!(status, "", "{}", text(&output));
    let changed = git(&root, &["show", "--name-only", "--format=", "HEAD"]);
    let wanted = [
        "CHANGELOG.md",
        "generated-client/src/generated/models/brand.rs",
        "generated-client/src/generated/models/team.rs",
        "spec/README.md",
        "spec/intercom-unstable.yaml",
        "tests/snapshots/models/brand.snap",
        "tests/snapshots/models/team.snap",
    ];
    assert_eq!(changed.lines().collect::<Vec<_>>(), wanted);
    let message = git(&root, &["show", "--no-patch", "--format=%B", "HEAD"]);
    for told in [
        "Bring in a newer document: 2 changes, 1 breaking\n\nThe document is the one of 2026-11-25.\n\n",
        "For a caller: 2 changes, 1 breaking: added 1 field; removed 1 field. By semantic versioning: major; ",
        "the version stays 0.1.0, which is not released yet.\n\nBreaking:\n\n- field `Team.distribution_method` removed",
        "new fields without words, whose names must say all: `Brand.colour`",
    ] {
        assert!(message.contains(told), "no {told:?} in\n{message}");
    }

    let log = fs::read_to_string(root.join("CHANGELOG.md")).expect("readable");
    let entry = "- The document is the one of 2026-11-25: 2 changes, 1 breaking: added 1 field; removed 1 field.\n\
                 - Changed: field `Team.distribution_method` removed";
    assert!(log.contains("## 0.1.0 (unreleased)\n") && log.contains(entry), "{log}");
    let readme = fs::read_to_string(root.join("spec/README.md")).expect("readable");
    let sum = readme.split("## Source\n\nthe one of 2026-11-25, sha256\n`").nth(1).expect("the source is named");
    assert!(
        sum.as_bytes()[..64].iter().all(u8::is_ascii_hexdigit) && sum[64..].starts_with("`: 183 paths, "),
        "{readme}"
    );
    let proposal = fs::read_to_string(root.join("target/update.md")).expect("the text of a pull request");
    assert!(
        proposal.contains("Breaking:")
            && proposal.contains("# Every change")
            && proposal.contains("**breaking** field")
    );

    // The other commands would have written the same, and a second run has nothing to do.
    let check = xtask(&root, &["regenerate", "--check"]);
    assert_eq!(check.status.code(), Some(0), "{}", text(&check));
    let again = update(&root, &newer);
    assert!(again.status.success() && text(&again).contains("nothing to do"), "{}", text(&again));
    assert_eq!(git(&root, &["rev-list", "--count", "HEAD"]).trim(), "2");
}

#[test]
fn the_snapshots_are_those_that_the_tests_want() {
    let root = copy("snapshots");
    // Without snapshots, all are written, with the same text as the reviewed ones.
    fs::remove_dir_all(root.join("tests/snapshots")).expect("they are there");
    commit_all(&root);
    let newer = edited(&root, |tree| at(tree, "/info")["version"] = json!("Newer"));
    let output = update(&root, &newer);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let said = |root: &Path| -> BTreeMap<PathBuf, String> {
        let folder = root.join("tests/snapshots");
        let read = |path: PathBuf| {
            let text = fs::read_to_string(&path).expect("readable");
            let (_, said) = text[4..].split_once("\n---\n").expect("a head");
            (path.strip_prefix(&folder).expect("below").to_owned(), said.to_owned())
        };
        files::below(&folder).into_iter().map(read).collect()
    };
    assert_eq!(said(&root), said(&spec::root()));
}

#[test]
fn a_release_before_it_gives_the_next_version() {
    let root = copy("version");
    let log = "# Changelog\n\n## 0.1.0 (2026-01-02)\n\n- First.\n";
    fs::write(root.join("CHANGELOG.md"), log).expect("writable");
    commit_all(&root);
    let output = update(&root, &edited(&root, add_and_remove));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert!(text(&output).contains("By semantic versioning: major; 0.1.0 becomes 0.2.0."), "{}", text(&output));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("readable");
    assert!(read("CHANGELOG.md").contains("# Changelog\n\n## 0.2.0 (unreleased)\n\n- The document is"));
    assert!(read("Cargo.toml").contains("version = \"0.2.0\"\nedition"));
    let lock = read("Cargo.lock");
    for member in ["codegen", "document", "intercom-client", "tests", "xtask"] {
        assert!(lock.contains(&format!("name = \"{member}\"\nversion = \"0.2.0\"\n")), "{member}");
    }
    assert_eq!(lock.matches("version = \"0.2.0\"").count(), 5 + spec_lock("version = \"0.2.0\""));
}

/// Returns how often the lock file of this repository contains a line.
fn spec_lock(line: &str) -> usize {
    fs::read_to_string(spec::root().join("Cargo.lock")).expect("readable").matches(line).count()
}

#[test]
fn what_must_be_decided_is_told_and_nothing_is_written() {
    let root = copy("decide");
    let newer = edited(&root, |tree| {
        // An overlay corrects this path.
        at(tree, "/paths").as_object_mut().expect("paths").remove("/companies/{id}").expect("the path is there");
        at(tree, "/paths")["/brands/{id}/colour"] = json!({ "get": {
            "operationId": "showBrandColour",
            "tags": ["Brands"],
            "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": { "204": { "description": "No Content" } },
        } });
    });
    let before = tree(&root);
    let output = update(&root, &newer);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    for told in [
        "== overlays that have expired",
        "== parts without words",
        "operation `showBrandColour` has no summary",
        "added 1 operation",
        "nothing is written",
    ] {
        assert!(text(&output).contains(told), "no {told:?} in\n{}", text(&output));
    }
    assert_eq!(tree(&root), before);
    assert_eq!(git(&root, &["status", "--porcelain"]), "");
    assert_eq!(git(&root, &["rev-list", "--count", "HEAD"]).trim(), "1");
}

#[test]
fn a_commit_that_fails_leaves_everything() {
    let root = copy("failing");
    let newer = edited(&root, add_and_remove);
    // An uncommitted overlay is neither refused nor lost.
    let overlay = root.join("spec/overlays/30-models.yaml");
    let edited = fs::read_to_string(&overlay).expect("readable") + "# under way\n";
    fs::write(&overlay, edited).expect("writable");
    let before = tree(&root);
    let status = git(&root, &["status", "--porcelain"]);
    git(&root, &["config", "user.useConfigOnly", "true"]);
    git(&root, &["config", "--unset", "user.email"]);
    let mut command = scratch::command(env!("CARGO_BIN_EXE_xtask-under-test"), &root, &["update"]);
    command.arg(&newer).env("GIT_CONFIG_GLOBAL", root.join("none")).env("GIT_CONFIG_NOSYSTEM", "1");
    for variable in ["EMAIL", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("xtask runs");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("the commit failed, all files are as they were"), "{}", text(&output));
    assert_eq!(tree(&root), before);
    assert_eq!(git(&root, &["status", "--porcelain"]), status);
}

#[test]
fn changes_that_would_be_lost_are_refused() {
    let root = copy("refused");
    let newer = edited(&root, add_and_remove);
    fs::write(root.join("CHANGELOG.md"), "mine").expect("writable");
    let output = update(&root, &newer);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("would be written over:\n M CHANGELOG.md"), "{}", text(&output));
    assert_eq!(fs::read_to_string(root.join("CHANGELOG.md")).expect("readable"), "mine");
}
