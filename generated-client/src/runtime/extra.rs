//! The values that a model holds in addition to its fields.

use std::sync::OnceLock;

use serde_json::{Map, Value};

/// The values that arrived with a model and have no place in its fields: fields that the document does not name, and
/// the raw value of each field or constant that does not match, in whole or in part.
///
/// When the model is written, an entry replaces the field that has the same name on the wire. So a response is written
/// back without loss, and a request can carry values that the document does not allow. To write a field whose raw value
/// is in here, remove the entry.
///
/// If an array arrives in place of a model that has one list field, that field holds the elements. An entry under the
/// field's name on the wire holds the raw array, and the model is written as that array. Without the entry the model is
/// written as an object.
///
/// Values that arrived are kept as JSON text, and are parsed at the first access or when the model is written. An
/// `Extra` that never held anything takes 16 bytes in the model and no other memory.
///
/// In addition to the entries there are marks: an optional field that arrived as null is marked, and is written as null
/// while it holds no value; a constant that did not arrive is marked, and is not written.
#[derive(Clone, Default)]
pub struct Extra {
    /// The marks of the first 64 fields and constants, a bit for each.
    marks: u64,
    kept: Option<Box<Kept>>,
}

#[derive(Clone, Default)]
struct Kept {
    /// The names and values as they arrived, with commas between them; empty once an entry was changed.
    raw: String,
    fields: OnceLock<Map<String, Value>>,
    /// The name of the entry that holds the list that arrived as the whole model.
    list: Option<Box<str>>,
    /// The numbers of the other fields and constants that are marked.
    marks: Vec<usize>,
}

impl Extra {
    /// No entries and no marks.
    pub const NONE: Self = Self { marks: 0, kept: None };

    /// Returns the value under a name on the wire.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields()?.get(name)
    }

    /// Sets the value under a name on the wire, and returns the previous one.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.kept().change(|fields| fields.insert(name.into(), value.into()))
    }

    /// Removes the value under a name on the wire, and returns it.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let kept = self.kept.as_mut()?;
        kept.list.take_if(|list| **list == *name);
        kept.change(|fields| fields.remove(name))
    }

    /// Returns whether there is a value under a name on the wire.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Returns the entries, sorted by name on the wire.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields().map_or(0, Map::len)
    }

    /// Returns whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a value that arrived, as JSON that was checked when it was read. Returns an estimate of the memory for it,
    /// in bytes.
    #[cold]
    pub(super) fn keep(&mut self, name: &str, raw: &str) -> usize {
        let held = self.held();
        let kept = self.kept();
        if kept.fields.get().is_some() {
            kept.change(|fields| fields.insert(name.to_owned(), raw.parse().unwrap_or_default()));
            return raw.len();
        }
        let name = Value::from(name).to_string();
        for piece in [if kept.raw.is_empty() { "" } else { "," }, &name, ":", raw] {
            kept.raw.push_str(piece);
        }
        self.held() - held
    }

    /// Adds the list that arrived as the whole model, otherwise as [`keep`](Self::keep) does.
    pub(super) fn keep_list(&mut self, name: &str, raw: &str) -> usize {
        self.kept().list = Some(name.into());
        size_of::<Kept>() + self.keep(name, raw)
    }

    /// Returns the list that arrived as the whole model.
    #[inline]
    pub(super) fn list(&self) -> Option<&Value> {
        self.get(self.kept.as_ref()?.list.as_deref()?)
    }

    /// Marks a field that arrived as null, or a constant that did not arrive, by its index in the model's table, where
    /// the constants follow the fields. Returns an estimate of the memory that this takes, in bytes.
    pub(super) fn mark(&mut self, number: usize) -> usize {
        if number < 64 {
            self.marks |= 1 << number;
            return 0;
        }
        let held = self.held();
        if !self.is_marked(number) {
            self.kept().marks.push(number);
        }
        self.held() - held
    }

    #[inline]
    pub(super) fn has_marks(&self) -> bool {
        self.marks != 0 || self.kept.as_ref().is_some_and(|kept| !kept.marks.is_empty())
    }

    #[inline]
    pub(super) fn is_marked(&self, number: usize) -> bool {
        match &self.kept {
            _ if number < 64 => self.marks & 1 << number != 0,
            Some(kept) => kept.marks.contains(&number),
            None => false,
        }
    }

    /// Returns the entries; `None` if nothing was ever stored.
    #[inline]
    pub(super) fn fields(&self) -> Option<&Map<String, Value>> {
        self.kept.as_ref().map(|kept| kept.fields.get_or_init(|| parse(&kept.raw)))
    }

    fn kept(&mut self) -> &mut Kept {
        self.kept.get_or_insert_default()
    }

    fn held(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| size_of::<Kept>() + kept.raw.capacity())
    }
}

impl Kept {
    fn change<R>(&mut self, change: impl FnOnce(&mut Map<String, Value>) -> R) -> R {
        let mut fields = self.fields.take().unwrap_or_else(|| parse(&self.raw));
        self.raw = String::new();
        let result = change(&mut fields);
        self.fields = fields.into();
        result
    }
}

/// Parses the entries. They were checked when they arrived, so an error is not reported.
fn parse(raw: &str) -> Map<String, Value> {
    match format!("{{{raw}}}").parse() {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Compares the entries, not the marks.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for Extra {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
