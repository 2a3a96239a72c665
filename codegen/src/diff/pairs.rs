//! What of the old API is what of the new one.

use std::collections::{BTreeMap, BTreeSet};

use super::Section;
use crate::api::{Alternative, Api, Constant, Field, Model, Operation, Resource, Shape, Type, TypeId, Union};
use crate::pointer;
use crate::usage::{self, Usage};

/// Indices of one list beside those of another.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    pub(super) both: Vec<(usize, usize)>,
    pub(super) removed: Vec<usize>,
    pub(super) added: Vec<usize>,
}

impl Pairs {
    /// Two lists of these lengths, of which nothing is known yet.
    pub(super) fn of(old: usize, new: usize) -> Self {
        Self { both: Vec::new(), removed: (0..old).collect(), added: (0..new).collect() }
    }

    /// Pairs what is left over and has the same key, where the key is the only one of its kind on either side.
    pub(super) fn by<K: Ord>(mut self, old: impl Fn(usize) -> Option<K>, new: impl Fn(usize) -> Option<K>) -> Self {
        let (mut old, mut new) = (unique(&self.removed, old), unique(&self.added, new));
        new.retain(|key, _| old.contains_key(key));
        old.retain(|key, _| new.contains_key(key));
        self.both.extend(old.into_values().zip(new.into_values()));
        self.settle()
    }

    /// Pairs what is left over and goes together with just one of the other side.
    pub(super) fn that(mut self, together: impl Fn(usize, usize) -> bool) -> Self {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for old in &self.removed {
            found.extend(self.added.iter().filter(|new| together(*old, **new)).map(|new| (*old, *new)));
        }
        let alone = |pair: &&(usize, usize)| {
            found.iter().filter(|other| other.0 == pair.0).count() == 1
                && found.iter().filter(|other| other.1 == pair.1).count() == 1
        };
        self.both.extend(found.iter().filter(alone));
        self.settle()
    }

    fn settle(mut self) -> Self {
        let (old, new): (BTreeSet<usize>, BTreeSet<usize>) = self.both.iter().copied().unzip();
        self.removed.retain(|index| !old.contains(index));
        self.added.retain(|index| !new.contains(index));
        self.both.sort_unstable();
        self
    }
}

fn unique<K: Ord>(indices: &[usize], key: impl Fn(usize) -> Option<K>) -> BTreeMap<K, usize> {
    let mut found: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for index in indices {
        if let Some(key) = key(*index) {
            found.entry(key).or_default().push(*index);
        }
    }
    found
        .into_iter()
        .filter_map(|(key, indices)| <[usize; 1]>::try_from(indices).ok().map(|[only]| (key, only)))
        .collect()
}

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
    fn new(api: &'a Api, names: &BTreeMap<usize, String>, aliases: &BTreeSet<usize>) -> Self {
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

/// Two APIs side by side.
pub(super) struct Pair<'a> {
    pub(super) old: Side<'a>,
    pub(super) new: Side<'a>,
    pub(super) operations: Pairs,
    pub(super) types: Pairs,
    /// Where the operations and components stand in the old document that have another name in the new one: what is written
    /// inline in them is named after them.
    renamed: Vec<String>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        let operations = operations(old, new);
        let (types, renamed) = types(old, new, &operations);
        let name =
            |(old_index, new_index): &(usize, usize)| Some((*new_index, old.types.get(*old_index)?.name.clone()));
        let names = types.both.iter().filter_map(name).collect();
        let is_alias = |api: &Api, index: usize| {
            api.types.get(index).is_some_and(|definition| matches!(definition.shape, Shape::Alias(_)))
        };
        // An alias that stays is told of where it stands, and not wherever it is used.
        let stays =
            types.both.iter().filter(|(old_index, new_index)| is_alias(old, *old_index) || is_alias(new, *new_index));
        let (old_aliases, new_aliases) = stays.copied().unzip();
        Self {
            old: Side::new(old, &BTreeMap::new(), &old_aliases),
            new: Side::new(new, &names, &new_aliases),
            operations,
            types,
            renamed,
        }
    }

    /// Whether a type has another name because what it is written in has.
    pub(super) fn follows_its_owner(&self, old: usize) -> bool {
        let Some(definition) = self.old.api.types.get(old).filter(|definition| definition.component.is_none()) else {
            return false;
        };
        self.renamed.iter().any(|owner| pointer::strip_prefix(&definition.pointer, owner).is_some())
    }
}

fn operations(old: &Api, new: &Api) -> Pairs {
    let (old, new) = (Side::operations(old), Side::operations(new));
    let of = |list: &[(&'_ Resource, &'_ Operation)], index: usize| {
        list.get(index).map(|(_, operation)| (*operation).clone())
    };
    let call = |operation: &Operation| (operation.method, operation.template.clone());
    let route = |operation: &Operation| (operation.method, route(&operation.template));
    Pairs::of(old.len(), new.len())
        .by(|index| of(&old, index).as_ref().map(call), |index| of(&new, index).as_ref().map(call))
        .by(
            |index| of(&old, index).map(|operation| operation.id),
            |index| of(&new, index).map(|operation| operation.id),
        )
        .by(|index| of(&old, index).as_ref().map(route), |index| of(&new, index).as_ref().map(route))
}

/// A path without the names of its parameters.
pub(super) fn route(template: &str) -> String {
    let mut route = String::new();
    let mut inside = false;
    for character in template.chars() {
        match character {
            '{' => inside = true,
            '}' => {
                inside = false;
                route.push_str("{}");
            }
            _ if inside => {}
            other => route.push(other),
        }
    }
    route
}

