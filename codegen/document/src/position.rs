//! Defines positions in a text: lines and columns.

use std::collections::HashMap;

/// A line and a column, both from 1.
pub(crate) type Position = (usize, usize);

/// The pointers to find, with all their ancestors; a walk adds their positions.
pub(crate) type Positions<'p> = HashMap<&'p str, Option<Position>>;

/// A text with the byte offsets at which its lines start.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        Self { text, starts }
    }

    /// Returns the line and column of the byte at `offset`.
    pub(crate) fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line, self.text.get(start..offset).map_or(0, |before| before.chars().count()) + 1)
    }
}
