//! Turns references to nodes that are not components, which bundlers write, into references to components.
//!
//! The target of such a reference gets a name under `components`, and the reference is changed to that name. A
//! reference to a component that is itself a reference, except a schema, is changed to the final target. The later
//! stages therefore know only one kind of reference.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::Check;
use super::references::{Components, Foreign, break_circles};
use crate::diagnostic::{Diagnostic, quote};
use crate::grammar::{Kind, Role};
use crate::path::Path;
use crate::pointer;
use crate::source_map::Change;

/// The maximum number of nodes that may be copied in total: a nested target is copied once for each enclosing target.
const MEMBERS: usize = 1_000_000;

impl Check {
    pub(super) fn hoist(&mut self, tree: &mut Value) {
        // The new reference to each target in a section; `None` if references to it are removed.
        let mut renamed: HashMap<String, Option<String>> = HashMap::new();
        // The section to which the first reference to each target leads.
        let mut sections: HashMap<String, &str> = HashMap::new();
        let mut left = MEMBERS;
        // The check of a copied target may add references to the list.
        while let Some(Foreign { at, kind, target }) = self.foreign.pop() {
            let Some(section) = kind.section() else { continue };
            // A target is of one kind, but references in places of several kinds may lead to it.
            let key = match sections.get(&target) {
                Some(first) if *first != section => format!("{target}#{section}"),
                _ => target.clone(),
            };
            if let Some(reference) = tree.pointer_mut(&at).filter(|_| key != target) {
                *reference = key.clone().into();
            }
            if renamed.contains_key(&key) {
                continue;
            }
            sections.entry(target.clone()).or_insert(section);
            let place = target.trim_start_matches('#');
            let found = tree.pointer(place).or_else(|| self.put_aside(place));
            let Some(value) = found.filter(|value| value.is_object() && fits(value, &mut left)).cloned() else {
                renamed.insert(key, self.nowhere(tree, section, &at, &target));
                continue;
            };
            if let Some(component) = described(&value) {
                renamed.insert(key, Some(component.to_owned()));
                continue;
            }
            let name = self.free_name(section, &target);
            renamed.insert(key.clone(), Some(format!("#/components/{section}/{}", pointer::escape(&name))));
            let named = pointer::below("/components", &[section, &name]);
            self.changes.push(Change::Moved { at: named, from: place.to_owned() });
            self.components.insert(section, &name, &value);
            insert(tree, section, &name, value);
            let components = Path::ROOT.key("components");
            let section_at = components.key(section);
            let place = section_at.key(&name);
            let found = tree.pointer_mut(&place.pointer());
            if !found.is_none_or(|value| self.object_or_reference(kind, value, &place)) {
                // The target is of another kind, and has its diagnostic already.
                renamed.insert(key, None);
                let members = tree.pointer_mut(&section_at.pointer()).and_then(Value::as_object_mut);
                members.and_then(|members| members.remove(&name));
            }
        }
        if !renamed.is_empty() {
            rename(tree, &renamed);
            break_circles(tree, &mut self.found);
        }
        let aliases = Components::of(tree).aliases();
        if !aliases.is_empty() {
            rename(tree, &aliases.into_iter().map(|(alias, end)| (alias, Some(end))).collect());
        }
    }

    fn put_aside(&self, place: &str) -> Option<&Value> {
        let mut holder = Some(place);
        while let Some(at) = holder {
            if let Some(value) = self.aside.get(at) {
                return value.pointer(&place[at.len()..]);
            }
            holder = pointer::parent(at);
        }
        None
    }

    /// Reports a target that does not exist, and returns a reference to a stand-in, if there is one for its section.
    fn nowhere(&mut self, tree: &mut Value, section: &str, at: &str, target: &str) -> Option<String> {
        let message = format!("the reference {} leads nowhere", quote(target));
        let expected = format!("a reference to `#/components/{section}/…`");
        let stand_in = match section {
            "schemas" => json!({}),
            "responses" => json!({ "description": "", "content": { "application/json": {} } }),
            "requestBodies" => json!({ "content": { "application/json": {} } }),
            _ => Value::Null,
        };
        let assumed = if stand_in.is_null() { "nothing" } else { "any JSON" };
        self.found.push(Diagnostic::fault(at, message).expected(expected).assumed(assumed).removed());
        if stand_in.is_null() {
            return None;
        }
        let name = self.free_name(section, "#/nowhere");
        self.components.insert(section, &name, &stand_in);
        insert(tree, section, &name, stand_in);
        Some(format!("#/components/{section}/{name}"))
    }

