//! Reading the fields of a model from an object that departs from it.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::extra::Extra;
use super::lenient::Lenient;
use super::model::Table;
use super::patch::Patch;
use super::reader::{Frame, Reader};

/// Reads the fields of one model.
#[derive(Debug)]
pub struct ObjectReader<'v, 'r> {
    object: &'v Map<String, Value>,
    table: &'static Table,
    reader: &'r mut Reader<'v>,
    extra: Extra,
    /// Whether a map of the model takes the fields that the document does not name.
    open: bool,
}

impl<'v, 'r> ObjectReader<'v, 'r> {
    pub(super) fn new(object: &'v Map<String, Value>, table: &'static Table, reader: &'r mut Reader<'v>) -> Self {
        Self { object, table, reader, extra: Extra::default(), open: false }
    }

    /// A field that must be there.
    pub fn required<T: Lenient>(&mut self, name: &'static str) -> Option<T> {
        let Some(value) = self.object.get(name) else {
            return match T::missing() {
                None if self.reader.is_making_up() => T::empty(self.reader),
                None => self.reader.missing(name),
                some => some,
            };
        };
        let frame = self.reader.enter(name);
        let mut read = T::read(value, self.reader);
        // A value of another kind never fails the answer; one that is missing inside it does.
        if read.is_none() && !self.reader.is_missing() {
            read = T::empty(self.reader);
            if read.is_some() {
                self.reader.depart_whole(&frame, value);
            }
        }
        self.leave(frame, name, value);
        read
    }

    /// A field that may be missing or null.
    pub fn optional<T: Lenient>(&mut self, name: &'static str) -> Option<T> {
        let value = self.object.get(name).filter(|value| !value.is_null())?;
        self.field(name, value)
    }

    /// A field of which missing, null and a value are told apart.
    pub fn nullable<T: Lenient>(&mut self, name: &'static str) -> Patch<T> {
        match self.object.get(name) {
            None => Patch::Absent,
            Some(Value::Null) => Patch::Null,
            Some(value) => self.field(name, value).map_or(Patch::Absent, Patch::Value),
        }
    }

    /// The fields that the document does not name, where it gives them a type.
    pub fn additional<M: Additional>(&mut self) -> M {
        self.open = true;
        let mut map = M::default();
        let object = self.object;
        for (name, value) in object.iter().filter(|(name, _)| !self.table.names(name)) {
            if let Some(value) = self.field(name, value) {
                map.put(name.clone(), value);
            }
        }
        map
    }

    /// What has no place in the fields.
    pub fn finish(self) -> Extra {
        let Self { object, table, mut extra, open, reader } = self;
        for (name, value) in object {
            let constant = table.constant(name);
            let unnamed = constant.is_none() && !open && !table.names(name);
            let differs = constant.is_some_and(|constant| !constant.is(value));
            if unnamed {
                reader.unnamed();
            }
            if differs {
                reader.undocumented();
            }
            if (unnamed || differs) && !reader.is_weighing() {
                extra.insert(name.as_str(), value.clone());
            }
        }
        for (name, _) in table.constants.iter().filter(|(name, _)| !object.contains_key(*name)) {
            extra.mark_absent(name);
        }
        extra
    }

    fn field<T: Lenient>(&mut self, name: &'v str, value: &'v Value) -> Option<T> {
        let frame = self.reader.enter(name);
        let read = T::read(value, self.reader);
        if read.is_none() {
            self.reader.depart_whole(&frame, value);
        }
        self.leave(frame, name, value);
        read
    }

    fn leave(&mut self, frame: Frame, name: &str, value: &Value) {
        if self.reader.leave(frame) && !self.reader.is_weighing() {
            self.extra.insert(name, value.clone());
        }
    }
}

/// A map for the fields that the document does not name.
pub trait Additional: Default {
    /// The type that the document gives them.
    type Value: Lenient;

    /// Puts one in.
    fn put(&mut self, name: String, value: Self::Value);
}

impl<T: Lenient> Additional for BTreeMap<String, T> {
    type Value = T;

    fn put(&mut self, name: String, value: T) {
        self.insert(name, value);
    }
}

impl<T: Lenient> Additional for HashMap<String, T> {
    type Value = T;

    fn put(&mut self, name: String, value: T) {
        self.insert(name, value);
    }
}

impl Additional for Map<String, Value> {
    type Value = Value;

    fn put(&mut self, name: String, value: Value) {
        self.insert(name, value);
    }
}
