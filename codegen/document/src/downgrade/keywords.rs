//! Converts the keywords of a schema that OpenAPI 3.0 lacks or defines differently.

use serde_json::{Map, Number, Value, json};

use super::Downgrade;
use crate::grammar::{KEYWORDS, Kind, SIBLINGS};
use crate::path::Path;

type Schema = Map<String, Value>;

impl Downgrade {
    pub(super) fn schema(&mut self, schema: &mut Schema, at: &Path<'_>) {
        reference(schema);
        if keywords(schema) {
            self.tell(&at.key("type"), ODD_TYPE);
        }
        self.tuple(schema, at);
        self.patterns(schema, at);
        self.unevaluated(schema);
        content(schema);
    }

    /// Converts a tuple to a list in which any item may have the type of any position.
    fn tuple(&mut self, schema: &mut Schema, at: &Path<'_>) {
        let Some(Value::Array(mut kinds)) = schema.remove("prefixItems") else { return };
        self.tell(&at.key("prefixItems"), "which type stands at which position cannot be said: any of them anywhere");
        match schema.remove("items") {
            // `items: false` forbids items after the positions.
            Some(Value::Bool(false)) => drop(schema.entry("maxItems").or_insert(kinds.len().into())),
            Some(rest @ Value::Object(_)) => kinds.push(rest),
            _ => {}
        }
        schema.insert("items".to_owned(), any_of(kinds));
    }

    /// Converts `patternProperties` to a map in which any value may have the type of any pattern.
    fn patterns(&mut self, schema: &mut Schema, at: &Path<'_>) {
        let Some(Value::Object(patterns)) = schema.remove("patternProperties") else { return };
        self.tell(&at.key("patternProperties"), "the pattern of a name is not checked: the values go by any name");
        let mut kinds: Vec<Value> = patterns.into_iter().map(|(_, value)| value).collect();
        match schema.get("additionalProperties") {
            None | Some(Value::Bool(false)) => {}
            Some(Value::Bool(true)) => return,
            Some(other) => kinds.push(other.clone()),
        }
        schema.insert("additionalProperties".to_owned(), any_of(kinds));
        schema.entry("type").or_insert("object".into());
    }

    /// Converts `unevaluatedProperties`, which covers the properties that no other part of a composition describes.
    /// `additionalProperties` does the same for a single schema.
    fn unevaluated(&mut self, schema: &mut Schema) {
        if let Some(rest) = schema.remove("unevaluatedProperties")
            && rest.is_object()
        {
            schema.entry("additionalProperties").or_insert(rest);
        }
    }
}

/// Returns a boolean schema as an object: `true` allows any value, and `false` none.
pub(super) fn boolean(all: bool) -> Value {
    if all { json!({}) } else { json!({ "not": {} }) }
}

/// Returns a schema for values of any of these kinds. Kinds that differ only in their prose count once.
fn any_of(mut kinds: Vec<Value>) -> Value {
    let mut distinct: Vec<Value> = Vec::new();
    kinds.retain(|kind| {
        let structure = structure(kind);
        let new = !distinct.contains(&structure);
        if new {
            distinct.push(structure);
        }
        new
    });
    match kinds.len() {
        0 => json!({}),
        1 => kinds.swap_remove(0),
        _ => json!({ "anyOf": kinds }),
    }
}

/// Returns a schema without its own prose and samples.
fn structure(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(schema) = &mut schema {
        schema.retain(|key, _| !Kind::Schema.any_field(key).is_some_and(|field| field.is_annotation()));
    }
    schema
}

/// Moves a reference with siblings that constrain the value into `allOf`, because in 3.1 the siblings count too. A key
/// that the grammar does not know, such as an extension or `$ref` itself, constrains nothing.
fn reference(schema: &mut Schema) {
    let constrains = |key: &str| {
        let is_name = matches!(key, "$id" | "$schema" | "$comment" | "$anchor");
        let field = Kind::Schema.any_field(key).filter(|_| !is_name && !SIBLINGS.contains(&key));
        field.is_some_and(|field| !field.is_annotation())
    };
    if !schema.keys().any(|key| constrains(key)) {
        return;
    }
    if let Some(target) = schema.remove("$ref") {
        let reference = json!({ "$ref": target });
        match schema.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.insert(0, reference),
            _ => drop(schema.insert("allOf".to_owned(), json!([reference]))),
        }
    }
}

/// Converts the content keywords of a string to a `format`.
fn content(schema: &mut Schema) {
    let encoding = schema.remove("contentEncoding");
    let media_type = schema.remove("contentMediaType");
    if schema.contains_key("format") || schema.get("type").is_some_and(|ty| ty != "string") {
        return;
    }
    let format = match (encoding.as_ref().and_then(Value::as_str), media_type.as_ref().and_then(Value::as_str)) {
        (Some("base64"), _) => "byte",
        (None, Some(media_type)) if !media_type.starts_with("text/") && !media_type.contains("json") => "binary",
        _ => return,
    };
    schema.insert("type".to_owned(), "string".into());
    schema.insert("format".to_owned(), format.into());
}

/// The message for a list of types with an element that [`keywords`] leaves out.
pub(crate) const ODD_TYPE: &str = "`type` lists a value that is not the name of a type: left out";

