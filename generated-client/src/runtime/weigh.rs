//! What it costs to read a value as a type: what a union without a tag goes by where several alternatives look alike.
//!
//! A trial reads a value and keeps nothing of it but the cost. Unions nest, and each may hold the next in several of its
//! alternatives, so that trials inside trials would cost the product of their numbers. They do not, because each value is
//! weighed once for each type: the second trial that comes by takes the cost from the memo and does not go further down. So
//! the work grows with the number of values, however deep they nest.

use std::any::TypeId;
use std::collections::HashMap;

use serde_json::Value;

/// What is lost or bent where a value is read as a type. The less the better; what comes first weighs most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// Values that depart from their type, each with its weight.
    pub(super) departed: u32,
    /// Plain values that an open enum or union takes and does not name.
    pub(super) undocumented: u32,
    /// Fields that a model does not name.
    pub(super) unnamed: u32,
    /// Values that became one of another kind without loss.
    pub(super) coerced: u32,
    /// Values whose type takes anything, or more than it need.
    pub(super) untyped: u32,
}

impl Cost {
    pub(super) const NONE: Self = Self { departed: 0, undocumented: 0, unnamed: 0, coerced: 0, untyped: 0 };

    /// The cost of a value that no alternative of a union takes. An object or a list is lost to the type as much as one
    /// that departs; a plain value is merely a new one.
    pub(super) fn of_undocumented(value: &Value) -> Self {
        match value {
            Value::Object(_) | Value::Array(_) => Self { departed: weight(value), ..Self::NONE },
            _ => Self { undocumented: 1, ..Self::NONE },
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.departed = self.departed.saturating_add(other.departed);
        self.undocumented = self.undocumented.saturating_add(other.undocumented);
        self.unnamed = self.unnamed.saturating_add(other.unnamed);
        self.coerced = self.coerced.saturating_add(other.coerced);
        self.untyped = self.untyped.saturating_add(other.untyped);
    }
}

/// One, and one for each part: a container that departs whole costs more than its parts one by one.
pub(super) fn weight(value: &Value) -> u32 {
    let parts = match value {
        Value::Object(object) => object.len(),
        Value::Array(list) => list.len(),
        _ => 0,
    };
    u32::try_from(parts).unwrap_or(u32::MAX).saturating_add(1)
}

/// A value and the type that it is read as. A value is known by its address: it outlives the reader.
type Key = (usize, TypeId);

fn key(value: &Value, id: TypeId) -> Key {
    (std::ptr::from_ref(value).addr(), id)
}

/// The alternative of a union that a value is read as, if any, and what that costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) index: Option<usize>,
    pub(super) cost: Cost,
}

/// The cost of the read so far, and what is known of values that were weighed.
#[derive(Debug, Default)]
pub(super) struct Scales {
    pub(super) cost: Cost,
    /// Whether the read is a trial: nothing of it is kept but the cost.
    pub(super) weighing: bool,
    /// What a model costs; where it cannot be read, whether that is because a value is missing.
    models: HashMap<Key, Result<Cost, bool>>,
    choices: HashMap<Key, Choice>,
}

impl Scales {
    /// What is known of a value as a model.
    pub(super) fn model(&self, value: &Value, id: TypeId) -> Option<Result<Cost, bool>> {
        if self.weighing { self.models.get(&key(value, id)).copied() } else { None }
    }

    /// Remembers what a value costs as a model.
    pub(super) fn put_model(&mut self, value: &Value, id: TypeId, known: Result<Cost, bool>) {
        if self.weighing {
            self.models.insert(key(value, id), known);
        }
    }

    /// What was chosen for a value of a union.
    pub(super) fn choice(&self, value: &Value, id: TypeId) -> Option<Choice> {
        if self.choices.is_empty() { None } else { self.choices.get(&key(value, id)).copied() }
    }

    /// Remembers what was chosen. Plain values have nothing below them: to weigh them again costs less.
    pub(super) fn put_choice(&mut self, value: &Value, id: TypeId, choice: Choice) {
        if value.is_object() || value.is_array() {
            self.choices.insert(key(value, id), choice);
        }
    }
}
