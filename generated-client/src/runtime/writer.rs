//! Writes models.

use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::extra::Extra;
use super::model::{Literal, Table};
use super::patch::Patch;

/// A writer of the fields of one model, in the order of its table. An entry of [`Extra`] replaces the field of its
/// name.
///
/// The first error is kept until the end, so that the generated code has no `?` for each field.
#[derive(Debug)]
pub struct ObjectWriter<'a, M: SerializeMap> {
    map: M,
    table: &'static Table,
    extra: &'a Extra,
    /// True if a field arrived as null, or a constant did not arrive.
    has_marks: bool,
    /// The bits of the names in `extra`, so that most fields need not be looked up.
    names: u64,
    written: Result<(), M::Error>,
}

/// Writes a model: its constants, its fields and its `extra`; or only the list, if the model arrived as a list.
///
/// # Errors
/// Fails if the serializer fails.
pub fn write<S: Serializer>(
    serializer: S,
    table: &'static Table,
    extra: &Extra,
    fields: impl FnOnce(&mut ObjectWriter<'_, S::SerializeMap>),
) -> Result<S::Ok, S::Error> {
    if let Some(list) = extra.list() {
        return list.serialize(serializer);
    }
    let entries = extra.fields();
    let mut writer = ObjectWriter {
        map: serializer.serialize_map(None)?,
        table,
        extra,
        has_marks: extra.has_marks(),
        names: entries.map_or(0, |entries| entries.keys().fold(0, |names, name| names | bit(name))),
        written: Ok(()),
    };
    for (index, (name, constant)) in table.constants.iter().enumerate() {
        if !extra.is_marked(table.fields.len() + index) {
            writer.field(name, constant);
        }
    }
    fields(&mut writer);
    for (name, value) in entries.into_iter().flatten() {
        writer.entry(name, value);
    }
    writer.written?;
    writer.map.end()
}

impl<M: SerializeMap> ObjectWriter<'_, M> {
    /// Writes a field if it has a value or arrived as null.
    #[inline]
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        match value {
            Some(value) => self.field(name, value),
            None if self.has_marks => self.null(name),
            None => {}
        }
    }

    fn null(&mut self, name: &str) {
        if self.table.position(name, 0).is_some_and(|index| self.extra.is_marked(index)) {
            self.field(name, &());
        }
    }

    /// Writes a field as a value or as null, or not at all if it is absent.
    #[inline]
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Patch<T>) {
        if !value.is_absent() {
            self.field(name, value);
        }
    }

    /// Writes the entries of a map as fields.
    pub fn additional<'m, T: Serialize + 'm>(&mut self, map: impl IntoIterator<Item = (&'m String, &'m T)>) {
        map.into_iter().for_each(|(name, value)| self.field(name, value));
    }

    /// Writes a field that has a value.
    #[inline]
    pub fn field<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.names & bit(name) == 0 || !self.extra.contains(name) {
            self.entry(name, value);
        }
    }

    fn entry<T: Serialize>(&mut self, name: &str, value: &T) {
        if self.written.is_ok()
            && let Err(error) = self.map.serialize_entry(name, value)
        {
            self.written = Err(error);
        }
    }
}

/// Returns one of 64 bits, by the length of a name and its middle byte. The compiler computes the bit of a field.
#[inline]
fn bit(name: &str) -> u64 {
    let middle = name.as_bytes().get(name.len() / 2).copied().unwrap_or(0);
    1 << ((name.len() + usize::from(middle)) % 64)
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_string {
            return serializer.serialize_str(self.text);
        }
        let value: Value = self.text.parse().map_err(Error::custom)?;
        value.serialize(serializer)
    }
}
