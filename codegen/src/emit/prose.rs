//! Turns any prose of the document into Markdown that rustdoc shows as text.
//!
//! rustdoc compiles code blocks, resolves brackets as links, and warns of HTML and of bare addresses. The prose of a
//! document means none of that, so it is parsed as Markdown and written again as a reader sees it.

mod written;

use document::diagnostic::steers;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag};

/// The Markdown extensions that are read in addition to CommonMark.
const READ: Options = Options::ENABLE_TABLES;

/// Returns `text` in a code span.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    // A run of backticks inside needs a longer one around it.
    let fence = fence(&text, 0);
    if fence.len() == 1 && !text.trim().is_empty() { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Returns prose of the document as Markdown that rustdoc shows and does not act on.
pub(super) fn prose(text: &str) -> String {
    let text = seen(&text.replace('\t', " "));
    if is_plain(&text) {
        return text;
    }
    // Text that cannot be written as Markdown is shown verbatim.
    let verbatim = || format!("{0}text\n{text}\n{0}", fence(&text, 2));
    written::anew(&text).filter(|written| !acts(written)).unwrap_or_else(verbatim)
}

/// Returns the prose of a description; `None` if it is absent or blank.
pub(super) fn said(text: Option<&str>) -> Option<String> {
    text.map(|text| prose(text.trim())).filter(|said| !said.trim().is_empty())
}

/// Returns the prose of a description on one line, to follow a label: no block begins or ends in it.
pub(super) fn said_in_line(text: Option<&str>) -> Option<String> {
    let line = in_line(&said(text)?.replace("```text\n", "```\n"));
    // On one line, backticks of two paragraphs can form a pair. The line is checked alone and after a label.
    let acts = !is_plain(&line) && (acts(&line) || acts(&format!("a {line}")));
    Some(if acts { code(&line) } else { line })
}

/// Returns the paragraphs of `text` as sentences on one line.
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

/// Returns `text` with a capital first letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", characters.as_str())
}

/// Returns the first sentence of prose; the whole paragraph if every cut would split a code span, a link or a tag.
pub(super) fn first_sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let whole = |sentence: &str| sentence.matches('`').count().is_multiple_of(2) && !sentence.contains(['[', '<']);
    let ends = paragraph.match_indices(". ").map(|(end, _)| end + 1);
    let mut sentences = ends.filter_map(|end| paragraph.get(..end));
    // The cut can leave a block open.
    prose(sentences.find(|sentence| whole(sentence)).unwrap_or(paragraph))
}

/// Returns whether `text` reads the same as Markdown and holds nothing that rustdoc would act on. Most descriptions are
/// a sentence or two, with a word in backticks.
fn is_plain(text: &str) -> bool {
    let means_a_character = text.contains('&') && text.contains(';');
    let is_more = text.contains(['<', '>', '[', ']', '~', '\\']) || text.contains("://") || text.contains("    ");
    // A line of a paragraph does not begin with a mark, and it closes each code span that it opens.
    let is_even = |line: &str| line.matches('`').count().is_multiple_of(2);
    let in_paragraph = |line: &str| line.is_empty() || line.starts_with(char::is_alphabetic);
    let is_prose = |line: &str| is_even(line) && (in_paragraph(line) || !text.contains('\n'));
    let ends_its_code = !text.contains('`') || (!text.contains("``") && text.lines().all(is_prose));
    !is_more && !means_a_character && ends_its_code
}

/// Returns whether rustdoc would act on `text`, or take what follows as part of it, either with the Markdown extensions
/// of its pages or in plain CommonMark.
fn acts(text: &str) -> bool {
    let text = format!("{text}\n\n[end]");
    let pages = READ | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    // Each extension of the pages needs one of these.
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
        // rustdoc takes each bracket that Markdown leaves alone as a link. `[end]` is always one of them.
        acts || brackets != 1
    })
}

/// Returns whether a link leads to the web or to a mailbox: rustdoc leaves such a link alone.
fn is_web(kind: LinkType, url: &str) -> bool {
    let mail = (kind == LinkType::Email || url.starts_with("mailto:")) && url.contains('.');
    let web = url.starts_with("http://") || url.starts_with("https://");
    (web || mail) && !url.contains(|c: char| c.is_whitespace() || is_unseen(c))
}

/// Returns more backticks than any run of them in `text` has, and more than `least`.
fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(least) + 1)
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect()
}

/// Returns whether a terminal, an editor or the compiler would act on a character. Joiners stay: Persian text and emoji
/// of families need them.
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
