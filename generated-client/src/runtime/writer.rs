//! Writing a model.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::extra::Extra;
use super::model::{Literal, Table};
use super::patch::Patch;

/// Writes the fields of one model. An entry of [`Extra`] stands in for the field of its name.
#[derive(Debug)]
pub struct ObjectWriter<'a, M> {
    map: M,
    extra: &'a Extra,
}

/// Begins an object with its constants.
///
/// # Errors
/// Those of the serializer.
pub fn begin<'a, S: Serializer>(
    serializer: S,
    table: &'static Table,
    extra: &'a Extra,
) -> Result<ObjectWriter<'a, S::SerializeMap>, S::Error> {
    let mut writer = ObjectWriter { map: serializer.serialize_map(None)?, extra };
    for (name, constant) in table.constants.iter().filter(|(name, _)| !extra.is_absent(name)) {
        writer.required(name, &constant.literal())?;
    }
    Ok(writer)
}

impl<M: SerializeMap> ObjectWriter<'_, M> {
    /// A field that is always written.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn required<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        if self.extra.contains(name) {
            return Ok(());
        }
        self.map.serialize_entry(name, value)
    }

    /// A field that is written where it has a value.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), M::Error> {
        match value {
            Some(value) => self.required(name, value),
            None => Ok(()),
        }
    }

    /// A field that is written as a value, as null, or not.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Patch<T>) -> Result<(), M::Error> {
        if value.is_absent() { Ok(()) } else { self.required(name, value) }
    }

    /// The fields of a map.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn additional<'m, T: Serialize + 'm>(
        &mut self,
        map: impl IntoIterator<Item = (&'m String, &'m T)>,
    ) -> Result<(), M::Error> {
        map.into_iter().try_for_each(|(name, value)| self.required(name, value))
    }

    /// Ends the object with what has no place in the fields.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn end(mut self) -> Result<M::Ok, M::Error> {
        for (name, value) in self.extra.iter() {
            self.map.serialize_entry(name, value)?;
        }
        self.map.end()
    }
}

impl Serialize for Literal<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(number),
            Self::Flag(flag) => serializer.serialize_bool(flag),
        }
    }
}
