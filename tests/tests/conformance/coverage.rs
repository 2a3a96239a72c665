//! Which types a run has tried, by the generator's own account of what the client has.

use std::collections::BTreeSet;

use codegen::api::{Api, BodyKind, Shape, Success, Type, TypeId};
use codegen::document::Document;
use tests::conformance::payloads::Schemas;

/// Each type of the client that a JSON body can hold had a value made of its schema.
pub(super) fn every_type_was_made(schemas: &Schemas<'_>, document: &Document) {
    let typed = document.clone().into_typed().expect("the document is sound");
    let api = codegen::lower::lower(&typed.openapi).expect("the document can be lowered").api;
    let reached = reached(&api);
    let components = reached.iter().filter(|id| api.type_def(**id).component.is_some()).count();
    assert!(reached.len() > 500 && components > 300, "{} types, {components} of them components", reached.len());
    let missed: Vec<_> = reached
        .into_iter()
        .map(|id| api.type_def(id))
        .filter(|definition| !schemas.is_made(&definition.pointer))
        .map(|definition| (&definition.name, &definition.pointer))
        .collect();
    assert!(missed.is_empty(), "{} types had no value: {missed:#?}", missed.len());
}

/// The types in the JSON bodies of all operations.
fn reached(api: &Api) -> BTreeSet<TypeId> {
    let mut open: Vec<TypeId> = Vec::new();
    for operation in api.operations() {
        if let Some(BodyKind::Json(ty, _)) = operation.body.as_ref().map(|body| &body.kind) {
            open.extend(named(ty));
        }
        open.extend(operation.errors.iter().filter_map(|error| named(error.ty.as_ref()?)));
        match &operation.success {
            Success::Json(ty) => open.extend(named(ty)),
            Success::Several { answers, .. } => {
                open.extend(answers.iter().filter_map(|answer| named(answer.ty.as_ref()?)))
            }
            Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => {}
        }
    }
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(parts(&api.type_def(id).shape).into_iter().filter_map(named));
        }
    }
    reached
}

fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Model(model) => {
            let fields = model.fields.iter().map(|field| &field.ty);
            fields.chain(model.additional.iter().map(|additional| &additional.ty)).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}
