//! The crate as its users see it: what a text says as a document, and what a reader of a wrong one is told.

mod import;
mod overlay;
mod typed;

/// A report without the lines of the document, and each place and note with the same indent.
pub(crate) fn flat(report: &str) -> String {
    let line = |line: &str| match line.trim_start() {
        place if place.starts_with("--> ") => Some(format!("  {place}")),
        note if note.starts_with("= ") => Some(format!("   {}", note.replacen("= at: ", "= at ", 1))),
        source if source.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with('|') => None,
        ":::" => None,
        _ => Some(line.to_owned()),
    };
    report.lines().filter_map(line).collect::<Vec<_>>().join("\n")
}
