//! Checks the keywords of a schema against its `type` and against one another.

use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use super::Check;
use crate::diagnostic::{Diagnostic, describe};
use crate::downgrade;
use crate::grammar::KEYWORDS;
use crate::path::Path;

/// Pairs of bounds for the same quantity: lower, upper.
const BOUNDS: &[(&str, &str)] =
    &[("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

impl Check {
    /// Converts keywords of OpenAPI 3.1 to 3.0, and moves `required: true` from a property to its object.
    pub(super) fn schema_before(&mut self, schema: &mut Map<String, Value>, at: &Path<'_>) {
        for key in downgrade::newer_keywords(schema) {
            let message = format!("`{key}` says something that only OpenAPI 3.1 can say");
            let fault = Diagnostic::fault(at.key(key).pointer(), message).assumed("what it means there");
            self.found.push(fault.help("say it in the words of 3.0 in an overlay, or make the document one of 3.1"));
        }
        if downgrade::keywords(schema) {
            self.found.push(Diagnostic::fault(at.key("type").pointer(), downgrade::ODD_TYPE));
        }
        if let Some(Value::Bool(demanded)) = schema.get("required") {
            self.required_itself(*demanded, at);
            schema.remove("required");
        }
    }

    /// Reports a boolean `required`, and notes `required: true` of a property for its object.
    fn required_itself(&mut self, demanded: bool, at: &Path<'_>) {
        let place = at.key("required");
        let property = at.last_key().filter(|_| at.holder_key() == Some("properties"));
        let assumed = match property {
            Some(name) if demanded => {
                self.demands.push((at.depth, name.to_owned()));
                "the object requires the property"
            }
            _ => "nothing",
        };
        let fault = Diagnostic::fault(place.pointer(), format!("`required` is {demanded}"));
        self.found.push(fault.expected("a list of property names").assumed(assumed).removed());
    }

    /// Adds the properties that say `required: true` themselves to `required` of their object.
    fn take_demands(&mut self, schema: &mut Map<String, Value>, at: &Path<'_>) {
        while let Some((depth, _)) = self.demands.last()
            && *depth == at.depth + 2
            && let Some((_, name)) = self.demands.pop()
        {
            if let Value::Array(required) = schema.entry("required").or_insert_with(|| Value::Array(Vec::new())) {
                required.push(name.into());
            }
        }
    }

    /// Makes a schema agree with its type. Each of its keys is valid by itself.
    pub(super) fn schema_after(&mut self, schema: &mut Map<String, Value>, at: &Path<'_>) {
        if !self.demands.is_empty() {
            self.take_demands(schema, at);
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            distinct(required);
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            distinct(values);
            if values.is_empty() {
                self.fault(&at.key("enum"), "`enum` has no value", "any value");
                schema.remove("enum");
            }
        }
        self.bounds(schema, at);
        let Some(kind) = schema.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
        schema.retain(|key, _| {
            KEYWORDS.iter().find(|(keyword, _)| keyword == key).is_none_or(|(_, types)| types.contains(&kind.as_str()))
        });
        if let Some(Value::Array(values)) = schema.get_mut("enum") {
            let list = at.key("enum");
            for (index, value) in values.iter_mut().enumerate() {
                self.enum_value(&kind, value, &list.item(index));
            }
            distinct(values);
        }
        if kind == "integer" {
            for key in ["minimum", "maximum", "multipleOf"] {
                self.integer_bound(schema, key, at);
            }
        }
    }

    fn bounds(&mut self, schema: &Map<String, Value>, at: &Path<'_>) {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        for (least, most) in BOUNDS {
            if bound(least).zip(bound(most)).is_some_and(|(least, most)| least > most) {
                self.warning(&at.key(least), format!("`{least}` is above `{most}`: no value keeps to both"));
            }
        }
    }

    fn enum_value(&mut self, kind: &str, value: &mut Value, at: &Path<'_>) {
        let fitting = match (kind, &*value) {
            (_, Value::Null)
            | ("string", Value::String(_))
            | ("number", Value::Number(_))
            | ("boolean", Value::Bool(_))
            | ("object", Value::Object(_))
            | ("array", Value::Array(_)) => return,
            ("integer", Value::Number(number)) if number.is_i64() || number.is_u64() => return,
            ("integer", Value::Number(number)) => whole(number).map(Value::from),
            ("string", Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
            ("integer", Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
            ("number", Value::String(text)) => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::from),
            ("boolean", Value::String(text)) => text.parse::<bool>().ok().map(Value::from),
            _ => None,
        };
        match fitting {
            Some(fitting) => {
                self.fault(at, format!("{} is {}", at.subject(), describe(value)), describe(&fitting));
                *value = fitting;
            }
            None => {
                let message = format!("{} is {}, which is not of the type `{kind}`", at.subject(), describe(value));
                self.fault(at, message, "any JSON");
            }
        }
    }

    /// Converts a bound of an integer to a 64-bit integer, and removes it if that is impossible.
    fn integer_bound(&mut self, schema: &mut Map<String, Value>, key: &str, at: &Path<'_>) {
        let Some(Value::Number(number)) = schema.get(key) else { return };
        if number.is_i64() {
            return;
        }
        match whole(number) {
            Some(whole) => {
                schema.insert(key.to_owned(), whole.into());
            }
            None => {
                self.warning(
                    &at.key(key),
                    format!("`{key}` of an integer is {number}, no 64-bit integer: passed over"),
                );
                schema.remove(key);
            }
        }
    }
}

/// Returns the number as a 64-bit integer, if it is whole and a float represents it exactly.
fn whole(number: &Number) -> Option<i64> {
    let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0)?;
    Some(float as i64)
}

/// Removes duplicates and keeps the first of equal values.
fn distinct(values: &mut Vec<Value>) {
    let mut seen = HashSet::with_capacity(values.len());
    values.retain(|value| seen.insert(value.clone()));
}
