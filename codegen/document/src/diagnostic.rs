//! Errors and warnings: what is wrong, where, and what was expected.

mod location;
mod render;
mod report;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use serde_json::Value;

use crate::pointer;
pub use location::{Excerpt, Location};
pub use report::Report;

/// The maximum number of characters that a message shows of one piece of text from a document.
const SHOWN: usize = 80;
/// The maximum number of characters of a line in a report, which is cut there.
const LINE: usize = 600;

/// The effect of a diagnostic on a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The run fails.
    Error,
    /// The document is wrong, but its meaning is clear: the run goes on with that meaning, unless it is strict.
    Fault,
    /// The run goes on; the reader should know.
    Warning,
}

/// An error, a fault or a warning about a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The effect on the run.
    pub severity: Severity,
    /// The JSON pointer (RFC 6901) of the innermost place; empty for the whole document.
    pub pointer: String,
    /// The description of the problem.
    pub message: String,
    /// The content that would have been right.
    pub expected: Option<String>,
    /// The meaning that the run assumes.
    pub assumed: Option<String>,
    /// The advice on how to settle the problem.
    pub help: Option<String>,
    /// The file, line and column.
    pub location: Option<Location>,
}

impl Diagnostic {
    /// Returns an error at the place that `pointer` names.
    pub fn error(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, pointer.into(), message.into())
    }

    /// Returns a fault at the place that `pointer` names.
    pub fn fault(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Fault, pointer.into(), message.into())
    }

    /// Returns a warning at the place that `pointer` names.
    pub fn warning(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, pointer.into(), message.into())
    }

    fn new(severity: Severity, pointer: String, message: String) -> Self {
        Self { severity, pointer, message, expected: None, assumed: None, help: None, location: None }
    }

    /// Adds the content that would have been right.
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// Adds the meaning that the run assumes.
    pub fn assumed(mut self, assumed: impl Into<String>) -> Self {
        self.assumed = Some(assumed.into());
        self
    }

    /// Adds the overlay action that removes the place from the document.
    pub fn removed(self) -> Self {
        let target = pointer::json_path(&self.pointer);
        self.help(format!("settle it in an overlay: `{{target: \"{target}\", remove: true}}`"))
    }

    /// Adds the overlay action that puts `update`, written as YAML, at the place.
    pub(crate) fn updated(self, update: &str) -> Self {
        let target = pointer::json_path(&self.pointer);
        self.help(format!("settle it in an overlay: `{{target: \"{target}\", update: {update}}}`"))
    }

    /// Adds the overlay action that replaces the value at the place by `value`, written as YAML. An item of a list gets
    /// no action.
    pub(crate) fn replaced(self, value: &str) -> Self {
        let (Some(holder), Some(key)) = (pointer::parent(&self.pointer), pointer::last(&self.pointer)) else {
            return self;
        };
        if key.bytes().all(|byte| byte.is_ascii_digit()) {
            return self;
        }
        let (target, key) = (pointer::json_path(holder), format!("{key:?}"));
        self.help(format!("settle it in an overlay: `{{target: \"{target}\", update: {{{key}: {value}}}}}`"))
    }

    /// Adds advice on how to settle the problem.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the location in a file.
    pub(crate) fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }
}

/// Shows the diagnostic with its line of the document below; the alternate form (`{:#}`) is for a terminal, with
/// colours.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&render::render(self, f.alternate()))
    }
}

impl std::error::Error for Diagnostic {}

/// All diagnostics of a run.
///
/// Its display is sorted by place, has no duplicates, and ends with a line of counts; the alternate form has colours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Returns an empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Returns whether the run fails.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns whether a strict run fails.
    pub fn has_faults(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity <= Severity::Fault)
    }

    /// Returns whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of diagnostics, duplicates included.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Iterates over the diagnostics in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Iterates over the diagnostics mutably, to add locations.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.0.iter_mut()
    }

    /// Returns each diagnostic once, sorted by place; those without a location come first.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.0.iter().collect();
        let key = |d: &Diagnostic| (d.location.clone(), d.pointer.clone(), d.severity, d.message.clone());
        all.sort_by_cached_key(|diagnostic| key(diagnostic));
        all.dedup();
        all
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self(diagnostics.into_iter().collect())
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.sorted();
        for diagnostic in &all {
            write!(f, "{}\n\n", render::render(diagnostic, f.alternate()))?;
        }
        write!(f, "{}", counted(&all))
    }
}

/// Returns the numbers of errors and warnings in words, and the number of faults among the warnings.
fn counted(all: &[&Diagnostic]) -> String {
    let count = |severity| all.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let (errors, faults, warnings) = (count(Severity::Error), count(Severity::Fault), count(Severity::Warning));
    let mut text = format!("{}, {}", plural(errors, "error"), plural(faults + warnings, "warning"));
    if faults > 0 {
        let _ = write!(text, " ({})", plural(faults, "fault") + " of the document");
    }
    text
}

impl std::error::Error for Diagnostics {}

/// Returns a count with its noun: `1 error`, `2 errors`.
fn plural(count: usize, noun: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{s}")
}

/// Returns text from a document in double quotes, escaped and cut for a message.
pub fn quote(text: &str) -> String {
    format!("\"{}\"", shown(text, SHOWN))
}

/// Returns a description of a value for a message: `a list`, `the number 5`.
pub fn describe(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string().into(),
        Value::Number(value) => format!("the number {value}").into(),
        Value::String(value) => format!("the text {}", quote(value)).into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

/// Returns at most `limit` characters of `text`, escaped by [`tamed`].
fn shown(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((cut, _)) => tamed(text.get(..cut).unwrap_or(text)) + "…",
        None => tamed(text),
    }
}

/// Returns `text` on one line, with control and invisible characters escaped. Every output for people that shows text
/// of a document passes through here.
pub fn tamed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            let _ = write!(out, "{}", character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

/// Returns whether a character controls a terminal, reorders text, or is invisible.
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_reads_like_a_compilers() {
        let location = Location::within("api.yaml", &["paths:", "  /a:", "    required: no"], 3, 5);
        let diagnostic = Diagnostic::error("/paths/~1a", "`required` is a string")
            .expected("a list")
            .help("write `- name`")
            .at(location);
        assert_eq!(
            diagnostic.to_string(),
            "error: `required` is a string
 --> api.yaml:3:5
  |
3 |     required: no
  |     ^^^^^^^^
  |
  = at: /paths/~1a
  = expected: a list
  = help: write `- name`"
        );
    }

    #[test]
    fn text_of_a_document_cannot_steer_a_terminal() {
        let text = Diagnostic::warning("", format!("found {}", quote("a\u{1b}[31m\nb\u{202e}c"))).to_string();
        assert_eq!(text, "warning: found \"a\\u{1b}[31m\\nb\\u{202e}c\"");
        assert_eq!(quote(&"x".repeat(500)).chars().count(), SHOWN + 3);
    }

    #[test]
    fn a_report_is_sorted_counted_and_free_of_duplicates() {
        let place = |line| Location::new("a", line, 1);
        let all: Diagnostics =
            [9, 2, 9].map(|line| Diagnostic::error("/x", "no").at(place(line))).into_iter().collect();
        let text = all.to_string();
        assert!(text.find("a:2:1") < text.find("a:9:1"), "{text}");
        assert!(text.ends_with("\n\n2 errors, 0 warnings"), "{text}");
    }
}
