//! What must hold of an API before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, BodyKind, Shape, Success, Type, TypeId};
use crate::diagnostic::Diagnostic;

/// Turns an alias that leads back to itself into any JSON: Rust has no such alias.
pub(super) fn break_alias_cycles(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    for index in 0..api.types.len() {
        if leads_back(api, TypeId(index))
            && let Some(definition) = api.types.get_mut(index)
        {
            let message = format!("`{}` is made of nothing but itself: it takes any JSON", definition.name);
            diagnostics.push(Diagnostic::warning(&definition.pointer, message));
            definition.shape = Shape::Alias(Type::Json);
        }
    }
}

fn leads_back(api: &Api, start: TypeId) -> bool {
    let mut id = start;
    for _ in 0..=api.types.len() {
        let Shape::Alias(ty) = &api.type_def(id).shape else { return false };
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
pub(super) fn break_endless_models(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let demands: Vec<Vec<(usize, TypeId)>> = (0..api.types.len()).map(|id| demands_of(api, TypeId(id))).collect();
    let mut endless: Vec<(TypeId, usize)> = Vec::new();
    for (id, demanded) in demands.iter().enumerate() {
        for (index, target) in demanded {
            if is_demanded_by(&demands, TypeId(id), *target, &endless) {
                endless.push((TypeId(id), *index));
            }
        }
    }
    for (id, index) in endless {
        let Some(definition) = api.types.get_mut(id.0) else { continue };
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
fn demands_of(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let Shape::Model(model) = &api.type_def(id).shape else { return Vec::new() };
    let demanded = model.fields.iter().enumerate().filter(|(_, field)| field.required && !field.nullable);
    demanded
        .filter_map(|(index, field)| match api.resolve(&field.ty) {
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
