//! Finds contradictions of a document with itself.

use std::collections::{BTreeMap, BTreeSet};

use document::pointer;
use document::template::without_names;
use serde_json::Value;

use super::against::{Operation, operations};
use super::view::{View, view};
use super::{Finding, Kind};

/// The maximum depth at which properties are compared.
const DEPTH: usize = 4;
/// The last segments of a path that name an action and not a thing.
const ACTIONS: [&str; 4] = ["bulk", "list", "scroll", "search"];
/// The properties that a response may have in addition to its list and still be nothing but a list.
const BESIDE_A_LIST: [&str; 6] = ["data", "has_more", "pages", "total_count", "type", "url"];

/// The types of a property, each with the bodies that have it.
type Types = BTreeMap<BTreeSet<&'static str>, BTreeSet<String>>;

/// Returns the properties with several types in the operations on one thing, and the maps whose values have one plain
/// type.
pub fn itself(tree: &Value) -> Vec<Finding> {
    let mut found = two_types(tree);
    maps(tree, String::new(), &mut found);
    found.sort();
    found
}

fn two_types(tree: &Value) -> Vec<Finding> {
    let mut things: BTreeMap<String, BTreeMap<String, Types>> = BTreeMap::new();
    for (name, operation) in operations(tree) {
        let properties = things.entry(thing(operation.path)).or_default();
        collect(tree, &name, operation, properties);
    }
    let mut found = Vec::new();
    for (thing, properties) in things {
        for (property, types) in properties.into_iter().filter(|(_, types)| types.len() > 1) {
            let types = types.into_iter().map(|(kinds, operations)| {
                let kinds = kinds.into_iter().collect::<Vec<_>>().join(" or ");
                format!("{kinds} in {}", operations.into_iter().collect::<Vec<_>>().join(", "))
            });
            let detail = types.collect::<Vec<_>>().join("; ");
            found.push(Finding { kind: Kind::TwoTypes, place: format!("{thing} {property}"), detail });
        }
    }
    found
}

/// Returns the subject of a path: `/contacts` for `/contacts/{id}` and for `/contacts/search`.
fn thing(path: &str) -> String {
    let path = without_names(path);
    let mut rest = path.as_str();
    while let Some((before, last)) = rest.rsplit_once('/').filter(|(before, _)| !before.is_empty()) {
        if last != "{}" && !ACTIONS.contains(&last) {
            break;
        }
        rest = before;
    }
    rest.to_owned()
}

fn collect<'d>(tree: &'d Value, name: &str, operation: Operation<'d>, into: &mut BTreeMap<String, Types>) {
    if let Some(body) = operation.body(tree) {
        properties(tree, &view(tree, &[body]), "", &format!("{name} body"), 0, into);
    }
    for (status, response) in operation.responses(tree) {
        let who = format!("{name} {status}");
        let response = view(tree, &[response]);
        match listed(tree, &response) {
            Some(item) => properties(tree, &item, "", &who, 0, into),
            None => properties(tree, &response, "", &who, 0, into),
        }
    }
}

/// Returns the items of a response that is nothing but a list.
fn listed<'d>(tree: &'d Value, response: &View<'d>) -> Option<View<'d>> {
    if !response.items.is_empty() {
        return Some(view(tree, &response.items));
    }
    let mut lists = response.properties.iter().filter_map(|(name, schemas)| {
        let list = view(tree, schemas);
        (!list.items.is_empty()).then(|| (*name, view(tree, &list.items)))
    });
    let (Some((list, item)), None) = (lists.next(), lists.next()) else { return None };
    let beside = response.properties.keys().filter(|name| **name != list);
    (item.kinds.contains("object") && beside.into_iter().all(|name| BESIDE_A_LIST.contains(name))).then_some(item)
}

fn properties<'d>(
    tree: &'d Value,
    of: &View<'d>,
    path: &str,
    who: &str,
    depth: usize,
    into: &mut BTreeMap<String, Types>,
) {
    for (name, schemas) in &of.properties {
        let property = view(tree, schemas);
        let path = format!("{path}{name}");
        note(&property, &path, who, into);
        let items = view(tree, &property.items);
        let listed = format!("{path}[]");
        if !property.items.is_empty() {
            note(&items, &listed, who, into);
        }
        if depth < DEPTH {
            properties(tree, &property, &format!("{path}."), who, depth + 1, into);
            properties(tree, &items, &format!("{listed}."), who, depth + 1, into);
        }
    }
}

fn note(property: &View<'_>, path: &str, who: &str, into: &mut BTreeMap<String, Types>) {
    // Any JSON contradicts nothing.
    if !property.kinds.is_empty() {
        into.entry(path.to_owned()).or_default().entry(property.kinds.clone()).or_default().insert(who.to_owned());
    }
}

/// Finds maps whose values all have one plain type, anywhere in the document.
fn maps(node: &Value, at: String, found: &mut Vec<Finding>) {
    match node {
        Value::Object(object) => {
            let plain = object.get("additionalProperties").and_then(|entries| entries.get("type")?.as_str());
            if let Some(plain) = plain.filter(|plain| !["array", "object"].contains(plain)) {
                found.push(Finding { kind: Kind::Map, place: at.clone(), detail: format!("of {plain}") });
            }
            object.iter().for_each(|(key, value)| maps(value, pointer::join(&at, key), found));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, value)| maps(value, format!("{at}/{index}"), found));
        }
        _ => {}
    }
}
