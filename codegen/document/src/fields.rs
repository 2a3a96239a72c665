//! Lists every field that a document may use, with its effect. The rule: a field has an effect, or a warning says that
//! it has none, or it means nothing to a client.

use serde_json::Value;

pub use crate::grammar::Effect;
use crate::grammar::{Kind, Shape};
use crate::path::Path;
use crate::tree::DEPTH;

/// A field of an object of the specification, such as `style` of the "Parameter".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The object's name.
    pub object: &'static str,
    /// The field's key.
    pub key: &'static str,
    /// True if only OpenAPI 3.1 and 3.2 have the field.
    pub is_newer: bool,
    /// The effect of the field on a client.
    pub effect: Effect,
}

/// Returns every field of every object; the fields of 3.0 come before those of later versions.
#[must_use]
pub fn table() -> Vec<Row> {
    let rows = |kind: Kind, is_newer: bool| {
        let fields = if is_newer { kind.newer_fields() } else { kind.fields() };
        fields.iter().map(move |field| Row { object: kind.name(), key: field.key, is_newer, effect: field.effect })
    };
    [false, true]
        .into_iter()
        .flat_map(|is_newer| Kind::ALL.iter().flat_map(move |kind| rows(*kind, is_newer)))
        .collect()
}

/// A use of a field in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The object's name.
    pub object: &'static str,
    /// The field's key.
    pub key: &'static str,
    /// The JSON pointer of the value.
    pub pointer: String,
}

/// Returns the uses of every field in `tree`, which is a valid document. References are not followed.
#[must_use]
pub fn used(tree: &Value) -> Vec<Use> {
    let mut uses = Vec::new();
    look(Shape::Object(Kind::OpenApi), tree, &Path::ROOT, &mut uses);
    uses
}

fn look(shape: Shape, value: &Value, at: &Path<'_>, uses: &mut Vec<Use>) {
    match (shape, value) {
        _ if at.depth >= DEPTH => {}
        (Shape::Object(kind) | Shape::Ref(kind), Value::Object(object)) => {
            for (key, value) in object {
                let at = at.key(key);
                let Some(field) = kind.any_field(key) else { continue };
                uses.push(Use { object: kind.name(), key: field.key, pointer: at.pointer() });
                look(field.shape, value, &at, uses);
            }
        }
        (Shape::BoolOrSchema, Value::Object(_)) => look(Shape::Object(Kind::Schema), value, at, uses),
        (Shape::List(inner), Value::Array(list)) => {
            list.iter().enumerate().for_each(|(index, item)| look(*inner, item, &at.item(index), uses));
        }
        (Shape::Map(inner), Value::Object(map)) => {
            map.iter().for_each(|(key, value)| look(*inner, value, &at.key(key), uses));
        }
        _ => {}
    }
}
