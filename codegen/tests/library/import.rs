//! The import and the generator: the words of a document change no code.

use document::Document;
use document::import::import;

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
        // Lists in a list of types, and a reference to an object in the place of a text.
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: {get: {operationId: e, tags: [e], responses: {'200': {description: OK}}}}}]\npaths: {/e: {$ref: '#/servers/0/url'}}\ncomponents: {schemas: {a: {type: object, properties: {x: {type: [string, [text, other]]}, y: {type: [[text], 'null']}, z: {type: [[[text]]]}}}}}\n",
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
