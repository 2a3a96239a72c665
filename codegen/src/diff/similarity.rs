//! Detects two types that differ only in their names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::{Field, Model, Shape, Type, TypeId, Types, Union};

/// A comparison of two types that ignores their names.
pub(super) struct Alike<'a> {
    old: &'a Types,
    new: &'a Types,
    /// The new type of each old type that is already paired, and all new types that are.
    known: (&'a BTreeMap<TypeId, TypeId>, &'a BTreeSet<TypeId>),
    /// The pairs that are being compared, assumed equal because a type may lead back to itself.
    assumed: BTreeSet<(TypeId, TypeId)>,
}

impl<'a> Alike<'a> {
    pub(super) fn new(
        (old, new): (&'a Types, &'a Types),
        known: (&'a BTreeMap<TypeId, TypeId>, &'a BTreeSet<TypeId>),
    ) -> Self {
        Self { old, new, known, assumed: BTreeSet::new() }
    }

    /// Returns whether the two types are one. Types that many others could look like (one field, one value, an alias)
    /// never are.
    pub(super) fn are_one(mut self, old: TypeId, new: TypeId) -> bool {
        let says_enough = |shape: &Shape| match shape {
            Shape::Model(model) => model.fields.len() + model.constants.len() > 1,
            Shape::StringEnum(values) => values.len() > 1,
            Shape::IntegerEnum(values) => values.len() > 1,
            Shape::Union(union) => union.variants.len() > 1,
            Shape::Alias(_) => false,
        };
        says_enough(&self.old.def(old).shape) && self.named(old, new)
    }

    fn named(&mut self, old: TypeId, new: TypeId) -> bool {
        if self.known.0.get(&old) == Some(&new) || self.assumed.contains(&(old, new)) {
            return true;
        }
        if self.known.0.contains_key(&old) || self.known.1.contains(&new) {
            return false;
        }
        let (a, b) = (self.old.def(old), self.new.def(new));
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
        let constants = |model: &Model| -> Vec<(String, Value)> {
            let constants = model.constants.iter();
            constants.map(|constant| (constant.field.wire.clone(), constant.value.clone())).collect()
        };
        let is_open = old.additional.is_some() == new.additional.is_some();
        let field = |field: &Field| (field.wire.clone(), field.name.clone(), field.required, field.nullable);
        is_open
            && constants(old) == constants(new)
            && (&old.required, &old.alternatives) == (&new.required, &new.alternatives)
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
            (Type::Named(a), Type::Named(b)) => self.named(*a, *b),
            (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) | (Type::Nullable(a), Type::Nullable(b)) => {
                self.ty(a, b)
            }
            (a, b) => a == b,
        }
    }
}
