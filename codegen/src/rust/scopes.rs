//! Checks that no two items of one scope share a name.

use std::collections::BTreeMap;

use document::diagnostic::Diagnostic;
use document::pointer;

use super::{Crate, Item, Operation, Resource, Shape, Struct, Union};
use crate::api::BodyKind;
use crate::names;

const TYPE: &str = "name one of them in an overlay: `x-rust-type` beside its keywords";
const METHOD: &str = "name one of them in an overlay: `x-rust-name` beside the `operationId`";
const PARAMETER: &str = "name one of them in an overlay: `x-rust-name` beside the parameter";
const FIELD: &str = "name one of them in an overlay: `x-rust-name` beside its type";
const VARIANT: &str = "name one of them in an overlay: `x-rust-name` in the branch";
const SERVER: &str = "name one of them in an overlay: `x-rust-name` beside the URL";

pub(super) fn collisions(of: &Crate<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let (mut types, mut files) = (Scope::new("the type", TYPE), Scope::new("the file", TYPE));
    for item in &of.items {
        types.claim(&item.of.name, &item.of.pointer, &mut found);
        if item.of.component.is_some() {
            files.claim(&item.of.module, &item.of.pointer, &mut found);
        }
        match &item.shape {
            Shape::Struct(shape) => fields(item, shape, &mut found),
            Shape::Union(union) => variants(item, union, &mut found),
            // `lower` has checked the variants of enums.
            Shape::StringEnum(_) | Shape::IntegerEnum(_) | Shape::Alias(_) => {}
        }
    }
    let mut ids = Scope::new("the operation", "give one of them another `operationId` in an overlay");
    let mut accessors = Scope::new("the method of the client", "change one of the tags in an overlay");
    for resource in &of.resources {
        accessors.claim(&resource.accessor, "/tags", &mut found);
        for operation in &resource.operations {
            ids.claim(&operation.of.id, &operation.of.pointer, &mut found);
        }
        operations(resource, &mut found);
    }
    let mut servers = Scope::new("the server", SERVER);
    for server in &of.client.servers {
        servers.claim(&server.name, "/servers", &mut found);
    }
    let mut setters = Scope::new("the setter of the client", PARAMETER);
    for header in &of.client.headers {
        setters.claim(&header.of.name, &header.of.pointer, &mut found);
    }
    for scheme in of.client.credentials {
        setters.claim(&scheme.name, &pointer::below("/components/securitySchemes", &[&scheme.wire]), &mut found);
    }
    for variable in &of.client.variables {
        setters.claim(&variable.name, "/servers", &mut found);
    }
    found
}

fn fields(item: &Item<'_>, of: &Struct<'_>, found: &mut Vec<Diagnostic>) {
    let mut names = Scope::new("the field", FIELD);
    let mut functions = Scope::new("the function", FIELD);
    if !of.constructors.is_empty() {
        functions.claim(names::EXTRA, "the setter of further fields", found);
    }
    for constructor in &of.constructors {
        functions.claim(constructor.name, &item.of.pointer, found);
    }
    for field in &of.fields {
        let place = pointer::below(&item.of.pointer, &["properties", &field.of.wire]);
        names.claim(&field.of.name, &place, found);
        for function in field.setter.iter().chain(&field.clear) {
            functions.claim(function, &place, found);
        }
    }
}

fn variants(item: &Item<'_>, union: &Union<'_>, found: &mut Vec<Diagnostic>) {
    let mut names = Scope::new("the variant", VARIANT);
    for variant in &union.variants {
        names.claim(&variant.of.name, &item.of.pointer, found);
    }
}

fn operations(resource: &Resource<'_>, found: &mut Vec<Diagnostic>) {
    let mut methods = Scope::new("the method", METHOD);
    let mut markers = Scope::new("the type", METHOD);
    markers.claim(&resource.of.name, "the type of the tag", found);
    for operation in &resource.operations {
        let place = &operation.of.pointer;
        methods.claim(&operation.of.name, place, found);
        markers.claim(&operation.of.marker, place, found);
        if let super::Type::Responses(name) = operation.output {
            markers.claim(name, place, found);
        }
        inputs(operation, found);
    }
}

/// Checks the names of arguments and setters. A parameter keeps its name when it turns from one into the other, so even
/// an optional one claims the name of an argument.
fn inputs(operation: &Operation<'_>, found: &mut Vec<Diagnostic>) {
    let mut arguments = Scope::new("the argument", PARAMETER);
    if operation.of.body.as_ref().is_some_and(|body| body.required && body.kind != BodyKind::Multipart) {
        arguments.claim("body", &operation.of.pointer, found);
    }
    for parameter in &operation.of.parameters {
        arguments.claim(&parameter.name, &parameter.pointer, found);
    }
    let mut setters = Scope::new("the setter", PARAMETER);
    for setter in &operation.setters {
        let place = match setter.input.target {
            super::Target::Parameter(parameter) => &parameter.pointer,
            super::Target::Body(_) => &operation.of.pointer,
        };
        setters.claim(&setter.name, place, found);
    }
}

/// The names of one scope, and the pointers of their owners.
struct Scope {
    what: &'static str,
    help: &'static str,
    claims: BTreeMap<String, String>,
}

impl Scope {
    fn new(what: &'static str, help: &'static str) -> Self {
        Self { what, help, claims: BTreeMap::new() }
    }

    fn claim(&mut self, name: &str, pointer: &str, found: &mut Vec<Diagnostic>) {
        match self.claims.get(name) {
            Some(other) => found.push(
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
