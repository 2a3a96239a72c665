//! Whether two types differ in nothing but their names.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Alternative, Api, Constant, Field, Model, Shape, Type, Union};

/// Whether two types are one under two names.
pub(super) struct Alike<'a> {
    old: &'a Api,
    new: &'a Api,
    /// What is paired already.
    known: (&'a BTreeMap<usize, usize>, &'a BTreeSet<usize>),
    /// Those that are being compared: a type may lead back to itself.
    assumed: BTreeSet<(usize, usize)>,
}

impl<'a> Alike<'a> {
    pub(super) fn new(
        (old, new): (&'a Api, &'a Api),
        known: (&'a BTreeMap<usize, usize>, &'a BTreeSet<usize>),
    ) -> Self {
        Self { old, new, known, assumed: BTreeSet::new() }
    }

    /// Types of which there could be many that look the same are never taken for one.
    pub(super) fn are_one(mut self, old: usize, new: usize) -> bool {
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
        if self.known.0.get(&old) == Some(&new) || self.assumed.contains(&(old, new)) {
            return true;
        }
        if self.known.0.contains_key(&old) || self.known.1.contains(&new) {
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
