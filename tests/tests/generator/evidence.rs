//! Runs `cargo xtask evidence`, and checks its findings, how they are settled, and its list of reviewed findings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::folder;

const OURS: &str = "\
openapi: 3.0.0
info: {title: Shop, version: '1'}
paths:
  /goods:
    get:
      operationId: listGoods
      responses:
        '200': {description: OK, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/good'}}}}}
    post:
      operationId: createGood
      requestBody: {content: {application/json: {schema: {type: object, properties: {price: {type: string}}}}}}
      responses: {'204': {description: No Content}}
  /goods/{id}:
    put:
      operationId: updateGood
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: No Content}}
components:
  schemas:
    good:
      type: object
      properties:
        kind: {type: string, enum: [book]}
        labels: {type: object, additionalProperties: {type: string}}
        price: {type: integer}
      required: [price]
";

const NEWER: &str = "\
openapi: 3.1.0
paths:
  /goods/{good_id}:
    put:
      requestBody: {content: {application/json: {schema: {type: object, properties: {price: {type: integer}}}}}}
      responses: {}
  /shelves: {get: {responses: {}}}
components:
  schemas:
    good:
      type: object
      properties:
        kind: {type: string, enum: [book, map]}
        price: {type: string}
        weight: {type: number}
";

const CORRECTIONS: &str = "\
components:
  schemas:
    good:
      properties:
        colour: {type: string}
";

/// Writes these files to a folder of this test.
fn written(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = folder::empty(concat!(env!("CARGO_TARGET_TMPDIR"), "/evidence"), name).expect("a folder can be made");
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("a file can be written");
    }
    folder
}

fn evidence(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask-under-test"))
        .current_dir(folder)
        .arg("evidence")
        .args(arguments)
        .output()
        .expect("xtask runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const FOUND: [&str; 9] = [
    "operation GET /shelves (newer.yaml)",
    "body      PUT /goods/{} (newer.yaml)",
    "field     good.colour (corrections.yaml)",
    "field     good.weight (newer.yaml)",
    "value     good.kind = map (newer.yaml)",
    "required  good.price (newer.yaml)",
    "type      good.price: integer here, text there (newer.yaml)",
    "two types /goods price: integer in GET /goods 200; text in POST /goods body",
    "map       /components/schemas/good/properties/labels: of string",
];

#[test]
fn it_tells_what_the_document_lost_and_contradicts() {
    let folder = written("tells", &[("ours.yaml", OURS), ("newer.yaml", NEWER), ("corrections.yaml", CORRECTIONS)]);
    let against = ["--document", "ours.yaml", "--against", "newer.yaml", "--against", "corrections.yaml"];
    let output = evidence(&folder, &against);
    let said = text(&output.stdout);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[..FOUND.len()], FOUND, "{said}{}", text(&output.stderr));
    assert!(said.contains("0 findings settled, 9 not, 0 stale entries"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_finding_is_settled_by_a_reason_and_an_entry_without_a_finding_is_stale() {
    let entry = |kind: &str, place: &str| format!("- kind: {kind}\n  place: '{place}'\n  reason: It is so.\n");
    let settled = entry("two types", "/goods *") + &entry("map", "/components/schemas/good/properties/labels");
    let stale = settled.clone() + &entry("map", "/elsewhere");
    let folder = written("settled", &[("ours.yaml", OURS), ("settled.yaml", &settled), ("stale.yaml", &stale)]);

    let output = evidence(&folder, &["--document", "ours.yaml", "--reviewed", "settled.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));

    let output = evidence(&folder, &["--document", "ours.yaml", "--reviewed", "stale.yaml"]);
    assert!(text(&output.stdout).contains("stale     line 7: map /elsewhere"), "{}", text(&output.stdout));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn an_entry_without_a_reason_is_refused_with_its_place() {
    let list = "- kind: map\n  place: /a\n- kind: nonsense\n  place: /b\n  reason: None.\n";
    let folder = written("refused", &[("ours.yaml", OURS), ("list.yaml", list)]);
    let output = evidence(&folder, &["--document", "ours.yaml", "--reviewed", "list.yaml"]);
    let said = text(&output.stderr);
    assert!(said.contains("`reason` is missing\n --> list.yaml:1:"), "{said}");
    assert!(said.contains("`kind` is not a kind of finding\n --> list.yaml:3:"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_document_of_this_repository_has_nothing_unsettled() {
    let output = evidence(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn circles_and_lists_in_lists_come_to_an_end() {
    let circle = "\
openapi: 3.0.0
paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/a'}}}}}}}}
components: {schemas: {a: {allOf: [{$ref: '#/components/schemas/b'}], properties: {next: {$ref: '#/components/schemas/a'}}},
  b: {allOf: [{$ref: '#/components/schemas/a'}]}, c: {$ref: '#/components/schemas/c'}}}
";
    let folder = written("circles", &[("ours.yaml", circle), ("theirs.yaml", circle)]);
    let output = evidence(&folder, &["--document", "ours.yaml", "--against", "theirs.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
}
