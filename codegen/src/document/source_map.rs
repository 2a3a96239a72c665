//! Where the nodes of the merged tree come from.

use std::collections::{BTreeMap, HashMap};

use super::source::Source;
use crate::diagnostic::{Diagnostics, Location};
use crate::pointer;

/// The texts, and what the overlays did to the tree.
///
/// It answers after the fact: nothing is recorded for the nodes of the document itself, and no text is walked until a
/// place is asked for.
#[derive(Debug, Clone)]
pub struct SourceMap {
    document: Source,
    overlays: Vec<Source>,
    history: Vec<Change>,
}

/// One step of an overlay, as far as it moves places.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// The node at `at` was written by an overlay, where it stands at `from`.
    Written { at: String, overlay: usize, from: String },
    /// An item of the list was taken out; those after it moved up.
    ItemRemoved { list: String, index: usize },
    /// The node at `at` was at `from` before.
    Moved { at: String, from: String },
}

impl SourceMap {
    pub(crate) fn new(document: Source) -> Self {
        Self { document, overlays: Vec::new(), history: Vec::new() }
    }

    pub(crate) fn add_overlay(&mut self, overlay: Source) -> usize {
        self.overlays.push(overlay);
        self.overlays.len() - 1
    }

    pub(crate) fn record(&mut self, change: Change) {
        self.history.push(change);
    }

    pub(crate) fn record_all(&mut self, changes: Vec<Change>) {
        self.history.extend(changes);
    }

    /// Where the node at `pointer` was written; for one that no text has, its nearest ancestor.
    pub fn location(&self, pointer: &str) -> Location {
        self.locations([pointer]).remove(pointer).unwrap_or(Location {
            file: self.document.name.clone(),
            line: 1,
            column: 1,
        })
    }

    /// Where each of the nodes was written. One walk for each text that is concerned, however many are asked for.
    pub fn locations<'p>(&self, pointers: impl IntoIterator<Item = &'p str>) -> HashMap<&'p str, Location> {
        let mut asked: BTreeMap<Option<usize>, Vec<(&'p str, String)>> = BTreeMap::new();
        for pointer in pointers {
            let (source, original) = self.original(pointer);
            asked.entry(source).or_default().push((pointer, original));
        }
        let mut found = HashMap::new();
        for (source, pairs) in asked {
            let source = source.and_then(|overlay| self.overlays.get(overlay)).unwrap_or(&self.document);
            let located = source.locate(pairs.iter().map(|(_, original)| original.as_str()));
            found.extend(pairs.iter().filter_map(|(pointer, original)| {
                located.get(original.as_str()).map(|location| (*pointer, location.clone()))
            }));
        }
        found
    }

    /// Adds its place to each diagnostic that has none.
    pub fn locate(&self, diagnostics: &mut Diagnostics) {
        let pointers: Vec<String> = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.location.is_none())
            .map(|diagnostic| diagnostic.pointer.clone())
            .collect();
        if pointers.is_empty() {
            return;
        }
        let locations = self.locations(pointers.iter().map(String::as_str));
        for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.location.is_none()) {
            diagnostic.location = locations.get(diagnostic.pointer.as_str()).cloned();
        }
    }

    /// The text that wrote the node (`None`: the document) and its pointer there: the history, read backwards.
    fn original(&self, pointer: &str) -> (Option<usize>, String) {
        let mut pointer = pointer.to_owned();
        for change in self.history.iter().rev() {
            match change {
                Change::Written { at, overlay, from } => {
                    if let Some(rest) = pointer::strip_prefix(&pointer, at) {
                        return (Some(*overlay), format!("{from}{rest}"));
                    }
                }
                Change::ItemRemoved { list, index } => {
                    if let Some(before) = before_removal(&pointer, list, *index) {
                        pointer = before;
                    }
                }
                Change::Moved { at, from } => {
                    if let Some(rest) = pointer::strip_prefix(&pointer, at) {
                        pointer = format!("{from}{rest}");
                    }
                }
            }
        }
        (None, pointer)
    }
}

/// The pointer that led to the same node before item `index` of `list` was taken out.
fn before_removal(pointer: &str, list: &str, index: usize) -> Option<String> {
    let rest = pointer::strip_prefix(pointer, list)?.strip_prefix('/')?;
    let (item, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let item: usize = item.parse().ok()?;
    (item >= index).then(|| format!("{list}/{}{rest}", item + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_followed_back_through_the_overlays() {
        let mut map = SourceMap::new(Source::new("api.yaml", "a: [x, y, {z: 1}]\n".into()));
        let overlay = map.add_overlay(Source::new("o.yaml", "update:\n  b: 1\n".into()));
        map.record(Change::ItemRemoved { list: "/a".into(), index: 0 });
        map.record(Change::Written { at: "/b".into(), overlay, from: "/update/b".into() });
        assert_eq!(map.location("/a/1/z").to_string(), "api.yaml:1:15");
        assert_eq!(map.location("/b/none").to_string(), "o.yaml:2:6");
        assert_eq!(map.location("/none").to_string(), "api.yaml:1:1");
    }
}
