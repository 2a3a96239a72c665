//! Pairs the items of two lists.

use std::collections::{BTreeMap, BTreeSet};

/// The items of two lists: those in both, and the rest of either side.
#[derive(Debug, Clone)]
pub(super) struct Pairs<T> {
    pub(super) both: Vec<(T, T)>,
    pub(super) removed: Vec<T>,
    pub(super) added: Vec<T>,
}

impl<T: Copy> Pairs<T> {
    /// Creates a pairing in which all items are removed or added.
    pub(super) fn of(old: impl IntoIterator<Item = T>, new: impl IntoIterator<Item = T>) -> Self {
        Self { both: Vec::new(), removed: old.into_iter().collect(), added: new.into_iter().collect() }
    }

    /// Pairs the remaining items by key, if the key is unique on both sides.
    pub(super) fn by<K: Ord>(self, key: impl Fn(T) -> Option<K>) -> Self {
        self.by_each(&key, &key)
    }

    /// Like [`by`](Self::by), with one key for the old side and one for the new.
    pub(super) fn by_each<K: Ord>(self, old: impl Fn(T) -> Option<K>, new: impl Fn(T) -> Option<K>) -> Self {
        let (old, mut new) = (unique(&self.removed, old), unique(&self.added, new));
        let found = old.into_iter().filter_map(|(key, old)| Some((old, new.remove(&key)?))).collect();
        self.settle(found)
    }

    /// Pairs the remaining items that match exactly one item of the other side.
    pub(super) fn that(self, together: impl Fn(T, T) -> bool) -> Self {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (old, a) in self.removed.iter().enumerate() {
            let new = self.added.iter().enumerate().filter(|(_, b)| together(*a, **b));
            found.extend(new.map(|(new, _)| (old, new)));
        }
        let alone = |pair: &&(usize, usize)| {
            found.iter().filter(|other| other.0 == pair.0).count() == 1
                && found.iter().filter(|other| other.1 == pair.1).count() == 1
        };
        let found = found.iter().filter(alone).copied().collect();
        self.settle(found)
    }

    /// Moves pairs to `both`. Each is a position in `removed` and one in `added`.
    fn settle(mut self, found: Vec<(usize, usize)>) -> Self {
        self.both
            .extend(found.iter().filter_map(|(old, new)| Some((*self.removed.get(*old)?, *self.added.get(*new)?))));
        let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = found.into_iter().unzip();
        self.removed = without(self.removed, &old);
        self.added = without(self.added, &new);
        self
    }
}

fn without<T>(items: Vec<T>, positions: &BTreeSet<usize>) -> Vec<T> {
    let left = items.into_iter().enumerate().filter(|(position, _)| !positions.contains(position));
    left.map(|(_, item)| item).collect()
}

/// Returns the positions of the items with a unique key.
fn unique<T: Copy, K: Ord>(items: &[T], key: impl Fn(T) -> Option<K>) -> BTreeMap<K, usize> {
    let mut found: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (position, item) in items.iter().enumerate() {
        if let Some(key) = key(*item) {
            found.entry(key).or_default().push(position);
        }
    }
    let only = |(key, positions)| <[usize; 1]>::try_from(positions).ok().map(|[only]| (key, only));
    found.into_iter().filter_map(only).collect()
}
