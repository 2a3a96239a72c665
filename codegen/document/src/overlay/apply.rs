//! Applies an action of an overlay to the tree of the document.

use serde_json::{Map, Value};

use super::{Action, Modification};
use crate::diagnostic::{Diagnostic, Severity, describe, quote};
use crate::pointer;
use crate::source_map::{Change, SourceMap};
use crate::tree::{DEPTH, fits};

type Outcome<T> = Result<T, Box<Diagnostic>>;

/// Applies one action to every node that its target selects. Returns a warning for each description that has no place
/// in the document: it changes nothing for a caller, so whoever updates the document may remove it later.
pub(super) fn action(
    action: &Action,
    overlay: usize,
    tree: &mut Value,
    sources: &mut SourceMap,
) -> Outcome<Vec<Diagnostic>> {
    let mut places: Vec<String> = Vec::new();
    for node in action.path.query_located(tree).iter() {
        places.push(node.location().to_json_pointer());
    }
    if places.is_empty() {
        return expired(action, "matches nothing");
    }
    let mut misplaced = Vec::new();
    let changed = match &action.modification {
        Modification::Remove => remove(action, &places, tree, sources)?,
        Modification::Update(update) => {
            let mut changed = false;
            for place in places {
                let mut merge = Merge { action, overlay, sources, misplaced: &mut misplaced };
                changed |= merge.node(update, place, tree)?;
            }
            changed
        }
    };
    if changed || !misplaced.is_empty() { Ok(misplaced) } else { expired(action, "changes nothing") }
}

fn expired(action: &Action, what: &str) -> Outcome<Vec<Diagnostic>> {
    let mut diagnostic = refused(action, "target", &format!("{what}: it has expired"))
        .help("the document has moved on: remove the action, or mend its target");
    match &action.modification {
        Modification::Update(update) if is_words(update) => {
            diagnostic.severity = Severity::Warning;
            Ok(vec![diagnostic])
        }
        _ => Err(Box::new(diagnostic)),
    }
}

fn refused(action: &Action, key: &str, what: &str) -> Diagnostic {
    let Action { index, target, .. } = action;
    Diagnostic::error(format!("/actions/{index}/{key}"), format!("action {index} ({}) {what}", quote(target)))
}

/// Removes the nodes from the last to the first, so that the other places stay valid.
fn remove(action: &Action, places: &[String], tree: &mut Value, sources: &mut SourceMap) -> Outcome<bool> {
    let mut changed = false;
    for place in places.iter().rev() {
        let (Some(parent), Some(key)) = (pointer::parent(place), pointer::last(place)) else {
            return Err(Box::new(refused(action, "target", "removes the whole document")));
        };
        match tree.pointer_mut(parent) {
            Some(Value::Object(object)) => changed |= object.remove(&*key).is_some(),
            Some(Value::Array(list)) => {
                if let Some(index) = key.parse().ok().filter(|index| *index < list.len()) {
                    list.remove(index);
                    sources.record(Change::ItemRemoved { list: parent.to_owned(), index });
                    changed = true;
                }
            }
            _ => {}
        }
    }
    Ok(changed)
}

struct Merge<'m> {
    action: &'m Action,
    overlay: usize,
    sources: &'m mut SourceMap,
    misplaced: &'m mut Vec<Diagnostic>,
}

impl Merge<'_> {
    fn node(&mut self, update: &Value, place: String, tree: &mut Value) -> Outcome<bool> {
        let action = self.action;
        let levels = place.matches('/').count();
        if !fits(update, DEPTH.saturating_sub(levels)) {
            return Err(Box::new(refused(action, "update", "nests the document too deep")));
        }
        let Some(node) = tree.pointer_mut(&place) else { return Ok(false) };
        let from = format!("/actions/{}/update", action.index);
        match (node, update) {
            (Value::Array(list), entry) => {
                self.append(list, entry, &place, from);
                Ok(true)
            }
            (Value::Object(object), Value::Object(update)) => self.objects(object, update, &place, &from),
            (Value::Object(_), other) => Err(Box::new(
                refused(action, "update", &format!("selects an object, and `update` is {}", describe(other)))
                    .expected("an object to merge into it"),
            )),
            (primitive, _) => Err(Box::new(
                refused(action, "target", &format!("selects {}", describe(primitive)))
                    .expected("objects or lists")
                    .help("select the object that holds it, and give the new value under its key"),
            )),
        }
    }

    fn written(&mut self, at: String, from: String) {
        self.sources.record(Change::Written { at, overlay: self.overlay, from });
    }

    fn append(&mut self, list: &mut Vec<Value>, entry: &Value, at: &str, from: String) {
        self.written(format!("{at}/{}", list.len()), from);
        list.push(entry.clone());
    }

    /// Adds new keys, merges objects, joins lists, and replaces primitive values; any other combination is an error.
    fn objects(
        &mut self,
        target: &mut Map<String, Value>,
        update: &Map<String, Value>,
        at: &str,
        from: &str,
    ) -> Outcome<bool> {
        let mut changed = false;
        for (key, new) in update {
            let (at, from) = (pointer::join(at, key), pointer::join(from, key));
            let Some(old) = target.get_mut(key) else {
                if is_words(new) {
                    let misplaced = self.undescribed(&at, from);
                    self.misplaced.push(misplaced);
                    continue;
                }
                target.insert(key.clone(), new.clone());
                self.written(at, from);
                changed = true;
                continue;
            };
            match (old, new) {
                (Value::Object(old), Value::Object(new)) => changed |= self.objects(old, new, &at, &from)?,
                (Value::Array(old), Value::Array(new)) => {
                    for (index, entry) in new.iter().enumerate() {
                        self.append(old, entry, &at, format!("{from}/{index}"));
                        changed = true;
                    }
                }
                (old, new) if is_primitive(old) && is_primitive(new) => {
                    if old != new {
                        *old = new.clone();
                        self.written(at, from);
                        changed = true;
                    }
                }
                (old, new) => return Err(Box::new(self.unlike(old, new, &at, from))),
            }
        }
        Ok(changed)
    }

    fn undescribed(&self, at: &str, from: String) -> Diagnostic {
        let mut diagnostic = refused(self.action, "update", &format!("describes {}, which is not there", quote(at)))
            .help("the document has moved on: remove the words, or find their new place");
        diagnostic.pointer = from;
        diagnostic.severity = Severity::Warning;
        diagnostic
    }

    fn unlike(&self, old: &Value, new: &Value, at: &str, from: String) -> Diagnostic {
        let what = format!("cannot merge {} into {}, which is {}", describe(new), quote(at), describe(old));
        let mut diagnostic = refused(self.action, "update", &what)
            .expected("an object for an object, a list for a list, a plain value for a plain value")
            .help("remove the old value with an action of its own first");
        diagnostic.pointer = from;
        diagnostic
    }
}

/// Returns whether an object has only descriptions. Such an object is not inserted: under a misspelt name, it would
/// create a property of any type.
fn is_words(value: &Value) -> bool {
    let Value::Object(object) = value else { return false };
    let words = |(key, value): (&String, &Value)| match value {
        Value::String(_) => key == "description" || key == "summary",
        other => is_words(other),
    };
    !object.is_empty() && object.iter().all(words)
}

fn is_primitive(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}
