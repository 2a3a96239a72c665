//! Prose of the document as Markdown: it stays text, whatever it holds.
//!
//! rustdoc compiles code blocks, resolves brackets as links, and warns of HTML and of bare addresses. The prose of an API
//! description means none of that for Rust, so everything that rustdoc would act on is written as what a reader sees.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// `text` in a code span.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || is_direction_mark(c) { ' ' } else { c }).collect();
    // A run of backticks inside needs a longer one around it.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest == 0 && !text.trim().is_empty() { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Prose of the document, so that rustdoc shows it and does nothing else with it.
pub(super) fn prose(text: &str) -> String {
    let text = cleaned(text);
    if is_plain(&text) {
        return text;
    }
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    let mut in_link = 0_usize;
    let mut in_code = false;
    let mut open_links: Vec<(usize, bool)> = Vec::new();
    for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                let source = text.get(range.clone()).unwrap_or_default();
                edits.push((range.start, range.end, escape(source)));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                let source = text.get(range.clone()).unwrap_or_default();
                edits.push((range.start, range.end, code_block(source, &kind)));
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                in_link += 1;
                let kept = keeps(link_type, &dest_url);
                if !kept {
                    // The brackets become text; what they hold is edited on its own.
                    let source = text.get(range.clone()).unwrap_or_default();
                    let opening = source.find('[').unwrap_or_default();
                    edits.push((
                        range.start,
                        range.start + opening + 1,
                        escape(source.get(..=opening).unwrap_or_default()),
                    ));
                }
                open_links.push((range.end, kept));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                in_link = in_link.saturating_sub(1);
                if let Some((end, false)) = open_links.pop() {
                    let source = text.get(range.start..end).unwrap_or_default();
                    let closing = range.start + source.rfind("](").or_else(|| source.rfind(']')).unwrap_or_default();
                    edits.push((closing, end, escape(text.get(closing..end).unwrap_or_default())));
                }
            }
            Event::Text(_) if !in_code => {
                let source = text.get(range.clone()).unwrap_or_default();
                let shown = if in_link > 0 { brackets(source) } else { addresses(&brackets(source)) };
                if shown != source {
                    edits.push((range.start, range.end, shown));
                }
            }
            _ => {}
        }
    }
    applied(&text, edits)
}

/// The prose of a description; nothing of one that is absent or blank.
pub(super) fn said(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).map(prose)
}

/// `text` with a capital letter in front.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", characters.as_str())
}

/// The first sentence of `text`; all of the paragraph where a cut would part what belongs together.
pub(super) fn first_sentence(text: &str) -> &str {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let whole = |sentence: &str| sentence.matches('`').count().is_multiple_of(2) && !sentence.contains(['[', '<']);
    let ends = paragraph.match_indices(". ").map(|(end, _)| end + 1);
    let mut sentences = ends.filter_map(|end| paragraph.get(..end));
    sentences.find(|sentence| whole(sentence)).unwrap_or(paragraph)
}

/// Whether there is nothing in `text` to edit: most descriptions are a sentence or two.
fn is_plain(text: &str) -> bool {
    let indented = |line: &str| line.starts_with("    ");
    !text.contains(['<', '>', '[', ']', '`', '~', '\\']) && !text.contains("://") && !text.lines().any(indented)
}

/// Whether a link leads to the web, where rustdoc leaves it alone.
fn keeps(link_type: LinkType, url: &str) -> bool {
    let web = ["http://", "https://", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
    let written_out = matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
    web && written_out && !url.contains(char::is_whitespace)
}

/// A fenced block that rustdoc shows and does not compile.
fn code_block(source: &str, kind: &CodeBlockKind<'_>) -> String {
    let body: Vec<&str> = match kind {
        CodeBlockKind::Indented => source.lines().map(str::trim_start).collect(),
        CodeBlockKind::Fenced(_) => {
            let closed = source.lines().last().is_some_and(|line| line.trim_start().starts_with(['`', '~']));
            let count = source.lines().count();
            let end = if closed && count > 1 { count - 1 } else { count };
            source.lines().take(end).skip(1).collect()
        }
    };
    let longest = body.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n", body.join("\n"))
}

/// Every character that Markdown or HTML acts on, as text.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '<' | '>' | '[' | ']' | '*' | '_' | '`' | '&' | '!' | '\\' | '(' | ')') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// `text` with brackets that make no link of Markdown, but would of rustdoc, as text.
fn brackets(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if matches!(c, '[' | ']' | '<' | '>') && before != '\\' {
            shown.push('\\');
        }
        shown.push(c);
        before = if before == '\\' { ' ' } else { c };
    }
    shown
}

/// `text` with bare web addresses as links.
fn addresses(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = [rest.find("http://"), rest.find("https://")].into_iter().flatten().min() {
        let (before, from) = rest.split_at(start);
        let length = from.find(|c: char| c.is_whitespace() || "<>\"'`|\\".contains(c)).unwrap_or(from.len());
        let address =
            from.get(..length).unwrap_or(from).trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
        shown.push_str(before);
        if address.ends_with("://") {
            shown.push_str(address);
        } else {
            shown.push_str(&format!("<{address}>"));
        }
        rest = from.get(address.len()..).unwrap_or_default();
    }
    shown.push_str(rest);
    shown
}

/// `text` without what a terminal, an editor or the compiler would act on.
fn cleaned(text: &str) -> String {
    let plain = |c: char| !is_direction_mark(c) && (c == '\n' || !c.is_control());
    if text.chars().all(plain) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace('\t', " ").chars().filter(|c| plain(*c)).collect()
}

/// Marks that make text read in another order than it is compiled.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

fn applied(text: &str, mut edits: Vec<(usize, usize, String)>) -> String {
    // A block is edited as a whole: what lies within it is part of that.
    edits.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end, replacement) in edits {
        if start < at {
            continue;
        }
        shown.push_str(text.get(at..start).unwrap_or_default());
        shown.push_str(&replacement);
        at = end;
    }
    shown.push_str(text.get(at..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_stays_text() {
        for (source, shown) in [
            ("a <b>c</b>", "a \\<b\\>c\\</b\\>"),
            ("see [Contact] and `[x]`", "see \\[Contact\\] and `[x]`"),
            ("go to https://a.b/c.", "go to <https://a.b/c>."),
            ("[here](https://a.b)", "[here](https://a.b)"),
            ("[here](ref:x)", "\\[here\\]\\(ref:x\\)"),
            ("```rust\npanic!()\n```", "```text\npanic!()\n```\n"),
            ("text\n\n    let x = 1;", "text\n\n    ```text\nlet x = 1;\n```\n"),
            ("a \u{202e}b\u{7}\u{1}", "a b"),
        ] {
            assert_eq!(prose(source), shown, "{source:?}");
        }
    }

    #[test]
    fn code_holds_any_text() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "``` a``b ```");
        assert_eq!(code("a\nb"), "`a b`");
    }
}
