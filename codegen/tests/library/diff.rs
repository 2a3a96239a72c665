//! A difference as text: nothing that a document says steers the terminal, the page or the reader.

use codegen::diff;
use document::Document;

fn api(more: &str, values: &str, path: &str) -> codegen::api::Api {
    let text = format!(
        r#"openapi: 3.0.3
info: {{title: t, version: '1'}}
{more}
paths:
  /a:
    get:
      operationId: a
      tags: ["a\e[5m\u202e"]
      parameters: [{{name: q, in: query, schema: {{type: string, enum: [{values}]}}}}]
      responses: {{'204': {{description: OK}}}}
{path}
"#
    );
    let document = Document::parse("a.yaml", text).unwrap_or_else(|errors| panic!("{errors}"));
    codegen::read(document, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn a_difference_cannot_steer_what_shows_it() {
    let old = api("", "a", "");
    let path = r#"  "/b\e[2J": {get: {operationId: "b\u009b", responses: {'204': {description: OK}}}}"#;
    let server = r#"servers: [{url: "https://a.example/\e]0;title\a\u2066"}]"#;
    let new = api(server, r#"a, "\e[31mred|\0 \u202e\u009b<script>\n# heading""#, path);
    let difference = diff::compare(&old, &new);
    let markdown = diff::markdown(&difference);
    let title = "a\u{1b}[31m → \u{202e}b";
    for text in [&markdown, &format!("{:#}", diff::json(&difference)), &diff::html(&difference, title)] {
        let steers =
            |c: &char| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert_eq!(text.chars().find(steers), None, "{text}");
        assert!(text.contains("red") && text.contains("title"), "what is different is told:\n{text}");
    }
    assert!(!markdown.contains("\n# heading"), "{markdown}");
}
