//! Tests changed limits: the text of the change, and whether the server may now refuse a value.

use codegen::diff::{self, Subject};
use document::Document;
use serde_json::{Value, json};

/// Returns a document in which one schema with a field is sent and received, another is only received, and a parameter
/// is sent.
fn document(schema: &Value) -> codegen::api::Api {
    let held =
        |name: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
    let model = json!({ "type": "object", "properties": { "a": schema } });
    let tree = json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "paths": { "/things": { "put": {
            "operationId": "write",
            "tags": ["things"],
            "parameters": [{ "name": "p", "in": "query", "schema": schema }],
            "requestBody": { "required": true, "content": held("sent") },
            "responses": { "200": { "description": "OK", "content": held("received") } },
        } } },
        "components": { "schemas": { "sent": model, "received": model } },
    });
    let document = Document::parse("things", tree.to_string()).unwrap_or_else(|errors| panic!("{errors}"));
    codegen::read(document, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn changed_limits_are_told_of_what_is_sent_and_of_what_is_received() {
    let tighter = "the limits are tighter: the server may refuse what was within them";
    let wider = "the limits are wider: what was within them still is";
    for (old, new, detail, reason) in [
        (
            json!({ "type": "integer", "maximum": 150 }),
            json!({ "type": "integer", "minimum": 1, "maximum": 50 }),
            "limits `from 1 to 50`, was `at most 150`",
            tighter,
        ),
        (
            json!({ "type": "integer", "maximum": 50 }),
            json!({ "type": "integer" }),
            "limits `none`, was `at most 50`",
            wider,
        ),
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 9_223_372_036_854_775_806_i64 }),
            json!({ "type": "integer", "minimum": 1, "maximum": 9_223_372_036_854_775_807_i64 }),
            "limits `from 1 to 9223372036854775807`, was `from 1 to 9223372036854775806`",
            wider,
        ),
        (
            json!({ "type": "number", "minimum": 0 }),
            json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true }),
            "limits `more than 0`, was `at least 0`",
            tighter,
        ),
        (
            json!({ "type": "integer", "minimum": 1, "maximum": 10 }),
            json!({ "type": "integer", "minimum": 5, "maximum": 20 }),
            "limits `from 5 to 20`, was `from 1 to 10`",
            tighter,
        ),
        (
            json!({ "type": "string", "maxLength": 10, "pattern": "^a" }),
            json!({ "type": "string", "maxLength": 10, "pattern": "^b" }),
            r#"limits `at most 10 characters, matches "^b"`, was `at most 10 characters, matches "^a"`"#,
            tighter,
        ),
        (
            json!({ "type": "array", "items": {}, "uniqueItems": true }),
            json!({ "type": "array", "items": {}, "minItems": 1 }),
            "limits `at least 1 item`, was `no two alike`",
            tighter,
        ),
        (
            json!({ "type": "object", "maxProperties": 2 }),
            json!({ "type": "object", "maxProperties": 3 }),
            "limits `at most 3 properties`, was `at most 2 properties`",
            wider,
        ),
    ] {
        let difference = diff::compare(&document(&old), &document(&new));
        assert!(!difference.is_breaking(), "{}", difference.summary());
        let told: Vec<(Subject, &str, &str, &str)> = difference
            .changes
            .iter()
            .map(|change| (change.subject, &*change.place, &*change.detail, &*change.reason))
            .collect();
        let expected = [
            (Subject::Parameter, "things().write(p)", detail, reason),
            (Subject::Field, "Received.a", detail, "the field has the same name and type"),
            (Subject::Field, "Sent.a", detail, reason),
        ];
        assert_eq!(told.len(), expected.len(), "{old} to {new}: {told:#?}");
        for change in expected {
            assert!(told.contains(&change), "{change:?} is not among {told:#?}");
        }
    }
}

#[test]
fn limits_that_say_nothing_are_no_change() {
    let difference =
        diff::compare(&document(&json!({ "type": "string" })), &document(&json!({ "type": "string", "minLength": 0 })));
    assert_eq!(difference.changes, []);
}
