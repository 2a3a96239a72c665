//! Checks the verdicts of `diff` with the compiler: for each kind of change, a caller written against the old crate is
//! compiled with the new one. It must fail if the change is breaking, except for changes that the compiler cannot see,
//! and compile otherwise.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::files::Files;
use codegen::{Generated, diff};
use document::Document;
use serde_json::{Map, Value, json};
use tests::crates;

/// A kind of change with a caller.
struct Case {
    name: String,
    /// The parts of the old document: `paths`, `schemas` and keys of the root.
    old: Value,
    new: Value,
    /// The expected changes: `breaking` or the kind of release, as in `minor added field Model.field`.
    changes: BTreeSet<String>,
    /// True if the caller compiles although the change is breaking: its meaning changes.
    silent: bool,
    caller: String,
}

/// Reads the cases of a file; `whole` turns a case into a part of a document.
fn cases(file: &str, whole: impl Fn(&str, &Value, &Value) -> Value) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("verdicts").join(file);
    let document = Document::read(&path).unwrap_or_else(|errors| panic!("{errors}"));
    let cases = document.tree().as_object().expect("cases by name").clone();
    let case = |(name, case): (String, Value)| Case {
        old: whole(&name, &case, &case["old"]),
        new: whole(&name, &case, &case["new"]),
        changes: case["changes"].as_array().expect("a list").iter().map(|it| text(it).to_owned()).collect(),
        silent: case.get("silent").is_some(),
        caller: text(&case["caller"]).to_owned(),
        name,
    };
    cases.into_iter().map(case).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Returns the schema of a case, used as request body or response of an operation.
fn schema(name: &str, case: &Value, schema: &Value) -> Value {
    let content = json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
    let operation = match text(&case["use"]) {
        "sent" => json!({ "put": { "requestBody": { "required": true, "content": content } } }),
        _ => json!({ "get": { "responses": { "200": { "description": "OK", "content": content } } } }),
    };
    let path = path(name, case, &operation);
    json!({ "paths": path["paths"], "schemas": { name: schema } })
}

/// Returns the path of a case, with the members that it omits.
fn path(name: &str, _: &Value, item: &Value) -> Value {
    let mut item = item.clone();
    for (method, operation) in item.as_object_mut().expect("operations by method") {
        let operation = operation.as_object_mut().expect("an operation");
        operation.entry("tags").or_insert_with(|| json!([name]));
        operation.entry("operationId").or_insert_with(|| json!(format!("{name}_{method}")));
    }
    json!({ "paths": { format!("/{name}"): item } })
}

fn all() -> Vec<Case> {
    let mut all = cases("models.yaml", schema);
    all.extend(cases("shapes.yaml", schema));
    all.extend(cases("operations.yaml", path));
    all.extend(cases("documents.yaml", |_, _, part| part.clone()));
    all
}

/// Returns one document with all parts.
fn document<'c>(title: &str, parts: impl Iterator<Item = &'c Value>) -> Document {
    let mut paths = Map::new();
    let mut components = json!({ "schemas": {}, "securitySchemes": {} });
    let mut root = Map::new();
    for (key, value) in parts.flat_map(|part| part.as_object().cloned().unwrap_or_default()) {
        let entries = value.as_object().cloned().unwrap_or_default();
        match key.as_str() {
            "paths" => paths.extend(entries),
            "schemas" | "securitySchemes" => {
                components[key].as_object_mut().expect("an object").extend(entries);
            }
            _ => _ = root.insert(key, value),
        }
    }
    for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        let responses = json!({ "204": { "description": "No Content" } });
        operation.as_object_mut().expect("an operation").entry("responses").or_insert(responses);
    }
    root.insert("openapi".to_owned(), json!("3.0.3"));
    root.insert("info".to_owned(), json!({ "title": title, "version": "1", "x-token-variable": "TOKEN" }));
    root.insert("paths".to_owned(), Value::Object(paths));
    root.insert("components".to_owned(), components);
    Document::parse(title, Value::Object(root).to_string()).unwrap_or_else(|errors| panic!("{errors}"))
}

fn generate(document: Document) -> Generated {
    codegen::generate(document, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Returns a crate in which each caller is a program of its own.
fn callers(name: &str, client: &str, cases: &[Case]) -> Files {
    let mut files = Files::default();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nclient = {{ path = \"../{client}\", package = \"{client}\", default-features = false }}\n"
    );
    files.insert("Cargo.toml".to_owned(), manifest);
    files.insert("src/lib.rs".to_owned(), String::new());
    for Case { name, caller, .. } in cases {
        let head = "#![allow(warnings)]\nuse client::models::*;\nuse client::*;\n\nfn main() {}\n";
        files.insert(format!("examples/{name}.rs"), format!("{head}\n{caller}\n"));
    }
    files
}

#[test]
fn verdicts_agree_with_the_compiler() {
    let cases = all();
    let old = generate(document("Old", cases.iter().map(|case| &case.old)));
    let new = generate(document("New", cases.iter().map(|case| &case.new)));

    let difference = diff::compare(&old.api, &new.api);
    let mark = |breaking| if breaking { "breaking" } else { "fine" };
    let told = |change: &diff::Change| {
        // A breaking change is a major one, and no other change is.
        let release = change.release().to_string();
        let release = if change.breaking && release == "major" { "breaking" } else { release.as_str() };
        format!("{release} {} {} {}", change.kind, change.subject, change.place)
    };
    let found: BTreeSet<String> = difference.changes.iter().map(told).collect();
    let wanted: BTreeSet<String> = cases.iter().flat_map(|case| case.changes.clone()).collect();
    let missing: Vec<&String> = wanted.difference(&found).collect();
    let surplus: Vec<&String> = found.difference(&wanted).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "not told: {missing:#?}\ntold without need: {surplus:#?}");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts");
    let members = [
        ("old".to_owned(), crates::complete("old", old)),
        ("new".to_owned(), crates::complete("new", new)),
        ("before".to_owned(), callers("before", "old", &cases)),
        ("after".to_owned(), callers("after", "new", &cases)),
    ];
    let checked = crates::check(&folder, &members);
    let mut wrong = Vec::new();
    for Case { name, changes, silent, .. } in &cases {
        if !checked.sound.contains(&format!("before/{name}")) {
            wrong.push(format!("{name}: the caller does not compile with the crate that it was written against"));
        }
        let breaking = changes.iter().any(|change| change.starts_with("breaking"));
        let compiles = checked.sound.contains(&format!("after/{name}"));
        if compiles != (!breaking || *silent) {
            let compiles = if compiles { "compiles" } else { "does not compile" };
            wrong.push(format!("{name}: `diff` says {}, and the caller {compiles}", mark(breaking)));
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{}", wrong.join("\n"), checked.said);
}
