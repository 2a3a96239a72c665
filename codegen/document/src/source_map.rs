//! Traces the nodes of the merged tree back to the texts that they come from.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::pointer;
use crate::source::Source;

/// The texts, and the changes that overlays and the check made to the tree.
///
/// Locations are computed on demand: nothing is recorded for the nodes of the document itself, and no text is walked
/// until a location is needed.
#[derive(Debug, Clone)]
pub struct SourceMap {
    document: Source,
    overlays: Vec<Source>,
    history: Vec<Change>,
}

/// The text that a node comes from (the index of an overlay; `None` for the document), and the node's pointer there.
type Origin = (Option<usize>, String);

/// Diagnostics that are traced to a text and a pointer there, but not yet to a line.
#[derive(Debug, Clone, Default)]
pub struct Traced(Vec<(Diagnostic, Option<Origin>)>);

impl Traced {
    /// Adds all of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Returns whether there is an error, so that the run fails.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|(diagnostic, _)| diagnostic.severity == Severity::Error)
    }
}

/// One step of an overlay or of the check that changes where nodes come from.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// An overlay wrote the node at `at`; `from` is its pointer in the overlay.
    Written { at: String, overlay: usize, from: String },
    /// An item of the list was removed, and the items after it moved up.
    ItemRemoved { list: String, index: usize },
    /// The node at `at` was at `from` before.
    Moved { at: String, from: String },
}

impl SourceMap {
    /// Returns the map of a document that has not been changed.
    pub fn new(document: Source) -> Self {
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

    /// Traces each diagnostic without a location to the text that its node comes from, in the current state of the
    /// tree. No text is walked.
    pub fn trace(&self, found: impl IntoIterator<Item = Diagnostic>) -> Traced {
        let trace = |diagnostic: Diagnostic| {
            let origin = diagnostic.location.is_none().then(|| self.original(&diagnostic.pointer));
            (diagnostic, origin)
        };
        Traced(found.into_iter().map(trace).collect())
    }

    /// Adds the location to each diagnostic; a node that no text has gets that of its nearest ancestor. Each text
    /// concerned is walked once, regardless of the number of diagnostics.
    pub fn place(&self, traced: &Traced) -> Diagnostics {
        let mut asked: BTreeMap<Option<usize>, Vec<&str>> = BTreeMap::new();
        for (source, pointer) in traced.0.iter().filter_map(|(_, origin)| origin.as_ref()) {
            asked.entry(*source).or_default().push(pointer);
        }
        let walk = |(source, pointers): (Option<usize>, Vec<_>)| {
            let text = source.and_then(|overlay| self.overlays.get(overlay)).unwrap_or(&self.document);
            (source, text.locate(pointers))
        };
        let found: HashMap<Option<usize>, HashMap<&str, Location>> = asked.into_iter().map(walk).collect();
        let placed = |(diagnostic, origin): &(Diagnostic, Option<Origin>)| {
            let found = origin.as_ref().and_then(|(source, pointer)| found.get(source)?.get(pointer.as_str()));
            let location = diagnostic.location.clone().or_else(|| found.cloned());
            Diagnostic { location, ..diagnostic.clone() }
        };
        traced.0.iter().map(placed).collect()
    }

    /// Adds the location to each diagnostic that has none.
    pub fn locate(&self, diagnostics: &mut Diagnostics) {
        *diagnostics = self.place(&self.trace(std::mem::take(diagnostics)));
    }

    /// Returns the origin of a node, by reading the history backwards.
    fn original(&self, pointer: &str) -> Origin {
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

/// Returns the pointer that the node had before item `index` of `list` was removed, if the removal moved the node.
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
        for (pointer, place) in [("/a/1/z", "api.yaml:1:15"), ("/b/none", "o.yaml:2:6"), ("/none", "api.yaml:1:1")] {
            let mut found = Diagnostics::from(Diagnostic::error(pointer, "odd"));
            map.locate(&mut found);
            assert!(found.to_string().contains(place), "{found}");
        }
    }
}
