//! What a caller sees in Rust, as text: the types and signatures of the functions that write them.

use super::model::ModelOf;
use super::types::{From, ident, rust_type, text};
use super::{method, resource, union};
use crate::api::{Api, Body, Model, Operation, Parameter, Type, TypeId, Union, UnionVariant};
use crate::names;
use crate::usage::Usage;

/// A function: its name, and the name and type of each argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) arguments: Vec<(String, String)>,
}

impl std::fmt::Display for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let arguments: Vec<String> = self.arguments.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        write!(f, "{}({})", self.name, arguments.join(", "))
    }
}

/// A type, as a file of models writes it.
pub(crate) fn type_text(api: &Api, ty: &Type) -> String {
    text(&rust_type(api, ty, From::Models))
}

/// A name as Rust takes it: `r#type`.
pub(crate) fn name_text(name: &str) -> String {
    ident(name).to_string()
}

/// The method of the client that leads to the operations in a module.
pub(crate) fn accessor(module: &str) -> String {
    name_text(&names::accessor_name(module))
}

/// The method that makes a request of an operation.
pub(crate) fn request(api: &Api, operation: &Operation) -> Function {
    let arguments = method::arguments(api, operation).into_iter();
    Function {
        name: name_text(&operation.name),
        arguments: arguments.map(|input| (input.name.to_string(), text(&input.ty))).collect(),
    }
}

/// The setter of a parameter; for a required one its type is that of the argument.
pub(crate) fn setter(api: &Api, parameter: &Parameter) -> Function {
    let input = method::parameter_input(api, parameter);
    Function {
        name: name_text(&names::parameter_setter_name(&parameter.name)),
        arguments: vec![(input.name.to_string(), text(&input.ty))],
    }
}

/// What is passed as body; nothing for a multipart body, whose fields are parameters.
pub(crate) fn body(api: &Api, body: &Body) -> Option<String> {
    method::body_input(api, &body.kind).map(|input| text(&input.ty))
}

/// What awaiting a request gives.
pub(crate) fn output(api: &Api, operation: &Operation) -> String {
    text(&resource::output(api, operation))
}

/// A struct.
#[derive(Debug, Clone)]
pub(crate) struct Struct {
    /// The types of the fields, in their order.
    pub(crate) fields: Vec<String>,
    /// The types of the values in them, without regard to presence and null.
    pub(crate) values: Vec<String>,
    /// The functions that set each field; none where every constructor takes it or no call sends the struct.
    pub(crate) setters: Vec<Vec<String>>,
    pub(crate) constructors: Vec<Function>,
    pub(crate) is_sent: bool,
    /// Whether it implements `Default`.
    pub(crate) is_default: bool,
}

/// The struct of a model.
pub(crate) fn model(api: &Api, usage: &Usage, id: TypeId, model: &Model) -> Struct {
    let of = ModelOf::new(api, usage, id, model);
    let constructors = of.constructors().into_iter().map(|constructor| Function {
        name: name_text(constructor.name),
        arguments: of.arguments(constructor.given).iter().map(|(name, ty)| (name.to_string(), text(ty))).collect(),
    });
    let fields = || model.fields.iter().enumerate();
    Struct {
        fields: fields().map(|(index, field)| text(&of.field_type(index, field))).collect(),
        values: fields().map(|(index, field)| text(&of.value_type(index, field))).collect(),
        setters: model.fields.iter().map(|field| of.setters(field)).collect(),
        constructors: constructors.collect(),
        is_sent: usage.is_sent(id),
        is_default: of.is_default(),
    }
}

/// A variant of a union.
#[derive(Debug, Clone)]
pub(crate) struct Payload {
    /// What it holds.
    pub(crate) ty: String,
    /// Whether the union is made of that by `From`.
    pub(crate) converts: bool,
    /// Whether the union is made of a literal of text.
    pub(crate) from_text: bool,
    /// The function that makes it of the value of its only field.
    pub(crate) shortcut: Option<String>,
}

/// The variants of a union, in their order.
pub(crate) fn union(api: &Api, usage: &Usage, id: TypeId, of: &Union) -> Vec<Payload> {
    let texts = union::text_variant(api, of);
    let shortcuts = union::shortcut_fields(api, usage, id, of);
    let payload = |(index, variant): (usize, &UnionVariant)| Payload {
        ty: text(&union::payload(api, usage, id, index, variant)),
        converts: union::converts(api, of, index),
        from_text: texts.is_some_and(|text| text.name == variant.name),
        shortcut: shortcuts
            .iter()
            .find(|(other, _)| other.name == variant.name)
            .map(|(_, field)| format!("{}: {}", name_text(&field.name), type_text(api, &field.ty))),
    };
    of.variants.iter().enumerate().map(payload).collect()
}
