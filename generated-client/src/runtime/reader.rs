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

/// The outcome of reading a value. The position is behind the value, except after a text that is not JSON.
pub type Outcome = Result<Fidelity, Failure>;

/// How much of what arrived a value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fidelity {
    /// All of it.
    Whole,
    /// Not all of it.
    Inexact,
    /// All of it except parts that mismatched, which are already recorded.
    Lossy,
}

/// The reason why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
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
        if outcome == Err(Failure::Broken) || !reader.text.is_at_end() {
            return None;
        }
        if outcome == Ok(Fidelity::Inexact) {
            reader.mismatch(start, &Place::Whole);
        }
        match outcome {
            Err(Failure::Missing) => reader.missing.map(|error| Err(*error)),
            Err(_) => Some(Err(DecodeError::new(reader.surprise(start)))),
            Ok(_) => Some(Ok(reader.mismatches)),
        }
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

    /// Returns the failure for a value that was read and is not of the expected kind.
    pub(super) fn mismatched(&mut self, expected: &'static str) -> Failure {
        self.unexpected = Some(expected);
        Failure::Mismatched
    }

    /// Skips a value of an unexpected kind.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &'static str) -> Failure {
        self.text.skip().map_or_else(Failure::from, |_| self.mismatched(expected))
    }

    /// Returns a value that was converted from another kind. `None` (no conversion) and a strict read give a mismatch.
    pub(super) fn coerced<T>(&mut self, converted: Option<T>, expected: &'static str) -> Result<T, Failure> {
        let converted = converted.filter(|_| !self.strict).ok_or_else(|| self.mismatched(expected))?;
        self.add_cost(CostKind::Coerced, 1);
        Ok(converted)
    }

    /// Returns the text of the next value, which must be a string or a number, and the number if it is one.
    pub(super) fn scalar(&mut self, expected: &'static str) -> Result<(Cow<'t, str>, Option<Number>), Failure> {
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
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Failure> {
        if self.text.peek() == b'"' {
            return Ok(self.text.string()?);
        }
        let (text, _) = self.scalar("a string")?;
        self.coerced(Some(text), "a string")
    }

    /// Reads the next value as a tree. The value does not match if there is no memory for the tree.
    pub(super) fn tree(&mut self) -> Result<Value, Failure> {
        let start = self.text;
        tree(&mut self.text, &mut self.room, false).map_err(|failure| match failure {
            Failure::Mismatched => {
                self.text = start;
                self.unexpected("a value that takes less memory")
            }
            failure => failure,
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
            outcome @ (Ok(Fidelity::Whole | Fidelity::Lossy) | Err(Failure::Broken)) => return outcome,
            Ok(Fidelity::Inexact) => {}
            Err(Failure::Mismatched | Failure::Missing) => self.forget(mark),
        }
        self.mismatch(mark, place);
        Ok(Fidelity::Lossy)
    }

    pub(super) fn list(&mut self, into: &mut dyn Parts, place: &Place<'_>) -> Outcome {
        match self.text.peek() {
            b'[' => self.parts(into, place, false),
            b'{' if matches!(place, Place::Whole) && !self.strict => self.only_element(into),
            _ => Err(self.unexpected("a list")),
        }
    }

    /// Reads an object as the only element of the outermost list, if it fits: less than half of it may be lost.
    #[cold]
    fn only_element(&mut self, into: &mut dyn Parts) -> Outcome {
        let mark = self.mark();
        let parts = self.text.skip()?;
        self.text.go_to(mark.at);
        if !self.keeps_most(parts, |reader| into.add("", reader, &Place::Whole)) {
            return Err(self.mismatched("a list"));
        }
        self.text.go_to(mark.at);
        // The caller gets the list, and the object is recorded as a mismatch.
        into.add("", self, &Place::Whole).map(|_| Fidelity::Inexact)
    }

    pub(super) fn map(&mut self, into: &mut dyn Parts, place: &Place<'_>) -> Outcome {
        if self.text.peek() != b'{' {
            return Err(self.unexpected("an object"));
        }
        self.add_cost(CostKind::Untyped, 2);
        self.parts(into, place, true)
    }

    fn parts(&mut self, into: &mut dyn Parts, place: &Place<'_>, named: bool) -> Outcome {
        let mut outcome = Ok(Fidelity::Whole);
        let sampling = std::mem::take(&mut self.sampling);
        self.text.open()?;
        for index in 0.. {
            let name = if named { self.text.key()? } else { self.text.element()?.then_some("".into()) };
            let Some(name) = name else { break };
            let at = if named { Place::Key(place, &name) } else { Place::Index(place, index) };
            if self.part(&name, into, &at)? != Fidelity::Whole {
                // In a strict read, a list or a map whose first part does not match is of another type.
                let is_other = self.strict && index == 0;
                outcome = if is_other { Err(Failure::Mismatched) } else { outcome.and(Ok(Fidelity::Lossy)) };
            }
            if sampling {
                break;
            }
        }
        outcome
    }
}

impl From<Broken> for Failure {
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
