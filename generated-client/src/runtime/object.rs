//! Reads objects as models.

use std::any::TypeId;
use std::borrow::Cow;

use super::decode::{DecodeError, Place};
use super::extra::Extra;
use super::model::Table;
use super::reader::{Failure, Fidelity, Field, Mark, Outcome, Parts, Reader};
use super::union::{CostKind, Known};

/// The maximum number of fields of a model that an empty list may stand for.
const ENVELOPE: usize = 8;

const EXPECTED: &str = "an object";

/// The parts of a model that are filled from an object.
pub struct Slots<'s, 'm> {
    /// The fields, in the order of the table.
    pub fields: &'s mut [&'m mut dyn Field],
    /// The map for fields that the document types but does not name (`additionalProperties`).
    pub additional: Option<&'m mut dyn Parts>,
    /// The values that the model holds in addition to its fields.
    pub extra: &'m mut Extra,
}

impl Reader<'_> {
    /// Reads the next value as the model with this table. A repeated trial leaves the model initial, because only the
    /// cost is used.
    pub fn object(&mut self, id: TypeId, table: &'static Table, slots: Slots<'_, '_>, place: &Place<'_>) -> Outcome {
        match self.text.peek() {
            b'{' if self.in_trial => self.weigh_object(id, table, slots, place),
            b'{' => Object::new(table, slots).read(self, place),
            b'[' if !self.strict => self.bare_list(table, slots, place),
            _ => Err(self.unexpected(EXPECTED)),
        }
    }

    /// Reads a list into the model's only list field, if no other field is required and the first element fits. The
    /// list is recorded as a mismatch, and the model is written back as this list.
    #[cold]
    fn bare_list(&mut self, table: &'static Table, slots: Slots<'_, '_>, place: &Place<'_>) -> Outcome {
        let mut lists = (0..).zip(slots.fields.iter()).filter(|(_, field)| field.is_list()).map(|(index, _)| index);
        let (Some(index), None) = (lists.next(), lists.next()) else { return Err(self.unexpected(EXPECTED)) };
        let mut demanded = (0..).zip(slots.fields.iter()).take(table.required);
        if demanded.any(|(other, field)| other != index && !field.may_be_missing()) {
            return Err(self.unexpected(EXPECTED));
        }
        let list = slots.fields.get_mut(index).ok_or(Failure::Broken)?;
        let name = table.fields.get(index).ok_or(Failure::Broken)?;
        let mark = self.mark();
        let start = self.text;
        self.text.open()?;
        let fits = if self.text.element()? {
            let parts = self.text.skip()?;
            self.text = start;
            self.sampling = true;
            self.keeps_most(parts.max(1), |reader| list.fill(reader, place))
        } else {
            // An empty list does not show the type of its elements. It is accepted for a model with few other fields.
            table.fields.len() <= ENVELOPE
        };
        list.clear();
        self.text = start;
        if list.fill(self, place) == Err(Failure::Broken) {
            return Err(Failure::Broken);
        }
        let raw = self.raw(mark);
        if !fits || !(self.in_trial || self.room.take(raw.len())) {
            list.clear();
            self.forget(mark);
            return Err(self.mismatched(EXPECTED));
        }
        self.mismatch(mark, place);
        if !self.in_trial {
            let taken = slots.extra.keep_list(name, raw);
            self.room.spend(taken);
        }
        Ok(Fidelity::Whole)
    }

    fn weigh_object(&mut self, id: TypeId, table: &'static Table, slots: Slots<'_, '_>, place: &Place<'_>) -> Outcome {
        if let Some(known) = self.known(id) {
            return self.pass(known);
        }
        if !self.make_room() {
            return Err(self.unexpected("an object that takes less memory"));
        }
        let at = self.text.at();
        let (strict, before) = (std::mem::take(&mut self.strict), std::mem::take(&mut self.cost));
        let outcome = Object::new(table, slots).read(self, place);
        let known =
            Known { outcome, index: None, cost: std::mem::replace(&mut self.cost, before), end: self.text.at() };
        self.strict = strict;
        self.memo.known.insert((at, id), known);
        self.pass(known)
    }
}

/// A model that is being read.
struct Object<'s, 'm> {
    table: &'static Table,
    slots: Slots<'s, 'm>,
    filled: Bits,
    constants: Bits,
    /// The required field whose value could last not be read, and the error for it.
    missing: Option<(usize, Option<Box<DecodeError>>)>,
}

impl<'s, 'm> Object<'s, 'm> {
    fn new(table: &'static Table, slots: Slots<'s, 'm>) -> Self {
        Self { table, slots, filled: Bits::default(), constants: Bits::default(), missing: None }
    }

    fn read(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        let mut next = 0;
        let mark = reader.mark();
        reader.text.open()?;
        while reader.text.entry()? {
            // The fields mostly arrive in the order of the table, so the name of the next one is compared in place.
            let (name, index) = match self.table.fields.get(next) {
                Some(field) if self.table.plain && reader.text.named(field)? => (Cow::Borrowed(*field), Some(next)),
                _ => {
                    let name = reader.text.name()?;
                    let index = self.table.position(&name, next);
                    (name, index)
                }
            };
            match index {
                Some(index) => {
                    next = index + 1;
                    self.field(index, &name, reader, &Place::Key(place, &name))?;
                }
                None => self.other(name, reader, place)?,
            }
        }
        let mismatches = reader.mismatches_since(mark);
        if mismatches.len() > 1 {
            self.table.sort(mismatches, place);
        }
        self.finish(reader, place)
    }

