//! Checks the untyped tree against the grammar and normalises it.
//!
//! A departure from the grammar is a fault: the diagnostic names the assumed meaning, and the tree is changed to it so
//! that `openapiv3` accepts it. A part without a meaning that can be guessed is an error. Parts that do not matter to a
//! client are dropped silently: examples, callbacks, links, and keywords that JSON Schema ignores for the type beside
//! them.

mod extensions;
mod hoist;
mod mend;
mod objects;
mod parameters;
mod path_items;
mod references;
mod schema;
mod security;
mod version;

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics, describe, quote};
use crate::grammar::{Effect, Field, Kind, Role, Shape};
use crate::path::Path;
use crate::source_map::Change;
use crate::tree::{DEPTH, fits};
use references::Components;

pub(super) use version::{Version, version};

/// The diagnostics of the check, and the nodes that it moved or removed.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) found: Diagnostics,
    pub(super) changes: Vec<Change>,
}

/// Checks and normalises a tree. `openapiv3` accepts the tree only if there are no errors.
pub(super) fn check(tree: &mut Value) -> Checked {
    let mut checked = Checked::default();
    path_items::resolve(tree, &mut checked.found);
    references::break_circles(tree, &mut checked.found);
    let mut check = Check {
        components: Components::of(tree),
        found: checked.found,
        changes: Vec::new(),
        foreign: Vec::new(),
        aside: HashMap::new(),
        demands: Vec::new(),
    };
    check.object(Kind::OpenApi, tree, &Path::ROOT);
    check.hoist(tree);
    Checked { found: check.found, changes: check.changes }
}

struct Check {
    found: Diagnostics,
    changes: Vec<Change>,
    components: Components,
    /// The references to nodes that are not components.
    foreign: Vec<references::Foreign>,
    /// The removed values of unknown keys, by the JSON pointer that each had: a reference may lead into one.
    aside: HashMap<String, Value>,
    /// The properties that say `required: true` themselves, each with its depth.
    demands: Vec<(usize, String)>,
}

/// True if a value stays in the tree.
type Keep = bool;

impl Check {
    fn error(&mut self, at: &Path<'_>, message: impl Into<String>, expected: impl Into<String>) {
        self.found.push(Diagnostic::error(at.pointer(), message).expected(expected));
    }

    /// Adds a fault that an overlay can settle by removing the node.
    fn fault(&mut self, at: &Path<'_>, message: impl Into<String>, assumed: impl Into<String>) {
        self.found.push(Diagnostic::fault(at.pointer(), message).assumed(assumed).removed());
    }

    fn warning(&mut self, at: &Path<'_>, message: impl Into<String>) {
        self.found.push(Diagnostic::warning(at.pointer(), message));
    }

    fn value(&mut self, shape: Shape, value: &mut Value, at: &Path<'_>) -> Keep {
        match (shape, &mut *value) {
            (Shape::Object(kind), Value::Object(_)) => return self.object(kind, value, at),
            (Shape::Ref(kind), Value::Object(_)) => return self.object_or_reference(kind, value, at),
            (Shape::BoolOrSchema, Value::Object(_)) => return self.object_or_reference(Kind::Schema, value, at),
            (Shape::List(inner), Value::Array(list)) => self.list(*inner, list, at),
            (Shape::Map(inner), Value::Object(map)) => self.map(*inner, map, at),
            (Shape::Any, _) => self.any(value, at),
            (Shape::Word(words), Value::String(word)) if words.contains(&word.as_str()) => {}
            (Shape::Prose | Shape::Text, Value::String(_))
            | (Shape::Bool | Shape::BoolOrSchema, Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(_)) => return self.count(value, at),
            _ => return self.mend(shape, value, at),
        }
        true
    }

    fn any(&mut self, value: &Value, at: &Path<'_>) {
        if !fits(value, DEPTH.saturating_sub(at.depth)) {
            self.too_deep(at);
        }
    }

    fn too_deep(&mut self, at: &Path<'_>) {
        let expected = format!("up to {DEPTH} objects and lists in one another");
        self.error(at, "nested too deep", expected);
    }

