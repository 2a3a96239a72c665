//! Renders a diagnostic as a compiler does: the line of the document, with a mark under the place.

use annotate_snippets::{AnnotationKind, Group, Level, Message, Origin, Renderer, Snippet};

use super::{Diagnostic, Excerpt, LINE, Severity, shown};

/// Returns `diagnostic` as text for people, with colours if `styled`.
pub(super) fn render(diagnostic: &Diagnostic, styled: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Fault | Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(shown(&diagnostic.message, LINE)).elements(Vec::<Message<'_>>::new());
    if let Some(location) = &diagnostic.location {
        let file = shown(&location.file, LINE);
        let origin = Origin::path(file.clone()).line(location.line).char_column(location.column);
        let Some(Excerpt { before, marked, after, counts }) = &location.excerpt else {
            return finish(group.element(origin), diagnostic, styled);
        };
        let mark = AnnotationKind::Primary.span(before.len()..before.len() + marked.len());
        let snippet = Snippet::source(format!("{before}{marked}{after}")).line_start(location.line).annotation(mark);
        // The renderer counts the column in the excerpt. If that differs from the line, the origin gives the column.
        group = if *counts { group.element(snippet.path(file)) } else { group.element(origin).element(snippet) };
    }
    finish(group, diagnostic, styled)
}

/// Adds the notes below the line, and renders.
fn finish(mut group: Group<'_>, diagnostic: &Diagnostic, styled: bool) -> String {
    let pointer = Some(&diagnostic.pointer).filter(|pointer| !pointer.is_empty());
    let notes = [("at", pointer), ("expected", diagnostic.expected.as_ref()), ("assumed", diagnostic.assumed.as_ref())];
    for (name, text) in notes.into_iter().chain([("help", diagnostic.help.as_ref())]) {
        if let Some(text) = text {
            group = group.element(Level::NOTE.with_name(name).message(shown(text, LINE)));
        }
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}
