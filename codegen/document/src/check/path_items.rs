//! Resolves path items that are references.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, quote};
use crate::pointer;

/// The maximum number of references in a chain.
const STEPS: usize = 100;

/// The maximum number of nodes that may be copied in total.
const MEMBERS: usize = 100_000;

/// Replaces each path item that is a reference by its target. Keys beside the reference take precedence.
pub(super) fn resolve(tree: &mut Value, found: &mut Diagnostics) {
    let is_reference = |item: &Value| item.get("$ref").is_some();
    let paths = tree.get("paths").and_then(Value::as_object).into_iter().flatten();
    let references: Vec<String> = paths.filter(|(_, item)| is_reference(item)).map(|(path, _)| path.clone()).collect();
    let mut left = MEMBERS;
    for path in references {
        let resolved = whole(tree, &path, &mut left);
        let place = pointer::below("/paths", &[&path]);
        let Some(Value::Object(item)) = tree.pointer_mut(&place) else { continue };
        let target = item.remove("$ref");
        match resolved {
            Some(resolved) => *item = resolved,
            None => {
                let target = target.as_ref().and_then(Value::as_str).unwrap_or_default();
                let message = format!("the reference {} leads to no path item", quote(target));
                found.push(Diagnostic::fault(place, message).assumed("what stands beside it").removed());
            }
        }
    }
}

fn whole(tree: &Value, path: &str, left: &mut usize) -> Option<Map<String, Value>> {
    let mut item = tree.pointer(&pointer::below("/paths", &[path]))?.as_object()?;
    let mut whole = Map::new();
    for _ in 0..STEPS {
        for (key, value) in item.iter().filter(|(key, _)| *key != "$ref") {
            if !whole.contains_key(key) {
                *left = left.checked_sub(members(value))?;
                whole.insert(key.clone(), value.clone());
            }
        }
        let Some(target) = item.get("$ref") else { return Some(whole) };
        let place = percent_encoding::percent_decode_str(target.as_str()?.strip_prefix('#')?).decode_utf8().ok()?;
        item = tree.pointer(&place)?.as_object()?;
    }
    None
}

fn members(value: &Value) -> usize {
    1 + match value {
        Value::Object(object) => object.values().map(members).sum(),
        Value::Array(list) => list.iter().map(members).sum(),
        _ => 0,
    }
}
