//! References to places other than components, as bundlers write them.
//!
//! What such a reference leads to is given a name under `components`, and the reference leads there from then on: the
//! later stages know one kind of reference only.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Check;
use super::references::Components;
use crate::diagnostic::{Diagnostic, quote};
use crate::document::grammar::Kind;
use crate::document::path::Path;
use crate::pointer;

/// A reference that leads to no component.
#[derive(Debug)]
pub(super) struct Foreign {
    pub(super) at: String,
    pub(super) kind: Kind,
    pub(super) target: String,
}

impl Check {
    /// Names the targets; they have been checked and normalised where they stand.
    pub(super) fn hoist(&mut self, tree: &mut Value) {
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        let mut hoisted: Vec<(Kind, &'static str, String)> = Vec::new();
        for Foreign { at, kind, target } in std::mem::take(&mut self.foreign) {
            let (Some(section), false) = (kind.section(), renamed.contains_key(&target)) else { continue };
            let name = name_of(&target);
            let expected = format!("a reference to `#/components/{section}/…`");
            let Some(value) = target.strip_prefix('#').and_then(|place| tree.pointer(place)).cloned() else {
                let message = format!("the reference {} leads nowhere", quote(&target));
                self.found.push(Diagnostic::error(at, message).expected(expected));
                continue;
            };
            if !self.insert(tree, section, &name, value) {
                let message = format!("the reference {} leads to a place without a name", quote(&target));
                let help = "give the target a name under `components`, and refer to that from both places";
                self.found.push(Diagnostic::error(at, message).expected(expected).help(help));
                continue;
            }
            renamed.insert(target, format!("#/components/{section}/{}", pointer::escape(&name)));
            hoisted.push((kind, section, name));
        }
        rename(tree, &renamed);
        self.components = Components::of(tree);
        self.components.circles(&mut self.found);
        for (kind, section, name) in hoisted {
            let components = Path::ROOT.key("components");
            let section_at = components.key(section);
            let place = section_at.key(&name);
            if let Some(value) = tree.pointer_mut(&place.pointer()) {
                self.object_or_reference(kind, value, &place);
            }
        }
    }

    /// Whether the name was free.
    fn insert(&self, tree: &mut Value, section: &str, name: &str, value: Value) -> bool {
        let Value::Object(root) = tree else { return false };
        let Value::Object(components) = root.entry("components").or_insert_with(|| Map::new().into()) else {
            return false;
        };
        let Value::Object(section) = components.entry(section).or_insert_with(|| Map::new().into()) else {
            return false;
        };
        match section.contains_key(name) || name.is_empty() {
            true => false,
            false => section.insert(name.to_owned(), value).is_none(),
        }
    }
}

/// What tells the place from others: its segments without those that every such place has.
fn name_of(target: &str) -> String {
    const STRUCTURE: &[&str] =
        &["components", "schemas", "paths", "properties", "responses", "content", "schema", "requestBody", "headers"];
    let segments = target.trim_start_matches("#/").split('/').map(pointer::unescape);
    let telling = segments.filter(|segment| {
        let media_type = segment.contains('/') && !segment.starts_with('/');
        !media_type && !STRUCTURE.contains(&&**segment)
    });
    let words: Vec<String> = telling
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

/// Replaces every reference of the table. Payloads are gone from the tree by now, so a `$ref` with a text is one.
fn rename(value: &mut Value, table: &BTreeMap<String, String>) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| rename(item, table)),
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(target) if key == "$ref" => {
                        if let Some(name) = table.get(target) {
                            target.clone_from(name);
                        }
                    }
                    value => rename(value, table),
                }
            }
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
