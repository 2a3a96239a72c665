//! What rustdoc acts on in generated files is the generator's own, whatever the prose of a document holds.

use std::path::Path;

use document::Document;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The text of each doc comment of a file, as rustdoc reads it.
fn doc_comments(source: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in source.lines().map(str::trim_start) {
        let text = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        match (text, comments.last_mut()) {
            (Some(text), Some(comment)) => {
                comment.push_str(text.strip_prefix(' ').unwrap_or(text));
                comment.push('\n');
            }
            _ => comments.push(String::new()),
        }
    }
    comments.retain(|comment| !comment.is_empty());
    comments
}

/// The code blocks of `comment`, each with its kind; HTML is one of the kind `html`.
fn blocks(comment: &str, options: Options) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut in_code = false;
    for event in Parser::new_ext(comment, options) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                let kind =
                    if let CodeBlockKind::Fenced(info) = kind { info.to_string() } else { "indented".to_owned() };
                blocks.push((kind, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(text) if in_code => blocks.last_mut().expect("a block is open").1.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => blocks.push(("html".to_owned(), text.to_string())),
            _ => {}
        }
    }
    blocks
}

#[test]
fn nothing_that_a_document_says_is_code_or_html() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/good");
    // As a page of rustdoc shows it, and in plain CommonMark.
    let pages = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let (mut shown, mut examples) = (0, 0);
    for fixture in ["hostile_text", "prose_code", "prose_html", "reference_in_another_direction"] {
        let path = folder.join(fixture).with_extension("yaml");
        let document = Document::read(&path).unwrap_or_else(|errors| panic!("{errors}"));
        let generated = codegen::generate(document, &[]).unwrap_or_else(|errors| panic!("{fixture}: {errors}"));
        // The only file that says what the document says of itself.
        let files = codegen::scaffold::complete(generated).unwrap_or_else(|errors| panic!("{fixture}: {errors}"));
        let generated = files.iter().filter(|(path, _)| path.ends_with("lib.rs") || path.contains("generated/"));
        for (path, source) in generated {
            for comment in doc_comments(source) {
                for (kind, text) in [Options::empty(), pages].into_iter().flat_map(|options| blocks(&comment, options))
                {
                    // An example of this workspace calls; it runs nothing that a description says.
                    let is_example = kind == "no_run" && !text.contains("ran(");
                    assert!(kind == "text" || is_example, "{fixture}: {path} has {kind}: {text}\n{comment}");
                    shown += usize::from(kind == "text");
                    examples += usize::from(is_example);
                }
            }
        }
    }
    assert!(shown > 20 && examples > 4, "{shown} blocks of text and {examples} examples: what is read is not all");
}
