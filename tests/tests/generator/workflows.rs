//! Tests the workflows: their permissions, and each step of the daily one, run against repositories on this disk.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use document::Document;
use serde_json::{Value, json};
use tests::scratch::{self, commit_all, edited, git};
use tests::{files, folder, spec};

const PARTS: [&str; 9] = [
    ".ci",
    ".github",
    ".gitignore",
    "spec",
    "generated-client/src/generated",
    "tests/snapshots",
    "CHANGELOG.md",
    "Cargo.toml",
    "Cargo.lock",
];

fn workflows() -> Vec<(String, String, Value)> {
    let paths = files::below(&spec::root().join(".github/workflows"));
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("readable");
        let document = Document::parse("workflow", text.clone()).unwrap_or_else(|errors| panic!("{errors}"));
        (path.file_name().expect("a name").to_string_lossy().into_owned(), text, document.tree().clone())
    };
    paths.into_iter().map(read).collect()
}

fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_object().expect("jobs").values();
    jobs.flat_map(|job| job["steps"].as_array().expect("steps")).collect()
}

#[test]
fn actions_are_pinned_and_rights_are_few() {
    let workflows = workflows();
    assert_eq!(workflows.len(), 2);
    for (name, text, workflow) in &workflows {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, pin) = line.split_once('@').expect("a version");
            let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{name}: {line}"));
            assert!(commit.len() == 40 && commit.bytes().all(|it| it.is_ascii_hexdigit()), "{name}: {line}");
            assert!(!version.is_empty(), "{name}: {line}");
        }
        let rights = workflow["permissions"].as_object().unwrap_or_else(|| panic!("{name} takes what it is given"));
        assert!(rights.values().all(|right| right == "read"), "{name}: {rights:?}");
        assert!(!text.contains("secrets."), "{name} wants a secret");
    }
}

#[test]
fn what_steps_run_is_there() {
    for (name, _, workflow) in &workflows() {
        for step in steps(workflow).into_iter().filter_map(|step| step["run"].as_str()) {
            let words: Vec<&str> = step.split_whitespace().collect();
            match &words[..] {
                ["bash", script, ..] => {
                    let script = spec::root().join(script);
                    let checked = Command::new("bash").arg("-n").arg(&script).status().expect("bash runs");
                    assert!(checked.success(), "{name}: {step}");
                }
                ["cargo", "xtask", "regenerate", "--check"] | ["cargo", "test", "--workspace"] => {}
                _ => panic!("{name} runs `{step}`, which nothing here has tried"),
            }
        }
    }
}

/// A checkout with its remote, and the upstream repository.
struct ParameterLocation {
    root: PathBuf,
    checkout: PathBuf,
    upstream: PathBuf,
}

impl ParameterLocation {
    fn new(name: &str) -> Self {
        let root =
            folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/workflows"), name).expect("a folder can be made");
        let (checkout, upstream, remote) = (root.join("checkout"), root.join("upstream"), root.join("remote.git"));
        scratch::repository(&checkout, &PARTS);
        git(&root, &["clone", "--quiet", "--bare", "checkout", "remote.git"]);
        git(&checkout, &["remote", "add", "origin", remote.to_str().expect("text")]);
        git(&checkout, &["fetch", "--quiet", "origin"]);

        let programs = root.join("programs");
        let xtask = env!("CARGO_BIN_EXE_xtask-under-test");
        // The stand-in for Cargo runs the command that is built already.
        let cargo = format!("test \"$1\" = xtask && shift && CARGO_MANIFEST_DIR=$PWD/xtask exec '{xtask}' \"$@\"");
        // The stand-in for GitHub's program lists the open pull requests and records its arguments.
        let gh =
            format!("echo \"$*\" >> '{0}/asked'\ncase \"$1 $2\" in 'pr list') cat '{0}/open' ;; esac", root.display());
        for (program, script) in [("cargo", cargo), ("gh", gh)] {
            fs::create_dir_all(&programs).expect("a folder can be made");
            let path = programs.join(program);
            fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("writable");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("ours");
        }
        fs::write(root.join("open"), "").expect("writable");
        Self { root, checkout, upstream }
    }

    /// Publishes the document of this repository with an edit in the upstream repository.
    fn publish(&self, edit: impl FnOnce(&mut Value)) {
        let newer = edited(&self.upstream, edit);
        let target = self.upstream.join("descriptions/0/api.intercom.io.yaml");
        fs::create_dir_all(target.parent().expect("in a folder")).expect("a folder can be made");
        fs::rename(newer, target).expect("it can be moved");
        commit_all(&self.upstream);
    }

