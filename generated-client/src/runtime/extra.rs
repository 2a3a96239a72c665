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
/// It takes one pointer in the model and nothing else while it is empty. What arrived is held as its text, and parsed when
/// somebody asks for an entry, or writes the model.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

#[derive(Clone, Default)]
struct Kept {
    /// Names and values as they came, with commas between them; empty once an entry was changed.
    raw: String,
    fields: OnceLock<Map<String, Value>>,
    /// By their index in the table.
    absent_constants: Bits,
}

impl Extra {
    /// Nothing beside the fields.
    pub const NONE: Self = Self(None);

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
        self.0.as_mut()?.change(|fields| fields.remove(name))
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

    /// Remembers that a constant did not arrive, so that it is not written either. Gives how much memory that takes.
    pub(super) fn mark_absent(&mut self, index: usize) -> usize {
        let held = self.held();
        self.kept().absent_constants.set(index);
        self.held() - held
    }

    pub(super) fn is_absent(&self, index: usize) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.absent_constants.has(index))
    }

    #[inline]
    fn fields(&self) -> Option<&Map<String, Value>> {
        self.0.as_ref().map(|kept| kept.fields.get_or_init(|| parse(&kept.raw)))
    }

    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }

    fn held(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| size_of::<Kept>() + kept.raw.capacity())
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
