//! A combined view of one or several schemas of a value.

use std::collections::{BTreeMap, BTreeSet};

use document::pointer;
use serde_json::{Map, Value};

/// The maximum number of schemas that one view combines: branches that lead to the same parts multiply.
const PARTS: usize = 10_000;

/// The form of a value, however the document composes it.
#[derive(Debug, Clone, Default)]
pub(super) struct View<'d> {
    /// The kinds of value; empty if any JSON is allowed.
    pub(super) kinds: BTreeSet<&'static str>,
    pub(super) properties: BTreeMap<&'d str, Vec<&'d Value>>,
    pub(super) required: BTreeSet<&'d str>,
    /// The schemas of the items of a list.
    pub(super) items: Vec<&'d Value>,
    /// The schemas of the values of a map.
    pub(super) entries: Vec<&'d Value>,
    /// The only values that are allowed, if they are listed.
    pub(super) values: Option<BTreeSet<String>>,
}

/// Returns the view of a value that matches any one of `schemas`.
pub(super) fn view<'d>(tree: &'d Value, schemas: &[&'d Value]) -> View<'d> {
    let mut walk = Walk { tree, path: Vec::new(), left: PARTS };
    either(schemas.iter().map(|schema| walk.of(schema)).collect())
}

/// Returns the node that references within `tree` lead to, or `node` itself if it is no reference.
pub(super) fn resolved<'d>(tree: &'d Value, node: &'d Value) -> &'d Value {
    let mut node = node;
    // A longer chain is a cycle.
    for _ in 0..32 {
        let target = reference(node).and_then(|reference| tree.pointer(reference.strip_prefix('#')?));
        match target {
            Some(target) => node = target,
            None => break,
        }
    }
    node
}

/// Returns the name of the component that a schema refers to.
pub(super) fn component(schema: &Value) -> Option<String> {
    let (section, name) = pointer::component(reference(schema)?)?;
    (section == "schemas").then(|| name.into_owned())
}

fn reference(node: &Value) -> Option<&str> {
    node.get("$ref").and_then(Value::as_str)
}

struct Walk<'d> {
    tree: &'d Value,
    /// The references on the path to this schema: one that occurs twice is a cycle.
    path: Vec<&'d str>,
    left: usize,
}

impl<'d> Walk<'d> {
    fn of(&mut self, schema: &'d Value) -> View<'d> {
        if self.left == 0 {
            return View::default();
        }
        self.left -= 1;
        if let Some(reference) = reference(schema) {
            let target = reference.strip_prefix('#').and_then(|place| self.tree.pointer(place));
            let Some(target) = target.filter(|_| !self.path.contains(&reference)) else { return View::default() };
            self.path.push(reference);
            let view = self.of(target);
            self.path.pop();
            return view;
        }
        let Value::Object(schema) = schema else { return View::default() };
        let mut view = alone(schema);
        for part in parts(schema, "allOf") {
            let part = self.of(part);
            view.demand(part);
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches: Vec<View<'d>> = parts(schema, keyword).map(|branch| self.of(branch)).collect();
            if !branches.is_empty() {
                view.demand(either(branches));
            }
        }
        view
    }
}

fn parts<'d>(schema: &'d Map<String, Value>, keyword: &str) -> impl Iterator<Item = &'d Value> + use<'d> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

/// Returns the view of a schema without its compositions.
fn alone(schema: &Map<String, Value>) -> View<'_> {
    let mut view = View::default();
    view.kinds.extend(kind(schema));
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    view.properties = properties.map(|(name, schema)| (name.as_str(), vec![schema])).collect();
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    view.required = required.filter_map(Value::as_str).collect();
    view.items.extend(schema.get("items"));
    view.entries.extend(schema.get("additionalProperties").filter(|entries| entries.is_object()));
    let values = schema.get("enum").and_then(Value::as_array);
    view.values = values.map(|values| {
        let texts = values.iter().filter(|value| !value.is_null());
        texts.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect()
    });
    view
}

fn kind(schema: &Map<String, Value>) -> Option<&'static str> {
    let format = schema.get("format").and_then(Value::as_str);
    let has = |key| schema.contains_key(key);
    let texts = |values: &Vec<Value>| values.iter().all(Value::is_string);
    Some(match (schema.get("type").and_then(Value::as_str), format) {
        (Some("integer"), Some("date-time" | "timestamp")) => "time",
        (Some("integer"), _) => "integer",
        (Some("number"), _) => "number",
        (Some("boolean"), _) => "boolean",
        (Some("string"), Some("date-time" | "timestamp")) => "time as text",
        (Some("string"), _) => "text",
        (Some("array"), _) => "list",
        (Some("object"), _) => "object",
        (None, _) if has("properties") => "object",
        (None, _) if has("items") => "list",
        (None, _) if schema.get("enum").and_then(Value::as_array).is_some_and(texts) => "text",
        _ => return None,
    })
}

/// Returns the view of a value that matches any one of `views`.
fn either(views: Vec<View<'_>>) -> View<'_> {
    let mut views = views.into_iter();
    let mut all = views.next().unwrap_or_default();
    for view in views {
        all.required.retain(|name| view.required.contains(name));
        all.values = all.values.take().zip(view.values.as_ref()).map(|(all, more)| all.union(more).cloned().collect());
        all.join(view);
    }
    all
}

impl<'d> View<'d> {
    /// Adds the demands of `other`.
    fn demand(&mut self, other: Self) {
        self.required.extend(other.required.iter().copied());
        self.values = self.values.take().or_else(|| other.values.clone());
        self.join(other);
    }

    fn join(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        for (name, schemas) in other.properties {
            self.properties.entry(name).or_default().extend(schemas);
        }
        self.items.extend(other.items);
        self.entries.extend(other.entries);
    }
}
