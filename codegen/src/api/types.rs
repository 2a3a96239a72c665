//! Types: what has a name, what it looks like, what it is made of.

use serde_json::Value;

use super::Limits;

/// Names a definition in [`Api::types`](super::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

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
    /// Properties with one possible value, which no caller sets.
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
    /// The name on the wire.
    pub wire: String,
    /// The value: a string, an integer or a boolean.
    pub value: Value,
}

/// A set of fields that together make a valid object.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The constructor's name.
    pub name: String,
    /// Indices into [`Model::fields`]: those that it is named after, then those that are always required.
    pub fields: Vec<usize>,
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

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// Seconds since 1970, as an integer on the wire.
    Timestamp,
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
