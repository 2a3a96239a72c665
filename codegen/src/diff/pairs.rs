//! What of the old API is what of the new one.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::Alike;
use super::side::Side;
use crate::api::{Api, Operation, Resource, Shape};
use crate::pointer;

/// Indices of one list beside those of another.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    pub(super) both: Vec<(usize, usize)>,
    pub(super) removed: Vec<usize>,
    pub(super) added: Vec<usize>,
}

impl Pairs {
    /// Two lists of these lengths, of which nothing is known yet.
    pub(super) fn of(old: usize, new: usize) -> Self {
        Self { both: Vec::new(), removed: (0..old).collect(), added: (0..new).collect() }
    }

    /// Pairs what is left over and has the same key, where the key is the only one of its kind on either side.
    pub(super) fn by<K: Ord>(mut self, old: impl Fn(usize) -> Option<K>, new: impl Fn(usize) -> Option<K>) -> Self {
        let (mut old, mut new) = (unique(&self.removed, old), unique(&self.added, new));
        new.retain(|key, _| old.contains_key(key));
        old.retain(|key, _| new.contains_key(key));
        self.both.extend(old.into_values().zip(new.into_values()));
        self.settle()
    }

    /// Pairs what is left over and goes together with just one of the other side.
    pub(super) fn that(mut self, together: impl Fn(usize, usize) -> bool) -> Self {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for old in &self.removed {
            found.extend(self.added.iter().filter(|new| together(*old, **new)).map(|new| (*old, *new)));
        }
        let alone = |pair: &&(usize, usize)| {
            found.iter().filter(|other| other.0 == pair.0).count() == 1
                && found.iter().filter(|other| other.1 == pair.1).count() == 1
        };
        self.both.extend(found.iter().filter(alone));
        self.settle()
    }

    fn settle(mut self) -> Self {
        let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = self.both.iter().copied().unzip();
        self.removed.retain(|index| !old.contains(index));
        self.added.retain(|index| !new.contains(index));
        self.both.sort_unstable();
        self
    }
}

fn unique<K: Ord>(indices: &[usize], key: impl Fn(usize) -> Option<K>) -> BTreeMap<K, usize> {
    let mut found: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for index in indices {
        if let Some(key) = key(*index) {
            found.entry(key).or_default().push(*index);
        }
    }
    found
        .into_iter()
        .filter_map(|(key, indices)| <[usize; 1]>::try_from(indices).ok().map(|[only]| (key, only)))
        .collect()
}

/// Two APIs side by side.
pub(super) struct Pair<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    pub(super) operations: Pairs,
    pub(super) types: Pairs,
    /// Where the operations and components stand in the old document that have another name in the new one: what is written
    /// inline in them is named after them.
    renamed: Vec<String>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        let operations = operations(old, new);
        let (types, renamed) = types(old, new, &operations);
        let name =
            |(old_index, new_index): &(usize, usize)| Some((*new_index, old.types.get(*old_index)?.name.clone()));
        let names = types.both.iter().filter_map(name).collect();
        let is_alias = |api: &Api, index: usize| {
            api.types.get(index).is_some_and(|definition| matches!(definition.shape, Shape::Alias(_)))
        };
        // An alias that stays is told of where it stands, and not wherever it is used.
        let stays =
            types.both.iter().filter(|(old_index, new_index)| is_alias(old, *old_index) || is_alias(new, *new_index));
        let (old_aliases, new_aliases) = stays.copied().unzip();
        Self {
            old: Side::new(old, &BTreeMap::new(), &old_aliases),
            new: Side::new(new, &names, &new_aliases),
            operations,
            types,
            renamed,
        }
    }

    /// Whether a type has another name because what it is written in has.
    pub(super) fn follows_its_owner(&self, old: usize) -> bool {
        let Some(definition) = self.old.api.types.get(old).filter(|definition| definition.component.is_none()) else {
            return false;
        };
        self.renamed.iter().any(|owner| pointer::strip_prefix(&definition.pointer, owner).is_some())
    }
}

fn operations(old: &Api, new: &Api) -> Pairs {
    let (old, new) = (Side::operations(old), Side::operations(new));
    let of = |list: &[(&'_ Resource, &'_ Operation)], index: usize| {
        list.get(index).map(|(_, operation)| (*operation).clone())
    };
    let call = |operation: &Operation| (operation.method, operation.template.clone());
    let route = |operation: &Operation| (operation.method, route(&operation.template));
    Pairs::of(old.len(), new.len())
        .by(|index| of(&old, index).as_ref().map(call), |index| of(&new, index).as_ref().map(call))
        .by(
            |index| of(&old, index).map(|operation| operation.id),
            |index| of(&new, index).map(|operation| operation.id),
        )
        .by(|index| of(&old, index).as_ref().map(route), |index| of(&new, index).as_ref().map(route))
}

/// A path without the names of its parameters.
pub(super) fn route(template: &str) -> String {
    let mut route = String::new();
    let mut inside = false;
    for character in template.chars() {
        match character {
            '{' => inside = true,
            '}' => {
                inside = false;
                route.push_str("{}");
            }
            _ if inside => {}
            other => route.push(other),
        }
    }
    route
}

/// Pairs the types; and the owners that are renamed.
fn types(old: &Api, new: &Api, operations: &Pairs) -> (Pairs, Vec<String>) {
    let name = |api: &Api, index: usize| api.types.get(index).map(|definition| definition.name.clone());
    let component = |api: &Api, index: usize| api.types.get(index).and_then(|definition| definition.component.clone());
    let pairs = Pairs::of(old.types.len(), new.types.len())
        .by(|index| name(old, index), |index| name(new, index))
        .by(|index| component(old, index), |index| component(new, index));
    let (known, paired) = (pairs.both.iter().copied().collect(), pairs.both.iter().map(|(_, new)| *new).collect());
    let pairs = pairs.that(|a, b| {
        let are_components = component(old, a).is_some() && component(new, b).is_some();
        are_components && Alike::new((old, new), (&known, &paired)).are_one(a, b)
    });
    let mut owners: Vec<(&str, &str, bool)> = Vec::new();
    for (a, b) in &pairs.both {
        if let (Some(a), Some(b)) = (old.types.get(*a), new.types.get(*b))
            && a.component.is_some()
        {
            owners.push((&a.pointer, &b.pointer, a.name != b.name));
        }
    }
    let (old_operations, new_operations) = (Side::operations(old), Side::operations(new));
    for (a, b) in &operations.both {
        if let (Some((_, a)), Some((_, b))) = (old_operations.get(*a), new_operations.get(*b)) {
            owners.push((&a.pointer, &b.pointer, a.marker != b.marker));
        }
    }
    let moved = |at: &str| {
        let found = owners.iter().find_map(|(old, new, _)| Some(format!("{new}{}", pointer::strip_prefix(at, old)?)));
        found.unwrap_or_else(|| at.to_owned())
    };
    let pairs = pairs.by(
        |index| old.types.get(index).map(|definition| moved(&definition.pointer)),
        |index| new.types.get(index).map(|definition| definition.pointer.clone()),
    );
    let renamed = owners.iter().filter(|(.., renamed)| *renamed).map(|(at, ..)| (*at).to_owned()).collect();
    (pairs, renamed)
}
