//! A uniform view of the forms in which `openapiv3` holds a schema.

use document::extensions;
use openapiv3::{
    AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// A schema or a reference to one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'d> {
    Reference(&'d str),
    Schema(&'d Schema),
}

impl<'d> From<&'d ReferenceOr<Schema>> for Node<'d> {
    fn from(schema: &'d ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Node<'d> {
    fn from(schema: &'d ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> Node<'d> {
    /// Returns the schema's [`SchemaData`]: description, `nullable`, extensions. A reference has none.
    pub(super) fn data(self) -> Option<&'d SchemaData> {
        match self {
            Self::Reference(_) => None,
            Self::Schema(schema) => Some(&schema.schema_data),
        }
    }

    /// Returns [`View::constant`] of the schema. A reference has none.
    pub(super) fn constant(self) -> Option<Value> {
        match self {
            Self::Reference(_) => None,
            Self::Schema(schema) => View::of(schema).constant().cloned(),
        }
    }

    /// Returns the Rust name that an overlay gives the schema. A reference has none.
    pub(super) fn rust_name(self) -> Option<&'d str> {
        extensions::text(&self.data()?.extensions, extensions::NAME)
    }
}

/// The keywords of a schema of any form.
#[derive(Debug, Clone)]
pub(super) struct View<'d> {
    pub(super) data: &'d SchemaData,
    pub(super) ty: Option<&'d str>,
    pub(super) format: Option<&'d str>,
    /// The values of `enum`, including null if `enum` lists it.
    pub(super) values: Vec<Value>,
    pub(super) properties: Vec<(&'d str, Node<'d>)>,
    pub(super) required: &'d [String],
    pub(super) additional: Option<&'d AdditionalProperties>,
    pub(super) items: Option<Node<'d>>,
    pub(super) all_of: Vec<Node<'d>>,
    /// The keyword (`oneOf`, else `anyOf`) and its branches. The keyword is part of their JSON pointers.
    pub(super) branches: (&'static str, Vec<Node<'d>>),
    pub(super) not: bool,
}

impl<'d> View<'d> {
    pub(super) fn of(schema: &'d Schema) -> Self {
        let mut view = Self {
            data: &schema.schema_data,
            ty: None,
            format: None,
            values: Vec::new(),
            properties: Vec::new(),
            required: &[],
            additional: None,
            items: None,
            all_of: Vec::new(),
            branches: ("oneOf", Vec::new()),
            not: false,
        };
        view.read(&schema.schema_kind);
        view
    }

    fn read(&mut self, kind: &'d SchemaKind) {
        match kind {
            SchemaKind::Type(ty) => self.read_type(ty),
            SchemaKind::OneOf { one_of } => self.branches = ("oneOf", nodes(one_of)),
            SchemaKind::AnyOf { any_of } => self.branches = ("anyOf", nodes(any_of)),
            SchemaKind::AllOf { all_of } => self.all_of = nodes(all_of),
            SchemaKind::Not { .. } => self.not = true,
            SchemaKind::Any(any) => {
                self.ty = any.typ.as_deref();
                self.format = any.format.as_deref();
                self.values = any.enumeration.clone();
                self.properties = any.properties.iter().map(|(name, node)| (name.as_str(), node.into())).collect();
                self.required = &any.required;
                self.additional = any.additional_properties.as_ref();
                self.items = any.items.as_ref().map(Node::from);
                self.all_of = nodes(&any.all_of);
                self.branches =
                    if any.one_of.is_empty() { ("anyOf", nodes(&any.any_of)) } else { ("oneOf", nodes(&any.one_of)) };
                self.not = any.not.is_some();
            }
        }
    }

    fn read_type(&mut self, ty: &'d Type) {
        match ty {
            Type::String(string) => {
                self.ty = Some("string");
                self.format = match &string.format {
                    VariantOrUnknownOrEmpty::Item(format) => Some(string_format(format)),
                    other => unknown(other),
                };
                self.values = string.enumeration.iter().map(|value| Value::from(value.clone())).collect();
            }
            Type::Integer(integer) => {
                self.ty = Some("integer");
                self.format = match &integer.format {
                    VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
                    VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
                    other => unknown(other),
                };
                self.values = integer.enumeration.iter().map(|value| Value::from(*value)).collect();
            }
            Type::Number(number) => {
                self.ty = Some("number");
                self.format = match &number.format {
                    VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Some("float"),
                    VariantOrUnknownOrEmpty::Item(NumberFormat::Double) => Some("double"),
                    other => unknown(other),
                };
                self.values = number.enumeration.iter().map(|value| Value::from(*value)).collect();
            }
            Type::Boolean(boolean) => {
                self.ty = Some("boolean");
                self.values = boolean.enumeration.iter().map(|value| Value::from(*value)).collect();
            }
            Type::Object(object) => {
                self.ty = Some("object");
                self.properties = object.properties.iter().map(|(name, node)| (name.as_str(), node.into())).collect();
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
            }
            Type::Array(array) => {
                self.ty = Some("array");
                self.items = array.items.as_ref().map(Node::from);
            }
        }
    }

    pub(super) fn nullable(&self) -> bool {
        self.data.nullable || self.values.iter().any(Value::is_null)
    }

    /// Returns the values of `enum` except null.
    pub(super) fn documented_values(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(|value| !value.is_null())
    }

    /// Returns the value of `enum` if, null aside, there is only one, it is a string, boolean or integer, and the
    /// schema has no composition. A model can hold such a value as a constant.
    pub(super) fn constant(&self) -> Option<&Value> {
        let mut values = self.documented_values();
        let value = values.next()?;
        let scalar = value.is_string() || value.is_boolean() || value.is_i64();
        (values.next().is_none() && scalar && self.branches.1.is_empty() && self.all_of.is_empty()).then_some(value)
    }

    /// Returns whether the schema has `properties` or `additionalProperties`.
    pub(super) fn has_fields(&self) -> bool {
        !self.properties.is_empty() || self.additional.is_some()
    }

    /// Returns whether the schema has no keyword that determines a type but `type: object`; it may have `required`.
    pub(super) fn is_constraint(&self) -> bool {
        self.ty.is_none_or(|ty| ty == "object")
            && !self.has_fields()
            && self.items.is_none()
            && self.values.is_empty()
            && self.all_of.is_empty()
            && self.branches.1.is_empty()
    }

    /// Returns whether the schema is an object or has no type, and has neither `enum` nor composition.
    pub(super) fn is_plain_object(&self) -> bool {
        self.ty.is_none_or(|ty| ty == "object")
            && self.values.is_empty()
            && self.all_of.is_empty()
            && self.branches.1.is_empty()
    }
}

fn nodes<'d>(schemas: &'d [ReferenceOr<Schema>]) -> Vec<Node<'d>> {
    schemas.iter().map(Node::from).collect()
}

fn unknown<T>(format: &VariantOrUnknownOrEmpty<T>) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        _ => None,
    }
}

fn string_format(format: &StringFormat) -> &'static str {
    match format {
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Password => "password",
        StringFormat::Byte => "byte",
        StringFormat::Binary => "binary",
    }
}
