//! Types: what has a name, what it looks like, what it is made of.

use serde_json::Value;

use super::Limits;

/// Names a definition among the [`Types`] of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// The types of an API; a [`TypeId`] is an index into them.
#[derive(Debug, Clone, Default)]
pub struct Types(pub Vec<TypeDef>);

impl Types {
    /// The definition behind `id`.
    pub fn def(&self, id: TypeId) -> &TypeDef {
        // A `TypeId` is only made by `lower`, for a definition that it puts at that index.
        &self.0[id.0]
    }

    /// The definitions, each with what names it.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.0.iter().enumerate().map(|(index, definition)| (TypeId(index), definition))
    }

    /// `ty`, with aliases followed to what they stand for.
    pub fn resolve<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        while let Type::Named(id) = ty {
            match &self.def(*id).shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        ty
    }

    /// What `path` leads to from a value of type `ty`; none where a step is no field of a model.
    pub fn at<'a>(&'a self, ty: &'a Type, path: &[String]) -> Option<&'a Type> {
        let start = self.resolve(ty);
        path.iter().try_fold(start, |ty, name| Some(self.resolve(&self.field(ty, name)?.ty)))
    }

    /// The field of this wire name; none where `ty` is no model or has none.
    pub fn field<'a>(&'a self, ty: &'a Type, wire: &str) -> Option<&'a Field> {
        self.model(ty)?.fields.iter().find(|field| field.wire == wire)
    }

    /// Marks the types that a value of this type can hold, itself among them; `reached` has a place for each.
    pub fn reach(&self, ty: &Type, reached: &mut [bool]) {
        let mut open: Vec<TypeId> = ty.named().into_iter().collect();
        while let Some(id) = open.pop() {
            if let Some(seen @ false) = reached.get_mut(id.0) {
                *seen = true;
                open.extend(self.def(id).shape.parts().into_iter().filter_map(Type::named));
            }
        }
    }

    /// Whether a value is one word where it stands outside of JSON.
    pub fn is_word(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Named(id) => !matches!(self.def(*id).shape, Shape::Model(_)),
            Type::List(_) | Type::Map(_) | Type::Object => false,
            _ => true,
        }
    }

    /// The model that `ty` is; none where it is anything else.
    pub fn model<'a>(&'a self, ty: &'a Type) -> Option<&'a Model> {
        let Type::Named(id) = self.resolve(ty) else { return None };
        match &self.def(*id).shape {
            Shape::Model(model) => Some(model),
            _ => None,
        }
    }
}

/// A type that gets a name in Rust.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// The module, and so the file, that it stands in.
    pub module: String,
    /// The name of the component schema that it is; none for a schema written inline.
    pub component: Option<String>,
    /// Where it stands in the document.
    pub pointer: String,
    /// `title` of a component, which is often its only prose.
    pub title: Option<String>,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What it looks like.
    pub shape: Shape,
}

/// What a type looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with named fields.
    Model(Model),
    /// A closed list of strings, open for what is not in it yet.
    StringEnum(Vec<Variant<String>>),
    /// The same of integers.
    IntegerEnum(Vec<Variant<i64>>),
    /// One of several types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with named fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Model {
    /// Sorted by wire name.
    pub fields: Vec<Field>,
    /// Properties with one possible value.
    pub constants: Vec<Constant>,
    /// The type of the properties that have no name in the document.
    pub additional: Option<Additional>,
    /// Indices into the fields that must be there, in the document's order: that of a constructor's arguments.
    pub required: Vec<usize>,
    /// The sets of fields of which one must be there; empty where `required` says it all.
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
    /// Its type, without regard to presence and null.
    pub ty: Type,
    /// Whether it is in `required`.
    pub required: bool,
    /// Whether null is a value of its own.
    pub nullable: bool,
    /// `writeOnly`: whether no answer has it.
    pub write_only: bool,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What the server takes where it is absent.
    pub default: Option<Value>,
    /// What a value has to keep to beyond the type.
    pub limits: Limits,
}

/// A property with one possible value.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The field that it would be: of a string, an integer or a boolean.
    pub field: Field,
    /// The value.
    pub value: Value,
}

/// A set of fields that together make a valid object.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The constructor's name.
    pub name: String,
    /// Indices into [`Model::fields`]: those that it is named after, then those that are always required.
    pub fields: Vec<usize>,
    /// Indices of the fields that have one possible value in this set, with the value.
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
    /// The property whose value tells the variant.
    pub tag: Option<String>,
    /// In the document's order.
    pub variants: Vec<UnionVariant>,
}

/// One of the types of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    /// The name in Rust.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// The values of the tag that select it.
    pub tags: Vec<String>,
    /// `description`.
    pub doc: Option<String>,
}

impl Alternative {
    /// Whether an object with nothing set is one of these.
    pub fn demands_nothing(&self) -> bool {
        self.fields.is_empty() && self.constants.is_empty()
    }
}

impl Shape {
    /// The types that one of this shape is made of, each at the position of its field or variant.
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
    /// The type with a name that this is, or is a list or a map of.
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
    /// A whole number.
    Integer,
    /// A whole number from 0, up to twice as large as [`Integer`](Self::Integer) reaches.
    Unsigned,
    /// Any number.
    Number,
    /// Text.
    String,
    /// Seconds since 1970, as an integer on the wire.
    Timestamp,
    /// A moment in time as text of RFC 3339, which is kept as it is.
    DateTime,
    /// A day: `YYYY-MM-DD` on the wire.
    Date,
    /// Bytes as base64 text.
    Base64,
    /// Raw bytes: only in bodies and parts.
    Bytes,
    /// Any JSON value.
    Json,
    /// An object with any fields.
    Object,
    /// A type with a name.
    Named(TypeId),
    /// A list.
    List(Box<Type>),
    /// An object whose values are all of one type.
    Map(Box<Type>),
    /// A value or null, where no field says so: in a list or a map.
    Nullable(Box<Type>),
}
