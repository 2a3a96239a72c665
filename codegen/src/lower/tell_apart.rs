//! Gives things that would share a name in one scope names that show how they differ.
//!
//! The thing that the document spells most like the shared name keeps it, so that later additions rename nothing. No
//! name depends on the order of the document, and none has a counter.

use std::collections::{BTreeMap, BTreeSet};

use document::diagnostic::Diagnostic;
use document::pointer;

use crate::api::{Operation, Parameter, ParameterLocation, Resource, SecurityScheme, Server, Shape, TypeDef, Types};
use crate::names;

/// A kind of thing that shares a scope, with the rules for its names.
struct Scope<'s, T> {
    /// The noun for a thing in the warning.
    what: &'static str,
    name: fn(&mut T) -> &mut String,
    /// The distance of a thing from the shared name. The nearest thing keeps the name, unless several are equally near.
    rank: &'s dyn Fn(&T) -> usize,
    /// The other names that a thing may get, the best first.
    others: &'s dyn Fn(&T) -> Vec<String>,
    pointer: &'s dyn Fn(&T) -> String,
    help: &'static str,
}

impl<T> Scope<'_, T> {
    fn tell_apart(&self, things: &mut [T], diagnostics: &mut Vec<Diagnostic>) {
        let mut sharing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, thing) in things.iter_mut().enumerate() {
            sharing.entry((self.name)(thing).clone()).or_default().push(index);
        }
        let mut taken: BTreeSet<String> = sharing.keys().cloned().collect();
        for (shared, indices) in sharing.into_iter().filter(|(_, indices)| indices.len() > 1) {
            let rank = |index: &usize| things.get(*index).map(|thing| (self.rank)(thing));
            let nearest = indices.iter().map(rank).min().flatten();
            let mut nearest = indices.iter().filter(|index| rank(index) == nearest).copied();
            let keeper = nearest.next().filter(|_| nearest.next().is_none());
            for index in indices.into_iter().filter(|index| Some(*index) != keeper) {
                let Some(thing) = things.get_mut(index) else { continue };
                let free = (self.others)(thing).into_iter().find(|name| !taken.contains(name));
                // If no name is free, the shared one stays, and `Crate::collisions` reports it as an error.
                let Some(name) = free else { continue };
                taken.insert(name.clone());
                let message = format!("{} here is `{name}`, since another is `{shared}`", self.what);
                diagnostics.push(Diagnostic::warning((self.pointer)(thing), message).help(self.help));
                *(self.name)(thing) = name;
            }
        }
    }
}

/// Returns the distance of `wire` from a name made of it: 0 if they are equal; 1 if `wire` holds nothing but words,
/// with `_` or `-` between them; else 2.
fn distance(wire: &str, name: &str) -> usize {
    if wire == name {
        0
    } else {
        1 + usize::from(wire.contains(|c: char| !c.is_alphanumeric() && c != '_' && c != '-'))
    }
}

pub(super) fn types(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    let rank = |definition: &TypeDef| match &definition.component {
        Some(component) => distance(component, &definition.name).min(1),
        None => 2 + usize::from(!definition.pointer.starts_with("/components/schemas/")),
    };
    let others = |definition: &TypeDef| match &definition.component {
        Some(component) => names::told_apart(component).iter().map(|told| names::type_name(told)).collect(),
        None => vec![format!("{}{}", definition.name, kind(&definition.shape)), names::type_name(&definition.pointer)],
    };
    let scope = Scope {
        what: "the type",
        name: |definition: &mut TypeDef| &mut definition.name,
        rank: &rank,
        others: &others,
        pointer: &|definition| definition.pointer.clone(),
        help: "name it in an overlay: `x-rust-type` beside its keywords",
    };
    scope.tell_apart(&mut types.0, diagnostics);
    modules(types);
    for definition in types.0.iter().filter(|it| names::is_cut(&it.name) || names::is_cut(&it.module)) {
        let message = "the name of this type is too long for a file: it is cut, and a number made of it stands behind";
        let help = "name it in an overlay: `x-rust-type` beside its keywords";
        diagnostics.push(Diagnostic::warning(&definition.pointer, message).help(help));
    }
}

