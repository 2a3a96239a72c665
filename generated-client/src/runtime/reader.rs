//! The state of a read: the text with the position in it, the mismatches so far, and the memory that is left.
//!
//! A value is read in one pass. The code that reads a value consumes it from the text and returns the outcome
//! ([`Outcome`]). The code that holds the value acts on the outcome: it keeps the raw value, and records the mismatch
//! with its place.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::decode::{DecodeError, Mismatch, Place};
use super::room::{Room, tree};
use super::text::{Broken, Text};
use super::union::{Cost, CostKind, Memo};

/// The outcome of reading a value. The position is behind the value, except after [`Broken`](Self::Broken).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// The value holds everything that arrived.
    Whole,
    /// The value is read, but does not hold everything that arrived.
    Inexact,
    /// The value is read, except for parts that mismatched and are already recorded.
    Lossy,
    /// The value that arrived does not match the type.
    Mismatched,
    /// A required value inside did not arrive or does not match, and each field that leads to it is required, too.
    Missing,
    /// The text is not JSON.
    Broken,
}

/// The state of a read.
#[derive(Debug, Default)]
pub struct Reader<'t> {
    pub(super) text: Text<'t>,
    pub(super) room: Room,
    room_to_tell: Room,
    mismatches: Vec<Mismatch>,
    pub(super) cost: Cost,
    /// True if the read is a trial, of which only the outcome and the cost are kept.
    pub(super) in_trial: bool,
    /// True if a value of another kind is not converted: in a trial, until it enters a model.
    pub(super) strict: bool,
    pub(super) memo: Memo,
    /// The expected kind of the last value that was of another kind.
    unexpected: Option<&'static str>,
    /// True if only the first element of the next list is read.
    pub(super) sampling: bool,
    /// The error for a required value that did not arrive or does not match.
    pub(super) missing: Option<Box<DecodeError>>,
}

/// A point of the read: the position, the number of mismatches and the cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) at: usize,
    mismatches: usize,
    cost: Cost,
}

impl<'t> Reader<'t> {
    /// Reads a whole text. Returns `None` if it is not JSON.
    pub(super) fn read(text: &'t str, whole: &mut dyn Field) -> Option<Result<Vec<Mismatch>, DecodeError>> {
        let mut reader = Self {
            text: Text::new(text),
            room: Room::of(text.len()),
            room_to_tell: Room::to_tell(text.len()),
            ..Self::default()
        };
        let start = reader.mark();
        let outcome = whole.fill(&mut reader, &Place::Whole);
        if outcome == Outcome::Broken || !reader.text.is_at_end() {
            return None;
        }
        match outcome {
            Outcome::Mismatched => return Some(Err(DecodeError::new(reader.surprise(start)))),
            Outcome::Missing => return reader.missing.map(|error| Err(*error)),
            Outcome::Inexact => reader.mismatch(start, &Place::Whole),
            Outcome::Whole | Outcome::Lossy | Outcome::Broken => {}
        }
        Some(Ok(reader.mismatches))
    }

    /// Returns a message such as `null where a string was expected`, for the value that was read since a mark.
    pub(super) fn surprise(&self, mark: Mark) -> String {
        let found = match Text::new(self.raw(mark)).peek() {
            b'n' => "null",
            b't' | b'f' => "a boolean",
            b'"' => "a string",
            b'[' => "a list",
            b'{' => "an object",
            _ => "a number",
        };
        format!("{found} where {} was expected", self.unexpected.unwrap_or("another value"))
    }

