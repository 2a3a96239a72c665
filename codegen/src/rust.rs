//! The Rust items that an [`Api`] becomes, as plain data: structs, enums and unions with their fields, functions and
//! conversions; operations with their arguments and setters; and the client.
//!
//! Every name, type, presence and box that a caller sees is decided here. `emit` writes the items, `outline` shows them
//! to a reviewer, and `diff` compares those of two versions. Each item refers to its part of the API, as `of`.

mod client;
mod operations;
mod roles;
mod scopes;
mod structs;
mod types;
mod unions;
mod usage;

use std::collections::BTreeMap;

pub use client::{Client, Header};
pub use operations::{Input, Operation, Paged, Resource, Response, Setter, Step, Target};
pub use roles::Roles;
pub use structs::{Additional, Argument, Constructor, Field, Presence, Struct};
pub use types::{Holder, Import, Plain, Type};
pub use unions::{Shortcut, Union, Variant};

use document::diagnostic::Diagnostic;

use crate::api::{self, Api, TypeDef, TypeId};
use usage::Usage;

/// All Rust items that callers see.
#[derive(Debug)]
pub struct Crate<'a> {
    /// The API that the crate is made from.
    pub api: &'a Api,
    /// The servers, credentials and headers of the client.
    pub client: Client<'a>,
    /// The operations by tag.
    pub resources: Vec<Resource<'a>>,
    /// The types; a [`TypeId`] is an index into them.
    pub items: Vec<Item<'a>>,
}

/// A type of the API.
#[derive(Debug)]
pub struct Item<'a> {
    /// The definition in the API.
    pub of: &'a TypeDef,
    /// The shape in Rust.
    pub shape: Shape<'a>,
    /// The operations and types that use the item.
    pub roles: Roles,
    /// The only tag that uses the item, if there is only one.
    pub tag: Option<&'a str>,
}

/// The shape of a type in Rust.
#[derive(Debug)]
pub enum Shape<'a> {
    /// A struct for a model.
    Struct(Struct<'a>),
    /// An open enum of strings.
    StringEnum(&'a [api::Variant<String>]),
    /// An open enum of integers.
    IntegerEnum(&'a [api::Variant<i64>]),
    /// An enum with a variant for each of several types.
    Union(Union<'a>),
    /// Another name for a type.
    Alias(Type<'a>),
}

impl<'a> Crate<'a> {
    /// Returns the Rust items of `api`.
    pub fn of(api: &'a Api) -> Self {
        let usage = Usage::of(api);
        let client = Client::of(api);
        let resources: Vec<Resource<'a>> =
            api.resources.iter().map(|resource| Resource::of(api, &usage, resource)).collect();
        let tags = usage::tags(api);
        let items = api.types.iter().zip(Roles::of(api)).zip(tags);
        let items = items.map(|(((id, of), roles), tag)| Item { of, shape: shape(api, &usage, id), roles, tag });
        Self { client, resources, items: items.collect(), api }
    }

    /// Returns an error for each name that two items of one scope share.
    pub fn collisions(&self) -> Vec<Diagnostic> {
        scopes::collisions(self)
    }

    /// Returns the item of `id`.
    pub fn item(&self, id: TypeId) -> &Item<'a> {
        // A `TypeId` is an index into the types of the API, and each type has an item.
        &self.items[id.0]
    }

    /// Returns `ty`, or the type that it is an alias of.
    pub fn followed<'t>(&'t self, mut ty: &'t Type<'a>) -> &'t Type<'a> {
        while let Type::Api(id, _) = ty
            && let Shape::Alias(target) = &self.item(*id).shape
        {
            ty = target;
        }
        ty
    }

    /// Returns the types of each file of models: the component first, then its inline types, sorted by name.
    pub fn modules(&self) -> BTreeMap<&'a str, Vec<TypeId>> {
        let mut modules: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
        for (id, definition) in self.api.types.iter() {
            modules.entry(&definition.module).or_default().push(id);
        }
        for ids in modules.values_mut() {
            ids.sort_by_key(|id| (self.item(*id).of.component.is_none(), &self.item(*id).of.name));
        }
        modules
    }

    /// Returns every operation with its resource, in the order of the resources.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource<'a>, &Operation<'a>)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
    }
}

fn shape<'a>(api: &'a Api, usage: &Usage, id: TypeId) -> Shape<'a> {
    match &api.types.def(id).shape {
        api::Shape::Model(model) => Shape::Struct(Struct::of(&api.types, usage, id, model)),
        api::Shape::StringEnum(variants) => Shape::StringEnum(variants),
        api::Shape::IntegerEnum(variants) => Shape::IntegerEnum(variants),
        api::Shape::Union(union) => Shape::Union(Union::of(&api.types, usage, id, union)),
        api::Shape::Alias(ty) => Shape::Alias(Type::of(&api.types, ty)),
    }
}