    /// Returns a free name for a target: its distinctive segments, or all of them if a component has that name.
    fn free_name(&self, section: &str, target: &str) -> String {
        let short = Some(name_of(target)).filter(|name| !name.is_empty());
        let mut name = short.unwrap_or_else(|| "root".to_owned());
        if self.components.has(section, &name) {
            name = words(target.trim_start_matches("#/").split('/').map(pointer::unescape));
        }
        while self.components.has(section, &name) {
            name.push('_');
        }
        name
    }
}

/// Returns the reference in a schema that adds nothing but prose to a component schema.
fn described(schema: &Value) -> Option<&str> {
    let is_prose = |key: &str| Kind::Schema.field(key).is_some_and(|field| field.role == Role::Prose);
    let reference = match (schema.get("$ref"), schema.get("allOf")) {
        (None, Some(Value::Array(parts))) if parts.len() == 1 => parts.first()?.get("$ref"),
        (reference, _) => reference,
    };
    let reference = reference?.as_str()?;
    let name = reference.strip_prefix("#/components/schemas/")?;
    let adds_nothing = schema.as_object()?.keys().all(|key| matches!(key.as_str(), "$ref" | "allOf") || is_prose(key));
    (adds_nothing && !name.contains('/')).then_some(reference)
}

/// Returns whether the value is within the limit of copied nodes, and subtracts its size from `left`.
fn fits(value: &Value, left: &mut usize) -> bool {
    let Some(less) = left.checked_sub(1) else { return false };
    *left = less;
    match value {
        Value::Object(object) => object.values().all(|value| fits(value, left)),
        Value::Array(list) => list.iter().all(|value| fits(value, left)),
        _ => true,
    }
}

fn insert(tree: &mut Value, section: &str, name: &str, value: Value) {
    let Value::Object(root) = tree else { return };
    let Value::Object(components) = root.entry("components").or_insert_with(|| Map::new().into()) else { return };
    let Value::Object(section) = components.entry(section).or_insert_with(|| Map::new().into()) else { return };
    section.insert(name.to_owned(), value);
}

/// Returns the distinctive segments of a target, without structural keys and media types.
fn name_of(target: &str) -> String {
    const STRUCTURE: &[&str] = &[
        "$defs",
        "components",
        "content",
        "definitions",
        "headers",
        "paths",
        "properties",
        "requestBody",
        "responses",
        "schema",
        "schemas",
    ];
    let segments = target.trim_start_matches("#/").split('/').map(pointer::unescape);
    words(segments.filter(|segment| {
        let media_type = segment.contains('/') && !segment.starts_with('/');
        !media_type && !STRUCTURE.contains(&&**segment)
    }))
}

fn words<'t>(segments: impl Iterator<Item = std::borrow::Cow<'t, str>>) -> String {
    let words: Vec<String> = segments
        .map(|segment| {
            let word = |part: &str| {
                part.chars().filter(|character| character.is_alphanumeric() || "_-.".contains(*character)).collect()
            };
            segment.split('/').map(word).filter(|word: &String| !word.is_empty()).collect::<Vec<_>>().join("_")
        })
        .filter(|word| !word.is_empty())
        .collect();
    words.join("_")
}

/// Replaces every reference that is in the table, and removes each object whose reference has `None` there. The tree
/// has no examples any more, so every `$ref` with a text is a reference.
fn rename(value: &mut Value, table: &HashMap<String, Option<String>>) {
    let keep = |value: &mut Value| {
        let target = value.get("$ref").and_then(Value::as_str).and_then(|target| table.get(target));
        if target.is_some_and(Option::is_none) {
            return false;
        }
        rename(value, table);
        true
    };
    match value {
        Value::Array(list) => list.retain_mut(keep),
        Value::Object(object) => {
            object.retain(|key, value| match value {
                Value::String(target) if key == "$ref" => {
                    if let Some(Some(name)) = table.get(target) {
                        target.clone_from(name);
                    }
                    true
                }
                value => keep(value),
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_place_is_called_by_what_tells_it_from_others() {
        let schema = name_of("#/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema");
        assert_eq!(schema, "pets_id_get_200");
        assert_eq!(name_of("#/components/schemas/Pet/properties/owner"), "Pet_owner");
        assert_eq!(name_of("#/"), "");
    }
}
