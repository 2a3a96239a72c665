//! Checks that the generator uses or reports every field of a document: two documents use every field of every object
//! of the specification, and each field has the effect that the generator's table lists.

use std::fs;
use std::path::Path;

use codegen::files::Files;
use codegen::scaffold;
use document::Document;
use document::fields::{self, Effect, Row};
use serde_json::Value;

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/every_field").join(name);
    Document::read(&path).expect("a document").tree().clone()
}

/// Returns the result of a document: the files or the error, and the JSON pointers of the warnings.
fn outcome(tree: &Value) -> (Result<Files, String>, Vec<String>) {
    let document = Document::parse("every.json", tree.to_string()).expect("JSON");
    match codegen::generate(document, &[]) {
        Ok(generated) => {
            let told = generated.warnings.iter().map(|warning| warning.pointer.clone()).collect();
            (scaffold::complete(generated).map_err(|errors| errors.to_string()), told)
        }
        Err(errors) => (Err(errors.to_string()), Vec::new()),
    }
}

fn without(tree: &Value, pointer: &str) -> Value {
    let mut tree = tree.clone();
    let (holder, key) = pointer.rsplit_once('/').expect("a place below the root");
    let key = key.replace("~1", "/").replace("~0", "~");
    match tree.pointer_mut(holder) {
        Some(Value::Object(object)) => drop(object.remove(&key)),
        other => panic!("{pointer} is in {other:?}"),
    }
    tree
}

/// Returns the rows of the table that the document `name` contradicts.
fn wrong(name: &str, rows: &[Row]) -> Vec<String> {
    let tree = read(name);
    let (files, told) = outcome(&tree);
    assert!(files.is_ok(), "{files:?}");
    let uses = fields::used(&tree);
    let mut wrong = Vec::new();
    for row in rows {
        let mut places = uses.iter().filter(|it| (it.object, it.key) == (row.object, row.key)).peekable();
        if places.peek().is_none() {
            wrong.push(format!("{} {}: not in the document", row.object, row.key));
            continue;
        }
        // A field that follows from the rest causes a warning when it is missing.
        let changes = |pointer: &str| {
            let (others, faults) = outcome(&without(&tree, pointer));
            others != files || faults.len() > told.len()
        };
        let is_told = |pointer: &str| told.iter().any(|told| told == pointer);
        let holds = match row.effect {
            Effect::Done => places.any(|place| changes(&place.pointer)),
            Effect::Told(_) => places.all(|place| is_told(&place.pointer)),
            // Removal tells nothing here: a missing required field is reported.
            Effect::None(_) => places.all(|place| !is_told(&place.pointer)),
        };
        if !holds {
            wrong.push(format!("{} {}: not {:?}", row.object, row.key, row.effect));
        }
    }
    wrong
}

#[test]
fn every_field_of_3_0_does_what_the_table_says() {
    let rows: Vec<Row> = fields::table().into_iter().filter(|row| !row.is_newer).collect();
    assert_eq!(wrong("openapi-3.0.yaml", &rows), [""; 0]);
}

#[test]
fn every_field_that_later_versions_add_does_what_the_table_says() {
    let rows: Vec<Row> = fields::table().into_iter().filter(|row| row.is_newer).collect();
    assert_eq!(wrong("openapi-3.2.yaml", &rows), [""; 0]);
}

/// Callbacks, examples and their contents are removed before the later stages.
#[test]
fn what_says_nothing_to_a_client_changes_nothing() {
    let tree = read("openapi-3.0.yaml");
    let (files, _) = outcome(&tree);
    let silent: Vec<Row> = fields::table().into_iter().filter(|row| matches!(row.effect, Effect::None(_))).collect();
    let needed = ["License name", "External Documentation url", "OAuth Flow scopes", "OAuth Flow tokenUrl"];
    let needed = [&needed[..], &["OAuth Flow authorizationUrl", "Security Scheme flows"]].concat();
    for place in fields::used(&tree) {
        let is_silent = silent.iter().any(|row| (row.object, row.key) == (place.object, place.key));
        if is_silent && !needed.contains(&format!("{} {}", place.object, place.key).as_str()) {
            assert!(outcome(&without(&tree, &place.pointer)).0 == files, "{}", place.pointer);
        }
    }
}

/// Checks the counts in ARCHITECTURE.md.
#[test]
fn the_counts_are_written_down() {
    let count = |is_newer: bool, is: fn(&Effect) -> bool| {
        fields::table().iter().filter(|row| row.is_newer == is_newer && is(&row.effect)).count()
    };
    let line = |version: &str, is_newer: bool| {
        let done = count(is_newer, |effect| *effect == Effect::Done);
        let told = count(is_newer, |effect| matches!(effect, Effect::Told(_)));
        let none = count(is_newer, |effect| matches!(effect, Effect::None(_)));
        format!("| {version} | {done} | {told} | {none} |")
    };
    let architecture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let architecture = fs::read_to_string(architecture).expect("ARCHITECTURE.md is readable");
    for line in [line("3.0", false), line("3.1 and 3.2 add", true)] {
        assert!(architecture.contains(&line), "ARCHITECTURE.md has no line `{line}`");
    }
}
