//! Converts references by anchor, by `$id`, and relative to a schema to JSON pointers from the root of the document.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::grammar::{Kind, Shape};

/// The names that schemas define for themselves.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The JSON pointer of each schema, by its anchor with the `#` and by its `$id`.
    named: HashMap<String, String>,
    /// True if the document itself has `$defs`, so that `#/$defs` refers to them.
    at_root: bool,
}

impl Places {
    pub(super) fn of(tree: &Value) -> Self {
        let mut places = Self { at_root: tree.get("$defs").is_some(), ..Self::default() };
        if let Some(components) = tree.get("components") {
            places.collect(Shape::Object(Kind::Components), components, &mut "/components".to_owned());
        }
        places
    }

    /// Collects the names below `value`. A key that OpenAPI does not know holds no schema and so no name.
    fn collect(&mut self, shape: Shape, value: &Value, at: &mut String) {
        let below = |places: &mut Self, shape: Shape, key: &str, value: &Value, at: &mut String| {
            let length = at.len();
            crate::pointer::push(at, key);
            places.collect(shape, value, at);
            at.truncate(length);
        };
        match (shape, value) {
            (Shape::BoolOrSchema, Value::Object(_)) => self.collect(Shape::Object(Kind::Schema), value, at),
            (Shape::Object(kind) | Shape::Ref(kind), Value::Object(object)) => {
                let named = |key: &str| object.get(key).filter(|_| kind == Kind::Schema).and_then(Value::as_str);
                let anchors = [named("$anchor"), named("$dynamicAnchor")].into_iter().flatten();
                let names = anchors.map(|name| format!("#{name}")).chain(named("$id").map(str::to_owned));
                self.named.extend(names.map(|name| (name, at.clone())));
                for (key, value) in object {
                    if let Some(field) = kind.any_field(key) {
                        below(self, field.shape, key, value, at);
                    }
                }
            }
            (Shape::Map(inner), Value::Object(map)) => {
                map.iter().for_each(|(key, value)| below(self, *inner, key, value, at));
            }
            (Shape::List(inner), Value::Array(list)) => {
                let items = list.iter().enumerate();
                items.for_each(|(index, value)| below(self, *inner, &index.to_string(), value, at));
            }
            _ => {}
        }
    }

    /// Replaces the reference of a schema with a JSON pointer. `around` lists the enclosing schemas with definitions.
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
