//! Discriminators: the property of a model becomes a constant where only one value selects the model.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::api::{Constant, Model, Shape, Type, TypeId, Types};

/// Makes a discriminator a constant of each model that all unions select by the same single value. No caller has to set
/// the discriminator then, and none can set another value.
pub(super) fn settle(types: &mut Types) {
    let mut values: BTreeMap<(TypeId, String), BTreeSet<String>> = BTreeMap::new();
    for (_, definition) in types.iter() {
        let Shape::Union(union) = &definition.shape else { continue };
        let Some(tag) = &union.tag else { continue };
        for variant in &union.variants {
            if let Type::Named(id) = types.resolve(&variant.ty) {
                values.entry((*id, tag.clone())).or_default().extend(variant.tags.iter().cloned());
            }
        }
    }
    for ((id, wire), values) in values {
        let [value] = &Vec::from_iter(values)[..] else { continue };
        let is_text = |ty: &Type| match types.resolve(ty) {
            Type::String => true,
            Type::Named(id) => matches!(types.def(*id).shape, Shape::StringEnum(_)),
            _ => false,
        };
        let is_free = types.field(&Type::Named(id), &wire).is_some_and(|field| is_text(&field.ty));
        if let Some(Shape::Model(model)) = types.0.get_mut(id.0).map(|definition| &mut definition.shape)
            && is_free
        {
            fix(model, &wire, value);
        }
    }
}

fn fix(model: &mut Model, wire: &str, value: &str) {
    let Some(at) = model.fields.iter().position(|field| field.wire == wire) else { return };
    let field = model.fields.remove(at);
    model.constants.push(Constant { field, value: Value::from(value) });
    let moved = |index: usize| (index != at).then_some(if index > at { index - 1 } else { index });
    model.required = model.required.iter().filter_map(|index| moved(*index)).collect();
    for alternative in &mut model.alternatives {
        alternative.fields = alternative.fields.iter().filter_map(|index| moved(*index)).collect();
        let constants = std::mem::take(&mut alternative.constants);
        alternative.constants =
            constants.into_iter().filter_map(|(index, value)| Some((moved(index)?, value))).collect();
    }
}
