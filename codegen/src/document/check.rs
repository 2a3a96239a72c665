//! One walk over the untyped tree that checks it against the grammar and normalises it on the way.
//!
//! What it reports as an error, `openapiv3` would refuse or read wrongly. What it mends, with a warning, is what real
//! documents get wrong without harm: an unknown key, a null where a key could be missing, a number where a text for
//! people is due. It drops without a word what says nothing to a client: examples, callbacks, links, and keywords that
//! JSON Schema ignores for the type they stand beside.

mod extensions;
mod hoist;
mod objects;
mod references;
mod schema;

use serde_json::{Map, Value};

use super::grammar::{Field, Kind, Role, Shape};
use super::path::Path;
use super::tree::{DEPTH, describe, fits};
use crate::diagnostic::{Diagnostic, Diagnostics, quote};
use references::Components;

/// Checks and normalises a tree. Only a tree without errors is sound for `openapiv3`.
pub(super) fn check(tree: &mut Value) -> Diagnostics {
    if let Some(version) = objects::version(tree) {
        return version.into();
    }
    let mut check = Check { found: Diagnostics::new(), components: Components::of(tree), foreign: Vec::new() };
    check.components.circles(&mut check.found);
    check.object(Kind::OpenApi, tree, &Path::ROOT);
    if !check.foreign.is_empty() {
        check.hoist(tree);
    }
    check.found
}

/// A walk under way.
struct Check {
    found: Diagnostics,
    components: Components,
    /// References to other places than components.
    foreign: Vec<hoist::Foreign>,
}

/// Whether a value stays in the tree.
type Keep = bool;

impl Check {
    fn error(&mut self, at: &Path<'_>, message: impl Into<String>, expected: impl Into<String>) {
        self.found.push(Diagnostic::error(at.pointer(), message).expected(expected));
    }

    fn warning(&mut self, at: &Path<'_>, message: impl Into<String>) {
        self.found.push(Diagnostic::warning(at.pointer(), message));
    }

    /// An error that tells what stands where something else should.
    fn mismatch(&mut self, at: &Path<'_>, value: &Value, expected: impl Into<String>) {
        self.error(at, format!("{} is {}", at.subject(), describe(value)), expected);
    }

    fn value(&mut self, shape: Shape, value: &mut Value, at: &Path<'_>) -> Keep {
        match (shape, &mut *value) {
            (Shape::Object(kind), _) => self.object(kind, value, at),
            (Shape::Ref(kind), _) => self.object_or_reference(kind, value, at),
            (Shape::BoolOrSchema, Value::Object(_)) => self.object_or_reference(Kind::Schema, value, at),
            (Shape::List(inner), Value::Array(list)) => self.list(*inner, list, at),
            (Shape::Map(inner), Value::Object(map)) => self.map(*inner, map, at),
            (Shape::Any, _) => self.any(value, at),
            (Shape::Word(words), Value::String(word)) if words.contains(&word.as_str()) => {}
            (Shape::Prose | Shape::Text, Value::String(_)) => {}
            (Shape::Prose, Value::Number(_) | Value::Bool(_)) => {
                let text = value.to_string();
                self.warning(at, format!("{} is {}, taken as text", at.subject(), describe(value)));
                *value = Value::String(text);
            }
            (Shape::Bool | Shape::BoolOrSchema, Value::Bool(_)) | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(_)) => return self.count(value, at),
            _ => self.mismatch(at, value, expects(shape, at)),
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

    /// A limit that no value can reach, or that none can miss, says nothing; it goes.
    fn count(&mut self, value: &mut Value, at: &Path<'_>) -> Keep {
        let whole = value.as_f64().filter(|number| number.fract() == 0.0 && (0.0..=9e15).contains(number));
        match whole {
            _ if value.is_u64() => true,
            Some(number) => {
                *value = Value::from(number as u64);
                true
            }
            None if value.as_f64().is_some_and(|number| number.fract() != 0.0) => {
                self.mismatch(at, value, expects(Shape::Count, at));
                true
            }
            None => {
                self.warning(at, format!("{} is {} and limits nothing: passed over", at.subject(), describe(value)));
                false
            }
        }
    }

    fn list(&mut self, inner: Shape, list: &mut [Value], at: &Path<'_>) {
        for (index, item) in list.iter_mut().enumerate() {
            self.value(inner, item, &at.item(index));
        }
    }

    fn map(&mut self, inner: Shape, map: &mut Map<String, Value>, at: &Path<'_>) {
        map.retain(|key, value| {
            let at = at.key(key);
            if value.is_null() && matches!(inner, Shape::Ref(Kind::Schema) | Shape::Prose) {
                self.warning(&at, format!("`{key}` is null: taken as empty"));
                *value = if matches!(inner, Shape::Prose) { "".into() } else { Map::new().into() };
            }
            self.value(inner, value, &at)
        });
    }

    fn object_or_reference(&mut self, kind: Kind, value: &mut Value, at: &Path<'_>) {
        match value {
            Value::Object(object) if object.contains_key("$ref") => self.reference(kind, object, at),
            _ => self.object(kind, value, at),
        }
    }

    fn object(&mut self, kind: Kind, value: &mut Value, at: &Path<'_>) {
        let Value::Object(object) = value else {
            return self.mismatch(at, value, kind.noun());
        };
        if at.depth >= DEPTH {
            return self.too_deep(at);
        }
        self.before(kind, object, at);
        object.retain(|key, value| match kind.field(key) {
            Some(field) => self.field(&field, value, &at.key(key)),
            None => self.unknown(kind, key, value, &at.key(key)),
        });
        for field in kind.fields().iter().filter(|field| field.required && !object.contains_key(field.key)) {
            self.missing(field.key, at, expects(field.shape, &at.key(field.key)));
        }
        self.after(kind, object, at);
    }

    fn field(&mut self, field: &Field, value: &mut Value, at: &Path<'_>) -> Keep {
        if value.is_null() && !matches!(field.shape, Shape::Any) {
            if !field.required {
                self.warning(at, format!("{} is null: passed over", at.subject()));
            }
            return false;
        }
        let keep = self.value(field.shape, value, at);
        keep && matches!(field.role, Role::Fact | Role::Prose)
    }

    fn unknown(&mut self, kind: Kind, key: &str, value: &Value, at: &Path<'_>) -> Keep {
        if key.starts_with("x-") {
            self.any(value, at);
            return self.extension(kind, key, value, at);
        }
        match kind {
            Kind::Paths => {
                self.error(at, format!("the path {} does not begin with a slash", quote(key)), "a path such as `/pets`")
            }
            Kind::Responses => {
                let expected = "a status such as `200`, a class such as `2XX`, or `default`";
                self.error(at, format!("{} is no status", quote(key)), expected);
            }
            _ if key == "$ref" => self.error(at, "a reference cannot stand here", kind.noun()),
            _ => {
                self.warning(at, format!("unknown key {} in {}: passed over", quote(key), kind.noun()));
            }
        }
        false
    }

    fn missing(&mut self, key: &str, at: &Path<'_>, expected: impl Into<String>) {
        self.error(at, format!("`{key}` is missing from {}", at.subject()), expected);
    }
}

/// What a place should hold, in a sentence.
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
