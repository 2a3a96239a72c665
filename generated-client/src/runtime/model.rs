//! Models: plain structs, each with a compact table of its JSON layout.

use super::decode::{Decodable, Mismatch, Place};
use super::text::{Broken, Text};

/// The JSON layout of a model: its fields and constants, by their names on the wire.
#[derive(Debug)]
pub struct Table {
    pub(super) fields: &'static [&'static str],
    /// True if no name of a field needs an escape in JSON.
    pub(super) plain: bool,
    pub(super) required: usize,
    pub(super) expected: usize,
    pub(super) constants: Constants,
}

/// The properties that always have the same value, and that the struct has no field for.
type Constants = &'static [(&'static str, Literal)];

impl Table {
    /// Creates the table of the names of the fields: first the required ones, then the expected ones (the document
    /// requires them, but a response can be read without them), then the others.
    #[must_use]
    pub const fn new(fields: &'static [&'static str], required: usize, expected: usize, constants: Constants) -> Self {
        Self { fields, plain: are_plain(fields), required, expected, constants }
    }

    /// Returns the index of a field. The search begins at the index `likely`.
    #[inline]
    pub(super) fn position(&self, name: &str, likely: usize) -> Option<usize> {
        if self.fields.get(likely).is_some_and(|field| *field == name) {
            return Some(likely);
        }
        let (before, after) = self.fields.split_at(likely.min(self.fields.len()));
        let place = |fields: &[&str]| fields.iter().position(|field| *field == name);
        place(after).map(|index| index + before.len()).or_else(|| place(before))
    }

    /// Sorts the mismatches below a place into the order of the fields.
    #[cold]
    pub(super) fn sort(&self, mismatches: &mut [Mismatch], place: &Place<'_>) {
        let holder = place.to_string().len() + 1;
        mismatches.sort_by_key(|mismatch| {
            let below = mismatch.pointer.get(holder..).unwrap_or_default();
            let name = below.split('/').next().unwrap_or_default();
            // A name that is escaped in the pointer is not found, so its mismatches come last.
            self.position(name, 0).unwrap_or(self.fields.len())
        });
    }
}

/// The value of a constant: a string, an integer or a boolean.
#[derive(Debug)]
pub struct Literal {
    /// The text of the string, or the JSON of another value.
    pub(super) text: &'static str,
    pub(super) is_string: bool,
}

impl Literal {
    /// Creates a literal from its text without quotes, and from its Rust source.
    #[must_use]
    pub const fn new(text: &'static str, source: &str) -> Self {
        Self { text, is_string: matches!(source.as_bytes(), [b'"', ..]) }
    }

    /// Reads the next value and returns whether it equals this literal.
    pub(super) fn is_next(&self, text: &mut Text<'_>) -> Result<bool, Broken> {
        let is_string = text.peek() == b'"';
        let start = text.at();
        let found = if is_string { text.string()? } else { text.skip().map(|_| text.since(start).into())? };
        Ok(is_string == self.is_string && found == self.text)
    }
}

/// Returns whether none of the names needs an escape in JSON.
const fn are_plain(mut names: &[&str]) -> bool {
    while let [name, rest @ ..] = names {
        let mut bytes = name.as_bytes();
        while let [byte, rest @ ..] = bytes {
            if matches!(byte, b'"' | b'\\' | 0..0x20) {
                return false;
            }
            bytes = rest;
        }
        names = rest;
    }
    true
}

/// Creates a model without values, from which constructors start.
#[must_use]
pub fn empty<T: Decodable>() -> T {
    T::initial()
}
