//! Limits: the demands of a schema, and of all that it is composed of, on a value beyond its type.

use openapiv3::{AnySchema, IntegerType, NumberType, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Number;

use super::context::Context;
use super::view::Node;
use crate::api::{Bound, Count, Limits};

/// The maximum number of schemas to look at for one value: enough for any composition, and an end for one with a cycle.
const MOST: usize = 100;

impl<'d> Context<'d> {
    /// Returns the limits of `node` and of the parts of its `allOf`, with references resolved.
    pub(super) fn limits(&self, node: Node<'d>) -> Limits {
        let mut limits = Limits::default();
        let mut open = vec![node];
        for _ in 0..MOST {
            let Some(node) = open.pop() else { break };
            let schema = match node {
                Node::Schema(schema) => Some(schema),
                Node::Reference(reference) => self.find(reference).map(|(_, schema)| schema),
            };
            let Some(kind) = schema.map(|schema| &schema.schema_kind) else { continue };
            limits = limits.and(&own(kind));
            open.extend(parts(kind).iter().rev().map(Node::from));
        }
        limits
    }

    /// Returns the limits of `nodes` if all have the same, since a value has to match only one of them.
    pub(super) fn common_limits(&self, mut nodes: impl Iterator<Item = Node<'d>>) -> Limits {
        let first = nodes.next().map(|node| self.limits(node)).unwrap_or_default();
        if nodes.all(|node| self.limits(node) == first) { first } else { Limits::default() }
    }
}

/// Returns the schemas that a value has to match, too. Several branches are left out: it has to match only one of them.
fn parts(kind: &SchemaKind) -> &[ReferenceOr<Schema>] {
    match kind {
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts }
            if parts.len() == 1 || matches!(kind, SchemaKind::AllOf { .. }) =>
        {
            parts
        }
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

fn own(kind: &SchemaKind) -> Limits {
    match kind {
        SchemaKind::Type(Type::String(text)) => Limits {
            length: count(text.min_length, text.max_length),
            patterns: text.pattern.iter().cloned().collect(),
            ..Limits::default()
        },
        SchemaKind::Type(Type::Integer(integer)) => of_integer(integer),
        SchemaKind::Type(Type::Number(number)) => of_number(number),
        SchemaKind::Type(Type::Array(array)) => Limits {
            items: count(array.min_items, array.max_items),
            unique_items: array.unique_items,
            ..Limits::default()
        },
        SchemaKind::Type(Type::Object(object)) => {
            Limits { properties: count(object.min_properties, object.max_properties), ..Limits::default() }
        }
        SchemaKind::Any(any) => of_any(any),
        _ => Limits::default(),
    }
}

fn of_integer(integer: &IntegerType) -> Limits {
    let bound = |value: Option<i64>, exclusive| value.map(|value| Bound { value: value.into(), exclusive });
    Limits {
        minimum: bound(integer.minimum, integer.exclusive_minimum),
        maximum: bound(integer.maximum, integer.exclusive_maximum),
        // Every integer is a multiple of 1.
        multiples_of: integer.multiple_of.filter(|step| *step != 1).map(Number::from).into_iter().collect(),
        ..Limits::default()
    }
}

fn of_number(of: &NumberType) -> Limits {
    Limits {
        minimum: bound(of.minimum, of.exclusive_minimum),
        maximum: bound(of.maximum, of.exclusive_maximum),
        multiples_of: of.multiple_of.and_then(number).into_iter().collect(),
        ..Limits::default()
    }
}

fn of_any(any: &AnySchema) -> Limits {
    Limits {
        minimum: bound(any.minimum, any.exclusive_minimum.unwrap_or_default()),
        maximum: bound(any.maximum, any.exclusive_maximum.unwrap_or_default()),
        multiples_of: any.multiple_of.and_then(number).into_iter().collect(),
        length: count(any.min_length, any.max_length),
        patterns: any.pattern.iter().cloned().collect(),
        items: count(any.min_items, any.max_items),
        unique_items: any.unique_items.unwrap_or_default(),
        properties: count(any.min_properties, any.max_properties),
    }
}

/// Returns a count without a minimum of 0, which every value meets.
fn count(min: Option<usize>, max: Option<usize>) -> Count {
    Count { min: min.filter(|min| *min > 0), max }
}

fn bound(value: Option<f64>, exclusive: bool) -> Option<Bound> {
    value.and_then(number).map(|value| Bound { value, exclusive })
}

/// Returns the number without the `.0` that `openapiv3` adds to an integer.
fn number(value: f64) -> Option<Number> {
    let is_exact = value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
    if is_exact { Some(Number::from(value as i64)) } else { Number::from_f64(value) }
}
