//! The state of a read: the text and the place in it, what departed, and the memory that is left.
//!
//! A value is read in one pass. Whoever reads one takes what comes and says how that went ([`Told`]); whoever holds the value
//! acts on it: it keeps the raw value, and tells where it stands.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::decode::{DecodeError, Departure, Place};
use super::room::{Room, tree};
use super::text::{Broken, Text};
use super::union::{Cost, Memo, Toll};

/// How the reading of a value went. The place is behind the value in any case but [`Broken`](Self::Broken).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Told {
    /// The value holds all that arrived.
    Whole,
    /// The value is read, but does not hold all that arrived.
    Inexact,
    /// Parts of the value departed and are told already; the rest is read.
    Lossy,
    /// What arrived departs from the type.
    Departed,
    /// A required value did not arrive, and only required fields lead to it.
    Missing,
    /// The text is no JSON.
    Broken,
}

/// The state of a read.
#[derive(Debug)]
pub struct Reader<'t> {
    pub(super) text: Text<'t>,
    pub(super) room: Room,
    room_to_tell: Room,
    departures: Vec<Departure>,
    /// What departed and the like, counted.
    pub(super) cost: Cost,
    /// Whether the read is a trial: nothing of it is kept but the cost.
    pub(super) weighing: bool,
    /// Whether the value must be of the very kind: it is tried as an alternative of a union, and no model is around it yet.
    pub(super) strict: bool,
    pub(super) memo: Memo,
    /// What was expected last and did not come.
    unexpected: Option<&'static str>,
    /// Whether of the list that is read next only the first element is looked at.
    pub(super) sampling: bool,
    /// Where a required value did not arrive, and why.
    pub(super) missing: Option<DecodeError>,
}

/// What had departed up to a point of the read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) at: usize,
    departures: usize,
    cost: Cost,
}

impl<'t> Reader<'t> {
    /// Reads a whole text. `None`: it is no JSON.
    pub(super) fn read(text: &'t str, whole: &mut dyn Field) -> Option<Result<Vec<Departure>, DecodeError>> {
        let mut reader = Self {
            text: Text::new(text),
            room: Room::of(text.len()),
            room_to_tell: Room::to_tell(text.len()),
            departures: Vec::new(),
            cost: Cost::default(),
            weighing: false,
            strict: false,
            memo: Memo::default(),
            unexpected: None,
            sampling: false,
            missing: None,
        };
        let start = reader.mark();
        let told = whole.fill(&mut reader, &Place::Whole);
        if told == Told::Broken || !reader.text.is_at_end() {
            return None;
        }
        match told {
            Told::Departed => return Some(Err(DecodeError::new(reader.surprise(start)))),
            Told::Missing => return reader.missing.map(Err),
            Told::Inexact => reader.depart(start, &Place::Whole),
            Told::Whole | Told::Lossy | Told::Broken => {}
        }
        Some(Ok(reader.departures))
    }

    /// What was passed since a mark, where something else was expected.
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

