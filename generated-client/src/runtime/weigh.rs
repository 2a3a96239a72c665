//! What it costs to read a value as a type: what a union without a tag goes by where several alternatives look alike.
//!
//! A trial reads a value and keeps nothing of it but the cost. Unions nest, and each may hold the next in several of its
//! alternatives, so that trials inside trials would cost the product of their numbers. They do not, because each value is
//! weighed once for each type: the second trial that comes by takes the cost from the memo and does not go further down. So
//! the work grows with the number of values, however deep they nest.

use std::any::TypeId;
use std::collections::HashMap;

use super::reader::{Reader, Told};

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

    /// One, and one for each part: a container that departs whole costs more than its parts one by one.
    pub(super) fn weight(parts: usize) -> u32 {
        u32::try_from(parts).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The cost of a value that no alternative of a union takes. An object or a list is lost to the type as much as one
    /// that departs; a plain value is merely a new one.
    pub(super) fn of_undocumented(is_whole: bool, parts: usize) -> Self {
        if is_whole {
            Self { departed: Self::weight(parts), ..Self::NONE }
        } else {
            Self { undocumented: 1, ..Self::NONE }
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

/// A value, known by its place in the text, and the type that it is read as.
type Key = (usize, TypeId);

/// The alternative of a union that a value is read as, if any, what that costs, and where the value ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) index: Option<usize>,
    pub(super) cost: Cost,
    pub(super) end: usize,
}

/// How a model was read, what that costs, and where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    pub(super) told: Told,
    pub(super) cost: Cost,
    pub(super) end: usize,
}

/// What is known of values that were weighed.
#[derive(Debug, Default)]
pub(super) struct Memo {
    pub(super) models: HashMap<Key, Weighed>,
    pub(super) choices: HashMap<Key, Choice>,
    /// The memory that they take.
    taken: usize,
}

impl Memo {
    pub(super) fn is_empty(&self) -> bool {
        self.models.is_empty() && self.choices.is_empty()
    }
}

impl Reader<'_> {
    /// The cost of a reading of which nothing is kept.
    pub(super) fn trial(&mut self, read: impl FnOnce(&mut Self) -> Told) -> (Told, Cost) {
        let before = (std::mem::replace(&mut self.weighing, true), std::mem::take(&mut self.cost));
        let told = read(self);
        let cost = self.cost;
        (self.weighing, self.cost) = before;
        (told, cost)
    }

    /// Makes room to remember what a trial found. Without, the trial goes no deeper, so that it does not come by in vain.
    pub(super) fn remember<T>(&mut self) -> bool {
        // A hash map has up to twice as many places, and while it grows half of them again.
        let bytes = 4 * size_of::<(Key, T)>();
        let is_room = self.room.take(bytes);
        self.memo.taken += if is_room { bytes } else { 0 };
        is_room
    }

    /// Forgets what trials found in a value that is read.
    pub(super) fn forget_trials(&mut self) {
        let Memo { taken, .. } = std::mem::take(&mut self.memo);
        self.room.give_back(taken);
    }
}
