//! Makes values that a schema describes from the untyped document.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::tree::{list, object, reference, resolve, text};

/// The kind of value to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A value with every property. Each union and enum uses the alternative at this index, modulo their number.
    Full(usize),
    /// A value with every property, null wherever it is allowed.
    Nulls,
    /// A value with only the required properties.
    Least,
}

/// A maker of values in one mode.
pub(crate) struct Sampler<'d> {
    tree: &'d Value,
    mode: Mode,
    alternatives: Cell<usize>,
}

/// The merged parts of a composed schema.
#[derive(Default)]
struct Parts<'d> {
    schemas: Vec<&'d Value>,
    /// The properties with a value from a discriminator.
    tags: Vec<(&'d str, &'d str)>,
    /// The references that led here.
    trail: Vec<&'d str>,
}

impl<'d> Sampler<'d> {
    pub(crate) fn new(tree: &'d Value, mode: Mode) -> Self {
        Self { tree, mode, alternatives: Cell::new(1) }
    }

    /// Returns the largest number of alternatives of a union so far.
    pub(crate) fn alternatives(&self) -> usize {
        self.alternatives.get()
    }

    /// Returns a value of `schema`. Its texts hold `name`, so that swapped values are noticed.
    pub(crate) fn value(&self, schema: &'d Value, name: &str) -> Value {
        self.sample(&[schema], name, &[], self.index()).unwrap_or_else(|| panic!("{name}: {schema} never ends"))
    }

    /// Like [`value`](Self::value), or null if the mode asks for it and the schema allows it.
    pub(crate) fn value_or_null(&self, schema: &'d Value, name: &str) -> Value {
        if self.is_null(&[schema]) { Value::Null } else { self.value(schema, name) }
    }

    fn index(&self) -> usize {
        if let Mode::Full(index) = self.mode { index } else { 0 }
    }