/// Removes what is not a name from a list of types, and returns whether there was any. A list without any name is
/// removed as a whole: it says nothing.
fn drop_odd_types(schema: &mut Schema) -> bool {
    let Some(Value::Array(types)) = schema.get_mut("type") else { return false };
    let before = types.len();
    types.retain(|ty| ty.is_string() || ty.is_null());
    let (dropped, is_empty) = (types.len() < before, types.is_empty());
    if dropped && is_empty {
        schema.remove("type");
    }
    dropped
}

/// Returns the keywords of a schema that [`keywords`] converts.
pub(crate) fn newer_keywords(schema: &Schema) -> Vec<&'static str> {
    let mut found = Vec::new();
    if schema.get("type").is_some_and(|ty| ty.is_array() || ty == "null") {
        found.push("type");
    }
    for key in ["exclusiveMinimum", "exclusiveMaximum"] {
        if schema.get(key).is_some_and(Value::is_number) {
            found.push(key);
        }
    }
    if schema.contains_key("const") {
        found.push("const");
    }
    for key in ["anyOf", "oneOf"] {
        if schema.get(key).and_then(Value::as_array).is_some_and(|branches| branches.iter().any(is_null)) {
            found.push(key);
        }
    }
    found
}

/// Converts the keywords that OpenAPI 3.0 can express in another way: lists of types, null, constants, bounds.
/// Returns whether an element of the list of types is left out, because it is not a name ([`ODD_TYPE`]).
pub(crate) fn keywords(schema: &mut Schema) -> bool {
    let left_out = drop_odd_types(schema);
    for key in newer_keywords(schema) {
        match key {
            "type" => types(schema),
            "const" => {
                if let Some(value) = schema.remove("const") {
                    schema.insert("enum".to_owned(), json!([value]));
                }
            }
            "anyOf" | "oneOf" => branches(schema, key),
            "exclusiveMinimum" => bound(schema, key, "minimum", |exclusive, plain| exclusive >= plain),
            "exclusiveMaximum" => bound(schema, key, "maximum", |exclusive, plain| exclusive <= plain),
            _ => {}
        }
    }
    left_out
}

/// Returns whether null is the only value that a schema allows.
fn is_null(schema: &Value) -> bool {
    let null = |value: &Value| value.is_null() || value == "null";
    let only =
        |value: Option<&Value>| value.and_then(Value::as_array).is_some_and(|list| list.iter().all(Value::is_null));
    schema.get("type").is_some_and(|ty| ty == "null" || ty.as_array().is_some_and(|list| list.iter().all(null)))
        || schema.get("const").is_some_and(Value::is_null)
        || only(schema.get("enum"))
}

fn branches(schema: &mut Schema, key: &str) {
    let Some(Value::Array(branches)) = schema.get_mut(key) else { return };
    branches.retain(|branch| !is_null(branch));
    if branches.is_empty() {
        schema.remove(key);
    }
    schema.insert("nullable".to_owned(), true.into());
}

fn bound(schema: &mut Schema, key: &str, plain: &str, tighter: fn(f64, f64) -> bool) {
    let Some(Value::Number(exclusive)) = schema.remove(key) else { return };
    let number = |number: &Number| number.as_f64().unwrap_or_default();
    match schema.get(plain) {
        Some(Value::Number(other)) if !tighter(number(&exclusive), number(other)) => {}
        _ => {
            schema.insert(plain.to_owned(), exclusive.into());
            schema.insert(key.to_owned(), true.into());
        }
    }
}

/// Converts a list of types: null becomes `nullable`, and several other types become branches.
fn types(schema: &mut Schema) {
    let mut types = match schema.remove("type") {
        Some(Value::Array(types)) => types,
        Some(only) => vec![only],
        None => return,
    };
    let null = |value: &Value| value.is_null() || value == "null";
    if types.iter().any(null) {
        schema.insert("nullable".to_owned(), true.into());
        types.retain(|ty| !null(ty));
        if types.is_empty() {
            schema.entry("enum").or_insert_with(|| json!([null]));
            return;
        }
    }
    if types.iter().any(|ty| ty == "number") {
        types.retain(|ty| ty != "integer");
    }
    // A list of all types says nothing, and these other keywords say more than a list of types does.
    let told_otherwise = ["enum", "anyOf", "oneOf", "allOf", "$ref"].iter().any(|key| schema.contains_key(*key));
    match types.len() {
        1 => drop(schema.insert("type".to_owned(), types.swap_remove(0))),
        2..=4 if !told_otherwise => {
            let branches: Vec<Value> = types.iter().map(|ty| branch(schema, ty)).collect();
            schema.retain(|key, _| !KEYWORDS.iter().any(|(keyword, _)| keyword == key));
            schema.insert("anyOf".to_owned(), branches.into());
        }
        _ => {}
    }
}

/// Returns the branch for one type of several, with the keywords that apply to that type.
fn branch(schema: &Schema, ty: &Value) -> Value {
    let about = |key: &str| {
        KEYWORDS.iter().any(|(keyword, types)| *keyword == key && ty.as_str().is_some_and(|ty| types.contains(&ty)))
    };
    let mut branch: Schema =
        schema.iter().filter(|(key, _)| about(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
    branch.insert("type".to_owned(), ty.clone());
    branch.into()
}
