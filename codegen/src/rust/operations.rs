//! Operations: the arguments of their methods, the setters of their requests, and their output.

use super::structs::{Argument, Presence, Struct};
use super::types::{Holder, Plain, Type};
use super::usage::Usage;
use crate::api::{self, Api, BodyKind, Parameter, ParameterLocation, Style, Success, Types};
use crate::names;

/// The operations of one tag.
#[derive(Debug)]
pub struct Resource<'a> {
    /// The resource in the API.
    pub of: &'a api::Resource,
    /// The method of the client that returns the resource.
    pub accessor: String,
    /// The operations, sorted by method name.
    pub operations: Vec<Operation<'a>>,
}

/// An operation: a method, and setters of the request that it makes.
#[derive(Debug)]
pub struct Operation<'a> {
    /// The operation in the API.
    pub of: &'a api::Operation,
    /// The arguments of the method: all that is required, the body last.
    pub arguments: Vec<Input<'a>>,
    /// The setters of all that is optional.
    pub setters: Vec<Setter<'a>>,
    /// The type that awaiting the request returns.
    pub output: Type<'a>,
    /// The variants of the output, if it is an enum of several responses.
    pub responses: Vec<Response<'a>>,
    /// The page and the path to its items, if the response is a page.
    pub paged: Option<Paged<'a>>,
}

/// A value that a call takes.
#[derive(Debug)]
pub struct Input<'a> {
    /// The argument of the method or of the setter.
    pub argument: Argument<'a>,
    /// The part of the request that its value goes into.
    pub target: Target<'a>,
}

/// The part of a request that the value of an argument goes into.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// The part that this parameter names.
    Parameter(&'a Parameter),
    /// The body.
    Body(&'a api::Body),
}

/// A function that sets an optional value of a call.
#[derive(Debug)]
pub struct Setter<'a> {
    /// The name of the function.
    pub name: String,
    /// The value that the setter sets.
    pub input: Input<'a>,
}

/// One of several responses.
#[derive(Debug)]
pub struct Response<'a> {
    /// The response in the API.
    pub of: &'a api::Response,
    /// The type of its variant's value; none if the response has no content.
    pub ty: Option<Type<'a>>,
}

/// The path from a page to its items.
#[derive(Debug)]
pub struct Paged<'a> {
    /// The type of the page.
    pub page: Type<'a>,
    /// The type of an item.
    pub item: Type<'a>,
    /// The fields on the path from the page to its items.
    pub steps: Vec<Step<'a>>,
}

/// A field on the path to the items of a page.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The name of the field.
    pub name: &'a str,
    /// True if its value can be absent or null.
    pub may_lack: bool,
    /// True if its value is in a `Patch`.
    pub is_patch: bool,
}

impl<'a> Resource<'a> {
    pub(super) fn of(api: &'a Api, usage: &Usage, of: &'a api::Resource) -> Self {
        Self {
            accessor: names::accessor_name(&of.module),
            operations: of.operations.iter().map(|operation| Operation::of(api, usage, operation)).collect(),
            of,
        }
    }
}

impl<'a> Operation<'a> {
    fn of(api: &'a Api, usage: &Usage, of: &'a api::Operation) -> Self {
        let types = &api.types;
        let (required, optional): (Vec<_>, Vec<_>) = of.parameters.iter().partition(|parameter| parameter.required);
        let mut arguments: Vec<Input<'a>> = required.into_iter().map(|it| Input::parameter(types, it)).collect();
        let mut setters: Vec<Setter<'a>> = optional.into_iter().map(|it| Setter::of(api, it)).collect();
        if let Some((body, input)) = of.body.as_ref().and_then(|body| Some((body, Input::body(types, body)?))) {
            if body.required {
                arguments.push(input);
            } else {
                setters.push(Setter { name: "with_body".to_owned(), input });
            }
        }
        let (output, responses) = output(types, &of.success);
        Self { paged: paged(types, usage, of), of, arguments, setters, output, responses }
    }
}

