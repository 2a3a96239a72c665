//! Types: their names, their shapes and their parts.

use serde_json::Value;

use super::Limits;

/// The ID of a definition among the [`Types`] of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// The types of an API; a [`TypeId`] is an index into them.
#[derive(Debug, Clone, Default)]
pub struct Types(pub Vec<TypeDef>);

impl Types {
    /// Returns the definition of `id`.
    pub fn def(&self, id: TypeId) -> &TypeDef {
        // Every `TypeId` is made from an index into the definitions.
        &self.0[id.0]
    }

    /// Returns the definitions with their IDs.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.0.iter().enumerate().map(|(index, definition)| (TypeId(index), definition))
    }

    /// Returns `ty`, or the type that it is an alias of.
    pub fn resolve<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        while let Type::Named(id) = ty {
            match &self.def(*id).shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        ty
    }

    /// Returns the type at `path` from a value of type `ty`; none if a step is no field of a model.
    pub fn at<'a>(&'a self, ty: &'a Type, path: &[String]) -> Option<&'a Type> {
        let start = self.resolve(ty);
        path.iter().try_fold(start, |ty, name| Some(self.resolve(&self.field(ty, name)?.ty)))
    }

    /// Returns the field of this name on the wire; none if `ty` is no model or lacks it.
    pub fn field<'a>(&'a self, ty: &'a Type, wire: &str) -> Option<&'a Field> {
        self.model(ty)?.fields.iter().find(|field| field.wire == wire)
    }

    /// Marks the types that a value of this type can hold, including its own; `reached` has an entry for each type.
    pub fn reach(&self, ty: &Type, reached: &mut [bool]) {
        let mut open: Vec<TypeId> = ty.named().into_iter().collect();
        while let Some(id) = open.pop() {
            if let Some(seen @ false) = reached.get_mut(id.0) {
                *seen = true;
                open.extend(self.def(id).shape.parts().into_iter().filter_map(Type::named));
            }
        }
    }

    /// Returns whether a value outside of JSON is written as one word. A union and any JSON count as one.
    pub fn is_word(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Named(id) => !matches!(self.def(*id).shape, Shape::Model(_)),
            Type::List(_) | Type::Map(_) | Type::Object => false,
            _ => true,
        }
    }

    /// Returns the model that `ty` is; none if it is no model.
    pub fn model<'a>(&'a self, ty: &'a Type) -> Option<&'a Model> {
        let Type::Named(id) = self.resolve(ty) else { return None };
        match &self.def(*id).shape {
            Shape::Model(model) => Some(model),
            _ => None,
        }
    }
}

/// A type that has a name in Rust.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The name in Rust.
    pub name: String,
    /// The module of the type, which is also its file.
    pub module: String,
    /// The name of the type's component schema; none for an inline schema.
    pub component: Option<String>,
    /// The JSON pointer of the type's schema.
    pub pointer: String,
    /// `title`, which is often the only description.
    pub title: Option<String>,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The shape of its values.
    pub shape: Shape,
}

/// The shape of a type.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with named fields.
    Model(Model),
    /// An enum of strings; other strings are accepted, too.
    StringEnum(Vec<Variant<String>>),
    /// An enum of integers; other integers are accepted, too.
    IntegerEnum(Vec<Variant<i64>>),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with named fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// The fields, sorted by name on the wire.
    pub fields: Vec<Field>,
    /// The properties with one possible value.
    pub constants: Vec<Constant>,
    /// The map of the properties that have no name in the document, if the document gives their values a type.
    pub additional: Option<Additional>,
    /// The indices of the fields that are always required, in the document's order, which is that of a constructor's
    /// arguments.
    pub required: Vec<usize>,
    /// The sets of fields one of which must be present; empty if `required` is the only demand.
    pub alternatives: Vec<Alternative>,
}

/// A map for the properties that have no name in the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Additional {
    /// The field's name.
    pub name: String,
    /// The type of a value.
    pub ty: Type,
}

/// A field of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: String,
    /// The type, regardless of presence and null.
    pub ty: Type,
    /// True if every object must have the field; a `readOnly` field is never required.
    pub required: bool,
    /// True if the value can be null.
    pub nullable: bool,
    /// `writeOnly`: true if no response has the field.
    pub write_only: bool,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The value that the server assumes if the field is absent.
    pub default: Option<Value>,
    /// The limits of a value beyond its type.
    pub limits: Limits,
}

/// A property with one possible value.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The field that the property would be with more values: a string, a string enum, an integer or a boolean.
    pub field: Field,
    /// The value.
    pub value: Value,
}

/// A set of fields that together make a valid object.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The name of its constructor.
    pub name: String,
    /// The indices into [`Model::fields`]: first the fields that not every alternative requires, then the fields that
    /// are always required.
    pub fields: Vec<usize>,
    /// The indices of the fields that have one possible value in this set, with that value.
    pub constants: Vec<(usize, Value)>,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant<T> {
    /// The name in Rust.
    pub name: String,
    /// The value on the wire.
    pub wire: T,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The property whose value selects the variant; none if the content does.
    pub tag: Option<String>,
    /// The variants, in the document's order.
    pub variants: Vec<UnionVariant>,
}

/// One of the types of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    /// The name in Rust.
    pub name: String,
    /// The type of its value.
    pub ty: Type,
    /// The values of the tag that select the variant.
    pub tags: Vec<String>,
    /// `description`.
    pub doc: Option<String>,
}

impl Alternative {
    /// Returns whether an object without any field matches.
    pub fn demands_nothing(&self) -> bool {
        self.fields.is_empty() && self.constants.is_empty()
    }
}

impl Shape {
    /// Returns the types of the fields or variants, each at the position of its owner; `additional` comes last.
    pub fn parts(&self) -> Vec<&Type> {
        match self {
            Self::Model(model) => {
                let additional = model.additional.iter().map(|additional| &additional.ty);
                model.fields.iter().map(|field| &field.ty).chain(additional).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::StringEnum(_) | Self::IntegerEnum(_) => Vec::new(),
        }
    }
}

impl Type {
    /// Returns the named type that this is, or is a list or a map of.
    pub fn named(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named(),
            _ => None,
        }
    }
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// An integer of 64 bits with a sign.
    Integer,
    /// An integer of 64 bits without a sign.
    Unsigned,
    /// Any number.
    Number,
    /// Text.
    String,
    /// The seconds since 1970, as an integer on the wire.
    Timestamp,
    /// A point in time as RFC 3339 text, which is kept as it is.
    DateTime,
    /// Text that `Debug` does not show.
    Secret,
    /// A date: `YYYY-MM-DD` on the wire.
    Date,
    /// Bytes as base64 text.
    Base64,
    /// Raw bytes in bodies and parts; text in JSON.
    Bytes,
    /// Any JSON value.
    Json,
    /// An object with arbitrary properties.
    Object,
    /// A type with a name.
    Named(TypeId),
    /// A list.
    List(Box<Type>),
    /// An object whose values are all of one type.
    Map(Box<Type>),
    /// A value or null, in a place that has no field to record that null is allowed.
    Nullable(Box<Type>),
}
