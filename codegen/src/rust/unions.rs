//! Unions: an enum with a variant for each of several types, and the conversions into it.

use std::collections::BTreeMap;

use super::structs::Argument;
use super::types::{Holder, Plain, Type};
use super::usage::Usage;
use crate::api::{self, Shape, TypeId, Types, UnionVariant};
use crate::names;

/// An enum with a variant for each of several types.
#[derive(Debug)]
pub struct Union<'a> {
    /// The union in the API.
    pub of: &'a api::Union,
    /// The variants, in the document's order.
    pub variants: Vec<Variant<'a>>,
}

/// A variant of a union.
#[derive(Debug)]
pub struct Variant<'a> {
    /// The variant in the API.
    pub of: &'a UnionVariant,
    /// The type of its value, without a box.
    pub own: Type<'a>,
    /// The type of its value, in a box if it needs one.
    pub ty: Type<'a>,
    /// The types that convert into this variant with `From`; the variant's own type comes first if it converts.
    pub from: Vec<Type<'a>>,
    /// True if a string literal converts into this variant.
    pub from_text: bool,
    /// The function that makes this variant from the only value that its struct needs.
    pub shortcut: Option<Shortcut<'a>>,
}

/// A function that makes a variant from the only value that its struct needs.
#[derive(Debug)]
pub struct Shortcut<'a> {
    /// The name of the variant, in snake case.
    pub name: String,
    /// The only field of the struct.
    pub field: &'a api::Field,
    /// The argument of the function.
    pub argument: Argument<'a>,
    /// The type of the struct.
    pub ty: Type<'a>,
    /// The box around the struct, if it needs one.
    pub within: Option<Holder>,
}

impl<'a> Union<'a> {
    pub(super) fn of(types: &'a Types, usage: &Usage, id: TypeId, union: &'a api::Union) -> Self {
        let sources: Vec<Vec<Source<'a>>> =
            union.variants.iter().map(|variant| Sources::of(types, id, &variant.ty)).collect();
        let variant = |(index, of): (usize, &'a UnionVariant)| {
            let within = usage.is_boxed(id, index).then_some(Holder::Box);
            let ty = Type::of(types, &of.ty);
            let from = alone(&sources, index);
            Variant {
                ty: within.into_iter().fold(ty.clone(), Type::within),
                from_text: from.iter().any(|source| source.followed == Type::Plain(Plain::String)),
                from: from.iter().map(|source| source.written.clone()).collect(),
                shortcut: if usage.is_sent(id) { shortcut(types, union, of, ty.clone(), within) } else { None },
                own: ty,
                of,
            }
        };
        Self { variants: union.variants.iter().enumerate().map(variant).collect(), of: union }
    }
}

impl Variant<'_> {
    /// Returns whether the type of its value converts into the union with `From`.
    pub fn converts(&self) -> bool {
        self.from.first() == Some(&self.own)
    }
}

/// A type that could convert into a union: as it is written, and with its aliases resolved.
struct Source<'a> {
    written: Type<'a>,
    followed: Type<'a>,
    /// The number of unions on the path to the type.
    depth: usize,
}

/// The maximum number of unions on the path from a type to the union that it converts into: no caller expects more.
const NESTED: usize = 8;

/// The search for the types that convert into a variant: the type of its value and, if that is a union, its sources.
struct Sources<'a> {
    types: &'a Types,
    found: Vec<Source<'a>>,
    /// The smallest number of unions on the paths found so far to each union.
    met: BTreeMap<TypeId, usize>,
}

impl<'a> Sources<'a> {
    /// Returns the sources of a variant of `union` that has the type `ty`.
    fn of(types: &'a Types, union: TypeId, ty: &'a api::Type) -> Vec<Source<'a>> {
        let mut sources = Self { types, found: Vec::new(), met: BTreeMap::from([(union, 0)]) };
        sources.add(ty, 1);
        sources.found
    }

    fn add(&mut self, ty: &'a api::Type, depth: usize) {
        let resolved = self.types.resolve(ty);
        // Any JSON could be a value of each variant.
        if *resolved == api::Type::Json {
            return;
        }
        let union = match resolved {
            api::Type::Named(id) => match &self.types.def(*id).shape {
                // A union that a path of this length or a shorter one has reached adds nothing new.
                Shape::Union(_) if self.met.get(id).is_some_and(|met| *met <= depth) => return,
                Shape::Union(union) => {
                    self.met.insert(*id, depth);
                    Some(union)
                }
                _ => None,
            },
            _ => None,
        };
        let (written, followed) = (Type::of(self.types, ty), Type::followed(self.types, ty));
        self.found.push(Source { written, followed, depth });
        for variant in union.iter().filter(|_| depth < NESTED).flat_map(|union| &union.variants) {
            self.add(&variant.ty, depth + 1);
        }
    }
}

/// Returns the sources of the variant at `index`, except those that another variant reaches through no more unions.
fn alone<'s, 'a>(sources: &'s [Vec<Source<'a>>], index: usize) -> Vec<&'s Source<'a>> {
    let Some(own) = sources.get(index) else { return Vec::new() };
    let others = || sources.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, sources)| sources);
    let is_rivalled =
        |source: &Source<'a>| others().any(|other| other.followed == source.followed && other.depth <= source.depth);
    let mut found: Vec<&Source<'a>> = Vec::new();
    for source in own {
        if !is_rivalled(source) && found.iter().all(|known| known.followed != source.followed) {
            found.push(source);
        }
    }
    found
}

fn shortcut<'a>(
    types: &'a Types,
    union: &api::Union,
    of: &'a UnionVariant,
    ty: Type<'a>,
    within: Option<Holder>,
) -> Option<Shortcut<'a>> {
    let model = types.model(&of.ty)?;
    let [field] = &model.fields[..] else { return None };
    let needs_one = field.required && !field.nullable && model.alternatives.is_empty() && model.additional.is_none();
    let name = names::value_name(&of.name);
    let is_alone = union.variants.iter().filter(|other| names::value_name(&other.name) == name).count() == 1;
    let argument = Argument {
        name: &field.name,
        ty: Type::argument(types, &field.ty),
        into: Type::of(types, &field.ty),
        within: Vec::new(),
    };
    (needs_one && is_alone).then_some(Shortcut { name, field, argument, ty, within })
}