    /// Skips a value of an unexpected kind.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &'static str) -> Outcome {
        self.unexpected = Some(expected);
        if self.text.skip().is_ok() { Outcome::Mismatched } else { Outcome::Broken }
    }

    /// Stores a value that was converted from another kind. `None` (no conversion) and a strict read give a mismatch.
    pub(super) fn coerced<T>(&mut self, slot: &mut T, coerced: Option<T>, expected: &'static str) -> Outcome {
        match coerced.filter(|_| !self.strict) {
            Some(coerced) => *slot = coerced,
            None => {
                self.unexpected = Some(expected);
                return Outcome::Mismatched;
            }
        }
        self.add_cost(CostKind::Coerced, 1);
        Outcome::Whole
    }

    pub(super) fn null(&mut self) -> Outcome {
        self.text.word("null").map_or_else(Outcome::from, |()| Outcome::Whole)
    }

    /// Returns the text of the next value, which must be a string or a number, and the number if it is one.
    pub(super) fn scalar(&mut self, expected: &'static str) -> Result<(Cow<'t, str>, Option<Number>), Outcome> {
        match self.text.peek() {
            b'"' => Ok((self.text.string()?, None)),
            b'-' | b'0'..=b'9' => {
                let (number, text) = self.text.number()?;
                Ok((Cow::Borrowed(text), Some(number)))
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Returns the text of the next value. A number is converted, but no other value.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Outcome> {
        if self.text.peek() == b'"' {
            return Ok(self.text.string()?);
        }
        let (text, _) = self.scalar("a string")?;
        match self.coerced(&mut (), Some(()), "a string") {
            Outcome::Whole => Ok(text),
            outcome => Err(outcome),
        }
    }

    /// Reads the next value as a tree. The value does not match if there is no memory for the tree.
    pub(super) fn tree(&mut self) -> Result<Value, Outcome> {
        let start = self.text;
        tree(&mut self.text, &mut self.room, false).map_err(|outcome| match outcome {
            Outcome::Mismatched => {
                self.text = start;
                self.unexpected("a value that takes less memory")
            }
            outcome => outcome,
        })
    }

    /// Returns the point at which the next value begins.
    #[inline]
    pub(super) fn mark(&mut self) -> Mark {
        self.text.peek();
        Mark { at: self.text.at(), mismatches: self.mismatches.len(), cost: self.cost }
    }

    pub(super) fn mismatches_since(&mut self, mark: Mark) -> &mut [Mismatch] {
        self.mismatches.get_mut(mark.mismatches..).unwrap_or_default()
    }

    /// Discards the mismatches and the cost since a mark.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.mismatches.truncate(mark.mismatches);
        self.cost = mark.cost;
    }

    #[inline]
    pub(super) fn is_null(&self, mark: Mark) -> bool {
        self.text.byte_at(mark.at) == b'n'
    }

    /// Returns the text that was read since a mark.
    pub(super) fn raw(&self, mark: Mark) -> &'t str {
        self.text.since(mark.at)
    }

    /// Records that the value since a mark does not match, if there is memory. A trial adds only the cost.
    #[cold]
    pub(super) fn mismatch(&mut self, mark: Mark, place: &Place<'_>) {
        let raw = self.raw(mark);
        if self.in_trial {
            return self.add_mismatched(Text::new(raw).skip().unwrap_or(0));
        }
        let pointer = place.to_string();
        if !self.room_to_tell.take(pointer.capacity()) || !self.room_to_tell.grow(&mut self.mismatches) {
            return;
        }
        let value = match tree(&mut Text::new(raw), &mut self.room_to_tell, false) {
            Ok(value) => value,
            Err(_) if self.room_to_tell.take(raw.len()) => raw.into(),
            Err(_) => Value::Null,
        };
        self.mismatches.push(Mismatch { pointer, value });
    }

    /// Reads one element or entry into a list or a map. A part that does not match is left out and recorded.
    pub(super) fn part(&mut self, name: &str, into: &mut dyn Parts, place: &Place<'_>) -> Outcome {
        let mark = self.mark();
        match into.add(name, self, place) {
            whole @ (Outcome::Whole | Outcome::Lossy | Outcome::Broken) => return whole,
            Outcome::Mismatched | Outcome::Missing => self.forget(mark),
            Outcome::Inexact => {}
        }
        self.mismatch(mark, place);
        Outcome::Lossy
    }

    pub(super) fn list(&mut self, into: &mut dyn Parts, place: &Place<'_>) -> Outcome {
        match self.text.peek() {
            b'[' => self.parts(into, place, false).unwrap_or_else(Outcome::from),
            b'{' if matches!(place, Place::Whole) && !self.strict => {
                self.only_element(into).unwrap_or_else(Outcome::from)
            }
            _ => self.unexpected("a list"),
        }
    }

    /// Reads an object as the only element of the outermost list, if it fits: less than half of it may be lost.
    #[cold]
    fn only_element(&mut self, into: &mut dyn Parts) -> Result<Outcome, Broken> {
        const EXPECTED: &str = "a list";
        let mark = self.mark();
        let parts = self.text.skip()?;
        self.text.go_to(mark.at);
        if !self.keeps_most(parts, |reader| into.add("", reader, &Place::Whole)) {
            return Ok(self.coerced(&mut (), None, EXPECTED));
        }
        self.text.go_to(mark.at);
        let outcome = into.add("", self, &Place::Whole);
        // The caller gets the list, and the object is recorded as a mismatch.
        Ok(if outcome.is_read() { Outcome::Inexact } else { outcome })
    }

    pub(super) fn map(&mut self, into: &mut dyn Parts, place: &Place<'_>) -> Outcome {
        if self.text.peek() != b'{' {
            return self.unexpected("an object");
        }
        self.add_cost(CostKind::Untyped, 2);
        self.parts(into, place, true).unwrap_or_else(Outcome::from)
    }

    fn parts(&mut self, into: &mut dyn Parts, place: &Place<'_>, named: bool) -> Result<Outcome, Broken> {
        let mut whole = Outcome::Whole;
        let (mut first, mut index) = (true, 0);
        let sampling = std::mem::take(&mut self.sampling);
        self.text.open()?;
        loop {
            let name =
                if named { self.text.key(&mut first)? } else { self.text.element(&mut first)?.then_some("".into()) };
            let Some(name) = name else { return Ok(whole) };
            let at = if named { Place::Key(place, &name) } else { Place::Index(place, index) };
            match self.part(&name, into, &at) {
                Outcome::Whole => {}
                Outcome::Broken => return Err(Broken),
                // In a strict read, a list or a map whose first part does not match is of another type.
                _ if self.strict && index == 0 => whole = Outcome::Mismatched,
                _ if whole == Outcome::Whole => whole = Outcome::Lossy,
                _ => {}
            }
            index += 1;
            if sampling {
                return Ok(whole);
            }
        }
    }
}

impl Outcome {
    /// Returns whether there is a value.
    #[inline]
    pub(super) const fn is_read(self) -> bool {
        matches!(self, Self::Whole | Self::Inexact | Self::Lossy)
    }
}

impl From<Broken> for Outcome {
    fn from(Broken: Broken) -> Self {
        Self::Broken
    }
}

/// A value that is read in place.
pub trait Field {
    /// Reads the next value of the text into this value, which is initial. If the read fails, this value is not used.
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome;

    /// Makes the value initial again.
    fn clear(&mut self);

    /// Returns whether the initial value stands for a value that did not arrive.
    fn may_be_missing(&self) -> bool;

    /// Returns whether the value is a list.
    fn is_list(&self) -> bool;
}

/// A list or a map that is read in place.
pub trait Parts {
    /// Reads the next value and adds it, under the name if this is a map. A value that cannot be read is not added.
    fn add(&mut self, name: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome;
}
