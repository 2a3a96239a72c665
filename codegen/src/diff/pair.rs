//! Pairs the operations and types of two APIs.

use std::collections::{BTreeMap, BTreeSet};

use document::pointer;
use document::template::without_names;

use super::Section;
use super::pairs::Pairs;
use super::similarity::Alike;
use crate::api::TypeId;
use crate::rust::{Crate, Item, Operation, Resource, Shape, Type};

/// An operation with its resource.
pub(super) type Placed<'a> = (&'a Resource<'a>, &'a Operation<'a>);

/// Two APIs with their paired operations and types.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Crate<'a>,
    pub(super) new: &'a Crate<'a>,
    pub(super) operations: Pairs<Placed<'a>>,
    pub(super) types: Pairs<TypeId>,
    /// The new type of each old type that is paired.
    known: BTreeMap<TypeId, TypeId>,
    /// The old and the new types of pairs in which at least one is an alias. A change of an alias is reported once, and
    /// not at each of its uses.
    aliases: (BTreeSet<TypeId>, BTreeSet<TypeId>),
    /// JSON pointers, in the old document, of renamed operations and components, which name their inline schemas.
    renamed: Vec<&'a str>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(old: &'a Crate<'a>, new: &'a Crate<'a>) -> Self {
        let operations = operations(old, new);
        let components = components(old, new);
        let owners = owners(old, new, &operations, &components);
        let types = inline(old, new, components, &owners);
        let is_alias = |of: &Crate<'_>, id: &TypeId| matches!(of.item(*id).shape, Shape::Alias(_));
        let aliases = types.both.iter().filter(|(a, b)| is_alias(old, a) || is_alias(new, b));
        Self {
            known: types.both.iter().copied().collect(),
            aliases: aliases.copied().unzip(),
            renamed: owners.iter().filter(|owner| owner.renamed).map(|owner| owner.old).collect(),
            old,
            new,
            operations,
            types,
        }
    }

    /// Returns whether an old type is inline in a renamed operation or component, from which it has its name.
    pub(super) fn follows_its_owner(&self, old: TypeId) -> bool {
        let definition = self.old.item(old).of;
        let is_below = |owner: &&str| pointer::strip_prefix(&definition.pointer, owner).is_some();
        definition.component.is_none() && self.renamed.iter().any(is_below)
    }

    /// Returns whether an old and a new type are the same. Aliases that are not paired are resolved, and paired
    /// types are the same whatever their names.
    pub(super) fn is_same(&self, old: &Type<'_>, new: &Type<'_>) -> bool {
        let (old, new) = (followed(self.old, &self.aliases.0, old), followed(self.new, &self.aliases.1, new));
        match (old, new) {
            (Type::Api(a, _), Type::Api(b, _)) => self.known.get(a) == Some(b),
            (Type::Of(a, inner), Type::Of(b, other)) => a == b && self.is_same(inner, other),
            (a, b) => a == b,
        }
    }

    /// Returns whether two optional types are the same; two absent ones are.
    pub(super) fn is_same_option(&self, old: Option<&Type<'_>>, new: Option<&Type<'_>>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.is_same(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    /// Returns whether `ty` is, or wraps, an old type that has no counterpart in the new API.
    pub(super) fn is_lost(&self, ty: &Type<'_>) -> bool {
        match ty {
            Type::Api(id, _) => !self.known.contains_key(id),
            Type::Of(_, inner) => self.is_lost(inner),
            Type::Plain(_) | Type::Responses(_) => false,
        }
    }
}

/// Returns the section that reports the changes of a type.
pub(super) fn section(item: &Item<'_>) -> Section {
    item.tag.map_or(Section::Models, |tag| Section::Tag(tag.to_owned()))
}

/// Follows aliases from `ty` up to a type that is no alias or is in `paired`.
fn followed<'t>(of: &'t Crate<'_>, paired: &BTreeSet<TypeId>, mut ty: &'t Type<'t>) -> &'t Type<'t> {
    while let Type::Api(id, _) = ty
        && !paired.contains(id)
        && let Shape::Alias(target) = &of.item(*id).shape
    {
        ty = target;
    }
    ty
}

fn operations<'a>(old: &'a Crate<'a>, new: &'a Crate<'a>) -> Pairs<Placed<'a>> {
    Pairs::of(old.operations(), new.operations())
        .by(|(_, operation)| Some((&operation.of.method, &operation.of.template)))
        .by(|(_, operation)| Some(&operation.of.id))
        .by(|(_, operation)| Some((&operation.of.method, without_names(&operation.of.template))))
}

/// Pairs types by type name, then by component name, then components of similar structure.
fn components(old: &Crate<'_>, new: &Crate<'_>) -> Pairs<TypeId> {
    let ids = |of: &Crate<'_>| (0..of.items.len()).map(TypeId).collect::<Vec<_>>();
    let pairs = Pairs::of(ids(old), ids(new))
        .by_each(|id| Some(&old.item(id).of.name), |id| Some(&new.item(id).of.name))
        .by_each(|id| old.item(id).of.component.as_ref(), |id| new.item(id).of.component.as_ref());
    let (known, paired) = (pairs.both.iter().copied().collect(), pairs.both.iter().map(|(_, new)| *new).collect());
    pairs.that(|a, b| {
        let are_components = old.item(a).of.component.is_some() && new.item(b).of.component.is_some();
        are_components && Alike::new((&old.api.types, &new.api.types), (&known, &paired)).are_one(a, b)
    })
}

/// A paired operation or component, which may contain inline schemas.
struct Owner<'a> {
    /// The JSON pointer in the old document.
    old: &'a str,
    /// The JSON pointer in the new document.
    new: &'a str,
    /// True if the name in Rust has changed.
    renamed: bool,
}

fn owners<'a>(
    old: &'a Crate<'a>,
    new: &'a Crate<'a>,
    operations: &Pairs<Placed<'a>>,
    types: &Pairs<TypeId>,
) -> Vec<Owner<'a>> {
    let components = types.both.iter().map(|(a, b)| (old.item(*a).of, new.item(*b).of));
    let components = components.filter(|(a, _)| a.component.is_some());
    let components = components.map(|(a, b)| Owner { old: &a.pointer, new: &b.pointer, renamed: a.name != b.name });
    let operations = operations.both.iter().map(|((_, a), (_, b))| (a.of, b.of));
    let operations = operations.map(|(a, b)| Owner { old: &a.pointer, new: &b.pointer, renamed: a.marker != b.marker });
    components.chain(operations).collect()
}

/// Pairs the remaining types by JSON pointer, after replacing the old owner's pointer with the new owner's.
fn inline(old: &Crate<'_>, new: &Crate<'_>, types: Pairs<TypeId>, owners: &[Owner<'_>]) -> Pairs<TypeId> {
    let moved = |at: &str| {
        let moved = |owner: &Owner<'_>| Some(format!("{}{}", owner.new, pointer::strip_prefix(at, owner.old)?));
        owners.iter().find_map(moved).unwrap_or_else(|| at.to_owned())
    };
    types.by_each(|id| Some(moved(&old.item(id).of.pointer)), |id| Some(new.item(id).of.pointer.clone()))
}
