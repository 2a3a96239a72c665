//! Merges the parts of a composed schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Schemas;
use crate::conformance::openapi::{list, object, reference, resolve, text};

/// The chosen branches: for each the address of its union and its index. Other unions use the first branch.
pub(super) type Choice = [(usize, usize)];

/// A schema with the parts of its `allOf` and one branch of each of its unions.
#[derive(Debug, Default)]
pub(super) struct Flat<'d> {
    pub(super) parts: Vec<Part<'d>>,
    /// The discriminator properties, each with the value that selects the chosen branch.
    pub(super) tags: Vec<(&'d str, &'d str)>,
    pub(super) unions: Vec<Union<'d>>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'d> {
    pub(super) schema: &'d Value,
    /// True if the part belongs to a branch.
    pub(super) is_alternative: bool,
    /// True if the part belongs to a branch that refers to another type.
    pub(super) is_foreign: bool,
}

#[derive(Debug)]
pub(super) struct Union<'d> {
    /// The address of the list of branches.
    pub(super) key: usize,
    pub(super) alternatives: Vec<Alternative<'d>>,
}

/// A branch of a union; it occurs once for each discriminator value that selects it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alternative<'d> {
    pub(super) schema: &'d Value,
    tag: Option<(&'d str, &'d str)>,
}

/// Returns the address of a node, which identifies it in the document.
pub(super) fn address(node: &Value) -> usize {
    std::ptr::from_ref(node).addr()
}

impl<'d> Schemas<'d> {
    pub(super) fn flat(&self, schemas: &[&'d Value], choice: &Choice) -> Flat<'d> {
        let mut flat = Flat::default();
        for schema in schemas {
            let part = Part { schema, is_alternative: false, is_foreign: false };
            self.take_apart(part, choice, &mut Vec::new(), &mut flat);
        }
        flat
    }

    fn take_apart(&self, part: Part<'d>, choice: &Choice, trail: &mut Vec<usize>, flat: &mut Flat<'d>) {
        // A schema that is a part of itself adds nothing the second time.
        let address = address(part.schema);
        if trail.contains(&address) {
            return;
        }
        trail.push(address);
        if reference(part.schema).is_some() {
            if let Ok(schema) = resolve(self.tree, part.schema) {
                self.take_apart(Part { schema, ..part }, choice, trail, flat);
            }
        } else {
            for schema in list(part.schema, "allOf") {
                self.take_apart(Part { schema, ..part }, choice, trail, flat);
            }
            flat.parts.push(part);
            for keyword in ["oneOf", "anyOf"] {
                self.choose(part, keyword, choice, trail, flat);
            }
        }
        trail.pop();
    }

    fn choose(&self, part: Part<'d>, keyword: &str, choice: &Choice, trail: &mut Vec<usize>, flat: &mut Flat<'d>) {
        let Some(union) = union(part.schema, keyword) else { return };
        let chosen = choice.iter().find(|(key, _)| *key == union.key).map_or(0, |(_, index)| *index);
        let alternative = union.alternatives.get(chosen).copied();
        flat.unions.push(union);
        let Some(Alternative { schema, tag }) = alternative else { return };
        flat.tags.extend(tag);
        let is_foreign = part.is_foreign || self.alias(schema).is_some();
        self.take_apart(Part { schema, is_alternative: true, is_foreign }, choice, trail, flat);
    }

    /// Returns the type that a schema is an alias of: a reference, alone or as the only part of `allOf` without other
    /// structure.
    pub(super) fn alias(&self, schema: &'d Value) -> Option<&'d Value> {
        const STRUCTURE: [&str; 6] = ["properties", "required", "additionalProperties", "oneOf", "anyOf", "items"];
        let mut parts = list(schema, "allOf");
        let referring = match (parts.next(), parts.next()) {
            _ if reference(schema).is_some() => schema,
            (Some(only), None) if STRUCTURE.iter().all(|keyword| schema.get(*keyword).is_none()) => only,
            _ => return None,
        };
        let pointer = reference(referring)?.strip_prefix('#')?;
        self.tree.pointer(pointer)
    }
}

/// Returns the union of a schema under `keyword`, which is `oneOf` or `anyOf`.
pub(super) fn union<'d>(schema: &'d Value, keyword: &str) -> Option<Union<'d>> {
    let branches = schema.get(keyword).filter(|branches| branches.as_array().is_some_and(|list| !list.is_empty()))?;
    let mut alternatives = Vec::new();
    for branch in list(schema, keyword) {
        let tags = schema.get("discriminator").map(|discriminator| tags(discriminator, branch)).unwrap_or_default();
        if tags.is_empty() {
            alternatives.push(Alternative { schema: branch, tag: None });
        }
        alternatives.extend(tags.into_iter().map(|tag| Alternative { schema: branch, tag: Some(tag) }));
    }
    Some(Union { key: address(branches), alternatives })
}

/// Returns the discriminator property with each value that selects a branch. Without a mapping, the value is the name
/// of the branch's schema.
fn tags<'d>(discriminator: &'d Value, branch: &'d Value) -> Vec<(&'d str, &'d str)> {
    let (Some(property), Some(target)) = (text(discriminator, "propertyName"), reference(branch)) else {
        return Vec::new();
    };
    let name = target.rsplit('/').next().unwrap_or_default();
    let leads_here = |to: &Value| to.as_str().is_some_and(|to| to == target || to == name);
    let mut tags: Vec<_> =
        object(discriminator, "mapping").filter(|(_, to)| leads_here(to)).map(|(tag, _)| tag).collect();
    if tags.is_empty() {
        tags.push(name);
    }
    tags.into_iter().map(|tag| (property, tag)).collect()
}

