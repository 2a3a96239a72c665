//! Types that lead back to themselves where Rust has no such type.

use std::collections::BTreeSet;

use crate::api::{Shape, Type, TypeId, Types};
use crate::diagnostic::Diagnostic;

/// Turns an alias that leads back to itself into any JSON: Rust has no such alias.
pub(super) fn break_alias_cycles(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    for index in 0..types.0.len() {
        if leads_back(types, TypeId(index))
            && let Some(definition) = types.0.get_mut(index)
        {
            let message = format!("`{}` is made of nothing but itself: it takes any JSON", definition.name);
            diagnostics.push(Diagnostic::warning(&definition.pointer, message));
            definition.shape = Shape::Alias(Type::Json);
        }
    }
}

fn leads_back(types: &Types, start: TypeId) -> bool {
    let mut id = start;
    for _ in 0..=types.0.len() {
        let Shape::Alias(ty) = &types.def(id).shape else { return false };
        let mut inner = ty;
        while let Type::List(item) | Type::Map(item) | Type::Nullable(item) = inner {
            inner = item;
        }
        match inner {
            Type::Named(next) if *next == start => return true,
            Type::Named(next) => id = *next,
            _ => return false,
        }
    }
    true
}

/// Makes a required field optional that leads back to its own model through required fields alone: no value of such a model
/// could ever end.
pub(super) fn break_endless_models(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    let demands: Vec<Vec<(usize, TypeId)>> = (0..types.0.len()).map(|id| demands_of(types, TypeId(id))).collect();
    let mut endless: Vec<(TypeId, usize)> = Vec::new();
    for (id, demanded) in demands.iter().enumerate() {
        for (index, target) in demanded {
            if is_demanded_by(&demands, TypeId(id), *target, &endless) {
                endless.push((TypeId(id), *index));
            }
        }
    }
    for (id, index) in endless {
        let Some(definition) = types.0.get_mut(id.0) else { continue };
        let Shape::Model(model) = &mut definition.shape else { continue };
        let Some(field) = model.fields.get_mut(index) else { continue };
        field.required = false;
        let message =
            format!("`{}` requires itself through `{}`: the field is optional here", definition.name, field.wire);
        let help = "no value could hold itself without an end: take the property out of `required` in an overlay";
        diagnostics.push(Diagnostic::warning(&definition.pointer, message).help(help));
    }
}

/// The fields of a model that cannot be without a value of another one: position and that model.
fn demands_of(types: &Types, id: TypeId) -> Vec<(usize, TypeId)> {
    let Shape::Model(model) = &types.def(id).shape else { return Vec::new() };
    let demanded = model.fields.iter().enumerate().filter(|(_, field)| field.required && !field.nullable);
    demanded
        .filter_map(|(index, field)| match types.resolve(&field.ty) {
            Type::Named(target) => Some((index, *target)),
            _ => None,
        })
        .collect()
}

/// Whether each value of `from` holds one of `wanted`, leaving out the fields that are optional already.
fn is_demanded_by(demands: &[Vec<(usize, TypeId)>], wanted: TypeId, from: TypeId, without: &[(TypeId, usize)]) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == wanted {
            return true;
        }
        let demanded = demands.get(id.0).into_iter().flatten().filter(|(index, _)| !without.contains(&(id, *index)));
        open.extend(demanded.map(|(_, target)| *target).filter(|target| seen.insert(*target)));
    }
    false
}
