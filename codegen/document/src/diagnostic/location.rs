//! Places in files, with the line that a diagnostic shows.

use std::fmt;

use super::{LINE, shown, tamed};

/// The number of characters of a line that are kept on either side of a place. The width of the terminal limits how
/// many of them are shown.
const AROUND: usize = 200;
/// The maximum number of marked characters.
const MARKED: usize = 40;

/// A place in a file; lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The part of the line near the place; `None` if the text is not at hand or the line is too long.
    pub excerpt: Option<Excerpt>,
}

/// The part of a line around a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Excerpt {
    pub(super) before: String,
    /// The word at the place.
    pub(super) marked: String,
    pub(super) after: String,
    /// True if the place has the same column in the excerpt as in the whole line.
    pub(super) counts: bool,
}

/// The maximum number of bytes of a line that is shown. Columns are counted anew for each place, which takes long in a
/// line that holds a whole document.
const LONG: usize = 1 << 16;

impl Location {
    /// Returns a place in a file whose text is not at hand.
    pub(crate) fn new(file: impl Into<String>, line: usize, column: usize) -> Self {
        Self { file: file.into(), line, column, excerpt: None }
    }

    /// Returns a place in the file `name` that holds `lines`.
    pub(crate) fn within(name: &str, lines: &[&str], line: usize, column: usize) -> Self {
        let line_text = lines.get(line.saturating_sub(1)).filter(|line| line.len() <= LONG);
        let excerpt = line_text.map(|line| Excerpt::of(line, column));
        Self { excerpt, ..Self::new(name, line, column) }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", shown(&self.file, LINE), self.line, self.column)
    }
}

impl Excerpt {
    /// Returns the part of `line` that is near `column`, which counts characters from 1.
    fn of(line: &str, column: usize) -> Self {
        let line = line.trim_end_matches('\r');
        let start = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(start, _)| start);
        let (before, rest) = line.split_at(start);
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
        let ends = |(index, c): &(usize, char)| match quote {
            Some(quote) => *index > 0 && *c == quote,
            None => c.is_whitespace() || matches!(c, ',' | ':' | '}' | ']'),
        };
        let end = rest.char_indices().take(MARKED).find(ends).map(|(index, _)| index + usize::from(quote.is_some()));
        let cut = rest.char_indices().nth(MARKED).map_or(rest.len(), |(index, _)| index);
        let (marked, after) = rest.split_at_checked(end.unwrap_or(cut)).unwrap_or((rest, ""));
        let skipped = before.chars().count().saturating_sub(AROUND);
        let kept = tamed(&before.chars().skip(skipped).collect::<String>());
        Self {
            counts: kept == before,
            before: kept,
            marked: tamed(marked),
            after: tamed(&after.chars().take(AROUND).collect::<String>()),
        }
    }
}
