//! The intermediate representation: what the document says, resolved and named.
//!
//! [`lower`](crate::lower) builds an [`Api`], and nothing changes it afterwards. It is plain owned data: no lifetimes, no
//! interior mutability, no reference to the document. Questions about it (what is sent, what is recursive) are answered by
//! [`usage`](crate::usage).

use serde_json::Value;

/// One API: everything that becomes Rust.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub doc: Option<String>,
    /// The servers, in the document's order: the first is the default.
    pub servers: Vec<Server>,
    /// How calls are authenticated.
    pub credential: Credential,
    /// The environment variable that holds the token.
    pub token_variable: String,
    /// Header parameters that belong to the client and not to each call.
    pub client_headers: Vec<ClientHeader>,
    /// The operations by tag, sorted by name.
    pub resources: Vec<Resource>,
    /// Every type; a [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
}

impl Api {
    /// The definition behind `id`.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        // A `TypeId` is only made by `lower`, for a definition that it puts at that index.
        &self.types[id.0]
    }

    /// `ty`, with aliases followed to what they stand for.
    pub fn resolve<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        while let Type::Named(id) = ty {
            match &self.type_def(*id).shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        ty
    }

    /// Every operation, in the order of the resources.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

/// A server of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The variant's name.
    pub name: String,
    /// The URL, with the defaults of its variables put in.
    pub url: String,
    /// `description`.
    pub doc: Option<String>,
}

/// How a call proves who makes it: the first supported scheme of the document's `security`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Credential {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header of this name.
    Header(String),
    /// A query pair of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
    /// None.
    #[default]
    None,
}

/// A header that the client sends with every call.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientHeader {
    /// The header's name.
    pub wire: String,
    /// The setter's name.
    pub name: String,
    /// The type of its value.
    pub ty: Type,
    /// What is sent where nothing is set.
    pub default: Option<String>,
    /// The parameter's description.
    pub doc: Option<String>,
}

/// The operations of one tag.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The tag as the document writes it.
    pub tag: String,
    /// The type's name.
    pub name: String,
    /// The name of its module and of the method on the client.
    pub module: String,
    /// The tag's description.
    pub doc: Option<String>,
    /// Sorted by method name.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`; for an operation without one, what stands in for it.
    pub id: String,
    /// The method's name.
    pub name: String,
    /// The name of the type that stands for the operation.
    pub marker: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path as the document writes it.
    pub template: String,
    /// The path in pieces.
    pub path: Vec<Segment>,
    /// Path parameters first, in the path's order; then the others, sorted by place and name.
    pub parameters: Vec<Parameter>,
    /// What is sent as body; the fields of a multipart body are parameters.
    pub body: Option<Body>,
    /// What a success answers.
    pub success: Success,
    /// The documented answers that are no success: status and description.
    pub errors: Vec<(String, Option<String>)>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the call carries the credential.
    pub authenticated: bool,
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Sent as it stands.
    Text(String),
    /// The value of the parameter at this index of [`Operation::parameters`].
    Parameter(usize),
}

/// A value that a call takes outside its body, or a field of a multipart body.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name of the argument or the setter.
    pub name: String,
    /// Where the value goes.
    pub place: Place,
    /// Its type.
    pub ty: Type,
    /// Whether a call must have it.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// What the server takes where it is absent.
    pub default: Option<Value>,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query, in this style.
    Query(Style),
    /// Into a header.
    Header,
    /// Into the `Cookie` header.
    Cookie,
    /// Into a part of a multipart body, as text.
    TextPart,
    /// Into a part of a multipart body, as a file.
    FilePart,
}

/// How a list or an object is written into a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `a=1&a=2` where exploded, else `a=1,2`.
    Form {
        /// One pair for each element.
        explode: bool,
    },
    /// `a=1%202`.
    SpaceDelimited,
    /// `a=1|2`.
    PipeDelimited,
    /// `a[b]=1`.
    DeepObject,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// How it is written.
    pub kind: BodyKind,
    /// Whether a call must have it.
    pub required: bool,
    /// `description`.
    pub doc: Option<String>,
}

/// How a request body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// As JSON of this type and this media type.
    Json(Type, String),
    /// As `application/x-www-form-urlencoded`.
    Form(Type),
    /// As text of this media type.
    Text(String),
    /// As bytes of this media type.
    Bytes(String),
    /// As multipart: its fields are parameters of the operation.
    Multipart,
}

/// What a success answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// JSON of this type.
    Json(Type),
    /// A stream of bytes of this media type.
    Bytes(String),
    /// Text of this media type.
    Text(String),
    /// Nothing.
    Empty,
    /// The place to look at, in the `Location` header.
    Redirect,
    /// A different answer for each status.
    Several {
        /// The name of the enum.
        name: String,
        /// Its variants.
        answers: Vec<Answer>,
    },
}

/// One of several success answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status, or its first digit for a range such as `2XX`.
    pub status: u16,
    /// The variant's name.
    pub name: String,
    /// What it carries; nothing where the answer is empty.
    pub ty: Option<Type>,
}

/// Names a definition in [`Api::types`].
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
