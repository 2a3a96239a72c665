//! One of two APIs, made ready to be compared with the other.

use std::collections::{BTreeMap, BTreeSet};

use super::Section;
use crate::api::{Api, BodyKind, Operation, Resource, Shape, Success, Type};
use crate::usage::{self, Usage};

/// An API, as it is and in words that can be compared with those of the other.
pub(super) struct Side<'a> {
    pub(super) api: &'a Api,
    /// The same with the types of the new API under the names of the old one, and with aliases followed that only one of the
    /// two has. Its lists have the same indices.
    pub(super) words: Api,
    pub(super) usage: Usage,
    sections: Vec<Section>,
}

impl<'a> Side<'a> {
    pub(super) fn new(api: &'a Api, names: &BTreeMap<usize, String>, aliases: &BTreeSet<usize>) -> Self {
        let mut words = api.clone();
        for (index, definition) in words.types.iter_mut().enumerate() {
            if let Some(name) = names.get(&index) {
                definition.name.clone_from(name);
            }
        }
        each_type(&mut words, &|ty| *ty = followed(api, aliases, ty));
        Self { api, words, usage: Usage::of(api), sections: sections(api) }
    }

    /// The operations with their resources.
    pub(super) fn operations(api: &Api) -> Vec<(&Resource, &Operation)> {
        let of = |resource| move |operation| (resource, operation);
        api.resources.iter().flat_map(|resource| resource.operations.iter().map(of(resource))).collect()
    }

    /// Where the changes of a type are told.
    pub(super) fn section(&self, index: usize) -> &Section {
        self.sections.get(index).unwrap_or(&Section::Models)
    }
}

/// `ty` with every alias followed but those that stay.
fn followed(api: &Api, stay: &BTreeSet<usize>, ty: &Type) -> Type {
    match ty {
        Type::Named(id) if !stay.contains(&id.0) => match &api.type_def(*id).shape {
            Shape::Alias(target) => followed(api, stay, target),
            _ => ty.clone(),
        },
        Type::List(item) => Type::List(Box::new(followed(api, stay, item))),
        Type::Map(value) => Type::Map(Box::new(followed(api, stay, value))),
        Type::Nullable(value) => Type::Nullable(Box::new(followed(api, stay, value))),
        other => other.clone(),
    }
}

/// Every type that is mentioned anywhere in `api`.
fn each_type(api: &mut Api, change: &dyn Fn(&mut Type)) {
    for operation in api.resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.parameters.iter_mut().for_each(|parameter| change(&mut parameter.ty));
        if let Some(BodyKind::Json(ty, _) | BodyKind::Form(ty)) = operation.body.as_mut().map(|body| &mut body.kind) {
            change(ty);
        }
        operation.errors.iter_mut().filter_map(|error| error.ty.as_mut()).for_each(change);
        match &mut operation.success {
            Success::Json(ty) => change(ty),
            Success::Several { answers, .. } => {
                answers.iter_mut().filter_map(|answer| answer.ty.as_mut()).for_each(change);
            }
            Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => {}
        }
    }
    api.client_headers.iter_mut().for_each(|header| change(&mut header.ty));
    for definition in &mut api.types {
        match &mut definition.shape {
            Shape::Model(model) => {
                model.fields.iter_mut().for_each(|field| change(&mut field.ty));
                model.additional.iter_mut().for_each(|additional| change(&mut additional.ty));
            }
            Shape::Union(union) => union.variants.iter_mut().for_each(|variant| change(&mut variant.ty)),
            Shape::Alias(ty) => change(ty),
            Shape::StringEnum(_) | Shape::IntegerEnum(_) => {}
        }
    }
}

/// For each type the tag that alone uses it.
fn sections(api: &Api) -> Vec<Section> {
    let mut users: Vec<Vec<&str>> = vec![Vec::new(); api.types.len()];
    for resource in &api.resources {
        for (users, reached) in users.iter_mut().zip(usage::reached_by(api, resource)) {
            if reached {
                users.push(&resource.tag);
            }
        }
    }
    let section = |users: Vec<&str>| match &users[..] {
        [only] => Section::Tag((*only).to_owned()),
        _ => Section::Models,
    };
    users.into_iter().map(section).collect()
}
