//! What a reader of a bad document sees, and what a good one becomes.

mod text;

use document::{Document, Typed};
use openapiv3::{ReferenceOr, SchemaKind, Type};

/// A sound document around `rest`, which starts on line 4.
fn with(rest: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\n{rest}")
}

/// The same with one schema, which starts on line 6, indented by six.
fn schema(rest: &str) -> String {
    with(&format!("components:\n  schemas:\n{rest}"))
}

fn read(text: &str) -> Result<Typed, String> {
    let typed = |document: Document| document.into_typed();
    Document::parse("api.yaml", text.to_owned()).and_then(typed).map_err(|found| crate::flat(&found.to_string()))
}

#[track_caller]
fn refused(text: &str) -> String {
    match read(text) {
        Ok(_) => panic!("accepted:\n{text}"),
        Err(report) => report,
    }
}

/// What is told of a document that is taken.
#[track_caller]
fn told(text: &str) -> String {
    crate::flat(&read(text).unwrap_or_else(|report| panic!("refused:\n{report}")).warnings().to_string())
}

#[track_caller]
fn assert_lines(report: &str, expected: &[&str]) {
    for line in expected {
        assert!(report.contains(line), "no {line:?} in\n{report}");
    }
}

/// Every line of `expected` stands in the report of a document that is refused.
#[track_caller]
fn assert_refused(text: &str, expected: &[&str]) {
    assert_lines(&refused(text), expected);
}

/// The same of one that is taken.
#[track_caller]
fn assert_told(text: &str, expected: &[&str]) {
    assert_lines(&told(text), expected);
}

#[test]
fn a_report_names_file_line_column_pointer_and_what_was_expected() {
    let text =
        schema("    pet:\n      type: object\n      required: name\n      properties:\n        name: {type: strin}\n");
    assert_eq!(
        told(&text),
        "warning: `required` is the text \"name\"\n  --> api.yaml:8:17\n   = at /components/schemas/pet/required\n   \
         = expected: a list of property names\n   = assumed: a list of the text \"name\"\n   \
         = help: settle it in an overlay: `{target: \"$.components.schemas.pet.required\", remove: true}`\n\n\
         warning: `type` is the text \"strin\"\n  --> api.yaml:10:22\n   = at /components/schemas/pet/properties/name/type\n   \
         = expected: one of string, number, integer, boolean, object, array\n   = assumed: any JSON\n   \
         = help: settle it in an overlay: `{target: \"$.components.schemas.pet.properties.name.type\", remove: true}`\n\n\
         0 errors, 2 warnings (2 faults of the document)"
    );
}

#[test]
fn other_versions_are_refused_by_name() {
    assert_refused("swagger: '2.0'\n", &["Swagger \"2.0\"", "api.yaml:1:10", "convert"]);
    assert_refused("openapi: 4.0.0\n", &["OpenAPI \"4.0.0\"", "api.yaml:1:10"]);
    assert_refused("openapi: [3.0.0]\n", &["`openapi` is a list", "api.yaml:1:10"]);
    assert_told("openapi: 3.0\ninfo: {title: a, version: '1'}\npaths: {}\n", &["`openapi` is a number"]);
    assert_refused("info: {}\n", &["`openapi` is missing"]);
    assert_refused(
        "openapi: 3.0.0\ninfo: {title: a}\n",
        &["error: `paths` is missing", "warning: `version` is missing from `info`"],
    );
}