    #[inline]
    fn field(&mut self, index: usize, name: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Result<(), Failure> {
        let Some(field) = self.slots.fields.get_mut(index) else { return Err(Failure::Broken) };
        if self.filled.set(index) {
            // The last of several entries with the same name counts.
            field.clear();
            self.slots.extra.remove(name);
        }
        let mark = reader.mark();
        let outcome = field.fill(reader, place);
        if outcome == Ok(Fidelity::Whole) {
            if index >= self.table.required && reader.is_null(mark) {
                self.mark(index, reader);
            }
            return Ok(());
        }
        self.mismatched(index, name, reader, (mark, outcome), place)
    }

    /// Keeps the raw value of a field that was not read whole in `extra`, and records the mismatch. A required field
    /// needs a value: without one, the model is not read.
    #[cold]
    fn mismatched(
        &mut self,
        index: usize,
        name: &str,
        reader: &mut Reader<'_>,
        (mark, outcome): (Mark, Outcome),
        place: &Place<'_>,
    ) -> Result<(), Failure> {
        let Some(field) = self.slots.fields.get_mut(index) else { return Err(Failure::Broken) };
        let kept = match outcome {
            Err(Failure::Broken) => return Err(Failure::Broken),
            Ok(Fidelity::Inexact) => {
                reader.mismatch(mark, place);
                true
            }
            // There may be no memory for both the value and its raw text.
            Ok(_) => reader.in_trial || reader.room.take(reader.raw(mark).len()),
            Err(_) => false,
        };
        if !kept && index < self.table.required && !field.may_be_missing() {
            let error = match outcome {
                Err(Failure::Missing) => reader.missing.take(),
                _ if reader.in_trial => None,
                _ => Some(Box::new(DecodeError::at(place.to_string(), reader.surprise(mark)))),
            };
            self.missing = Some((index, error));
            self.filled.remove(index);
            field.clear();
            reader.forget(mark);
            return Ok(());
        }
        if !kept {
            field.clear();
            reader.forget(mark);
            reader.mismatch(mark, place);
        }
        self.keep(name, reader, mark);
        Ok(())
    }

    /// Reads a constant, or a field that the document does not name.
    fn other(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>, place: &Place<'_>) -> Result<(), Failure> {
        let mark = reader.mark();
        let mut constants = self.table.constants.iter().enumerate();
        let is_kept = if let Some((index, (_, constant))) = constants.find(|(_, (constant, _))| *constant == name) {
            if self.constants.set(index) {
                self.slots.extra.remove(&name);
            }
            let same = constant.is_next(&mut reader.text)?;
            if !same {
                reader.add_cost(CostKind::Denied, 1);
            }
            !same
        } else if let Some(additional) = &mut self.slots.additional {
            reader.part(&name, *additional, &Place::Key(place, &name))? != Fidelity::Whole
        } else {
            reader.text.skip()?;
            reader.add_cost(CostKind::Unnamed, 1);
            true
        };
        if is_kept {
            self.keep(&name, reader, mark);
        }
        Ok(())
    }

    /// Marks a field that arrived as null, or a constant that did not arrive, so that the model is written as it came.
    fn mark(&mut self, number: usize, reader: &mut Reader<'_>) {
        if !reader.in_trial {
            let taken = self.slots.extra.mark(number);
            reader.room.spend(taken);
        }
    }

    fn keep(&mut self, name: &str, reader: &mut Reader<'_>, mark: Mark) {
        if !reader.in_trial {
            let taken = self.slots.extra.keep(name, reader.raw(mark));
            reader.room.spend(taken);
        }
    }

    fn finish(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        let table = self.table;
        if let Some((_, error)) = self.missing.take_if(|(index, _)| !self.filled.has(*index)) {
            reader.missing = error;
            return Err(Failure::Missing);
        }
        for (index, (name, field)) in table.fields.iter().zip(self.slots.fields.iter()).take(table.required).enumerate()
        {
            if !self.filled.has(index) && !field.may_be_missing() {
                if !reader.in_trial {
                    let error = DecodeError::at(Place::Key(place, name).to_string(), "missing");
                    reader.missing = Some(Box::new(error));
                }
                return Err(Failure::Missing);
            }
        }
        if reader.in_trial {
            let expected = (table.required..).take(table.expected).filter(|index| !self.filled.has(*index)).count();
            reader.add_cost(CostKind::Mismatched, u32::try_from(expected).unwrap_or(u32::MAX));
        }
        for index in 0..table.constants.len() {
            if !self.constants.has(index) {
                self.mark(table.fields.len() + index, reader);
            }
        }
        Ok(Fidelity::Whole)
    }
}

/// A set of small numbers. Those below 64 take no heap memory.
#[derive(Debug, Clone, Default)]
struct Bits(u64, Vec<u64>);

impl Bits {
    /// Adds a number and returns whether it was in the set already.
    #[inline]
    fn set(&mut self, number: usize) -> bool {
        let bit = 1 << (number % 64);
        if self.1.len() < number / 64 {
            self.1.resize(number / 64, 0);
        }
        self.word(number).is_some_and(|word| std::mem::replace(word, *word | bit) & bit != 0)
    }

    fn remove(&mut self, number: usize) {
        self.word(number).into_iter().for_each(|word| *word &= !(1 << (number % 64)));
    }

    #[inline]
    fn word(&mut self, number: usize) -> Option<&mut u64> {
        (number / 64).checked_sub(1).map_or(Some(&mut self.0), |word| self.1.get_mut(word))
    }

    #[inline]
    fn has(&self, number: usize) -> bool {
        let word = (number / 64).checked_sub(1).map_or(Some(self.0), |word| self.1.get(word).copied());
        word.is_some_and(|word| word & (1 << (number % 64)) != 0)
    }
}
