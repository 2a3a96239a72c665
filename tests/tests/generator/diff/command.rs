//! Runs `cargo xtask diff`, and tests the last line of `regenerate` and `import`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tests::{folder, scratch, spec};

fn xtask(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().expect("xtask runs")
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    scratch::command(env!("CARGO_BIN_EXE_xtask-under-test"), root, arguments)
}

fn diff(arguments: &[&str]) -> Output {
    xtask(&spec::root(), &[&["diff"], arguments].concat())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns an empty folder for this test.
fn folder(name: &str) -> PathBuf {
    folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/diff"), name).expect("a folder can be made")
}

/// Writes two documents with one schema, which has the given properties before and after.
fn documents(name: &str, before: &str, after: &str) -> (String, String) {
    let folder = folder(name);
    let write = |file: &str, properties: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n\
             components: {{schemas: {{thing: {{type: object, properties: {properties}}}}}}}\n"
        );
        let path = folder.join(file);
        fs::write(&path, text).expect("writable");
        path.display().to_string()
    };
    (write("old.yaml", before), write("new.yaml", after))
}

#[test]
fn the_status_tells_whether_anything_breaks() {
    let (old, new) = documents("status", "{a: {type: string}}", "{a: {type: string}, b: {type: string}}");
    let same = diff(&[&old, &old, "--no-overlays"]);
    assert_eq!((same.status.code(), said(&same).as_str()), (Some(0), "Nothing changed for a caller.\n"));
    let forth = diff(&[&old, &new, "--no-overlays"]);
    assert_eq!(forth.status.code(), Some(0), "{}", said(&forth));
    assert!(said(&forth).starts_with("1 change, 0 breaking: added 1 field.\n"), "{}", said(&forth));
    let back = diff(&[&new, &old, "--no-overlays"]);
    assert_eq!(back.status.code(), Some(1), "{}", said(&back));
    assert!(said(&back).contains("**breaking** field `Thing.b` removed"), "{}", said(&back));
}

#[test]
fn what_cannot_be_compared_is_told_with_its_place() {
    let (old, bad) = documents("bad", "{a: {type: string}}", "{a: {type: string}");
    for (arguments, expected) in [
        (vec![old.as_str(), &bad, "--no-overlays"], "not well-formed YAML"),
        (vec!["no-such-revision", old.as_str()], "neither a file nor a revision"),
        (vec![old.as_str(), "--output=x"], "Usage: cargo xtask"),
        (vec![old.as_str()], "diff needs OLD and NEW"),
        (vec![old.as_str(), &old, "--json", "--html"], "Usage: cargo xtask"),
    ] {
        let output = diff(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(complained(&output).contains(expected), "{arguments:?}: {}", complained(&output));
    }
}

#[test]
fn overlays_apply_and_those_that_do_not_fit_are_warnings() {
    let (old, new) = documents("overlays", "{a: {type: string}}", "{a: {type: string}, b: {type: string}}");
    let overlay = Path::new(&old).with_file_name("overlay.yaml");
    let text = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n\
                - {target: $.components.schemas.thing.properties.b, remove: true}\n";
    fs::write(&overlay, text).expect("writable");
    let output = diff(&[&old, &new, "--overlay", &overlay.display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert_eq!(said(&output), "Nothing changed for a caller.\n");
    assert!(complained(&output).contains("warning") && complained(&output).contains("matches nothing"));
}

#[test]
fn json_is_for_machines() {
    let (old, new) = documents("json", "{a: {type: string}}", "{a: {type: integer}}");
    let output = diff(&[&old, &new, "--no-overlays", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told["breaking"], 1);
    let change = &told["changes"][0];
    assert_eq!((&change["place"], &change["kind"]), (&Value::from("Thing.a"), &Value::from("changed")));
    assert_eq!((&change["tag"], &change["breaking"]), (&Value::Null, &Value::from(true)));
    assert!(change["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
}

#[test]
fn the_page_needs_nothing_else_and_runs_nothing_of_the_document() {
    let evil =
        "{'</code><script>alert(1)</script>': {type: string, default: '<img src=x onerror=alert(2)>', nullable: true}}";
    let (old, new) = documents("html", "{}", evil);
    for (old, new) in [(&old, &new), (&new, &old)] {
        let page = said(&diff(&[old, new, "--no-overlays", "--html"]));
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"), "{page}");
        assert_eq!(page.matches("<script>").count(), 1, "{page}");
        assert!(!page.contains("<img"), "{page}");
        for outside in ["http://", "https://", "src=", "href=", "@import", "url("] {
            assert!(!page.contains(outside), "{outside} is in the page");
        }
        assert!(page.contains("prefers-color-scheme: dark"));
    }
}

/// Copies the files that the commands read and write to a repository of its own with one commit.
fn copy(name: &str) -> PathBuf {
    let root = folder(name);
    scratch::repository(&root, &["spec", "generated-client/src/generated"]);
    root
}

/// Returns the document with one more field.
fn with_a_field(document: &str) -> String {
    let field = "    brand:\n      properties:\n";
    assert!(document.contains(field), "the schema is not where it was");
    document.replace(field, &format!("{field}        colour:\n          type: string\n"))
}

#[test]
fn revisions_are_compared_and_regenerate_tells_what_changed_since_the_last() {
    let root = copy("revisions");
    let document = root.join("spec/intercom-unstable.yaml");
    let unchanged = xtask(&root, &["regenerate"]);
    assert!(!said(&unchanged).contains("since HEAD"), "{}", said(&unchanged));

    let text = fs::read_to_string(&document).expect("readable");
    fs::write(&document, with_a_field(&text)).expect("writable");
    let output = said(&xtask(&root, &["regenerate"]));
    assert!(output.contains("since HEAD: 1 change, 0 breaking: added 1 field\n"), "{output}");
    assert!(output.contains("1 of them changed"), "{output}");

    let without_git = command(&root, &["regenerate"]).env("PATH", "").output().expect("xtask runs");
    assert!(without_git.status.success(), "{}", complained(&without_git));
    assert!(!said(&without_git).contains("since HEAD") && complained(&without_git).is_empty());

    let compared = xtask(&root, &["diff", "spec/intercom-unstable.yaml", "HEAD"]);
    assert_eq!(compared.status.code(), Some(1), "{}", complained(&compared));
    assert!(said(&compared).contains("`Brand.colour` removed"), "{}", said(&compared));
}

#[test]
fn import_ends_with_what_changed() {
    let root = copy("import");
    let text = fs::read_to_string(root.join("spec/intercom-unstable.yaml")).expect("readable");
    let newer = root.join("newer.yaml");
    fs::write(&newer, with_a_field(&text)).expect("writable");
    let output = xtask(&root, &["import", "newer.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(said(&output).ends_with("1 change, 0 breaking: added 1 field\n"), "{}", said(&output));
}
