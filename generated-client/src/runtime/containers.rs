//! Reading of values that hold others: options, patches, boxes, lists and maps.

use std::collections::{BTreeMap, HashMap};

use super::decode::{Decodable, Place};
use super::patch::Patch;
use super::reader::{Failure, Fidelity, Outcome, Parts, Reader};

impl<T: Decodable> Decodable for Option<T> {
    const MAY_BE_MISSING: bool = true;
    const IS_LIST: bool = T::IS_LIST;

    fn initial() -> Self {
        None
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        if reader.text.peek() == b'n' {
            reader.text.word("null")?;
            return Ok(Fidelity::Whole);
        }
        self.insert(T::initial()).fill(reader, place)
    }
}

impl<T: Decodable> Decodable for Patch<T> {
    const MAY_BE_MISSING: bool = true;
    const IS_LIST: bool = T::IS_LIST;

    fn initial() -> Self {
        Self::Absent
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        let mut value = None;
        let fidelity = value.fill(reader, place)?;
        *self = value.into();
        Ok(fidelity)
    }
}

impl<T: Decodable> Decodable for Box<T> {
    const IS_LIST: bool = T::IS_LIST;

    fn initial() -> Self {
        Self::new(T::initial())
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        if !reader.in_trial && !reader.room.take(size_of::<T>()) {
            return Err(reader.unexpected("a value that takes less memory"));
        }
        T::fill(self, reader, place)
    }
}

/// Elements that do not match are left out. The model around the list keeps the raw list.
impl<T: Decodable> Decodable for Vec<T> {
    const IS_LIST: bool = true;

    fn initial() -> Self {
        Self::new()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        let outcome = reader.list(self, place);
        if self.is_empty() {
            // Elements that were left out may have taken memory.
            *self = Self::new();
        }
        outcome
    }
}

impl<T: Decodable> Parts for Vec<T> {
    /// Reads the element in place, because moving a large model takes time.
    fn add(&mut self, _: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        if !reader.in_trial && !reader.room.grow(self) {
            return Err(reader.unexpected("a list that takes less memory"));
        }
        self.push(T::initial());
        let outcome = self.last_mut().ok_or(Failure::Mismatched)?.fill(reader, place);
        if outcome.is_err() || reader.in_trial {
            self.pop();
        }
        outcome
    }
}

macro_rules! map {
    ($($type:ident)*) => {$(
        /// Entries whose value does not match are left out. The model around the map keeps the raw object.
        impl<T: Decodable> Decodable for $type<String, T> {
            fn initial() -> Self {
                Self::new()
            }

            fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
                reader.map(self, place)
            }
        }

        impl<T: Decodable> Parts for $type<String, T> {
            fn add(&mut self, name: &str, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
                if !reader.in_trial && !reader.room.entry::<T>(self.len()) {
                    return Err(reader.unexpected("a map that takes less memory"));
                }
                let mut value = T::initial();
                let fidelity = value.fill(reader, place)?;
                if !reader.in_trial {
                    self.insert(name.to_owned(), value);
                }
                Ok(fidelity)
            }
        }
    )*};
}

map! { BTreeMap HashMap }