    /// Checks a limit. A limit that is not a whole number from 0 limits nothing and is removed.
    fn count(&mut self, value: &mut Value, at: &Path<'_>) -> Keep {
        let whole = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=9e15).contains(number));
        match whole {
            _ if value.is_u64() => true,
            Some(number) => {
                *value = Value::from(number as u64);
                true
            }
            None => {
                self.fault(at, format!("{} is {} and limits nothing", at.subject(), describe(value)), "no limit");
                false
            }
        }
    }

    fn list(&mut self, inner: Shape, list: &mut Vec<Value>, at: &Path<'_>) {
        let (mut index, mut gone) = (0, 0);
        list.retain_mut(|item| {
            let at_item = at.item(index);
            let keep = if item.is_null() && !matches!(inner, Shape::Any) {
                self.fault(&at_item, format!("{} is null", at_item.subject()), "nothing");
                false
            } else {
                self.value(inner, item, &at_item)
            };
            if !keep {
                self.changes.push(Change::ItemRemoved { list: at.pointer(), index: index - gone });
                gone += 1;
            }
            index += 1;
            keep
        });
    }

    fn map(&mut self, inner: Shape, map: &mut Map<String, Value>, at: &Path<'_>) {
        map.retain(|key, value| {
            let at = at.key(key);
            if value.is_null() && !matches!(inner, Shape::Any) {
                let Some(empty) = mend::empty(inner) else {
                    self.fault(&at, format!("`{key}` is null"), "nothing");
                    return false;
                };
                self.fault(&at, format!("`{key}` is null"), "nothing is said of it");
                *value = empty;
            }
            if matches!(inner, Shape::Object(Kind::MediaType)) && !key.contains('/') {
                self.fault(&at, format!("{} is not a media type", quote(key)), "nothing");
                return false;
            }
            if key == "$ref" && value.is_string() && !matches!(inner, Shape::Any | Shape::Text | Shape::Prose) {
                self.fault(&at, "a reference cannot stand here", "nothing");
                return false;
            }
            self.value(inner, value, &at)
        });
    }

    fn object_or_reference(&mut self, kind: Kind, value: &mut Value, at: &Path<'_>) -> Keep {
        match value {
            Value::Object(object) if object.contains_key("$ref") => self.reference(kind, value, at),
            _ => self.object(kind, value, at),
        }
    }

    fn object(&mut self, kind: Kind, value: &mut Value, at: &Path<'_>) -> Keep {
        let Value::Object(object) = value else {
            return self.mend(Shape::Object(kind), value, at);
        };
        if at.depth >= DEPTH {
            self.too_deep(at);
            return true;
        }
        self.before(kind, object, at);
        let required = kind.fields().iter().filter(|field| field.required);
        let present: Vec<&str> =
            required.clone().map(|field| field.key).filter(|key| object.contains_key(*key)).collect();
        object.retain(|key, value| match kind.field(key) {
            Some(field) => self.field(&field, value, &at.key(key)),
            None => self.unknown(kind, key, value, &at.key(key)),
        });
        let complete = required.into_iter().all(|field| {
            // A key that was present and has been removed has its diagnostic already.
            object.contains_key(field.key) || self.absent(kind, field, object, at, !present.contains(&field.key))
        });
        complete && self.after(kind, object, at)
    }

    fn field(&mut self, field: &Field, value: &mut Value, at: &Path<'_>) -> Keep {
        if matches!(field.role, Role::Example | Role::Unused) {
            return false;
        }
        if let Effect::Told(reason) = field.effect {
            self.warning(at, format!("`{}` is passed over: {reason}", field.key));
        }
        if value.is_null() && !matches!(field.shape, Shape::Any) {
            self.fault(at, format!("{} is null", at.subject()), "nothing");
            match field.shape {
                Shape::Ref(Kind::Response) => *value = Map::new().into(),
                _ => return false,
            }
        }
        self.value(field.shape, value, at)
    }

    fn unknown(&mut self, kind: Kind, key: &str, value: &mut Value, at: &Path<'_>) -> Keep {
        if key.starts_with("x-") {
            self.any(value, at);
            return self.extension(kind, key, value, at);
        }
        match kind {
            Kind::Responses => {
                let expected = "a status such as `200`, a class such as `2XX`, or `default`";
                let fault = Diagnostic::fault(at.pointer(), format!("{} is not a status", quote(key)));
                self.found.push(fault.expected(expected).assumed("nothing").removed());
            }
            Kind::Schema | Kind::Components
                if key != "const" && kind.newer_field(key).is_some_and(|field| field.effect == Effect::Done) => {}
            _ if key == "$ref" => self.fault(at, "a reference cannot stand here", "nothing"),
            _ => self.fault(at, format!("unknown key {} in {}", quote(key), kind.noun()), "nothing"),
        }
        if value.is_object() || value.is_array() {
            self.aside.insert(at.pointer(), value.take());
        }
        false
    }
}

/// Returns the expected value of a place, as part of a sentence.
fn expects(shape: Shape, at: &Path<'_>) -> String {
    let key = at.last_key();
    match shape {
        Shape::List(Shape::Text) if key == Some("required") => "a list of property names".to_owned(),
        Shape::Word(words) => format!("one of {}", words.join(", ")),
        Shape::Prose | Shape::Text => "a text".to_owned(),
        Shape::Bool => "true or false".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "a whole number from 0".to_owned(),
        Shape::Any => "any value".to_owned(),
        Shape::Object(kind) => kind.noun().to_owned(),
        Shape::Ref(kind) => format!("{} or a reference to one", kind.noun()),
        Shape::BoolOrSchema => "true, false or a schema object".to_owned(),
        Shape::List(inner) => format!("a list, each item {}", expects(*inner, at)),
        Shape::Map(inner) => format!("an object, each value {}", expects(*inner, at)),
    }
}
