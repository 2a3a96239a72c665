//! The stages one by one, as a program that uses the library: `cargo test -p codegen --test library names::`.

mod chains;
mod diff;
mod doc_comments;
mod document;
mod import;
mod names;
mod overlay;

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
