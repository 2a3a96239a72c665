//! Reading an object as a model.

use std::any::TypeId;
use std::borrow::Cow;

use super::decode::Place;
use super::extra::Extra;
use super::model::{Bits, Table};
use super::reader::{Field, Mark, Parts, Reader, Told};
use super::text::Broken;
use super::union::{Known, Toll};

/// The places of a model that are to be filled.
pub struct Slots<'s, 'm> {
    /// The fields, in the order of the table.
    pub fields: &'s mut [&'m mut dyn Field],
    /// The map for fields that the document does not name, where it gives them a type.
    pub additional: Option<&'m mut dyn Parts>,
    /// What the model holds beside its fields.
    pub extra: &'m mut Extra,
}

impl Reader<'_> {
    /// Reads the object at hand as the model with this table. In a trial that comes by a second time the model stays blank:
    /// nobody looks at it.
    pub fn object(&mut self, id: TypeId, table: &'static Table, slots: Slots<'_, '_>, place: &Place<'_>) -> Told {
        if self.text.peek() != b'{' {
            return self.unexpected("an object");
        }
        if self.weighing {
            return self.weigh_object(id, table, slots, place);
        }
        Object::new(table, slots).read(self, place).unwrap_or_else(Told::from)
    }

    fn weigh_object(&mut self, id: TypeId, table: &'static Table, slots: Slots<'_, '_>, place: &Place<'_>) -> Told {
        if let Some(known) = self.known(id) {
            return self.pass(known);
        }
        if !self.make_room() {
            return self.unexpected("an object that takes less memory");
        }
        let at = self.text.at();
        let (strict, before) = (std::mem::take(&mut self.strict), std::mem::take(&mut self.cost));
        let told = Object::new(table, slots).read(self, place).unwrap_or_else(Told::from);
        let known = Known { told, index: None, cost: std::mem::replace(&mut self.cost, before), end: self.text.at() };
        self.strict = strict;
        self.memo.known.insert((at, id), known);
        self.pass(known)
    }
}

/// A model that is read.
struct Object<'s, 'm> {
    table: &'static Table,
    slots: Slots<'s, 'm>,
    filled: Bits,
    constants: Bits,
    /// Whether something is missing inside a required field.
    missing: bool,
}

impl<'s, 'm> Object<'s, 'm> {
    fn new(table: &'static Table, slots: Slots<'s, 'm>) -> Self {
        Self { table, slots, filled: Bits::default(), constants: Bits::default(), missing: false }
    }

    /// What has no place in the fields is kept in `extra`.
    fn read(mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Result<Told, Broken> {
        let mut first = true;
        let mut next = 0;
        let mark = reader.mark();
        reader.text.open()?;
        while let Some(name) = reader.text.key(&mut first)? {
            match self.table.position(&name, next) {
                Some(index) => {
                    next = index + 1;
                    self.field(index, &name, reader, &Place::Key(place, &name))?;
                }
                None => self.other(name, reader, place)?,
            }
        }
        let departures = reader.departures_since(mark);
        if departures.len() > 1 {
            self.table.sort(departures, place);
        }
        Ok(self.finish(reader, place))
    }

    #[inline]
    fn field(&mut self, index: usize, name: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Result<(), Broken> {
        let Some(field) = self.slots.fields.get_mut(index) else { return Err(Broken) };
        if self.filled.set(index) {
            // Of several with one name the last counts.
            field.clear();
            self.slots.extra.remove(name);
        }
        let mark = reader.mark();
        let kept = match field.fill(reader, place) {
            Told::Whole => return Ok(()),
            Told::Broken => return Err(Broken),
            Told::Missing if index < self.table.required => {
                self.missing = true;
                return Ok(());
            }
            Told::Inexact => {
                reader.depart(mark, place);
                true
            }
            Told::Lossy => reader.weighing || reader.room.take(reader.raw(mark).len()),
            Told::Departed | Told::Missing => false,
        };
        if !kept {
            // It departs as a whole, or there is no room for it twice.
            field.clear();
            reader.forget(mark);
            reader.depart(mark, place);
        }
        self.keep(name, reader, mark);
        Ok(())
    }

    /// A constant, or a field that the document does not name.
    fn other(&mut self, name: Cow<'_, str>, reader: &mut Reader<'_>, place: &Place<'_>) -> Result<(), Broken> {
        let mark = reader.mark();
        let mut constants = self.table.constants.iter().enumerate();
        let is_kept = if let Some((index, (_, constant))) = constants.find(|(_, (constant, _))| *constant == name) {
            if self.constants.set(index) {
                self.slots.extra.remove(&name);
            }
            let same = constant.literal().is_next(&mut reader.text)?;
            if !same {
                reader.pay(Toll::Denied, 1);
            }
            !same
        } else if let Some(additional) = &mut self.slots.additional {
            match reader.part(&name, *additional, &Place::Key(place, &name)) {
                Told::Broken => return Err(Broken),
                told => told != Told::Whole,
            }
        } else {
            reader.text.skip()?;
            reader.pay(Toll::Unnamed, 1);
            true
        };
        if is_kept {
            self.keep(&name, reader, mark);
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, reader: &mut Reader<'_>, mark: Mark) {
        if !reader.weighing {
            let taken = self.slots.extra.keep(name, reader.raw(mark));
            reader.room.spend(taken);
        }
    }

    fn finish(self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        let Self { table, slots, filled, constants, missing } = self;
        let required = table.fields.iter().zip(slots.fields.iter()).take(table.required).enumerate();
        for (index, (name, field)) in required {
            if !filled.has(index) && !field.may_be_missing() {
                if !reader.weighing {
                    reader.missing = Place::Key(place, name).to_string();
                }
                return Told::Missing;
            }
        }
        if missing {
            return Told::Missing;
        }
        if !reader.weighing {
            let absent = (0..table.constants.len()).filter(|index| !constants.has(*index));
            absent.for_each(|index| reader.room.spend(slots.extra.mark_absent(index)));
        }
        Told::Whole
    }
}
