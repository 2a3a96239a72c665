//! Prose of the document as Markdown: it stays text, whatever it holds.
//!
//! rustdoc compiles code blocks, resolves brackets as links, and warns of HTML and of bare addresses. The prose of an API
//! description means none of that for Rust: it is parsed, and written anew as what a reader sees.

mod written;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use crate::diagnostic::steers;

/// What is read beside CommonMark.
const READ: Options = Options::ENABLE_TABLES;

/// `text` in a code span.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    // A run of backticks inside needs a longer one around it.
    let fence = fence(&text, 0);
    if fence.len() == 1 && !text.trim().is_empty() { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Prose of the document, so that rustdoc shows it and does nothing else with it.
pub(super) fn prose(text: &str) -> String {
    let text = seen(&text.replace('\t', " "));
    if is_plain(&text) {
        return text;
    }
    // What Markdown cannot say is shown as it was written.
    let verbatim = || format!("{0}text\n{text}\n{0}", fence(&text, 2));
    written::anew(&text).filter(|written| !acts(written)).unwrap_or_else(verbatim)
}

/// The prose of a description; nothing of one that is absent or blank.
pub(super) fn said(text: Option<&str>) -> Option<String> {
    text.map(|text| prose(text.trim())).filter(|said| !said.trim().is_empty())
}

/// The same on one line, for what stands behind a label: no block of it begins or ends there.
pub(super) fn said_in_line(text: Option<&str>) -> Option<String> {
    let line = in_line(&said(text)?.replace("```text\n", "```\n"));
    // Backticks of two paragraphs can make a pair in one. A label may stand before it, or nothing.
    let acts = !is_plain(&line) && (acts(&line) || acts(&format!("a {line}")));
    Some(if acts { code(&line) } else { line })
}

/// The paragraphs of `text` as sentences of one line.
pub(super) fn in_line(text: &str) -> String {
    let mut line = String::new();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        if line.ends_with(|end: char| end.is_alphanumeric() || matches!(end, ')' | '`')) {
            line.push('.');
        }
        for word in paragraph.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// `text` with a capital letter in front.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", characters.as_str())
}

/// The first sentence of prose; all of the paragraph where a cut would part what belongs together.
pub(super) fn first_sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let whole = |sentence: &str| sentence.matches('`').count().is_multiple_of(2) && !sentence.contains(['[', '<']);
    let ends = paragraph.match_indices(". ").map(|(end, _)| end + 1);
    let mut sentences = ends.filter_map(|end| paragraph.get(..end));
    // The cut can leave a block open.
    prose(sentences.find(|sentence| whole(sentence)).unwrap_or(paragraph))
}

/// Whether `text` is the same when read and written, and holds nothing that rustdoc would act on: most descriptions are a sentence
/// or two, with a word in backticks.
fn is_plain(text: &str) -> bool {
    let means_a_character = text.contains('&') && text.contains(';');
    let is_more = text.contains(['<', '>', '[', ']', '~', '\\']) || text.contains("://") || text.contains("    ");
    // A paragraph has no mark in front, and ends its code where it began it.
    let is_even = |line: &str| line.matches('`').count().is_multiple_of(2);
    let in_paragraph = |line: &str| line.is_empty() || line.starts_with(char::is_alphabetic);
    let is_prose = |line: &str| is_even(line) && (in_paragraph(line) || !text.contains('\n'));
    let ends_its_code = !text.contains('`') || (!text.contains("``") && text.lines().all(is_prose));
    !is_more && !means_a_character && ends_its_code
}

/// Whether rustdoc would act on `text`, as its pages read it or in plain CommonMark, or on what follows it as part of it.
fn acts(text: &str) -> bool {
    let text = format!("{text}\n\n[end]");
    let pages = READ | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    // What the pages read beside CommonMark begins with one of these.
    let is_more = text.contains(['|', '~']) || ["[^", "[ ]", "[x]", "[X]"].iter().any(|more| text.contains(more));
    [pages, Options::empty()].into_iter().take(1 + usize::from(is_more)).any(|options| {
        let mut brackets = 0;
        let callback = |_: BrokenLink<'_>| {
            brackets += 1;
            None
        };
        let acts = Parser::new_with_broken_link_callback(&text, options, Some(callback)).any(|event| match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => &*info != "text",
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                !is_web(link_type, &dest_url)
            }
            _ => false,
        });
        // Each that Markdown leaves alone is a link to rustdoc: that at the end is one.
        acts || brackets != 1
    })
}

/// Whether a link leads to the web or to a mailbox, where rustdoc leaves it alone.
fn is_web(kind: LinkType, url: &str) -> bool {
    let mail = (kind == LinkType::Email || url.starts_with("mailto:")) && url.contains('.');
    let web = url.starts_with("http://") || url.starts_with("https://");
    (web || mail) && !url.contains(|c: char| c.is_whitespace() || is_unseen(c))
}

/// As many backticks as nothing in `text` has, and more than `least`.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(least) + 1)
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect()
}

/// What a terminal, an editor or the compiler would act on. Without joiners neither a family nor Persian is itself.
fn is_unseen(c: char) -> bool {
    steers(c) && !matches!(c, '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_stays_text() {
        for (source, shown) in [
            ("a <b>c</b>", "a \\<b>c\\</b>"),
            ("see [Contact] and `[x]`, a_b & c * d", "see \\[Contact\\] and `[x]`, a_b & c * d"),
            ("go to https://a.b/c_d.", "go to <https://a.b/c_d>."),
            ("[here](https://a.b) ![x][y]\n\n[y]: http://c 'd'", "[here](https://a.b) ![x](http://c \"d\")"),
            ("[here](ref:x) <javascript:y>", "\\[here\\](ref:x) \\<javascript:y>"),
            ("```rust\npanic!()", "```text\npanic!()\n```"),
            ("```", "```text\n```"),
            ("text\n\n    let x = 1;", "text\n\n```text\nlet x = 1;\n```"),
            ("-     x\n\ny", "- ```text\n  x\n  ```\n\ny"),
            ("| a |\n|-|\n| <i> |", "|a|\n|-|\n|\\<i>|"),
            ("a \u{202e}b\u{7}\u{1} &#x202e;c \u{200d}", "a b c \u{200d}"),
        ] {
            assert_eq!(prose(source), shown, "{source:?}");
        }
    }

    #[test]
    fn what_cannot_be_written_is_shown_verbatim() {
        let deep = format!("{}a", "> ".repeat(100_000));
        assert_eq!(prose(&deep), format!("```text\n{deep}\n```"));
    }

    #[test]
    fn behind_a_label_is_one_line() {
        let source = "```\nx\n```\n\ny `z\n\n- ` <b>";
        assert_eq!(said_in_line(Some(source)).as_deref(), Some("``` x ```. y \\`z. - \\` \\<b>"));
    }

    #[test]
    fn code_holds_any_text() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "``` a``b ```");
        assert_eq!(code("a\nb"), "`a b`");
    }
}
