//! Structs: their fields, and the functions that construct and fill them.

use super::types::{Holder, Type};
use super::usage::Usage;
use serde_json::Value;

use crate::api::{self, Alternative, Constant, Model, TypeId, Types};

/// A model as a struct, with the functions of that struct.
#[derive(Debug)]
pub struct Struct<'a> {
    /// The model in the API.
    pub of: &'a Model,
    /// The fields: first those that can have several values, sorted by name on the wire, then those with one possible
    /// value.
    pub fields: Vec<Field<'a>>,
    /// The properties with one possible value that are always written and that no caller sets.
    pub constants: Vec<&'a Constant>,
    /// The map of the properties that have no name in the document.
    pub additional: Option<Additional<'a>>,
    /// The functions that construct the struct; none if no request sends it.
    pub constructors: Vec<Constructor<'a>>,
    /// True if requests send the struct, so that callers construct it, also as a struct literal.
    pub is_sent: bool,
    /// True if a response can contain the struct.
    pub is_received: bool,
    /// True if the struct implements `Default`.
    pub is_default: bool,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field<'a> {
    /// The field in the API.
    pub of: &'a api::Field,
    /// The form in which the field holds its value.
    pub presence: Presence,
    /// The type of the field.
    pub ty: Type<'a>,
    /// The type of the value, regardless of presence and null.
    pub value: Type<'a>,
    /// The argument of constructors and of the setter.
    pub argument: Argument<'a>,
    /// The function that sets the field; none if every constructor takes the field, or if no request sends the struct.
    pub setter: Option<String>,
    /// The function that sets the field to null.
    pub clear: Option<String>,
    /// The only possible value, if there is only one. The setter sets it.
    pub only: Option<&'a Value>,
}

/// The form in which a field holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// The value is always present, although it may be null.
    Required,
    /// The document requires the value, but a response may lack it or hold null. No request holds it.
    Expected,
    /// The value is present or absent.
    Optional,
    /// The value is present, null or absent, which a request must distinguish.
    Nullable,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument<'a> {
    /// The name of the argument.
    pub name: &'a str,
    /// The type of the argument.
    pub ty: Type<'a>,
    /// The type that the argument is converted into.
    pub into: Type<'a>,
    /// The holders around the converted value, from the inside out.
    pub within: Vec<Holder>,
}

/// A function that constructs a struct.
#[derive(Debug)]
pub struct Constructor<'a> {
    /// The name of the function.
    pub name: &'a str,
    /// The indices of the fields that the function takes, in the order of the arguments.
    pub given: &'a [usize],
    /// The indices of the fields that the function sets itself, with their only value in this alternative.
    pub written: &'a [(usize, Value)],
}

/// A map for the properties that have no name in the document.
#[derive(Debug)]
pub struct Additional<'a> {
    /// The field's name.
    pub name: &'a str,
    /// The type of a value.
    pub value: Type<'a>,
}

