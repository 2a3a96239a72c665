//! What a model holds beside its fields.

use serde_json::{Map, Value};

/// What arrived with a model and has no place in its fields: fields that the document does not name, and the raw value of
/// each field whose value departs from its type.
///
/// An entry wins over the field of the same wire name when the model is written. So an answer goes back as it came, and a
/// request can carry what the document does not allow for. To write a field whose raw value is in here, remove the entry.
///
/// It takes one pointer in the model and nothing else while it is empty.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

#[derive(Clone, Default)]
struct Kept {
    fields: Map<String, Value>,
    absent_constants: Vec<&'static str>,
}

impl Extra {
    /// Nothing beside the fields.
    pub const NONE: Self = Self(None);

    /// The value under a wire name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.fields.get(name)
    }

    /// Puts a value under a wire name; gives back the one that was there.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.kept().fields.insert(name.into(), value.into())
    }

    /// Takes out the value under a wire name.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.fields.remove(name)
    }

    /// Whether there is a value under a wire name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The entries, sorted by wire name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let fields = self.0.as_ref().map(|kept| kept.fields.iter());
        fields.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// The number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.fields.len())
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Remembers that a constant did not arrive, so that it is not written either.
    pub(super) fn mark_absent(&mut self, constant: &'static str) {
        self.kept().absent_constants.push(constant);
    }

    pub(super) fn is_absent(&self, constant: &str) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.absent_constants.contains(&constant))
    }

    fn kept(&mut self) -> &mut Kept {
        self.0.get_or_insert_default()
    }
}

/// Equal where the entries are equal.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for Extra {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl FromIterator<(String, Value)> for Extra {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(entries: I) -> Self {
        let fields: Map<_, _> = entries.into_iter().collect();
        if fields.is_empty() {
            return Self::default();
        }
        Self(Some(Box::new(Kept { fields, absent_constants: Vec::new() })))
    }
}