impl<'a> Setter<'a> {
    fn of(api: &'a Api, parameter: &'a Parameter) -> Self {
        // A header of the client has a setter on every request already.
        let is_header = |name: &str| api.client_headers.iter().any(|header| header.name == name);
        let name = names::parameter_setter_name(&parameter.name, is_header);
        Self { name, input: Input::parameter(&api.types, parameter) }
    }
}

impl<'a> Input<'a> {
    fn parameter(types: &'a Types, parameter: &'a Parameter) -> Self {
        let (ty, into) = match parameter.place {
            ParameterLocation::Path(style) if style != Style::Json && types.is_word(&parameter.ty) => {
                (Type::Plain(Plain::Display), Type::of(types, &parameter.ty))
            }
            ParameterLocation::FilePart => {
                let part = Type::Plain(Plain::Part);
                let ty = match types.resolve(&parameter.ty) {
                    api::Type::List(_) => part.clone().within(Holder::Into).within(Holder::Each),
                    api::Type::Map(_) => part.clone().within(Holder::Pairs),
                    _ => part.clone().within(Holder::Into),
                };
                (ty, part)
            }
            _ => (Type::argument(types, &parameter.ty), Type::of(types, &parameter.ty)),
        };
        let argument = Argument { name: &parameter.name, ty, into, within: Vec::new() };
        Self { argument, target: Target::Parameter(parameter) }
    }

    /// Returns the input for the body; none for a multipart body, whose fields are parameters.
    fn body(types: &'a Types, body: &'a api::Body) -> Option<Self> {
        let into = |plain: Plain| (Type::Plain(plain).within(Holder::Into), Type::Plain(plain));
        let (ty, into) = match &body.kind {
            BodyKind::Json(ty, _) | BodyKind::Form(ty, _) => (Type::argument(types, ty), Type::of(types, ty)),
            BodyKind::Text(_) => into(Plain::String),
            BodyKind::Bytes(_) => into(Plain::Bytes),
            BodyKind::Multipart => return None,
        };
        let argument = Argument { name: "body", ty, into, within: Vec::new() };
        Some(Self { argument, target: Target::Body(body) })
    }
}

fn output<'a>(types: &'a Types, success: &'a Success) -> (Type<'a>, Vec<Response<'a>>) {
    let output = match success {
        Success::Json(ty) => Type::of(types, ty),
        Success::Bytes(_) => Type::Plain(Plain::Download),
        Success::Text(_) => Type::Plain(Plain::String),
        Success::Empty => Type::Plain(Plain::Unit),
        Success::Redirect => Type::Plain(Plain::Location),
        Success::Several { name, responses } => {
            let ty = |ty: &api::Type| match ty {
                api::Type::Bytes => Type::Plain(Plain::Bytes),
                ty => Type::of(types, ty),
            };
            let response = |of: &'a api::Response| Response { of, ty: of.ty.as_ref().map(ty) };
            return (Type::Responses(name), responses.iter().map(response).collect());
        }
    };
    (output, Vec::new())
}

fn paged<'a>(types: &'a Types, usage: &Usage, of: &'a api::Operation) -> Option<Paged<'a>> {
    let (Some(pagination), Success::Json(response)) = (&of.pagination, &of.success) else { return None };
    let mut steps = Vec::new();
    let mut ty = response;
    for step in &pagination.items {
        let api::Type::Named(id) = types.resolve(ty) else { return None };
        let owner = Struct::of(types, usage, *id, types.model(ty)?);
        let field = owner.field(step)?;
        steps.push(Step {
            name: &field.of.name,
            may_lack: field.presence != Presence::Required || field.of.nullable,
            is_patch: field.presence == Presence::Nullable,
        });
        ty = &field.of.ty;
    }
    let api::Type::List(item) = types.resolve(ty) else { return None };
    Some(Paged { page: Type::of(types, response), item: Type::of(types, item), steps })
}