/// Moves a component that shares its file with another into a file named after its type, if that name is free.
fn modules(types: &mut Types) {
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, definition) in types.0.iter().enumerate().filter(|(_, definition)| definition.component.is_some()) {
        owners.entry(definition.module.clone()).or_default().push(index);
    }
    for (module, indices) in owners.iter().filter(|(_, indices)| indices.len() > 1) {
        for index in indices {
            let Some(owner) = types.0.get(*index) else { continue };
            let own = names::module_name(&owner.name);
            if own == *module || owners.contains_key(&own) {
                continue;
            }
            let place = owner.pointer.clone();
            let inside = types.0.iter_mut().filter(|other| pointer::strip_prefix(&other.pointer, &place).is_some());
            inside.for_each(|other| other.module.clone_from(&own));
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

pub(super) fn fields(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    for definition in &mut types.0 {
        let owner = definition.pointer.clone();
        let Shape::Model(model) = &mut definition.shape else { continue };
        let scope = Scope {
            what: "the field",
            name: |field: &mut crate::api::Field| &mut field.name,
            rank: &|field| distance(&field.wire, &field.name),
            others: &|field| names::told_apart(&field.wire).iter().map(|told| names::field_name(told)).collect(),
            pointer: &|field| pointer::below(&owner, &["properties", &field.wire]),
            help: "name it in an overlay: `x-rust-name` beside its type",
        };
        scope.tell_apart(&mut model.fields, diagnostics);
    }
}

/// Tells apart the IDs of all operations, the methods and markers of each tag, and the modules of the tags. Sorts the
/// operations of each tag by name.
pub(super) fn resources(resources: &mut [Resource], diagnostics: &mut Vec<Diagnostic>) {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for resource in resources.iter_mut() {
        for operation in &mut resource.operations {
            if !ids.insert(operation.id.clone()) {
                rename(operation, &resource.tag, &ids, diagnostics);
                ids.insert(operation.id.clone());
            }
        }
        let rank = |operation: &Operation| distance(&operation.id, &operation.name);
        let pointer = |operation: &Operation| operation.pointer.clone();
        let help = "name it in an overlay: `x-rust-name` beside the `operationId`";
        let methods = Scope {
            what: "the method",
            name: |operation: &mut Operation| &mut operation.name,
            rank: &rank,
            others: &|operation| by_path(operation).iter().map(|id| names::value_name(id)).collect(),
            pointer: &pointer,
            help,
        };
        methods.tell_apart(&mut resource.operations, diagnostics);
        let tag = resource.tag.clone();
        let markers = Scope {
            what: "the type of the operation",
            name: |operation: &mut Operation| &mut operation.marker,
            others: &|operation| by_path(operation).iter().map(|id| names::marker_name(id, &tag)).collect(),
            ..methods
        };
        markers.tell_apart(&mut resource.operations, diagnostics);
        resource.operations.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let module = Scope {
        what: "the module of the tag",
        name: |resource: &mut Resource| &mut resource.module,
        rank: &|resource| distance(&resource.tag, &resource.module),
        others: &|resource| names::told_apart(&resource.tag).iter().map(|told| names::module_name(told)).collect(),
        pointer: &|_| "/tags".to_owned(),
        help: "change one of the tags in an overlay",
    };
    module.tell_apart(resources, diagnostics);
}

/// Returns IDs made of the method and the path of an operation: the plain one, then one with the punctuation of the
/// path in words, since `/things` and `/things/` differ.
fn by_path(operation: &Operation) -> Vec<String> {
    let told = names::told_apart(&operation.template);
    let paths = std::iter::once(&operation.template).chain(told.first());
    paths.map(|path| names::operation_id(&operation.method, path)).collect()
}

/// Replaces an ID that another operation has, too, by the one that the operation would have without an `operationId`.
fn rename(operation: &mut Operation, tag: &str, taken: &BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(id) = by_path(operation).into_iter().find(|id| !taken.contains(id)) else { return };
    let message = format!("`{}` is the `operationId` of another operation too: here it is `{id}`", operation.id);
    let help = "give one of them another `operationId` in an overlay";
    diagnostics.push(Diagnostic::warning(&operation.pointer, message).help(help));
    operation.name = names::value_name(&id);
    operation.marker = names::marker_name(&id, tag);
    operation.id = id;
}

/// Tells apart the parameters of one operation; `has_body` is true if its method takes a body, too.
pub(super) fn parameters(parameters: &mut [Parameter], has_body: bool, diagnostics: &mut Vec<Diagnostic>) {
    let scope = Scope {
        what: "the parameter",
        name: |parameter: &mut Parameter| &mut parameter.name,
        rank: &|parameter| distance(&parameter.wire, &parameter.name) + 3 * order(parameter.place),
        others: &|parameter| {
            let place = parameter.place.name();
            let mut others = names::told_apart(&parameter.wire);
            if order(parameter.place) > 0 {
                others.insert(0, format!("{} {place}", parameter.wire));
                others.extend(names::told_apart(&parameter.wire).iter().map(|told| format!("{told} {place}")));
            }
            others.iter().map(|name| names::value_name(name)).collect()
        },
        pointer: &|parameter| parameter.pointer.clone(),
        help: "name it in an overlay: `x-rust-name` beside the parameter",
    };
    // Parameters of one place are told apart first, then those that share a name with one of another place.
    for at in 0..=4 {
        let mut group: Vec<Parameter> = parameters.iter().filter(|it| order(it.place) == at).cloned().collect();
        Scope {
            others: &|it: &Parameter| names::told_apart(&it.wire).iter().map(|told| names::value_name(told)).collect(),
            ..scope
        }
        .tell_apart(&mut group, diagnostics);
        let places = parameters.iter_mut().filter(|it| order(it.place) == at);
        places.zip(group).for_each(|(parameter, told)| *parameter = told);
    }
    scope.tell_apart(parameters, diagnostics);
    for parameter in parameters.iter_mut().filter(|parameter| has_body && parameter.name == "body") {
        parameter.name = format!("body_{}", parameter.place.name());
    }
}

/// Returns the rank of a place: the parameter with the lowest rank has the first claim to a name.
fn order(place: ParameterLocation) -> usize {
    match place {
        ParameterLocation::Path(_) => 0,
        ParameterLocation::Query(_) => 1,
        ParameterLocation::Header(_) => 2,
        ParameterLocation::Cookie(_) => 3,
        ParameterLocation::TextPart | ParameterLocation::FilePart => 4,
    }
}

pub(super) fn schemes(schemes: &mut [SecurityScheme], diagnostics: &mut Vec<Diagnostic>) {
    let scope = Scope {
        what: "the setter of the credential",
        name: |scheme: &mut SecurityScheme| &mut scheme.name,
        rank: &|scheme| distance(&scheme.wire, scheme.name.trim_end_matches("_credential")),
        others: &|scheme| names::told_apart(&scheme.wire).iter().map(|told| names::credential_name(told)).collect(),
        pointer: &|scheme| pointer::below("/components/securitySchemes", &[&scheme.wire]),
        help: "give the scheme another name in an overlay",
    };
    scope.tell_apart(schemes, diagnostics);
}

/// Tells apart the servers; those with the same URL count once.
pub(super) fn servers(servers: &mut Vec<Server>, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    servers.retain(|server| seen.insert(server.url.clone()));
    let scope = Scope {
        what: "the server",
        name: |server: &mut Server| &mut server.name,
        rank: &|server| usize::from(!server.url.starts_with("https://")),
        others: &|server| {
            let scheme = server.url.split_once("://").map_or("relative", |(scheme, _)| scheme);
            let told = names::told_apart(&server.url);
            let by_scheme = format!("{}{}", server.name, names::variant_name(scheme));
            [by_scheme].into_iter().chain(told.iter().map(|told| names::variant_name(told))).collect()
        },
        pointer: &|_| "/servers".to_owned(),
        help: "name it in an overlay: `x-rust-name` beside the URL",
    };
    scope.tell_apart(servers, diagnostics);
}
