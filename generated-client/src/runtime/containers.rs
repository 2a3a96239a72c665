//! Reading of values that hold others: options, lists and maps.

use std::collections::{BTreeMap, HashMap};

use super::decode::{Decodable, Place};
use super::patch::Patch;
use super::reader::{Parts, Reader, Told};

impl<T: Decodable> Decodable for Option<T> {
    const MAY_BE_MISSING: bool = true;
    const IS_LIST: bool = T::IS_LIST;

    fn blank() -> Self {
        None
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        if reader.text.peek() == b'n' {
            return reader.text.word("null").map_or_else(Told::from, |()| Told::Whole);
        }
        self.insert(T::blank()).fill(reader, place)
    }
}

impl<T: Decodable> Decodable for Patch<T> {
    const MAY_BE_MISSING: bool = true;
    const IS_LIST: bool = T::IS_LIST;

    fn blank() -> Self {
        Self::Absent
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        let mut value = None;
        let told = value.fill(reader, place);
        *self = value.into();
        told
    }
}

impl<T: Decodable> Decodable for Box<T> {
    const IS_LIST: bool = T::IS_LIST;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        if !reader.weighing && !reader.room.take(size_of::<T>()) {
            return reader.unexpected("a value that takes less memory");
        }
        T::fill(self, reader, place)
    }
}

/// Elements that depart are left out. The model around the list keeps the raw list.
impl<T: Decodable> Decodable for Vec<T> {
    const IS_LIST: bool = true;

    fn blank() -> Self {
        Self::new()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        let told = reader.list(self, place);
        if self.is_empty() {
            // A list without elements keeps no memory for them.
            *self = Self::new();
        }
        told
    }
}

impl<T: Decodable> Parts for Vec<T> {
    /// Reads the element in place, because a model is too large to be moved.
    fn add(&mut self, _: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        if !reader.weighing && !reader.room.grow(self) {
            return reader.unexpected("a list that takes less memory");
        }
        self.push(T::blank());
        let told = self.last_mut().map_or(Told::Departed, |element| element.fill(reader, place));
        if !told.is_read() || reader.weighing {
            self.pop();
        }
        told
    }
}

macro_rules! map {
    ($($type:ident)*) => {$(
        /// Entries whose value departs are left out. The model around the map keeps the raw object.
        impl<T: Decodable> Decodable for $type<String, T> {
            fn blank() -> Self {
                Self::new()
            }

            fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
                reader.map(self, place)
            }
        }

        impl<T: Decodable> Parts for $type<String, T> {
            fn add(&mut self, name: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
                if !reader.weighing && !reader.room.entry::<T>(self.len()) {
                    return reader.unexpected("a map that takes less memory");
                }
                let mut value = T::blank();
                let told = value.fill(reader, place);
                if told.is_read() && !reader.weighing {
                    self.insert(name.to_owned(), value);
                }
                told
            }
        }
    )*};
}

map! { BTreeMap HashMap }
