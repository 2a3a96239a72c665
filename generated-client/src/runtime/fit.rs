//! How well a JSON value fits a type: what a union without a tag goes by.

use serde_json::{Map, Value};

use super::model::{Constant, Table};

/// How many lists and maps deep a look goes: a union of lists of itself would else be looked at to its end, at each level
/// again.
pub(super) const LOOK: usize = 3;

/// How well a value fits a type. The greater fits better; what comes first weighs most.
///
/// It looks at the value itself and at the first element of a list, a few lists deep, so that nested unions stay linear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fitness {
    /// Constants that match less those that differ, and required fields that are there.
    sure: i32,
    /// Optional fields that are there.
    known: i32,
    /// Minus the fields that the document does not name.
    unknown: i32,
}

impl Fitness {
    /// The value is of a kind that the type takes, and that is all that is known.
    pub const KIND: Self = Self { sure: 1, known: 0, unknown: 0 };
    /// The value is one of those that the type names.
    pub const NAMED: Self = Self { sure: 3, known: 0, unknown: 0 };
    /// The value is of the kind, but not one of those that the type names; or the type takes any value.
    pub const LOOSE: Self = Self { sure: -1, known: 0, unknown: 0 };

    /// `KIND` where the value is of the kind.
    pub(super) fn kind(is: bool) -> Option<Self> {
        is.then_some(Self::KIND)
    }

    /// How well a value of the right kind fits an enum.
    #[must_use]
    pub fn of_enum(documented: bool) -> Self {
        if documented { Self::NAMED } else { Self::LOOSE }
    }

    /// The fitness of a container whose first element fits as told: no better than a bare kind says.
    pub(super) fn first(element: Option<Option<Self>>) -> Option<Self> {
        match element {
            None => Some(Self::KIND),
            Some(fitness) => fitness,
        }
    }

    /// How well an object fits a model. It does not fit where a required field is missing.
    pub(super) fn of_object(object: &Map<String, Value>, table: &Table) -> Option<Self> {
        let there = |names: &[&str]| names.iter().filter(|name| object.contains_key(**name)).count();
        let required = there(table.required);
        if required < table.required.len() {
            return None;
        }
        let known = there(table.optional);
        let (matching, differing) = constants(object, table.constants);
        let unknown = object.len().saturating_sub(required + known + matching + differing);
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX / 8);
        Some(Self {
            sure: count(required).saturating_add(count(3 * matching)).saturating_sub(count(5 * differing)),
            known: count(known),
            unknown: -count(unknown),
        })
    }
}

fn constants(object: &Map<String, Value>, constants: &[(&str, &dyn Constant)]) -> (usize, usize) {
    let mut matching = 0;
    let mut differing = 0;
    for (name, constant) in constants {
        match object.get(*name) {
            Some(value) if constant.literal().is(value) => matching += 1,
            Some(_) => differing += 1,
            None => {}
        }
    }
    (matching, differing)
}
