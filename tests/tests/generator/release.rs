//! Runs `cargo xtask release --check`, which reports what is missing for a publication.

use std::fs;
use std::path::{Path, PathBuf};

use tests::scratch::{self, commit_all};
use tests::{folder, spec};

/// Creates a repository with a small crate in the place of the published one.
fn repository(name: &str) -> PathBuf {
    let root = folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/release"), name).expect("a folder can be made");
    let package = "[package]\nname = \"small\"\nversion = \"0.2.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\
                   description = \"Small\"\nlicense = \"MIT\"\nrepository = \"https://example.com/small\"\n\
                   readme = \"README.md\"\ndocumentation = \"https://docs.rs/small\"\nkeywords = [\"small\"]\n\
                   categories = [\"api-bindings\"]\n\n[package.metadata.docs.rs]\nfeatures = [\"more\"]\n\n[features]\nmore = []\n";
    for (path, text) in [
        ("Cargo.toml", "[workspace]\nmembers = [\"generated-client\", \"below\"]\nresolver = \"3\"\n"),
        ("CHANGELOG.md", "# Changelog\n\n## 0.2.0 (2026-11-25)\n\n- Second.\n\n## 0.1.0 (2026-01-02)\n\n- First.\n"),
        (".gitignore", "target/\nCargo.lock\n"),
        ("generated-client/Cargo.toml", package),
        ("generated-client/README.md", "Small.\n"),
        ("generated-client/src/lib.rs", ""),
        (
            "below/Cargo.toml",
            "[package]\nname = \"below\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.90\"\n",
        ),
        ("below/src/lib.rs", ""),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("writable");
    }
    for (name, beside) in [("LICENSE-MIT", ""), ("LICENSE-APACHE", ""), ("LICENSE-intercom", "spec/")] {
        for target in [format!("{beside}{name}"), format!("generated-client/{name}")] {
            let target = root.join(target);
            fs::create_dir_all(target.parent().expect("in a folder")).expect("a folder can be made");
            fs::copy(spec::root().join(format!("{beside}{name}")), target).expect("a file can be copied");
        }
    }
    commit_all(&root);
    root
}

/// Returns the missing items, and whether the command succeeds.
fn missing(root: &Path) -> (Vec<String>, bool) {
    let output = scratch::command(env!("CARGO_BIN_EXE_xtask-under-test"), root, &["release", "--check"])
        .env("CARGO", env!("CARGO"))
        .output()
        .expect("xtask runs");
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).expect("text");
    let missing = said.lines().filter_map(|line| line.strip_prefix("missing: ")).map(str::to_owned).collect();
    (missing, output.status.success())
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("readable");
    assert!(text.contains(from), "no {from:?} in {text}");
    fs::write(path, text.replace(from, to)).expect("writable");
}

#[test]
fn nothing_is_missing_of_a_crate_that_has_all() {
    assert_eq!(missing(&repository("whole")), (vec![], true));
}

#[test]
fn each_thing_that_is_missing_is_told() {
    let root = repository("missing");
    let manifest = root.join("generated-client/Cargo.toml");
    edit(&manifest, "repository = \"https://example.com/small\"\n", "");
    edit(&manifest, "keywords = [\"small\"]\n", "");
    edit(&manifest, "[\"more\"]", "[\"most\"]");
    edit(&manifest, "[features]", "[dependencies]\nbelow = { path = \"../below\", version = \"0.1\" }\n\n[features]");
    edit(&root.join("CHANGELOG.md"), "(2026-11-25)", "(unreleased)");
    fs::write(root.join("generated-client/LICENSE-intercom"), "another").expect("writable");
    fs::remove_file(root.join("generated-client/README.md")).expect("it is there");
    let (told, ends_well) = missing(&root);
    assert!(!ends_well);
    let wanted = [
        "a commit of 4 changed files",
        "`## 0.2.0 (YYYY-MM-DD)` as the newest heading of CHANGELOG.md, which is `## 0.2.0 (unreleased)`",
        "repository in generated-client/Cargo.toml",
        "keywords in generated-client/Cargo.toml",
        "the feature most, which the metadata of docs.rs names",
        "generated-client/LICENSE-intercom, the same as spec/LICENSE-intercom",
        "below 0.1.0 for an older Rust: it wants \"1.90\"",
    ];
    assert_eq!(told[..wanted.len()], wanted, "{told:#?}");
    assert!(
        told[wanted.len()..].iter().all(|it| it.contains("README.md")) && told.len() == wanted.len() + 1,
        "{told:#?}"
    );
}

#[test]
fn a_version_that_was_released_is_not_released_again() {
    let root = repository("again");
    edit(&root.join("CHANGELOG.md"), "## 0.2.0 (2026-11-25)", "## 0.3.0 (2026-11-25)");
    commit_all(&root);
    assert_eq!(missing(&root), (vec!["a version after 0.3.0, which was released".to_owned()], false));
}

#[test]
fn nothing_below_the_published_crate_wants_a_newer_rust() {
    let (told, _) = missing(&spec::root());
    assert!(told.iter().all(|it| !it.contains("for an older Rust")), "{told:#?}");
}