    fn is_null(&self, schemas: &[&'d Value]) -> bool {
        let nullable = |schema: &&Value| resolve(self.tree, schema).get("nullable") == Some(&Value::Bool(true));
        self.mode == Mode::Nulls && schemas.iter().all(nullable)
    }

    /// Returns a value that satisfies all `schemas`, or `None` if they lead back to themselves.
    fn sample(&self, schemas: &[&'d Value], name: &str, trail: &[&'d str], index: usize) -> Option<Value> {
        let mut parts = Parts { trail: trail.to_vec(), ..Parts::default() };
        for schema in schemas {
            self.take_apart(schema, index, &mut parts)?;
        }
        if let Some(value) = enumerated(&parts.schemas, index) {
            return Some(value);
        }
        Some(match kind(&parts.schemas) {
            Some("boolean") => Value::Bool(index.is_multiple_of(2)),
            Some("integer") => integer(&parts.schemas, name),
            Some("number") => json!(f64::from(number(name)) + 0.5),
            Some("string") => string(&parts.schemas, name),
            Some("array") => self.array(&parts, name, index),
            Some("object") => self.object(&parts, name, index),
            _ => anything(name),
        })
    }

    /// Adds a schema, the parts of its `allOf`, and one branch of each of its unions.
    fn take_apart(&self, schema: &'d Value, index: usize, parts: &mut Parts<'d>) -> Option<()> {
        if let Some(reference) = reference(schema) {
            if parts.trail.iter().filter(|passed| **passed == reference).count() > 1 {
                return None;
            }
            parts.trail.push(reference);
            return self.take_apart(resolve(self.tree, schema), index, parts);
        }
        for part in list(schema, "allOf") {
            self.take_apart(part, index, parts)?;
        }
        parts.schemas.push(schema);
        for keyword in ["oneOf", "anyOf"] {
            let branches = self.branches(schema, keyword);
            let Some((tag, branch)) = branches.get(index % branches.len().max(1)) else { continue };
            self.alternatives.set(self.alternatives.get().max(branches.len()));
            parts.tags.extend(*tag);
            self.take_apart(branch, index, parts)?;
        }
        Some(())
    }

    /// Returns the alternatives of a union, one for each discriminator value.
    fn branches(&self, schema: &'d Value, keyword: &str) -> Vec<(Option<(&'d str, &'d str)>, &'d Value)> {
        let Some(discriminator) = schema.get("discriminator").filter(|_| schema.get(keyword).is_some()) else {
            return list(schema, keyword).map(|branch| (None, branch)).collect();
        };
        let name = text(discriminator, "propertyName").unwrap_or_else(|| panic!("{discriminator} has no name"));
        let mapping: Vec<(&str, &Value)> =
            object(discriminator, "mapping").map(|(tag, to)| (tag.as_str(), to)).collect();
        let mut found = Vec::new();
        for branch in list(schema, keyword) {
            let target = reference(branch).unwrap_or_else(|| panic!("{branch} has no name that a tag could be"));
            let mut tags: Vec<&str> = mapping.iter().filter(|(_, to)| *to == target).map(|(tag, _)| *tag).collect();
            if tags.is_empty() {
                tags.extend(target.rsplit('/').next());
            }
            found.extend(tags.into_iter().map(|tag| (Some((name, tag)), branch)));
        }
        found
    }

    fn array(&self, parts: &Parts<'d>, name: &str, index: usize) -> Value {
        let items: Vec<_> = parts.schemas.iter().filter_map(|schema| schema.get("items")).collect();
        if self.mode == Mode::Least {
            return json!([]);
        }
        if self.is_null(&items) && !items.is_empty() {
            return json!([null]);
        }
        let Some(first) = self.sample(&items, &format!("{name} item"), &parts.trail, index) else { return json!([]) };
        if first.is_object() || first.is_array() {
            return json!([first]);
        }
        // More than two items would grow without end in nested lists.
        let second = self.sample(&items, &format!("{name}, second item"), &parts.trail, index + 1);
        json!([first, second])
    }

    fn object(&self, parts: &Parts<'d>, name: &str, index: usize) -> Value {
        let mut properties: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for (name, schema) in parts.schemas.iter().flat_map(|schema| object(schema, "properties")) {
            properties.entry(name).or_default().push(schema);
        }
        let required: BTreeSet<&str> =
            parts.schemas.iter().flat_map(|schema| list(schema, "required")).filter_map(Value::as_str).collect();
        let unnamed =
            parts.schemas.iter().find_map(|schema| schema.get("additionalProperties").filter(|it| it.is_object()));
        for name in &required {
            properties.entry(name).or_insert_with(|| unnamed.into_iter().collect());
        }
        let mut members = Map::new();
        for (name, schemas) in &properties {
            if self.mode == Mode::Least && !required.contains(name) {
                continue;
            }
            let null = !schemas.is_empty() && self.is_null(schemas);
            let value = if null { Some(Value::Null) } else { self.sample(schemas, name, &parts.trail, index) };
            members.extend(value.map(|value| ((*name).to_owned(), value)));
        }
        for (tag, value) in &parts.tags {
            members.insert((*tag).to_owned(), json!(value));
        }
        if self.mode != Mode::Least {
            members.extend(self.additional(parts, name, index, properties.is_empty()));
        }
        Value::Object(members)
    }

    /// Returns a property that the document does not name, if the document gives its type or names no property at all.
    fn additional(&self, parts: &Parts<'d>, name: &str, index: usize, alone: bool) -> Option<(String, Value)> {
        let key = format!("{name} key é");
        match parts.schemas.iter().find_map(|schema| schema.get("additionalProperties")) {
            Some(schema @ Value::Object(_)) => Some((key, self.sample(&[schema], name, &parts.trail, index)?)),
            Some(Value::Bool(false)) => None,
            _ => alone.then(|| (key, anything(name))),
        }
    }
}

/// Returns the value at `index` among those that every `enum` has. Null is left to its own mode.
fn enumerated(schemas: &[&Value], index: usize) -> Option<Value> {
    let mut lists = schemas.iter().filter_map(|schema| schema.get("enum")?.as_array());
    let mut values: Vec<&Value> = lists.next()?.iter().filter(|value| !value.is_null()).collect();
    for list in lists {
        values.retain(|value| list.contains(value));
    }
    assert!(!values.is_empty(), "no value is in every enum of {schemas:?}");
    let value = values.get(index % values.len())?;
    // A bare `true` in YAML is not a string, even if the type is.
    Some(if kind(schemas) == Some("string") && !value.is_string() {
        json!(value.to_string())
    } else {
        (*value).clone()
    })
}

fn kind<'d>(schemas: &[&'d Value]) -> Option<&'d str> {
    let has =
        |keywords: &[&str]| schemas.iter().any(|schema| keywords.iter().any(|keyword| schema.get(*keyword).is_some()));
    let named = schemas.iter().find_map(|schema| text(schema, "type"));
    let implied = || has(&["properties", "additionalProperties", "required"]).then_some("object");
    named.or_else(implied).or_else(|| has(&["items"]).then_some("array"))
}

/// Returns a number below 1,000 that depends on the name alone.
fn number(name: &str) -> u16 {
    name.bytes().fold(7, |sum, byte| (sum * 31 + u16::from(byte)) % 1000)
}

fn integer(schemas: &[&Value], name: &str) -> Value {
    let number = i64::from(number(name));
    if matches!(format(schemas), Some("date-time" | "timestamp")) {
        return json!(1_700_000_000 + number);
    }
    let bound = |keyword| schemas.iter().find_map(|schema| schema.get(keyword)?.as_i64());
    json!(number.min(bound("maximum").unwrap_or(i64::MAX)).max(bound("minimum").unwrap_or(i64::MIN)))
}

fn format<'d>(schemas: &[&'d Value]) -> Option<&'d str> {
    schemas.iter().find_map(|schema| text(schema, "format"))
}

fn string(schemas: &[&Value], name: &str) -> Value {
    let number = number(name);
    match format(schemas) {
        Some("date-time") => json!(format!("2026-03-04T05:06:07.{number:03}Z")),
        Some("timestamp") => json!(format!("2026-03-04T05:06:{:02}Z", number % 60)),
        Some("date") => json!(format!("2026-03-{:02}", number % 28 + 1)),
        Some("email") => json!(format!("a.b+{number}@example.com")),
        Some("uri") => json!(format!("https://example.com/{number}?a=b&c=%20d")),
        Some("uuid") => json!(format!("0b6f1a52-0000-4000-8000-000000000{number:03}")),
        Some("byte") => json!("YSDDqQ=="),
        _ => json!(format!("{name}: a/b c&d=e+f é \"%,\"")),
    }
}

/// Returns a value for a schema without constraints.
fn anything(name: &str) -> Value {
    json!({ name: [1, 2.5, "three é", null, { "deep": [[true]] }] })
}