impl<'d> Flat<'d> {
    fn schemas(&self) -> impl DoubleEndedIterator<Item = &'d Value> + '_ {
        self.parts.iter().map(|part| part.schema)
    }

    /// Returns the properties, each with all of its schemas. A property that is only required has the schema of
    /// `additionalProperties`.
    pub(super) fn properties(&self) -> BTreeMap<&'d str, Vec<&'d Value>> {
        let mut properties: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, schema) in self.schemas().flat_map(|schema| object(schema, "properties")) {
            properties.entry(name).or_default().push(schema);
        }
        for name in self.required() {
            properties.entry(name).or_insert_with(|| self.additional().into_iter().collect());
        }
        properties
    }

    pub(super) fn required(&self) -> BTreeSet<&'d str> {
        self.schemas().flat_map(required).collect()
    }

    /// Returns the properties that every value must have, whichever branch it fits. A branch that describes properties
    /// is a type of its own and demands nothing: the union keeps a value that fits no branch.
    pub(super) fn always_required(&self) -> BTreeSet<&'d str> {
        let common = self.parts.iter().filter(|part| !part.is_alternative);
        let mut always: BTreeSet<_> = common.flat_map(|part| required(part.schema)).collect();
        for union in &self.unions {
            let mut demands = union.alternatives.iter().map(|alternative| alternative.demands());
            let Some(Some(mut shared)) = demands.next() else { continue };
            for demanded in demands {
                shared.retain(|name| demanded.as_ref().is_some_and(|demanded| demanded.contains(name)));
            }
            always.extend(shared);
        }
        always
    }

    pub(super) fn items(&self) -> Vec<&'d Value> {
        self.schemas().filter_map(|schema| schema.get("items")).collect()
    }

    pub(super) fn additional(&self) -> Option<&'d Value> {
        self.schemas().filter_map(|schema| schema.get("additionalProperties")).find(|schema| schema.is_object())
    }

    /// Returns whether the schema names no properties and allows any.
    pub(super) fn is_free(&self) -> bool {
        let is_closed = |schema: &Value| schema.get("additionalProperties") == Some(&Value::Bool(false));
        self.schemas().all(|schema| !is_closed(schema) && object(schema, "properties").next().is_none())
    }

    /// Returns the values that every `enum` has, without null.
    pub(super) fn values(&self) -> Vec<Value> {
        let mut lists = self.schemas().filter_map(|schema| schema.get("enum")?.as_array());
        let Some(first) = lists.next() else { return Vec::new() };
        let mut values: Vec<_> = first.iter().filter(|value| !value.is_null()).collect();
        for list in lists {
            values.retain(|value| list.contains(value));
        }
        let is_text = self.kind() == Some("string");
        // A bare `true` in YAML is not text, even if the type is a string.
        let value =
            |value: &Value| if is_text && !value.is_string() { value.to_string().into() } else { value.clone() };
        values.into_iter().map(value).collect()
    }

    pub(super) fn kind(&self) -> Option<&'d str> {
        let has = |keyword: &str| self.schemas().any(|schema| schema.get(keyword).is_some());
        let named = self.schemas().find_map(|schema| text(schema, "type"));
        let implied = || ["properties", "additionalProperties", "required"].into_iter().any(has).then_some("object");
        named.or_else(implied).or_else(|| has("items").then_some("array"))
    }

    pub(super) fn format(&self) -> Option<&'d str> {
        self.schemas().find_map(|schema| text(schema, "format"))
    }

    /// Returns the first integer under a keyword.
    pub(super) fn bound(&self, keyword: &str) -> Option<i64> {
        self.schemas().find_map(|schema| schema.get(keyword)?.as_i64())
    }

    pub(super) fn is_nullable(&self) -> bool {
        self.schemas().any(|schema| schema.get("nullable") == Some(&Value::Bool(true)))
    }
}

impl<'d> Alternative<'d> {
    /// Returns the required properties of the branch, if it describes nothing else.
    fn demands(&self) -> Option<BTreeSet<&'d str>> {
        let is_type = |keyword: &str| self.schema.get(keyword).is_some();
        let is_type = ["$ref", "allOf", "oneOf", "anyOf", "items"].into_iter().any(is_type);
        // A property with a single value only identifies the branch.
        let is_constant = |schema: &Value| list(schema, "enum").count() == 1;
        let describes = object(self.schema, "properties").any(|(_, schema)| !is_constant(schema));
        (!is_type && !describes).then(|| required(self.schema).collect())
    }
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    list(schema, "required").filter_map(Value::as_str)
}

/// Returns the members of an object; none for any other value.
pub(super) fn members(value: Value) -> Map<String, Value> {
    if let Value::Object(members) = value { members } else { Map::new() }
}
