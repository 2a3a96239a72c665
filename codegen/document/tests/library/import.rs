//! The import: facts stay, words go.

use std::path::Path;

use document::Document;
use document::import::{Counts, import};
use document::overlay::Overlay;
use serde_json::{Value, json};

const PUBLISHED: &str = "\
openapi: 3.0.1
info: {title: Pets, version: '1', description: words, contact: {name: words}, license: {name: MIT}}
x-words: words
servers: [{url: https://a, description: words}]
tags: [{name: pets, description: words, externalDocs: {url: words}}]
paths:
  /pets/{id}:
    get:
      summary: words
      description: words
      operationId: showPet
      x-codeSamples: [{source: words}]
      parameters: [{name: id, in: path, required: true, description: words, example: words, schema: {type: string}}]
      responses:
        200:
          description: words
          headers: {X-Left: {description: words, schema: {type: integer}}}
          content: {application/json: {examples: {a: {value: words}}, schema: {$ref: '#/components/schemas/pet'}}}
        404: {$ref: '#/components/responses/Missing'}
        5XX: {description: words}
        default: {description: words}
components:
  examples: {a: {value: words}}
  responses: {Missing: {description: words}}
  securitySchemes:
    oauth: {type: oauth2, description: words, flows: {implicit: {authorizationUrl: https://a, scopes: {read: words}}}}
  schemas:
    pet:
      title: words
      description: words
      type: object
      example: {a: words}
      required: [title, description]
      properties:
        title: {type: string, title: words, default: A whole sentence is a fact.}
        description: {type: string, nullable: true, enum: [Another sentence.]}
        example: {type: object, properties: {examples: {type: integer, example: 5}, summary: {type: string, x-a: words}}}
        ref: {$ref: '#/components/schemas/pet', description: words, nullable: true}
        either: {oneOf: [{title: Kept, type: string}, {title: Kept too, type: object, properties: {a: {title: words}}}], title: words}
";

fn structure(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn facts_stay_and_words_go() {
    let imported = import("pets.yaml", PUBLISHED.to_owned()).unwrap();
    assert!(!imported.text.contains("words"), "{}", imported.text);
    let tree = structure(&imported.text);
    let pet = &tree["components"]["schemas"]["pet"]["properties"];
    assert_eq!(pet["title"], json!({"type": "string", "default": "A whole sentence is a fact."}));
    assert_eq!(pet["description"], json!({"type": "string", "nullable": true, "enum": ["Another sentence."]}));
    assert_eq!(pet["example"]["properties"], json!({"examples": {"type": "integer"}, "summary": {"type": "string"}}));
    assert_eq!(pet["ref"], json!({"$ref": "#/components/schemas/pet", "nullable": true}));
    assert_eq!(pet["either"]["oneOf"][0], json!({"title": "Kept", "type": "string"}));
    assert_eq!(pet["either"]["oneOf"][1]["properties"], json!({"a": {}}));
    assert_eq!(tree["info"], json!({"title": "Pets", "version": "1", "license": {"name": "MIT"}}));
    let responses = &tree["paths"]["/pets/{id}"]["get"]["responses"];
    assert_eq!(responses["200"]["description"], json!("OK"));
    assert_eq!(responses["200"]["headers"], json!({"X-Left": {"schema": {"type": "integer"}}}));
    assert_eq!(responses["404"], json!({"$ref": "#/components/responses/Missing"}));
    assert_eq!(responses["5XX"]["description"], json!("Server Error"));
    assert_eq!(tree["components"]["responses"]["Missing"]["description"], json!("Missing"));
    assert_eq!(imported.read.to_string(), "1 paths, 1 operations, 1 schemas");
}

#[test]
fn an_import_of_an_import_changes_nothing() {
    let once = import("pets.yaml", PUBLISHED.to_owned()).unwrap().text;
    assert_eq!(import("pets.yaml", once.clone()).unwrap().text, once);
}

#[test]
fn faults_are_told_and_imported() {
    let imported = import("pets.yaml", PUBLISHED.replace("type: integer", "type: int")).unwrap();
    let report = crate::flat(&imported.warnings.to_string());
    assert!(report.contains("`type` is the text \"int\"\n  --> pets.yaml:17:65"), "{report}");
    assert!(imported.text.contains("type: int\n"), "{}", imported.text);
    let refused = import("pets.yaml", PUBLISHED.replace("paths:", "routes:")).unwrap_err().to_string();
    assert!(refused.contains("`paths` is missing"), "{refused}");
}

/// The repository's own document and overlays.
fn spec() -> (String, Vec<Overlay>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let text = std::fs::read_to_string(folder.join("intercom-unstable.yaml")).unwrap();
    (text, Overlay::read_folder(&folder.join("overlays")).unwrap_or_else(|report| panic!("{report}")))
}

#[test]
fn the_repositorys_document_is_sound_with_and_without_overlays() {
    let (text, overlays) = spec();
    assert_eq!(import("spec", text.clone()).unwrap().text, text);
    let mut document = Document::parse("spec", text).unwrap();
    assert!(document.clone().into_typed().is_ok());
    document.apply(&overlays).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(Counts::of(document.tree()).to_string(), "188 paths, 262 operations, 394 schemas");
    let typed = document.into_typed().unwrap_or_else(|report| panic!("{report}"));
    assert!(typed.warnings().is_empty(), "{}", typed.warnings());
    // The types are given object by object; read in one go the document is the same.
    let whole: openapiv3::OpenAPI = serde_json::from_value(serde_json::to_value(&typed.openapi).unwrap()).unwrap();
    assert!(whole == typed.openapi);
}

/// A published document may stand beside the repository; then what was imported from it must still be what it gives.
#[test]
fn the_published_document_gives_the_repositorys() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/spec/intercom-unstable.yaml");
    let Ok(published) = std::fs::read_to_string(published) else { return };
    let imported = import("published.yaml", published).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(imported.text, spec().0);
}
