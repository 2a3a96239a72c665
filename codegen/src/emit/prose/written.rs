//! Reads Markdown and writes it again, so that rustdoc shows it and acts on nothing: HTML and links that do not lead to
//! the web become text, code blocks become `text` blocks, and bare web addresses become links.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd, TextMergeWithOffset};
use pulldown_cmark_to_cmark::{Options as Style, cmark_with_source_range_and_options};

use super::{READ, is_unseen, is_web, seen};

/// The maximum depth of nested Markdown elements. The time to write them grows with the square of the depth.
const DEPTH: usize = 32;

/// Returns `text` written again; `None` if it nests too deep or cannot be written.
pub(super) fn anew(text: &str) -> Option<String> {
    // A code block that does not end with a line end would be written without its fence.
    let text = format!("{text}\n");
    let mut anew = Anew::default();
    let mut depth = 0_usize;
    for (event, range) in TextMergeWithOffset::new(Parser::new_ext(&text, READ).into_offset_iter()) {
        depth += usize::from(matches!(event, Event::Start(_)));
        depth -= usize::from(matches!(event, Event::End(_)));
        if depth > DEPTH {
            return None;
        }
        anew.push(event, range);
    }
    let style =
        Style { code_block_token_count: 3, list_token: '-', increment_ordered_list_bullets: true, ..Style::default() };
    let mut written = String::new();
    cmark_with_source_range_and_options(anew.events, &text, &mut written, READ, style).ok()?;
    Some(written.trim().to_owned())
}

/// The events to write, made from the events that were read.
#[derive(Default)]
struct Anew<'t> {
    /// Each event, with its place in the source if its spelling there can stay.
    events: Vec<(Event<'t>, Option<Range<usize>>)>,
    /// The open links and images, each with the text that ends it if it becomes text.
    links: Vec<Option<String>>,
    in_code: bool,
}

impl<'t> Anew<'t> {
    fn push(&mut self, event: Event<'t>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                self.add(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced("text".into()))));
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                self.add(event);
            }
            Event::Start(Tag::HtmlBlock) => self.add(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.add(Event::End(TagEnd::Paragraph)),
            Event::Html(line) => {
                if !line.trim().is_empty() && !matches!(self.events.last(), Some((Event::Start(_), _))) {
                    self.add(Event::SoftBreak);
                }
                self.text(line.trim());
            }
            Event::InlineHtml(html) => self.text(&html.replace('\n', " ")),
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => self.open(tag),
            Event::End(TagEnd::Link | TagEnd::Image) => match self.links.pop().flatten() {
                Some(closing) => self.text(&closing),
                None => self.add(event),
            },
            Event::Text(text) if self.in_code => self.text(&text),
            Event::Text(text) if text.contains("://") && !self.links.contains(&None) => self.addresses(&seen(&text)),
            Event::Text(text) if text.contains(|c| is_unseen(c) || "[]<>`".contains(c)) => self.text(&text),
            text @ Event::Text(_) => self.events.push((text, Some(range))),
            other => self.add(other),
        }
    }

    fn add(&mut self, event: Event<'t>) {
        self.events.push((event, None));
    }

    fn text(&mut self, text: &str) {
        let text = seen(text);
        if !text.is_empty() {
            self.add(Event::Text(text.into()));
        }
    }

    /// Keeps a link that leads to the web, with its address inline; turns any other link into text.
    fn open(&mut self, mut tag: Tag<'t>) {
        let is_image = matches!(tag, Tag::Image { .. });
        let (Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. }) = &mut tag
        else {
            return;
        };
        let is_bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
        if is_web(*link_type, dest_url) {
            *title = seen(title).into();
            *link_type = if is_bare { *link_type } else { LinkType::Inline };
            self.links.push(None);
            self.add(Event::Start(tag));
        } else {
            let closing = if is_bare { ">".to_owned() } else { format!("]({dest_url})") };
            self.links.push(Some(closing));
            self.text(match (is_bare, is_image) {
                (true, _) => "<",
                (false, true) => "![",
                (false, false) => "[",
            });
        }
    }

    /// Adds `text`, with bare web addresses as links.
    fn addresses(&mut self, text: &str) {
        let ends = |c: char| c.is_whitespace() || "<>\"'`|\\".contains(c);
        let mut rest = text;
        while let Some((before, _)) = rest.split_once("://") {
            let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme)).unwrap_or_default();
            let (before, from) = rest.split_at(before.len() - scheme.len());
            self.text(before);
            let word = from.split(ends).next().unwrap_or_default();
            let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_']);
            let address = if scheme.is_empty() { "://" } else { word };
            if address.ends_with("://") {
                self.text(address);
            } else {
                let (dest_url, none) = (CowStr::from(address.to_owned()), CowStr::from(""));
                let link = Tag::Link { link_type: LinkType::Autolink, dest_url, title: none.clone(), id: none };
                self.add(Event::Start(link));
                self.text(address);
                self.add(Event::End(TagEnd::Link));
            }
            rest = from.get(address.len()..).unwrap_or_default();
        }
        self.text(rest);
    }
}