    /// Passes a value that is not what its type takes.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &'static str) -> Told {
        self.unexpected = Some(expected);
        if self.text.skip().is_ok() { Told::Departed } else { Told::Broken }
    }

    /// Puts a value that came as one of another kind, if nothing is lost by that.
    pub(super) fn coerced<T>(&mut self, slot: &mut T, coerced: Option<T>, expected: &'static str) -> Told {
        match coerced.filter(|_| !self.strict) {
            Some(coerced) => *slot = coerced,
            None => {
                self.unexpected = Some(expected);
                return Told::Departed;
            }
        }
        self.pay(Toll::Coerced, 1);
        Told::Whole
    }

    /// The text of the plain value at hand, and its number if it is one.
    pub(super) fn scalar(&mut self, expected: &'static str) -> Result<(Cow<'t, str>, Option<Number>), Told> {
        match self.text.peek() {
            b'"' => Ok((self.text.string()?, None)),
            b'-' | b'0'..=b'9' => {
                let (number, text) = self.text.number()?;
                Ok((Cow::Borrowed(text), Some(number)))
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// The text at hand; a number becomes one. A boolean does not: as text it would go back as another value.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'t, str>, Told> {
        if self.text.peek() == b'"' {
            return Ok(self.text.string()?);
        }
        let (text, _) = self.scalar("a string")?;
        match self.coerced(&mut (), Some(()), "a string") {
            Told::Whole => Ok(text),
            told => Err(told),
        }
    }

    /// The tree of the value at hand. Where there is no room for one, it departs.
    pub(super) fn tree(&mut self) -> Result<Value, Told> {
        let start = self.text;
        tree(&mut self.text, &mut self.room, false).map_err(|told| match told {
            Told::Departed => {
                self.text = start;
                self.unexpected("a value that takes less memory")
            }
            told => told,
        })
    }

    /// The point at which the value at hand begins.
    #[inline]
    pub(super) fn mark(&mut self) -> Mark {
        self.text.peek();
        Mark { at: self.text.at(), departures: self.departures.len(), cost: self.cost }
    }

    /// What departed since a mark.
    pub(super) fn departures_since(&mut self, mark: Mark) -> &mut [Departure] {
        self.departures.get_mut(mark.departures..).unwrap_or_default()
    }

    /// Forgets what departed since a mark.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.departures.truncate(mark.departures);
        self.cost = mark.cost;
    }

    /// Whether the value at a mark is null.
    #[inline]
    pub(super) fn is_null(&self, mark: Mark) -> bool {
        self.text.byte_at(mark.at) == b'n'
    }

    /// What was passed since a mark.
    pub(super) fn raw(&self, mark: Mark) -> &'t str {
        self.text.since(mark.at)
    }

    /// Tells that the value that was passed since a mark departs.
    #[cold]
    pub(super) fn depart(&mut self, mark: Mark, place: &Place<'_>) {
        let raw = self.raw(mark);
        if self.weighing {
            return self.pay_departed(Text::new(raw).skip().unwrap_or(0));
        }
        let pointer = place.to_string();
        if !self.room_to_tell.take(pointer.capacity()) || !self.room_to_tell.grow(&mut self.departures) {
            return;
        }
        let value = match tree(&mut Text::new(raw), &mut self.room_to_tell, false) {
            Ok(value) => value,
            Err(_) if self.room_to_tell.take(raw.len()) => raw.into(),
            Err(_) => Value::Null,
        };
        self.departures.push(Departure { pointer, value });
    }

    /// Reads one part of a list or a map into it; one that departs is left out and told.
    pub(super) fn part(&mut self, name: &str, into: &mut dyn Parts, place: &Place<'_>) -> Told {
        let mark = self.mark();
        match into.add(name, self, place) {
            whole @ (Told::Whole | Told::Lossy | Told::Broken) => return whole,
            Told::Departed | Told::Missing => self.forget(mark),
            Told::Inexact => {}
        }
        self.depart(mark, place);
        Told::Lossy
    }

    /// Reads the elements of the list at hand.
    pub(super) fn list(&mut self, into: &mut dyn Parts, place: &Place<'_>) -> Told {
        match self.text.peek() {
            b'[' => self.parts(into, place, false).unwrap_or_else(Told::from),
            b'{' if matches!(place, Place::Whole) && !self.strict => self.only_element(into).unwrap_or_else(Told::from),
            _ => self.unexpected("a list"),
        }
    }

    /// Reads the object at hand as the only element of the outermost list, where it is one: less than half of it may be lost.
    #[cold]
    fn only_element(&mut self, into: &mut dyn Parts) -> Result<Told, Broken> {
        const EXPECTED: &str = "a list";
        let mark = self.mark();
        let parts = self.text.skip()?;
        self.text.go_to(mark.at);
        if !self.keeps_most(parts, |reader| into.add("", reader, &Place::Whole)) {
            return Ok(self.coerced(&mut (), None, EXPECTED));
        }
        self.text.go_to(mark.at);
        let told = into.add("", self, &Place::Whole);
        // The caller has the list, and what came is told.
        Ok(if told.is_read() { Told::Inexact } else { told })
    }

    /// Reads the entries of the object at hand.
    pub(super) fn map(&mut self, into: &mut dyn Parts, place: &Place<'_>) -> Told {
        if self.text.peek() != b'{' {
            return self.unexpected("an object");
        }
        self.pay(Toll::Untyped, 2);
        self.parts(into, place, true).unwrap_or_else(Told::from)
    }

    fn parts(&mut self, into: &mut dyn Parts, place: &Place<'_>, named: bool) -> Result<Told, Broken> {
        let mut whole = Told::Whole;
        let (mut first, mut index) = (true, 0);
        let sampling = std::mem::take(&mut self.sampling);
        self.text.open()?;
        loop {
            let name =
                if named { self.text.key(&mut first)? } else { self.text.element(&mut first)?.then_some("".into()) };
            let Some(name) = name else { return Ok(whole) };
            let at = if named { Place::Key(place, &name) } else { Place::Index(place, index) };
            match self.part(&name, into, &at) {
                Told::Whole => {}
                Told::Broken => return Err(Broken),
                // What begins with something else is something else.
                _ if self.strict && index == 0 => whole = Told::Departed,
                _ if whole == Told::Whole => whole = Told::Lossy,
                _ => {}
            }
            index += 1;
            if sampling {
                return Ok(whole);
            }
        }
    }
}

impl Told {
    /// Whether there is a value.
    #[inline]
    pub(super) const fn is_read(self) -> bool {
        matches!(self, Self::Whole | Self::Inexact | Self::Lossy)
    }
}

impl From<Broken> for Told {
    fn from(Broken: Broken) -> Self {
        Self::Broken
    }
}

/// A value that is read in its place.
pub trait Field {
    /// Reads the value at hand. It is blank before; what it holds where it is not read, nobody looks at.
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told;

    /// Makes it blank again.
    fn clear(&mut self);

    /// Whether it stands for a value that did not arrive while it is blank.
    fn may_be_missing(&self) -> bool;

    /// Whether it is a list.
    fn is_list(&self) -> bool;
}

/// A list, or a map.
pub trait Parts {
    /// Reads the value at hand and takes it in, under a name if it is a map. One that is not read is not taken in.
    fn add(&mut self, name: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Told;
}
