//! Texts of an update: for the terminal, its commit, and a pull request.

use codegen::diff;

use super::prepared::Prepared;

/// The maximum length of a pull request's text, in characters; GitHub takes 65,536.
const LONGEST: usize = 60_000;

/// The maximum number of notes that are listed one by one.
const NOTES: usize = 40;

/// Returns the first line of the commit message.
pub(super) fn subject(prepared: &Prepared) -> String {
    let changes = &prepared.difference.changes;
    let breaking = changes.iter().filter(|change| change.breaking).count();
    match changes.len() {
        0 => "Bring in a newer document, the same for a caller".to_owned(),
        1 => format!("Bring in a newer document: 1 change, {breaking} breaking"),
        all => format!("Bring in a newer document: {all} changes, {breaking} breaking"),
    }
}

/// Returns the commit message: the source of the document, its changes, the breaking ones, and what to look at.
pub(super) fn message(prepared: &Prepared) -> String {
    format!("{}\n\n{}", subject(prepared), body(prepared))
}

fn body(prepared: &Prepared) -> String {
    let Prepared { difference, versions: (old, new), .. } = prepared;
    let version = match (old == new, difference.changes.is_empty()) {
        (false, _) => format!("{old} becomes {new}"),
        (true, true) => format!("the version stays {old}"),
        (true, false) => format!("the version stays {old}, which is not released yet"),
    };
    let mut text = format!(
        "The document is {}.\n\nFor a caller: {}. By semantic versioning: {}; {version}.\n",
        prepared.source,
        difference.summary(),
        difference.release()
    );
    section(
        &mut text,
        "Breaking:",
        difference.changes.iter().filter(|change| change.breaking).map(ToString::to_string),
    );
    let more = prepared.notes.len().saturating_sub(NOTES);
    let more = (more > 0).then(|| format!("{more} more, which `cargo xtask regenerate --verbose` tells"));
    section(&mut text, "To look at:", prepared.notes.iter().take(NOTES).cloned().chain(more));
    text
}

fn section(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: String = items.map(|item| format!("- {item}\n")).collect();
    if !items.is_empty() {
        text.push_str(&format!("\n{title}\n\n{items}"));
    }
}

/// Returns the text of a pull request: that of the commit, then every change.
pub(super) fn proposal(prepared: &Prepared) -> String {
    let text = format!("{}\n# Every change\n\n{}", body(prepared), diff::markdown(&prepared.difference));
    let mut shown = String::new();
    for line in text.lines() {
        if shown.chars().count() + line.chars().count() > LONGEST {
            shown.push_str("\nThere are more: `cargo xtask diff HEAD^ HEAD` tells all.\n");
            break;
        }
        shown.push_str(line);
        shown.push('\n');
    }
    shown
}

/// Returns the text that every run prints.
pub(super) fn reviewed(prepared: &Prepared) -> String {
    body(prepared).trim_end().to_owned()
}

/// Returns the decisions that a maintainer must make.
pub(super) fn decisions(prepared: &Prepared) -> String {
    let mut text = "\nTo decide:\n".to_owned();
    for (what, found) in &prepared.decisions {
        text.push_str(&format!("\n== {what}\n{found}\n"));
    }
    text
}
