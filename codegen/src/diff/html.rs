//! Writes the difference for a browser: one page without other resources.

use std::fmt::Write as _;

use document::diagnostic::tamed;

use super::{Change, Difference};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Returns an HTML page with a filter, in light and dark colours. `title` names the two sides.
pub fn html(difference: &Difference, title: &str) -> String {
    let breaking = difference.changes.iter().filter(|change| change.breaking).count();
    let other = difference.changes.len() - breaking;
    let mut sections = String::new();
    for (section, changes) in difference.sections() {
        let (first, rest): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.breaking);
        let rows: String = first.into_iter().chain(rest).map(row).collect();
        let name = escaped(&section.to_string());
        let _ = write!(
            sections,
            "<section>\n<h2>{name} <span class=count>{}</span></h2>\n<ul>\n{rows}</ul>\n</section>\n",
            changes.len()
        );
    }
    if difference.changes.is_empty() {
        sections.push_str("<p class=nothing>Nothing changed for a caller.</p>\n");
    }
    format!(
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=color-scheme content=\"light dark\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{summary}; by semantic versioning <b>{release}</b></p>\n\
         <form role=search>\n<input type=search id=search aria-label=\"Find in the changes\" placeholder=\"Find: a name, a tag, a reason\">\n\
         <label class=breaking><input type=checkbox id=breaking checked> Breaking <b>{breaking}</b></label>\n\
         <label class=other><input type=checkbox id=other checked> Not breaking <b>{other}</b></label>\n\
         <output id=shown></output>\n</form>\n</header>\n<main>\n{sections}\
         <p class=nothing id=none hidden>No change is shown: the filter hides all.</p>\n</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        title = escaped(&tamed(title)),
        summary = escaped(&difference.summary()),
        release = difference.release(),
    )
}

fn row(change: &Change) -> String {
    let class = if change.breaking { "breaking" } else { "other" };
    let mark = if change.breaking { "breaking" } else { "fine" };
    format!(
        "<li class=\"{class} {kind}\">\n<span class=kind>{kind}</span>\n<div>\n\
         <p class=place><code>{place}</code> <span class=subject>{subject}</span></p>\n\
         <p class=detail>{detail}</p>\n<p class=reason><b>{mark}</b> {reason}</p>\n</div>\n</li>\n",
        kind = change.kind,
        subject = change.subject,
        place = escaped(&change.place),
        detail = with_code(&change.detail),
        reason = with_code(&change.reason),
    )
}

/// Returns the text with character references for the characters that are special in HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Like [`escaped`], with the text between backticks as code.
fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    let set = |(index, piece): (usize, &str)| match (index % 2, piece) {
        (_, "") => String::new(),
        (0, plain) => escaped(plain),
        (_, code) => format!("<code>{}</code>", escaped(code)),
    };
    pieces.map(set).collect()
}
