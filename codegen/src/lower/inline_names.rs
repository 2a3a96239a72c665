//! Names of inline types that something else has.

use std::collections::BTreeMap;

use crate::api::{Shape, Types};
use crate::diagnostic::Diagnostic;

/// Gives an inline type whose name a component or another inline type has one that says what it is.
///
/// The document did not choose the name of an inline type, so that is no error of the document; the warning tells of it.
pub(super) fn settle(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, definition) in types.0.iter().enumerate() {
        owners.entry(definition.name.clone()).or_default().push(index);
    }
    for (name, indices) in owners.into_iter().filter(|(_, indices)| indices.len() > 1) {
        for index in indices {
            let Some(definition) = types.0.get_mut(index).filter(|definition| definition.component.is_none()) else {
                continue;
            };
            definition.name = format!("{name}{}", kind(&definition.shape));
            let message =
                format!("the inline type here is `{}`, since `{name}` is the name of another type", definition.name);
            let help = "name it in an overlay: `x-rust-type` beside its keywords";
            diagnostics.push(Diagnostic::warning(&definition.pointer, message).help(help));
        }
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Model(_) => "Object",
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => "Enum",
        Shape::Union(_) => "Union",
        Shape::Alias(_) => "Alias",
    }
}
