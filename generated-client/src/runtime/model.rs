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
type Constants = &'static [(&'static str, &'static dyn Constant)];

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

/// The value of a [`Constant`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal<'a> {
    /// A string.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Flag(bool),
}

impl Literal<'_> {
    /// Reads the next value and returns whether it equals this literal.
    pub(super) fn is_next(self, text: &mut Text<'_>) -> Result<bool, Broken> {
        match (self, text.peek()) {
            (Self::Text(literal), b'"') => Ok(text.string()? == literal),
            (Self::Integer(literal), b'-' | b'0'..=b'9') => Ok(text.number()?.0.as_i64() == Some(literal)),
            (Self::Flag(true), b't') => text.word("true").map(|()| true),
            (Self::Flag(false), b'f') => text.word("false").map(|()| true),
            _ => text.skip().map(|_| false),
        }
    }
}

/// A literal in the group `constant` of `model!`: a string, an integer or a boolean.
pub trait Constant: std::fmt::Debug + Sync {
    /// Returns the literal, independent of its Rust type.
    fn literal(&self) -> Literal<'static>;
}

impl Constant for &'static str {
    fn literal(&self) -> Literal<'static> {
        Literal::Text(self)
    }
}

impl Constant for i64 {
    fn literal(&self) -> Literal<'static> {
        Literal::Integer(*self)
    }
}

impl Constant for bool {
    fn literal(&self) -> Literal<'static> {
        Literal::Flag(*self)
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

/// A set of small numbers. Those below 64 take no heap memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits(u64, Vec<u64>);

impl Bits {
    /// Adds a number and returns whether it was in the set already.
    #[inline]
    pub(super) fn set(&mut self, number: usize) -> bool {
        let bit = 1 << (number % 64);
        if self.1.len() < number / 64 {
            self.1.resize(number / 64, 0);
        }
        self.word(number).is_some_and(|word| std::mem::replace(word, *word | bit) & bit != 0)
    }

    pub(super) fn remove(&mut self, number: usize) {
        self.word(number).into_iter().for_each(|word| *word &= !(1 << (number % 64)));
    }

    #[inline]
    fn word(&mut self, number: usize) -> Option<&mut u64> {
        (number / 64).checked_sub(1).map_or(Some(&mut self.0), |word| self.1.get_mut(word))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == 0 && self.1.iter().all(|word| *word == 0)
    }

    #[inline]
    pub(super) fn has(&self, number: usize) -> bool {
        let word = (number / 64).checked_sub(1).map_or(Some(self.0), |word| self.1.get(word).copied());
        word.is_some_and(|word| word & (1 << (number % 64)) != 0)
    }
}
