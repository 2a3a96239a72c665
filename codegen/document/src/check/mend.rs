//! Replaces values of the wrong type by their assumed meaning, and adds stand-ins for missing keys.

use serde_json::{Map, Number, Value, json};

use super::{Check, Keep, expects};
use crate::diagnostic::{Diagnostic, describe};
use crate::grammar::{Field, Kind, Shape};
use crate::path::Path;

/// Words that are not types of OpenAPI, each with the type that people mean by it.
const TYPES: &[(&str, &str)] = &[
    ("text", "string"),
    ("str", "string"),
    ("char", "string"),
    ("varchar", "string"),
    ("uuid", "string"),
    ("date", "string"),
    ("datetime", "string"),
    ("date-time", "string"),
    ("timestamp", "string"),
    ("file", "string"),
    ("url", "string"),
    ("email", "string"),
    ("int", "integer"),
    ("int32", "integer"),
    ("int64", "integer"),
    ("long", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("decimal", "number"),
    ("numeric", "number"),
    ("bool", "boolean"),
    ("list", "array"),
    ("map", "object"),
    ("dict", "object"),
    ("hash", "object"),
];

impl Check {
    pub(super) fn mend(&mut self, shape: Shape, value: &mut Value, at: &Path<'_>) -> Keep {
        let message = format!("{} is {}", at.subject(), describe(value));
        let fault = Diagnostic::fault(at.pointer(), message).expected(expects(shape, at));
        match taken(shape, value) {
            Some(taken) => {
                // An overlay can replace a plain value directly; any other value has to be removed first.
                let plain = !value.is_object() && !value.is_array() && !taken.is_object() && !taken.is_array();
                let fault = if plain { fault.replaced(&taken.to_string()) } else { fault.removed() };
                self.found.push(fault.assumed(said(&taken)));
                *value = taken;
                self.value(shape, value, at)
            }
            None => {
                let assumed = if at.last_key() == Some("type") { "any JSON" } else { "nothing" };
                self.found.push(fault.assumed(assumed).removed());
                false
            }
        }
    }

    /// Adds the stand-in for a missing key. If there is none, the object is removed.
    pub(super) fn absent(
        &mut self,
        kind: Kind,
        field: &Field,
        object: &mut Map<String, Value>,
        at: &Path<'_>,
        tell: bool,
    ) -> Keep {
        let message = format!("`{}` is missing from {}", field.key, at.subject());
        let expected = expects(field.shape, &at.key(field.key));
        if kind == Kind::OpenApi && field.key == "paths" {
            self.error(at, message, expected);
            return true;
        }
        let fault = Diagnostic::fault(at.pointer(), message).expected(expected);
        match stand_in(kind, field.key, object) {
            Some(value) => {
                let update = json!({ field.key: value }).to_string();
                self.found.extend(tell.then(|| fault.assumed(said(&value)).updated(&update)));
                object.insert(field.key.to_owned(), value);
                true
            }
            None => {
                let nothing = kind.noun().trim_start_matches("an ").trim_start_matches("a ");
                self.found.extend(tell.then(|| fault.assumed(format!("no {nothing}")).removed()));
                false
            }
        }
    }
}

fn said(value: &Value) -> String {
    match value {
        Value::Object(object) if object.is_empty() => "nothing is said of it".to_owned(),
        Value::Object(object) if object.contains_key("not") => "no value fits".to_owned(),
        Value::Array(list) => match &list[..] {
            [] => "an empty list".to_owned(),
            [only] if !only.is_object() => format!("a list of {}", describe(only)),
            _ => "a list of one".to_owned(),
        },
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        other => describe(other).into_owned(),
    }
}

/// Returns the assumed meaning of a value of the wrong type.
fn taken(shape: Shape, value: &Value) -> Option<Value> {
    Some(match (shape, value) {
        (Shape::Prose | Shape::Text, Value::Number(_) | Value::Bool(_)) => Value::String(value.to_string()),
        (Shape::Bool | Shape::BoolOrSchema, Value::String(text)) => {
            Value::Bool(text.trim().to_ascii_lowercase().parse().ok()?)
        }
        (Shape::Number | Shape::Count, Value::String(text)) => Value::Number(number(text)?),
        (Shape::Word(words), Value::String(text)) => {
            let text = text.trim().to_ascii_lowercase();
            let known = || words.iter().find(|word| word.eq_ignore_ascii_case(&text));
            let meant = || TYPES.iter().find(|(word, ty)| *word == text && words.contains(ty)).map(|(_, ty)| ty);
            Value::String((*known().or_else(meant)?).to_owned())
        }
        // PHP writes an object without members as an empty list.
        (Shape::Map(_) | Shape::Object(_) | Shape::Ref(_), Value::Array(list)) if list.is_empty() => Map::new().into(),
        (Shape::Ref(Kind::Schema) | Shape::Object(Kind::Schema), value) => schema(value),
        (Shape::List(inner), value) if fits(*inner, value) => Value::Array(vec![value.clone()]),
        (Shape::Ref(Kind::Response), Value::String(text)) => json!({ "description": text }),
        _ => return None,
    })
}

fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    let whole = text.parse::<i64>().ok().map(Number::from);
    whole.or_else(|| text.parse().ok().and_then(Number::from_f64))
}

/// Returns the assumed schema: no value for `false`, a type for its name, and any JSON for everything else.
fn schema(value: &Value) -> Value {
    match value {
        Value::Bool(false) => json!({ "not": {} }),
        Value::String(name) => match TYPES.iter().map(|(_, ty)| ty).find(|ty| *ty == name) {
            Some(ty) => json!({ "type": ty }),
            None => Map::new().into(),
        },
        _ => Map::new().into(),
    }
}

/// Returns whether a single value may stand for a list of one.
fn fits(shape: Shape, value: &Value) -> bool {
    match shape {
        Shape::Text | Shape::Prose | Shape::Word(_) => value.is_string() || value.is_number(),
        Shape::Object(_) | Shape::Ref(_) | Shape::Map(_) => value.as_object().is_some_and(|object| !object.is_empty()),
        Shape::Any => true,
        _ => false,
    }
}

/// Returns the assumed meaning of null as a value in a map, if it has one.
pub(super) fn empty(shape: Shape) -> Option<Value> {
    Some(match shape {
        Shape::Ref(Kind::Schema | Kind::Response | Kind::Header)
        | Shape::Object(Kind::MediaType | Kind::PathItem | Kind::Encoding) => Map::new().into(),
        Shape::Prose => Value::String(String::new()),
        Shape::List(_) => Value::Array(Vec::new()),
        _ => return None,
    })
}

fn stand_in(kind: Kind, key: &str, object: &Map<String, Value>) -> Option<Value> {
    Some(match (kind, key) {
        (Kind::OpenApi, "info") => json!({ "title": "API", "version": "" }),
        (Kind::Info, "title") => "API".into(),
        (Kind::Info, "version") | (Kind::License, "name") => "".into(),
        (Kind::ServerVariable, "default") => {
            object.get("enum").and_then(|values| values.get(0)).cloned().unwrap_or_else(|| "".into())
        }
        (Kind::Operation, "responses") | (Kind::RequestBody, "content") => Map::new().into(),
        (Kind::SecurityScheme, "type") => {
            let has = |key: &str| object.contains_key(key);
            match () {
                () if has("scheme") => "http".into(),
                () if has("flows") => "oauth2".into(),
                () if has("openIdConnectUrl") => "openIdConnect".into(),
                () if has("name") && has("in") => "apiKey".into(),
                () => return None,
            }
        }
        _ => return None,
    })
}
