//! References by anchor, by `$id`, and relative to a schema: as pointers from the root of the document.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The names that schemas have given themselves.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// By anchor with its `#`, and by `$id`: the pointer.
    named: HashMap<String, String>,
    /// Whether `#/$defs` is a place of the document itself.
    at_root: bool,
}

impl Places {
    pub(super) fn of(tree: &Value) -> Self {
        let mut places = Self { at_root: tree.get("$defs").is_some(), ..Self::default() };
        if let Some(components) = tree.get("components") {
            places.collect(components, &mut "/components".to_owned());
        }
        places
    }

    fn collect(&mut self, value: &Value, at: &mut String) {
        let length = at.len();
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    match (key.as_str(), value) {
                        ("$anchor" | "$dynamicAnchor", Value::String(name)) => {
                            self.named.insert(format!("#{name}"), at.clone());
                        }
                        ("$id", Value::String(id)) => {
                            self.named.insert(id.clone(), at.clone());
                        }
                        ("example" | "examples" | "default" | "enum" | "const", _) => {}
                        _ => {
                            crate::pointer::push(at, key);
                            self.collect(value, at);
                            at.truncate(length);
                        }
                    }
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter().enumerate() {
                    crate::pointer::push(at, &index.to_string());
                    self.collect(value, at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// Writes the reference of a schema as a pointer. `around` are the schemas with definitions that hold it.
    pub(super) fn follow(&self, schema: &mut Map<String, Value>, around: &[String]) {
        if let Some(reference) = schema.remove("$dynamicRef") {
            schema.entry("$ref").or_insert(reference);
        }
        let Some(Value::String(reference)) = schema.get_mut("$ref") else { return };
        if let Some(pointer) = self.named.get(reference) {
            *reference = format!("#{pointer}");
            return;
        }
        let local = reference.starts_with("#/$defs/") || reference.starts_with("#/definitions/");
        if let (true, false, Some(holder)) = (local, self.at_root, around.last()) {
            *reference = format!("#{holder}{}", &reference[1..]);
            return;
        }
        if let Some((id, rest)) = reference.split_once('#')
            && let Some(pointer) = self.named.get(id)
        {
            *reference = format!("#{pointer}{rest}");
        }
    }
}
