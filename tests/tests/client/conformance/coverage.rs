//! Checks which types a run has tested, by the generator's own model of the client.

use codegen::api::{Api, BodyKind, TypeId};
use document::Document;
use tests::conformance::payloads::Schemas;

/// Checks that each type of the client that a JSON body can contain had a value made from its schema.
pub(super) fn every_type_was_made(schemas: &Schemas<'_>, document: &Document) {
    let typed = document.clone().into_typed().expect("the document is sound");
    let api = codegen::lower::lower(&typed.openapi).api;
    let reached = reached(&api);
    let components = reached.iter().filter(|id| api.types.def(**id).component.is_some()).count();
    assert!(reached.len() > 500 && components > 300, "{} types, {components} of them components", reached.len());
    let missed: Vec<_> = reached
        .into_iter()
        .map(|id| api.types.def(id))
        .filter(|definition| !schemas.is_made(&definition.pointer))
        .map(|definition| (&definition.name, &definition.pointer))
        .collect();
    assert!(missed.is_empty(), "{} types had no value: {missed:#?}", missed.len());
}

/// Returns the types in the JSON bodies of all operations.
fn reached(api: &Api) -> Vec<TypeId> {
    let mut reached = vec![false; api.types.iter().count()];
    for operation in api.operations() {
        if let Some(BodyKind::Json(ty, _)) = operation.body.as_ref().map(|body| &body.kind) {
            api.types.reach(ty, &mut reached);
        }
        operation.received().for_each(|ty| api.types.reach(ty, &mut reached));
    }
    api.types.iter().map(|(id, _)| id).filter(|id| reached[id.0]).collect()
}