    /// Runs the steps of the daily workflow one by one, as its runner does. Returns the output of each and whether it
    /// succeeded.
    fn day(&self) -> Vec<(String, bool)> {
        git(&self.checkout, &["reset", "--quiet", "--hard", "origin/main"]);
        let (_, _, workflow) = workflows().into_iter().find(|(name, ..)| name == "upstream.yml").expect("it is there");
        let mut said = Vec::new();
        for step in steps(&workflow).into_iter().filter_map(|step| step["run"].as_str()) {
            let path = format!("{}:{}", self.root.join("programs").display(), std::env::var("PATH").expect("a path"));
            let output = Command::new("bash")
                .args(["-e", "-c", step])
                .current_dir(&self.checkout)
                .env("PATH", path)
                .env("UPSTREAM", &self.upstream)
                .env("GITHUB_STEP_SUMMARY", self.root.join("summary.md"))
                .env_remove("GIT_DIR")
                .output()
                .expect("bash runs");
            let text =
                format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            said.push((text, output.status.success()));
            // The runner skips the other steps.
            if !output.status.success() {
                break;
            }
        }
        said
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap_or_default()
    }
}

fn at<'t>(tree: &'t mut Value, pointer: &str) -> &'t mut Value {
    tree.pointer_mut(pointer).unwrap_or_else(|| panic!("the document has no {pointer}"))
}

fn branch(place: &Path) -> String {
    git(place, &["log", "--format=%s", "newer-document"])
}

#[test]
fn a_day_with_news_ends_in_a_pull_request_and_the_next_one_in_none() {
    let place = ParameterLocation::new("news");
    place.publish(|_| {});
    let quiet = place.day();
    assert!(quiet.iter().all(|(_, well)| *well) && quiet.len() == 3, "{quiet:#?}");
    assert!(quiet[1].0.contains("nothing to do") && quiet[2].0.contains("nothing to propose"), "{quiet:#?}");
    assert_eq!(place.read("asked"), "");

    place.publish(|tree| at(tree, "/components/schemas/brand/properties")["colour"] = json!({ "type": "string" }));
    let news = place.day();
    assert!(news.iter().all(|(_, well)| *well) && news.len() == 3, "{news:#?}");
    let title = "Bring in a newer document: 1 change, 0 breaking";
    assert_eq!(branch(&place.root.join("remote.git")), format!("{title}\nCopy\n"));
    let asked = place.read("asked");
    let create = format!("pr create --base main --head newer-document --title {title} --body-file target/update.md\n");
    assert!(asked.contains(&create) && asked.ends_with("workflow run ci.yml --ref newer-document\n"), "{asked}");
    let proposal = place.read("checkout/target/update.md");
    let commit = git(&place.upstream, &["rev-parse", "HEAD"]);
    let source = format!("commit `{}` (", commit.trim());
    assert!(proposal.contains(&source) && proposal.contains("field `Brand.colour` added"), "{proposal}");
    assert!(place.read("summary.md").contains("1 change, 0 breaking: added 1 field"));
    // A checkout of the proposal finds the document that it was made from.
    let recorded = Command::new("bash")
        .args([".ci/upstream", "recorded"])
        .current_dir(&place.checkout)
        .env("UPSTREAM", &place.upstream)
        .status();
    assert!(recorded.expect("bash runs").success());

    let again = place.day();
    assert!(again.iter().all(|(_, well)| *well) && again[2].0.contains("proposed already"), "{again:#?}");
    assert_eq!(place.read("asked"), asked);

    // Later changes go to the open pull request.
    fs::write(place.root.join("open"), "17\n").expect("writable");
    place.publish(|tree| at(tree, "/components/schemas/brand/properties")["shade"] = json!({ "type": "string" }));
    let more = place.day();
    assert!(more.iter().all(|(_, well)| *well), "{more:#?}");
    let asked = place.read("asked");
    assert!(asked.contains("pr edit 17 --title Bring in a newer document") && !asked.contains("shade"), "{asked}");
}

#[test]
fn a_day_with_decisions_ends_red_and_says_them() {
    let place = ParameterLocation::new("decisions");
    place.publish(|tree| {
        at(tree, "/components/schemas")["unheard_of"] = json!({ "type": "object", "properties": {} });
    });
    let day = place.day();
    assert!(day.len() == 2 && !day[1].1, "{day:#?}");
    assert!(
        place.read("summary.md").contains("the schema `unheard_of` has no description"),
        "{}",
        place.read("summary.md")
    );
    assert_eq!(place.read("asked"), "");
    assert_eq!(git(&place.checkout, &["status", "--porcelain"]), "");
}
