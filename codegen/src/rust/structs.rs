//! Structs: their fields, and the functions that make and fill them.

use super::types::{Holder, Type};
use super::usage::Usage;
use serde_json::Value;

use crate::api::{self, Alternative, Constant, Model, TypeId, Types};

/// A struct.
#[derive(Debug)]
pub struct Struct<'a> {
    /// What it comes from.
    pub of: &'a Model,
    /// In the order of the names on the wire; behind them those that have one possible value.
    pub fields: Vec<Field<'a>>,
    /// The properties with one possible value that are always written, and that no caller sets.
    pub constants: Vec<&'a Constant>,
    /// The map of the properties that have no name in the document.
    pub additional: Option<Additional<'a>>,
    /// The functions that make it; none where no call sends it.
    pub constructors: Vec<Constructor<'a>>,
    /// Whether callers make it, as a struct literal too.
    pub is_sent: bool,
    /// Whether an answer can hold one.
    pub is_received: bool,
    /// Whether it implements `Default`.
    pub is_default: bool,
}

/// A field of a struct.
#[derive(Debug)]
pub struct Field<'a> {
    /// What it comes from.
    pub of: &'a api::Field,
    /// How it holds its value.
    pub presence: Presence,
    /// Its type.
    pub ty: Type<'a>,
    /// The type of the value, without regard to presence and null.
    pub value: Type<'a>,
    /// What constructors and the setter take for it.
    pub argument: Argument<'a>,
    /// The function that sets it; none where every constructor takes it, or no call sends the struct.
    pub setter: Option<String>,
    /// The function that sets it to null.
    pub clear: Option<String>,
    /// The one value that the setter sets, where there is no other.
    pub only: Option<&'a Value>,
}

/// How a field holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always there.
    Required,
    /// There or not.
    Optional,
    /// There, null or not there, which a request must tell apart.
    Nullable,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its type.
    pub ty: Type<'a>,
    /// The type that it is turned into.
    pub into: Type<'a>,
    /// What is put around that, from the inside out.
    pub within: Vec<Holder>,
}

/// A function that makes a struct.
#[derive(Debug)]
pub struct Constructor<'a> {
    /// Its name.
    pub name: &'a str,
    /// Indices into the fields, in the order of the arguments.
    pub given: &'a [usize],
    /// Indices of the fields that it sets to the one value that they have then.
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
        let field = |(index, of): (usize, &'a api::Field)| {
            let is_lacking = of.write_only && is_received;
            let field = Field::of(types, of, usage.is_boxed(id, index), is_sent, is_lacking);
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
        // What a call may leave out is a field, although it has only one value.
        let (optional, constants) = model.constants.iter().partition(|constant| is_sent && !constant.field.required);
        let optional: Vec<&'a Constant> = optional;
        let optional = optional.into_iter().map(|constant| {
            let field = Field::of(types, &constant.field, false, is_sent, false);
            Field { only: Some(&constant.value), ..field.with_setters(model) }
        });
        Self {
            of: model,
            fields: model.fields.iter().enumerate().map(field).chain(optional).collect(),
            constants,
            additional: model
                .additional
                .as_ref()
                .map(|additional| Additional { name: &additional.name, value: Type::of(types, &additional.ty) }),
            is_default: !model.fields.iter().any(|field| field.required)
                && (model.alternatives.is_empty() || model.alternatives.iter().any(Alternative::demands_nothing)),
            constructors,
            is_sent,
            is_received,
        }
    }

    /// The fields that a constructor takes, in the order of its arguments.
    pub fn given<'s>(&'s self, constructor: &'s Constructor<'a>) -> impl Iterator<Item = &'s Field<'a>> {
        constructor.given.iter().filter_map(|index| self.fields.get(*index))
    }

    /// The fields that a constructor sets by itself, with their values.
    pub fn written<'s>(&'s self, constructor: &'s Constructor<'a>) -> impl Iterator<Item = (&'s Field<'a>, &'a Value)> {
        constructor.written.iter().filter_map(|(index, value)| Some((self.fields.get(*index)?, value)))
    }

    /// The field of this name on the wire.
    pub fn field(&self, wire: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.of.wire == wire)
    }
}

impl<'a> Field<'a> {
    fn of(types: &'a Types, of: &'a api::Field, is_boxed: bool, is_sent: bool, is_lacking: bool) -> Self {
        let plain = Type::of(types, &of.ty);
        let mut within = if is_boxed { vec![Holder::Box] } else { Vec::new() };
        let value = if is_boxed { plain.clone().within(Holder::Box) } else { plain.clone() };
        // A call must have what is `writeOnly`, and no answer has it.
        let presence = if of.required && !is_lacking {
            Presence::Required
        } else if of.nullable && is_sent {
            Presence::Nullable
        } else {
            Presence::Optional
        };
        let holder = match presence {
            // Any JSON holds null itself.
            Presence::Required if of.nullable && *types.resolve(&of.ty) != api::Type::Json => Some(Holder::Option),
            Presence::Required => None,
            Presence::Optional => Some(Holder::Option),
            Presence::Nullable => Some(Holder::Patch),
        };
        let ty = holder.into_iter().fold(value.clone(), Type::within);
        let argument = if presence == Presence::Required && holder.is_some() {
            // Null is given as `None`.
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
