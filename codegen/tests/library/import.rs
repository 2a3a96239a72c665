//! The import: facts stay, words go.

use std::path::Path;

use codegen::document::Document;
use codegen::import::{Counts, import};
use codegen::overlay::Overlay;
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

/// What is written generates what was read did: the same code but for the words, with the same faults.
#[test]
fn what_is_written_generates_the_same() {
    let documents = [
        // Everything that leads somewhere else, and names of our own.
        "openapi: 3.0.3\ninfo: {title: t, version: '1', x-crate-name: own}\nservers: [{url: 'https://eu.example'}, {url: 'https://us.example', x-rust-name: other}]\nx-shared:\n  a: {type: object, properties: {b: {$ref: '#/x-shared/b'}}}\n  b: {type: object, properties: {n: {type: string, x-rust-name: named}}}\npaths:\n  /a: {get: {operationId: a, tags: [a], responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/x-shared/a'}}}}}}}\n",
        // One of 3.1, with a name of one character.
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /b: {$ref: '#/components/pathItems/b'}\ncomponents:\n  responses: {名: {description: x}}\n  pathItems: {b: {get: {operationId: b, tags: [b], responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/s'}}}}}}}}\n  schemas: {s: {$defs: {d: {type: [string, 'null'], enum: [x, y, null]}}, type: object, properties: {d: {$ref: '#/$defs/d'}, c: {const: 1}, w: {type: [string, integer, [], object]}, p: {prefixItems: [{type: string}]}}}}\n",
        // One that is wrong.
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /c/{id}: {get: {operationId: c, tags: [c], parameters: [{name: q, in: query, type: integer}], responses: {'200': {$ref: '#/components/responses/no'}}}}\ncomponents: {schemas: {s: {type: object, properties: {a: {type: int, required: true}, b: {const: x}}}}}\n",
        // Paths and parameters in other forms, a reference through them, and one into a list.
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nx-shared: {a: {type: object, properties: {n: {type: string}}}}\npaths:\n  d: {get: {operationId: d, tags: [d], parameters: [{name: q, in: query, type: {a: string}}], responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/x-shared/a'}}}}}}}\ncomponents: {schemas: {n: {properties: {p: {allOf: [{$ref: '#/components/schemas/n/properties/p/allOf/1/properties/q/level'}, {properties: {q: {level: {type: integer}}}}]}}}}}\n",
        // An object in the place of a list, which has no key that OpenAPI knows.
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\nsecurity: [{k: {a: []}}]\ncomponents: {securitySchemes: {k: {type: http, scheme: bearer}}, schemas: {a: {type: object}, u: {allOf: [{oneOf: [{$ref: '#/components/schemas/a'}, {type: integer}]}, {oneOf: {body: {type: string}}}]}}}\n",
        // Positions whose types differ in words alone, and a reference beside a key that OpenAPI does not know.
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {a: {type: object, properties: {x: {type: string}}}, b: {$ref: '#/components/schemas/a', other: 1}, c: {type: object, properties: {l: {type: array, prefixItems: [{type: string}, {type: integer}], items: {type: string, description: One}}, o: {oneOf: [{$ref: '#/components/schemas/a', other: 1}, {type: 'null'}]}}}}}\n",
        // References to a reference that has words of its own.
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {a: {type: object, properties: {x: {type: string}}}, b: {type: object, properties: {d: {$ref: '#/components/schemas/a', description: One}, e: {$ref: '#/components/schemas/c'}}}, c: {$ref: '#/components/schemas/b/properties/d'}}}\n",
    ];
    let generated = |text: &str| {
        let document = Document::parse("d.yaml", text.to_owned()).unwrap();
        let generated = codegen::generate(document, &[]).unwrap_or_else(|report| panic!("{report}"));
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let files = generated.files.iter();
        files
            .map(|(path, text)| (path.to_owned(), text.lines().filter(code).collect::<Vec<_>>().join("\n")))
            .collect::<Vec<_>>()
    };
    for document in documents {
        let imported = import("d.yaml", document.to_owned()).unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(generated(document), generated(&imported.text), "{}", imported.text);
        assert_eq!(import("d.yaml", imported.text.clone()).unwrap().text, imported.text);
    }
}

/// The repository's own document and overlays.
fn spec() -> (String, Vec<Overlay>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
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
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/spec/intercom-unstable.yaml");
    let Ok(published) = std::fs::read_to_string(published) else { return };
    let imported = import("published.yaml", published).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(imported.text, spec().0);
}