#[test]
fn mismatches_from_the_grammar_are_all_named_at_once() {
    let text = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  pets: {}
  /pets:
    get:
      operationId: 5
      parameters:
      - {name: q, in: body, schema: {type: string}}
      - {name: r, in: header, style: form, schema: {type: string}}
      - {name: s, in: query}
      responses:
        two: {description: x}
        '200': {description: x, content: {a/b: {$ref: '#/x'}}}
    post: {}
components:
  securitySchemes:
    key: {type: apiKey, name: k}
    odd: {type: basic}
security:
- none: []
";
    let expected = [
        ("the path \"pets\" does not begin with a slash", "4:9"),
        ("`operationId` is the number 5", "7:20"),
        ("`in` is the text \"body\"", "9:23"),
        ("`style` of a header parameter is \"form\"", "10:38"),
        ("the parameter \"s\" has no schema", "11:9"),
        ("\"two\" is not a status", "13:14"),
        ("a reference cannot stand here", "14:55"),
        ("`responses` is missing from `post`", "15:11"),
        ("`in` is missing from `key`", "18:10"),
        ("`type` is the text \"basic\"", "19:17"),
        ("the security scheme \"none\" is not declared", "21:9"),
    ];
    let report = told(text);
    for (message, place) in expected {
        assert!(
            report.contains(&format!("warning: {message}\n  --> api.yaml:{place}\n")),
            "no {message} at {place} in\n{report}"
        );
    }
    let count = expected.len();
    assert!(report.ends_with(&format!("0 errors, {count} warnings ({count} faults of the document)")), "{report}");
}

#[test]
fn a_place_may_be_referred_to_as_two_kinds() {
    let text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nx-shared: {b: {type: string}}\npaths:\n  /a:\n    get:\n      \
                parameters:\n        - {name: q, in: query, schema: {$ref: '#/x-shared/b'}}\n        \
                - {$ref: '#/paths/~1a/get/parameters/0/schema'}\n      responses: {'204': {description: OK}}\n";
    for (text, fault) in
        [(text.to_owned(), "`name` is missing"), (text.replace("shared/b", "shared/a"), "leads nowhere")]
    {
        assert_told(&text, &[fault]);
        let typed = read(&text).unwrap_or_else(|report| panic!("refused:\n{report}"));
        let item = typed.openapi.paths.iter().find_map(|(_, item)| item.as_item());
        let get = item.and_then(|item| item.get.as_ref()).expect("an operation");
        let first = get.parameters.first().and_then(ReferenceOr::as_item).expect("a parameter");
        assert_eq!(first.parameter_data_ref().name, "q", "{text}");
    }
}

#[test]
fn a_list_of_types_holds_names() {
    let expected = ["`type` lists a value that is not the name of a type: left out", "/components/schemas/pet/type"];
    let text = schema("    pet: {type: [string, [integer]]}\n");
    assert_told(&text, &expected);
    assert_told(&text.replace("3.0.3", "3.1.0"), &expected);
}

#[test]
fn references_that_lead_nowhere_astray_or_round_are_any_json() {
    let text = schema(
        "    Pet: {$ref: '#/components/schemas/cat'}\n    cat: {$ref: '#/components/schemas/Pet'}\n    \
         a: {$ref: '#/components/schemas/pet'}\n    b: {$ref: 'other.yaml#/pet'}\n    \
         c: {$ref: '#/components/schemas/Pet/properties/x'}\n    d: {$ref: '#/components/responses/ok'}\n    e: {$ref: 5}\n  \
         responses:\n    ok: {description: x}\n",
    );
    let expected: &[&str] = &[
        "the reference of \"Pet\" leads back to itself\n  --> api.yaml:6:17",
        "the reference of \"cat\" leads back to itself\n  --> api.yaml:7:17",
        "\"#/components/schemas/pet\" leads nowhere\n  --> api.yaml:8:15\n   = at /components/schemas/a/$ref",
        "there is \"Pet\"",
        "\"other.yaml#/pet\" leaves the file\n  --> api.yaml:9:15",
        "\"#/components/schemas/Pet/properties/x\" leads nowhere\n  --> api.yaml:10:15",
        "leads to one of the responses\n  --> api.yaml:11:15",
        "`$ref` is the number 5\n  --> api.yaml:12:15",
        "7 warnings",
        "assumed: any JSON",
    ];
    assert_told(&text, expected);
    let mapping = schema(
        "    a:\n      oneOf: []\n      discriminator: {propertyName: t, mapping: {x: '#/components/schemas/z'}}\n",
    );
    assert_told(&mapping, &["the mapping of \"x\"", "api.yaml:8:53"]);
}

