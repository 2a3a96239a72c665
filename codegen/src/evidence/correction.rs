//! Corrections that some user applies to a document of the same API before use.
//!
//! Such a file is a part of a document. It is applied to the whole document: objects are merged, a list of objects is
//! merged item by item, null removes a key, and any other value is replaced.

use std::collections::HashMap;

use document::template::without_names;
use serde_json::{Map, Value};

/// Returns whether a tree is a correction. Unlike a document, a correction states no version of OpenAPI.
pub fn is_correction(tree: &Value) -> bool {
    tree.is_object() && tree.get("openapi").is_none()
}

/// Returns `document` with the correction applied. Paths match regardless of the names of their parameters.
pub fn corrected(document: &Value, correction: &Value) -> Value {
    let mut corrected = document.clone();
    let mut correction = correction.clone();
    if let (Some(paths), Some(known)) =
        (correction.get_mut("paths").and_then(Value::as_object_mut), document.get("paths").and_then(Value::as_object))
    {
        let known: HashMap<String, &String> = known.keys().map(|path| (without_names(path), path)).collect();
        let renamed = std::mem::take(paths).into_iter().map(|(path, item)| {
            let path = known.get(&without_names(&path)).map_or(path, |known| (*known).clone());
            (path, item)
        });
        *paths = renamed.collect();
    }
    lay_over(&mut corrected, correction);
    corrected
}

fn lay_over(target: &mut Value, correction: Value) {
    match (target, correction) {
        (Value::Object(target), Value::Object(correction)) => {
            for (key, value) in correction {
                match target.get_mut(&key) {
                    _ if value.is_null() => {
                        target.remove(&key);
                    }
                    Some(old) => lay_over(old, value),
                    None => {
                        target.insert(key, without_nulls(value));
                    }
                }
            }
        }
        (Value::Array(target), Value::Array(correction)) if correction.iter().all(Value::is_object) => {
            for (index, value) in correction.into_iter().enumerate() {
                match target.get_mut(index) {
                    Some(old) => lay_over(old, value),
                    None => target.push(without_nulls(value)),
                }
            }
        }
        (target, correction) => *target = without_nulls(correction),
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, without_nulls(value))).collect::<Map<_, _>>())
        }
        other => other,
    }
}
