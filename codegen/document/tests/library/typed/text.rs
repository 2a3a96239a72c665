//! Texts: what cannot be read, and what is odd and can.

use document::Document;

use super::{assert_refused, assert_told, read, with};

#[test]
fn a_text_that_cannot_be_read_is_refused_with_a_place() {
    let deep_block = "- ".repeat(300);
    let deep_flow = format!("a: {}", "[".repeat(100_000));
    let cases: &[(&str, &[&str])] = &[
        ("", &["the file is empty", "api.yaml:1:1"]),
        ("# nothing\n", &["the document is null"]),
        ("- a\n", &["the document is a list", "an OpenAPI object"]),
        ("openapi: 3.0.0\ninfo: [\n", &["not well-formed YAML", "api.yaml:3:1"]),
        ("{\"openapi\": \"3.0.0\",\n \"info\": }", &["not well-formed JSON: expected value", "api.yaml:2:10"]),
        ("openapi: 3.0.0\n---\nopenapi: 3.0.0\n", &["several YAML documents", "api.yaml:2:1"]),
        // To an editor that is one line.
        ("i:\u{2028}i", &["not well-formed YAML", "api.yaml:1:"]),
        ("a: !mine x\n", &["tag", "api.yaml:1:4"]),
        ("a: *b\n", &["unknown anchor", "api.yaml:1:4"]),
        ("a: &a [*a]\n", &["nested too deep", "api.yaml:1:4"]),
        (&deep_block, &["nested too deep", "api.yaml:1:201"]),
        (&deep_flow, &["nested too deep", "api.yaml:1:2004"]),
    ];
    for (text, expected) in cases {
        assert_refused(text, expected);
    }
    assert_refused(&format!("{{\"a\": {}", "[".repeat(100_000)), &["nested too deep", "api.yaml:1:106"]);
}

#[test]
fn of_two_keys_the_last_one_counts_and_odd_ones_are_what_they_are_written_as() {
    let text = format!("{}x-a: 1\nx-b: {{c: 1, c: 2}}\nx-a: 2\n", with(""));
    let expected = [
        "the key \"c\" stands twice, first at 5:7",
        "api.yaml:5:13",
        "= at /x-b/c",
        "api.yaml:6:1",
        "assumed: the last one",
    ];
    assert_told(&text, &expected);
    let typed = read(&text).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(typed.openapi.extensions["x-a"], 2);
    assert_eq!(typed.openapi.extensions["x-b"]["c"], 2);
    let json =
        "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"a\",\n \"title\": \"b\", \"version\": \"1\"}, \"paths\": {}}";
    assert_told(
        json,
        &["the key \"title\" stands twice, first with its value at 1:40", "api.yaml:2:11", "= at /info/title"],
    );
    let odd = "x-a:\n  true: 1\n  [x]: 1\n  1.5: 2\nx-n: {b: .nan, c: -.inf}\n";
    let expected = [
        "a key is a truth value",
        "api.yaml:5:3",
        "a key is a list",
        "a key is a number with a fraction",
        "api.yaml:7:3",
        "the number .nan has no counterpart",
        "= at /x-n/b",
        "the number -.inf",
    ];
    assert_told(&with(odd), &expected);
    let twice = "openapi: 3.0.0\ninfo: {title: a, version: '1'}\npaths:\n  /a:\n    get: {responses: {}}\n    get: {deprecated: true, responses: {}}\n";
    assert_refused(twice, &["error: the key \"get\" stands twice, first at 5:5", "api.yaml:6:5"]);
}

#[test]
fn an_alias_bomb_is_refused_at_once() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_refused(&bomb, &["the aliases unfold"]);
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 5_000].join(", "));
    assert_refused(&long, &["the aliases unfold"]);
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let folder = std::env::temp_dir().join(format!("codegen-document-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let missing = Document::read(&folder.join("none.yaml")).unwrap_err().to_string();
    assert!(missing.contains("cannot read the file"), "{missing}");
    std::fs::write(folder.join("latin.yaml"), b"openapi: 3.0.0\ninfo: caf\xe9\n").unwrap();
    let latin = Document::read(&folder.join("latin.yaml")).unwrap_err().to_string();
    assert!(latin.contains("not UTF-8") && latin.contains("latin.yaml:2:10"), "{latin}");
    std::fs::write(folder.join("bom.yaml"), with("").replace("openapi", "\u{feff}openapi")).unwrap();
    assert!(Document::read(&folder.join("bom.yaml")).is_ok());
    std::fs::remove_dir_all(&folder).unwrap();
}
