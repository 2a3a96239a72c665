//! What a model holds beside its fields.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use super::model::Bits;

/// What arrived with a model and has no place in its fields: fields that the document does not name, and the raw value of
/// each field whose value departs from its type.
///
/// An entry wins over the field of the same wire name when the model is written. So an answer goes back as it came, and a
/// request can carry what the document does not allow for. To write a field whose raw value is in here, remove the entry.
///
/// A model that came as a bare list has that list in here, under the name that its field has on the wire, and is written as
/// this list alone; without the entry it is written as an object.
///
/// It takes two words in the model and nothing else while it is empty. What arrived is held as its text, and parsed when
/// somebody asks for an entry, or writes the model. Which optional fields arrived as null is remembered beside, and no entry:
/// they are written as null while they hold no value.
#[derive(Clone, Default)]
pub struct Extra {
    /// The marks below 64.
    marks: u64,
    kept: Option<Box<Kept>>,
}

#[derive(Clone, Default)]
struct Kept {
    /// Names and values as they came, with commas between them; empty once an entry was changed.
    raw: String,
    fields: OnceLock<Map<String, Value>>,
    /// The entry that is the whole model.
    list: Option<Box<str>>,
    /// The marks from 64 on.
    marks: Bits,
}

impl Extra {
    /// Nothing beside the fields.
    pub const NONE: Self = Self { marks: 0, kept: None };

    /// The value under a wire name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields()?.get(name)
    }

    /// Puts a value under a wire name; gives back the one that was there.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.kept().change(|fields| fields.insert(name.into(), value.into()))
    }

    /// Takes out the value under a wire name.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let kept = self.kept.as_mut()?;
        kept.list.take_if(|list| **list == *name);
        kept.change(|fields| fields.remove(name))
    }

    /// Whether there is a value under a wire name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The entries, sorted by wire name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// The number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields().map_or(0, Map::len)
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Keeps what arrived: JSON that was checked when it was passed. Gives how much memory that takes.
    #[cold]
    pub(super) fn keep(&mut self, name: &str, raw: &str) -> usize {
        let held = self.held();
        let kept = self.kept();
        if kept.fields.get().is_some() {
            kept.change(|fields| fields.insert(name.to_owned(), serde_json::from_str(raw).unwrap_or_default()));
            return raw.len();
        }
        let name = Value::from(name).to_string();
        for piece in [if kept.raw.is_empty() { "" } else { "," }, &name, ":", raw] {
            kept.raw.push_str(piece);
        }
        self.held() - held
    }

    /// Keeps the list that came as the whole model. Gives how much memory that takes.
    pub(super) fn keep_list(&mut self, name: &str, raw: &str) -> usize {
        self.kept().list = Some(name.into());
        size_of::<Kept>() + self.keep(name, raw)
    }

    /// The list that came as the whole model.
    pub(super) fn list(&self) -> Option<&Value> {
        self.get(self.kept.as_ref()?.list.as_deref()?)
    }

    /// Marks a field that arrived as null, or a constant that did not arrive, by its place in the table: the constants stand
    /// behind the fields. Gives how much memory that takes.
    pub(super) fn mark(&mut self, number: usize) -> usize {
        if number < 64 {
            self.marks |= 1 << number;
            return 0;
        }
        let held = self.held();
        self.kept().marks.set(number);
        self.held() - held
    }

    /// Whether something is marked.
    #[inline]
    pub(super) fn has_marks(&self) -> bool {
        self.marks != 0 || self.kept.is_some()
    }

    pub(super) fn is_marked(&self, number: usize) -> bool {
        match &self.kept {
            _ if number < 64 => self.marks & 1 << number != 0,
            Some(kept) => kept.marks.has(number),
            None => false,
        }
    }

    #[inline]
    fn fields(&self) -> Option<&Map<String, Value>> {
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

/// The entries as values. They were checked when they arrived.
fn parse(raw: &str) -> Map<String, Value> {
    serde_json::from_str(&format!("{{{raw}}}")).unwrap_or_default()
}

/// Equal where the entries are equal.
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

impl FromIterator<(String, Value)> for Extra {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(entries: I) -> Self {
        let mut extra = Self::NONE;
        entries.into_iter().for_each(|(name, value)| drop(extra.insert(name, value)));
        extra
    }
}
