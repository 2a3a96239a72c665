//! What must hold of an API before anything is written.

use std::collections::BTreeMap;

use crate::api::{Api, BodyKind, Shape, Success};
use crate::diagnostic::Diagnostic;

/// Gives an inline type whose name a component or another inline type has one that says what it is.
///
/// The document did not choose the name of an inline type, so that is no error of the document; the warning tells of it.
pub(super) fn settle_inline_names(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, definition) in api.types.iter().enumerate() {
        owners.entry(definition.name.clone()).or_default().push(index);
    }
    for (name, indices) in owners.into_iter().filter(|(_, indices)| indices.len() > 1) {
        for index in indices {
            let Some(definition) = api.types.get_mut(index).filter(|definition| definition.component.is_none()) else {
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

/// Reports names that two things of one scope would have.
pub(super) fn names_are_unique(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut types = Scope::new("the type", "name one of them in an overlay: `x-rust-type` beside its keywords");
    let mut files = Scope::new("the file", "name one of them in an overlay: `x-rust-type` beside its keywords");
    for definition in &api.types {
        types.claim(&definition.name, &definition.pointer, diagnostics);
        if definition.component.is_some() {
            files.claim(&definition.module, &definition.pointer, diagnostics);
        }
        shape_names(&definition.shape, &definition.pointer, diagnostics);
    }
    let mut ids = Scope::new("the operation", "give one of them another `operationId` in an overlay");
    for resource in &api.resources {
        let mut methods =
            Scope::new("the method", "name one of them in an overlay: `x-rust-name` beside the `operationId`");
        let mut markers =
            Scope::new("the type", "name one of them in an overlay: `x-rust-name` beside the `operationId`");
        markers.claim(&resource.name, "the type of the tag", diagnostics);
        for operation in &resource.operations {
            ids.claim(&operation.id, &operation.pointer, diagnostics);
            methods.claim(&operation.name, &operation.pointer, diagnostics);
            markers.claim(&operation.marker, &operation.pointer, diagnostics);
            if let Success::Several { name, .. } = &operation.success {
                markers.claim(name, &operation.pointer, diagnostics);
            }
            let mut arguments =
                Scope::new("the argument", "name one of them in an overlay: `x-rust-name` beside the parameter");
            if operation.body.as_ref().is_some_and(|body| body.required && body.kind != BodyKind::Multipart) {
                arguments.claim("body", &operation.pointer, diagnostics);
            }
            for parameter in &operation.parameters {
                arguments.claim(&parameter.name, &parameter.pointer, diagnostics);
            }
        }
    }
    let mut servers = Scope::new("the server", "name one of them in an overlay: `x-rust-name` beside the URL");
    for server in &api.servers {
        servers.claim(&server.name, "/servers", diagnostics);
    }
}

fn shape_names(shape: &Shape, pointer: &str, diagnostics: &mut Vec<Diagnostic>) {
    match shape {
        Shape::Model(model) => {
            let mut fields = Scope::new("the field", "name one of them in an overlay: `x-rust-name` beside its type");
            for field in &model.fields {
                fields.claim(&field.name, &crate::pointer::below(pointer, &["properties", &field.wire]), diagnostics);
            }
        }
        Shape::Union(union) => {
            let mut variants = Scope::new("the variant", "name one of them in an overlay: `x-rust-name` in the branch");
            for variant in &union.variants {
                variants.claim(&variant.name, pointer, diagnostics);
            }
        }
        // `enumeration` reports these where it knows the values.
        Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::Alias(_) => {}
    }
}

/// The names of one scope, and who has them.
struct Scope {
    what: &'static str,
    help: &'static str,
    claims: BTreeMap<String, String>,
}

impl Scope {
    fn new(what: &'static str, help: &'static str) -> Self {
        Self { what, help, claims: BTreeMap::new() }
    }

    fn claim(&mut self, name: &str, pointer: &str, diagnostics: &mut Vec<Diagnostic>) {
        match self.claims.get(name) {
            Some(other) => diagnostics.push(
                Diagnostic::error(pointer, format!("{} `{name}` is already that of `{other}`", self.what))
                    .expected("a name of its own")
                    .help(self.help),
            ),
            None => {
                self.claims.insert(name.to_owned(), pointer.to_owned());
            }
        }
    }
}