#[test]
fn a_reference_to_a_place_without_a_name_gives_it_one() {
    let text = schema(
        "    Pet: {type: object, properties: {owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}}}
    a: {$ref: '#/components/schemas/Pet/properties/owner', nullable: true}
    b: {type: array, items: {$ref: '#/components/schemas/Pet/properties/owner/properties/pet'}}\n",
    );
    let typed = read(&text).unwrap_or_else(|report| panic!("{report}"));
    let schemas = typed.openapi.components.unwrap().schemas;
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Pet", "Pet_owner", "a", "b"]);
    assert!(format!("{:?}", schemas["a"]).contains("#/components/schemas/Pet_owner"));
    // A place that holds only a reference leads to what that refers to.
    assert!(format!("{:?}", schemas["b"]).contains("#/components/schemas/Pet\""));
    let taken = text.replace("a: {$ref", "Pet_owner: {$ref");
    let schemas = read(&taken).unwrap_or_else(|report| panic!("{report}")).openapi.components.unwrap().schemas;
    assert!(format!("{:?}", schemas["b"]).contains("#/components/schemas/"), "{schemas:?}");
    assert!(schemas.contains_key("components_schemas_Pet_properties_owner"), "{schemas:?}");
    let round = schema(
        "    a: {$ref: '#/components/schemas/b/properties/x'}\n    b: {properties: {x: {$ref: '#/components/schemas/a'}}}\n",
    );
    assert_told(&round, &["leads back to itself"]);
}

#[test]
fn text_of_the_document_stays_text_in_a_report() {
    let report = told(&schema("    \"a\\e[31m\\n\": {type: \"\\e]0;x\\a\"}\n"));
    assert!(!report.contains('\u{1b}') && report.contains("\\u{1b}"), "{report}");
    let long = told(&schema(&format!("    a: {{type: {}}}\n", "x".repeat(10_000))));
    assert!(long.len() < 1_000, "{long}");
}

#[test]
fn json_is_told_by_its_content_and_read_whole() {
    let text = "{\t\"openapi\": \"3.0.0\",\r\n\t\"info\": {\"title\": \"\\ud83d\\ude00\", \"version\": 1.5},\n\t\"paths\": {\"a\": 1}}";
    assert_told(text, &["api.yaml:3:17", "api.yaml:2:47", "assumed: the text \"1.5\"", "0 errors, 2 warnings"]);
}

#[test]
fn what_real_documents_get_wrong_without_harm_is_mended() {
    let text = schema(
        "    status: {type: string, enum: [1, true, on, 1], pattern: null, minLength: -1, items: {}}
    size: {type: integer, minimum: 0.0, maximum: 1.0e+30, pattern: a, enum: [1.0, '2']}
    big: {type: integer, maximum: 18446744073709551615, format: int64}
    pet: {type: object, required: [], properties: {x: null, example: {type: string}, $ref: {type: string}}, additionalProperties: {}, unknown: 1, xml: {name: a}, x-any: {deep: [1]}}
    ref: {nullable: true, description: text, $ref: '#/components/schemas/pet', type: object}
    kept: {$ref: '#/components/schemas/pet', example: 1}
    any: {type: object, oneOf: [{required: [a]}], default: null, nullable: true}
    spaced name: {type: boolean, format: x}
    user: {type: array, items: {$ref: '#/components/schemas/spaced%20name'}}\n",
    );
    let typed = read(&text).unwrap_or_else(|report| panic!("{report}"));
    let schemas = &typed.openapi.components.as_ref().unwrap().schemas;
    let kind = |name: &str| match &schemas[name] {
        ReferenceOr::Item(schema) => format!("{:?}", schema.schema_kind),
        ReferenceOr::Reference { reference } => reference.clone(),
    };
    assert!(kind("status").contains("enumeration: [Some(\"1\"), Some(\"true\"), Some(\"on\")], min_length: None"));
    assert!(
        kind("size").contains("minimum: Some(0), maximum: None, enumeration: [Some(1), Some(2)]"),
        "{}",
        kind("size")
    );
    assert!(
        matches!(&schemas["pet"], ReferenceOr::Item(pet) if matches!(&pet.schema_kind, SchemaKind::Type(Type::Object(object)) if object.properties.len() == 3))
    );
    assert!(
        matches!(&schemas["ref"], ReferenceOr::Item(schema) if schema.schema_data.nullable && matches!(&schema.schema_kind, SchemaKind::AllOf { all_of } if all_of.len() == 1))
    );
    assert_eq!(kind("kept"), "#/components/schemas/pet");
    assert!(kind("user").contains("#/components/schemas/spaced name"));
    let report = crate::flat(&typed.warnings().to_string());
    for line in [
        "`minLength` is the number -1 and limits nothing\n  --> api.yaml:6:78",
        "unknown key \"unknown\" in a schema object\n  --> api.yaml:9:144",
        "`type` stands beside a `$ref`, where it means nothing\n  --> api.yaml:10:86",
    ] {
        assert!(report.contains(line), "no {line:?} in\n{report}");
    }
    assert!(report.contains("0 errors"), "{report}");
}