impl<'a> Struct<'a> {
    pub(super) fn of(types: &'a Types, usage: &Usage, id: TypeId, model: &'a Model) -> Self {
        let is_sent = usage.is_sent(id);
        let is_received = usage.is_received(id);
        let presence = |of: &api::Field| match of.required {
            // A call must have a required `writeOnly` property, and no response has it.
            true if of.write_only && is_received => Presence::Optional,
            true if usage.is_incomplete(id) || (of.nullable && !is_sent && !is_json(types, of)) => Presence::Expected,
            true => Presence::Required,
            false if of.nullable && is_sent => Presence::Nullable,
            false => Presence::Optional,
        };
        let field = |(index, of): (usize, &'a api::Field)| {
            let field = Field::of(types, of, usage.is_boxed(id, index), presence(of));
            if is_sent { field.with_setters(model) } else { field }
        };
        let constructors = match &model.alternatives[..] {
            _ if !is_sent => Vec::new(),
            [] => vec![Constructor { name: "new", given: &model.required, written: &[] }],
            all => all
                .iter()
                .map(|one| Constructor { name: &one.name, given: &one.fields, written: &one.constants })
                .collect(),
        };
        // A property that a call may omit is a field, although it has only one value.
        let (optional, constants) = model.constants.iter().partition(|constant| is_sent && !constant.field.required);
        let optional: Vec<&'a Constant> = optional;
        let optional = optional.into_iter().map(|constant| {
            let field = Field::of(types, &constant.field, false, presence(&constant.field));
            Field { only: Some(&constant.value), ..field.with_setters(model) }
        });
        let fields: Vec<Field<'a>> = model.fields.iter().enumerate().map(field).chain(optional).collect();
        Self {
            of: model,
            constants,
            additional: model
                .additional
                .as_ref()
                .map(|additional| Additional { name: &additional.name, value: Type::of(types, &additional.ty) }),
            is_default: !fields
                .iter()
                .any(|field| field.presence == Presence::Required || is_sent && field.of.required)
                && (model.alternatives.is_empty() || model.alternatives.iter().any(Alternative::demands_nothing)),
            fields,
            constructors,
            is_sent,
            is_received,
        }
    }

    /// Returns the fields that a constructor takes, in the order of its arguments.
    pub fn given<'s>(&'s self, constructor: &'s Constructor<'a>) -> impl Iterator<Item = &'s Field<'a>> {
        constructor.given.iter().filter_map(|index| self.fields.get(*index))
    }

    /// Returns the fields that a constructor sets by itself, with their values.
    pub fn written<'s>(&'s self, constructor: &'s Constructor<'a>) -> impl Iterator<Item = (&'s Field<'a>, &'a Value)> {
        constructor.written.iter().filter_map(|(index, value)| Some((self.fields.get(*index)?, value)))
    }

    /// Returns the field of this name on the wire.
    pub fn field(&self, wire: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.of.wire == wire)
    }
}

/// Returns whether the field holds any JSON, which includes null.
fn is_json(types: &Types, of: &api::Field) -> bool {
    *types.resolve(&of.ty) == api::Type::Json
}

impl<'a> Field<'a> {
    fn of(types: &'a Types, of: &'a api::Field, is_boxed: bool, presence: Presence) -> Self {
        let plain = Type::of(types, &of.ty);
        let mut within = if is_boxed { vec![Holder::Box] } else { Vec::new() };
        let value = if is_boxed { plain.clone().within(Holder::Box) } else { plain.clone() };
        let holder = match presence {
            Presence::Required if of.nullable && !is_json(types, of) => Some(Holder::Option),
            Presence::Required => None,
            Presence::Optional | Presence::Expected => Some(Holder::Option),
            Presence::Nullable => Some(Holder::Patch),
        };
        let ty = holder.into_iter().fold(value.clone(), Type::within);
        let argument = if presence == Presence::Required && holder.is_some() {
            // Null is passed as `None`.
            Argument { name: &of.name, ty: ty.clone().within(Holder::Into), into: ty.clone(), within: Vec::new() }
        } else {
            within.extend(holder);
            Argument { name: &of.name, ty: Type::argument(types, &of.ty), into: plain, within }
        };
        Self { of, presence, ty, value, argument, setter: None, clear: None, only: None }
    }

    fn with_setters(self, model: &Model) -> Self {
        if self.of.required {
            return self;
        }
        let name = &self.of.name;
        let is_field = |name: &str| model.fields.iter().any(|field| field.name == name);
        let constructs =
            |name: &str| name == "new" || model.alternatives.iter().any(|alternative| alternative.name == name);
        let mut setter = name.clone();
        while constructs(&setter) || (setter != *name && is_field(&setter)) {
            setter.insert_str(0, "set_");
        }
        let clear = format!("clear_{}", name.trim_start_matches('_'));
        let clear = Some(clear).filter(|clear| self.presence == Presence::Nullable && !is_field(clear));
        Self { setter: Some(setter), clear, ..self }
    }
}
