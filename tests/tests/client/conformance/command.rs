//! Runs the command and checks its output and its exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

/// A document of the test: one operation under its own name, one under another, references, and examples without a
/// value.
const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Test, version: "1" }
paths:
  /admins:
    get:
      operationId: listAdmins
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema: { type: object }
              examples:
                shared: { $ref: "#/components/examples/admins" }
                nothing: { summary: without a value }
        "401": { $ref: "#/components/responses/Unauthorized" }
  /contacts/{misnamed}:
    get:
      operationId: shoContact
      parameters:
      - { name: misnamed, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: OK
          content:
            application/json:
              schema: { type: object }
              example: { id: 7, marked_email_as_spam: { odd: true }, created_at: "2024-02-29T12:00:00Z" }
  /contacts:
    post:
      operationId: CreateContact
      requestBody: { $ref: "#/components/requestBodies/Contact" }
      responses:
        "200":
          description: OK
          content:
            text/plain:
              example: no schema
components:
  examples:
    admins: { value: { type: admin.list, admins: [{ id: "1", new_field: [1] }] } }
  requestBodies:
    Contact:
      content:
        application/json:
          schema: { type: object }
          examples:
            by email: { value: { email: a@example.com } }
  responses:
    Unauthorized:
      description: No token
      content:
        application/json:
          schema: { type: object }
          examples:
            unauthorized: { value: { type: error.list, errors: [{ code: unauthorized }] } }
"##;

/// An exchange that comes back unchanged, and one that does not.
const GOOD: &str = r#"{"method":"GET","path":"/me","status":200,"request":null,"response":{"type":"admin","id":1}}"#;
const BAD: &str = r#"{"method":"GET","path":"/nowhere","status":200,"response":{}}"#;

/// Writes a file of this test.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let file = folder.join(name);
    fs::write(&file, text).expect("a file can be written");
    file
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conformance")).args(arguments).output().expect("it starts")
}

fn path(file: &Path) -> &str {
    file.to_str().expect("a path in UTF-8")
}

/// Returns the exit code and the whole output.
fn said(output: &Output) -> (i32, String) {
    let text = [&*output.stdout, &*output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output).1))
}

#[test]
fn a_document_is_counted() {
    let document = file("document.yaml", DOCUMENT);
    let output = run(&["--json", "--document", path(&document)]);
    let found = json_of(&output);
    assert_eq!(found["responses"], json!({ "total": 3, "decoded": 3, "lossless": 3, "mismatches": 1 }), "{found}");
    assert_eq!(found["requests"], json!({ "total": 1, "decoded": 1, "lossless": 1, "mismatches": 0 }), "{found}");
    assert_eq!((&found["failures"], output.status.code()), (&json!([]), Some(0)));
    let (code, text) = said(&run(&["--document", path(&document)]));
    assert_eq!(code, 0, "{text}");
    for line in ["responses: 3 of 3 decode", "requests: 1 of 1 decode", "2 examples have no value", "ShowContact "] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn an_unknown_operation_of_a_document_fails() {
    let document = file("unknown.yaml", &DOCUMENT.replace("/admins:", "/nobody:").replace("listAdmins", "listNobody"));
    let output = run(&["--json", "--document", path(&document)]);
    assert_eq!(output.status.code(), Some(1));
    let found = json_of(&output);
    assert_eq!(found["responses"]["decoded"], 1, "{found}");
    let expected = json!({
        "operation": "listNobody", "status": 401, "pointer": "", "reason": "the client has no such operation",
        "source": "#/paths/~1nobody/get/responses/401/content/application~1json/examples/unauthorized",
    });
    assert!(found["failures"].as_array().is_some_and(|failures| failures.contains(&expected)), "{found}");
}

#[test]
fn exchanges_end_with_what_they_deserve() {
    let good = file("good.jsonl", GOOD);
    let output = run(&["--json", "--exchanges", path(&good)]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output).1);
    assert_eq!(json_of(&output)["responses"]["lossless"], 1);

    let mixed = file("mixed.jsonl", &format!("{GOOD}\n{BAD}\n"));
    let (code, text) = said(&run(&["--exchanges", path(&mixed)]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("error: GET /nowhere 200") && text.contains("mixed.jsonl:2"), "{text}");

    let ill_formed = file("ill-formed.jsonl", &format!("{GOOD}\nno JSON\n"));
    let (code, text) = said(&run(&["--exchanges", path(&ill_formed)]));
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("ill-formed.jsonl:2"), "{text}");
}

#[test]
fn an_accepted_body_is_no_failure_and_an_expired_entry_is() {
    let mixed = file("accepted.jsonl", &format!("{GOOD}\n{BAD}\n"));
    let source = format!("{}:2", mixed.display());
    let entry =
        format!("# Why.\n- operation: GET /nowhere\n  status: 200\n  source: '{source}'\n  reason: It is a test.\n");
    let accept = file("accept.yaml", &entry);
    let output = run(&["--exchanges", path(&mixed), "--accept", path(&accept)]);
    let (code, text) = said(&output);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("1 are known not to and accepted"), "{text}");

    let expired = file("expired.yaml", &entry.replace("'\n", "0'\n"));
    let good = file("expired.jsonl", GOOD);
    let (code, text) = said(&run(&["--exchanges", path(&good), "--accept", path(&expired)]));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("expired.yaml:2 accepts it, which it need not any more"), "{text}");

    for (name, text, expected) in [
        ("no-list.yaml", "operation: a\n", "no list"),
        ("no-reason.yaml", "- operation: a\n  source: b\n- source: b\n  reason: c\n", "no-reason.yaml:3"),
        ("key.yaml", "- operation: a\n  source: b\n  reason: c\n  why: d\n", "unknown key \"why\""),
        ("ill-formed.yaml", "- operation: [\n", "ill-formed.yaml:"),
    ] {
        let (code, said) = said(&run(&["--exchanges", path(&good), "--accept", path(&file(name, text))]));
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn bad_input_is_named() {
    let dangling = DOCUMENT.replace("#/components/examples/admins", "#/components/examples/nobody");
    for (name, text, line) in [
        ("dangling.yaml", dangling.as_str(), "dangling.yaml:15"),
        ("ill-formed-document.yaml", "openapi: [", "ill-formed-document.yaml:1:11"),
        ("empty.yaml", "", "empty.yaml:1"),
        ("other.yaml", "openapi: 3.0.0\npaths: 7\n", "other.yaml:2"),
    ] {
        let (code, said) = said(&run(&["--document", path(&file(name, text))]));
        assert_eq!(code, 2, "{name}: {said}");
        assert!(said.contains(line), "{name}: {said}");
    }
    for arguments in [
        &["--document", "/nowhere/at/all.yaml"][..],
        &["--exchanges", "/nowhere/at/all.jsonl"],
        &["--document"],
        &["--no-such-option"],
        &["--document", "a", "--exchanges", "b"],
        &["stray"],
    ] {
        let (code, said) = said(&run(arguments));
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.starts_with("error"), "{arguments:?}: {said}");
    }
    assert_eq!(said(&run(&["--help"])).0, 0);
}