#[test]
fn a_document_with_everything_in_it_passes() {
    let text = "\
openapi: 3.0.0
info: {title: T, version: 2, contact: {email: a@b}, license: {name: MIT}, x-a: [1]}
externalDocs: {url: https://example.com}
servers:
- url: https://{host}:{port}/v1
  variables: {host: {default: a, enum: [a, b]}, port: {default: 443}}
tags: [{name: t, description: d}]
security: []
paths:
  x-group: {a: 1}
  /a/{id}:
    summary: s
    parameters: [{$ref: '#/components/parameters/id'}]
    post:
      tags: [t]
      callbacks: {done: {'{$request.body#/url}': {post: {responses: {200: {description: ok}}}}}}
      requestBody: {$ref: '#/components/requestBodies/form'}
      security: [{}, {oauth: [read]}]
      responses:
        200:
          description: ok
          headers: {X-Left: {description: d}, X-Next: {$ref: '#/components/headers/next'}}
          content:
            application/json: {schema: {$ref: '#/components/schemas/node'}, examples: {a: {$ref: '#/components/examples/a'}}}
          links: {next: {operationId: x, parameters: {a: $response.body#/id}, x-a: 1}}
        4xx: {$ref: '#/components/responses/bad', description: more}
        default: {$ref: '#/components/responses/bad'}
        x-note: n
components:
  examples: {a: {value: {any: [thing]}}}
  headers: {next: {schema: {type: string}}}
  parameters: {id: {name: id, in: path, required: true, schema: {type: string}, examples: {a: {value: 1}}}}
  requestBodies: {form: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}}}, encoding: {f: {contentType: image/png}}}}}}
  responses: {bad: {}}
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://a/b}}}
    http: {type: http, scheme: bearer, bearerFormat: JWT}
    open: {type: openIdConnect, openIdConnectUrl: https://a/b}
  schemas:
    node:
      oneOf: [{$ref: '#/components/schemas/leaf'}, {type: object, properties: {next: {$ref: '#/components/schemas/node'}}, additionalProperties: false}]
      discriminator: {propertyName: kind}
    leaf: {type: number, exclusiveMinimum: true, minimum: 0.5, multipleOf: 0.1, example: 1, externalDocs: {url: a}}
    not: {not: {type: string}}
";
    let typed = read(text).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(typed.openapi.operations().count(), 1);
    assert_eq!(
        typed.openapi.components.map(|components| (components.schemas.len(), components.examples.len())),
        Some((3, 0))
    );
}

#[test]
fn deep_but_sound_documents_pass_in_every_stage() {
    for (open, close, levels) in
        [("{items: ", "}", 96), ("{properties: {a: ", "}}", 48), ("{allOf: [{properties: {a: ", "}}]}", 24)]
    {
        let nest = |levels: usize| schema(&format!("    a: {}{{}}{}\n", open.repeat(levels), close.repeat(levels)));
        assert!(read(&nest(levels)).is_ok(), "{open}");
        assert_refused(&nest(levels + 1), &["nested too deep"]);
    }
}
