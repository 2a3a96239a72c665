//! No document makes the generator panic: nodes of every fixture are replaced by what does not belong there.
//!
//! `EVERY_NODE=1 cargo test -p tests --test generator robustness::` takes them all, for some minutes.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use codegen::document::Document;
use serde_json::{Value, json};

/// How many nodes of a fixture are replaced.
const PLACES: usize = 12;

/// What stands where something else should.
fn intruders() -> Vec<Value> {
    let deep = (0..60).fold(json!("end"), |inner, _| json!([inner]));
    vec![
        Value::Null,
        json!(-1),
        json!(1e300),
        json!(""),
        json!("\u{0}\u{202e}`*/\"\\\u{1F600}"),
        json!("#/components/schemas/nowhere"),
        json!([]),
        json!({}),
        json!({ "$ref": "#/components/schemas/tree" }),
        json!({ "type": "object", "allOf": [{ "oneOf": [{ "type": "array" }, {}] }], "required": ["x"] }),
        deep,
    ]
}

fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Whether the generator came to an end, well or not, and the end holds what it should.
fn ends(document: &Value) -> bool {
    let text = document.to_string();
    catch_unwind(AssertUnwindSafe(|| {
        match Document::parse("document.json", text).and_then(|document| codegen::generate(document, &[])) {
            Ok(generated) => !generated.files.is_empty(),
            Err(errors) => errors.has_errors() && !errors.to_string().is_empty(),
        }
    }))
    .unwrap_or(false)
}

#[test]
fn no_node_that_is_wrong_makes_it_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/good");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("fixtures are there").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let mut tried = 0;
    let mut failures = Vec::new();
    for (index, path) in paths.into_iter().enumerate() {
        let whole = Document::read(&path).expect("a good document").tree().clone();
        let mut places = Vec::new();
        pointers(&whole, "", &mut places);
        let step = if std::env::var_os("EVERY_NODE").is_some() { 1 } else { places.len().div_ceil(PLACES) };
        // Another node of each: fixtures are alike in their beginnings.
        for place in places.into_iter().skip(index % step).step_by(step) {
            for intruder in intruders() {
                let mut document = whole.clone();
                if let Some(node) = document.pointer_mut(&place) {
                    *node = intruder.clone();
                }
                tried += 1;
                if !ends(&document) {
                    failures.push(format!("{} {place} = {intruder}", path.display()));
                }
            }
        }
    }
    assert!(tried > 5_000, "only {tried} documents were tried");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