/// Pairs the types; and the owners that are renamed.
fn types(old: &Api, new: &Api, operations: &Pairs) -> (Pairs, Vec<String>) {
    let name = |api: &Api, index: usize| api.types.get(index).map(|definition| definition.name.clone());
    let component = |api: &Api, index: usize| api.types.get(index).and_then(|definition| definition.component.clone());
    let pairs = Pairs::of(old.types.len(), new.types.len())
        .by(|index| name(old, index), |index| name(new, index))
        .by(|index| component(old, index), |index| component(new, index));
    let known = pairs.clone();
    let pairs = pairs.that(|a, b| {
        let alike = Alike { old, new, known: known.both.iter().copied().collect(), assumed: BTreeSet::new() };
        component(old, a).is_some() && component(new, b).is_some() && alike.are_one(a, b)
    });
    let mut owners: Vec<(&str, &str, bool)> = Vec::new();
    for (a, b) in &pairs.both {
        if let (Some(a), Some(b)) = (old.types.get(*a), new.types.get(*b))
            && a.component.is_some()
        {
            owners.push((&a.pointer, &b.pointer, a.name != b.name));
        }
    }
    let (old_operations, new_operations) = (Side::operations(old), Side::operations(new));
    for (a, b) in &operations.both {
        if let (Some((_, a)), Some((_, b))) = (old_operations.get(*a), new_operations.get(*b)) {
            owners.push((&a.pointer, &b.pointer, a.marker != b.marker));
        }
    }
    let moved = |at: &str| {
        let found = owners.iter().find_map(|(old, new, _)| Some(format!("{new}{}", pointer::strip_prefix(at, old)?)));
        found.unwrap_or_else(|| at.to_owned())
    };
    let pairs = pairs.by(
        |index| old.types.get(index).map(|definition| moved(&definition.pointer)),
        |index| new.types.get(index).map(|definition| definition.pointer.clone()),
    );
    let renamed = owners.iter().filter(|(.., renamed)| *renamed).map(|(at, ..)| (*at).to_owned()).collect();
    (pairs, renamed)
}

/// Whether two types are one under two names.
struct Alike<'a> {
    old: &'a Api,
    new: &'a Api,
    known: BTreeSet<(usize, usize)>,
    /// Those that are being compared: a type may lead back to itself.
    assumed: BTreeSet<(usize, usize)>,
}

impl Alike<'_> {
    /// Types of which there could be many that look the same are never taken for one.
    fn are_one(mut self, old: usize, new: usize) -> bool {
        let says_enough = |shape: &Shape| match shape {
            Shape::Model(model) => model.fields.len() + model.constants.len() > 1,
            Shape::StringEnum(values) => values.len() > 1,
            Shape::IntegerEnum(values) => values.len() > 1,
            Shape::Union(union) => union.variants.len() > 1,
            Shape::Alias(_) => false,
        };
        self.old.types.get(old).is_some_and(|definition| says_enough(&definition.shape)) && self.named(old, new)
    }

    fn named(&mut self, old: usize, new: usize) -> bool {
        if self.known.contains(&(old, new)) || self.assumed.contains(&(old, new)) {
            return true;
        }
        if self.known.iter().any(|known| known.0 == old || known.1 == new) {
            return false;
        }
        let (Some(a), Some(b)) = (self.old.types.get(old), self.new.types.get(new)) else { return false };
        self.assumed.insert((old, new));
        a.component.is_some() == b.component.is_some() && self.shape(&a.shape, &b.shape)
    }

    fn shape(&mut self, old: &Shape, new: &Shape) -> bool {
        match (old, new) {
            (Shape::Model(a), Shape::Model(b)) => self.model(a, b),
            (Shape::Union(a), Shape::Union(b)) => self.union(a, b),
            (Shape::Alias(a), Shape::Alias(b)) => self.ty(a, b),
            (a, b) => a == b,
        }
    }

    fn model(&mut self, old: &Model, new: &Model) -> bool {
        let facts = |model: &Model| -> (Vec<Constant>, Vec<usize>, Vec<Alternative>, bool) {
            let Model { constants, required, alternatives, additional, .. } = model.clone();
            (constants, required, alternatives, additional.is_some())
        };
        let field = |field: &Field| (field.wire.clone(), field.name.clone(), field.required, field.nullable);
        facts(old) == facts(new)
            && old.fields.iter().map(field).eq(new.fields.iter().map(field))
            && old.fields.iter().zip(&new.fields).all(|(a, b)| self.ty(&a.ty, &b.ty))
            && old.additional.iter().zip(&new.additional).all(|(a, b)| self.ty(&a.ty, &b.ty))
    }

    fn union(&mut self, old: &Union, new: &Union) -> bool {
        old.tag == new.tag
            && old.variants.len() == new.variants.len()
            && old.variants.iter().zip(&new.variants).all(|(a, b)| a.tags == b.tags && self.ty(&a.ty, &b.ty))
    }

    fn ty(&mut self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(a), Type::Named(b)) => self.named(a.0, b.0),
            (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) | (Type::Nullable(a), Type::Nullable(b)) => {
                self.ty(a, b)
            }
            (a, b) => a == b,
        }
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
    use crate::api::{BodyKind, Success};
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

/// The id of the type at this index.
pub(super) fn id(index: usize) -> TypeId {
    TypeId(index)
}
