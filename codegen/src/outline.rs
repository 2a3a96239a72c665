//! Writes the outlines of operations and of files of models: compact texts for snapshots.
//!
//! The text shows the interface of the generated code, not its implementation. It has no descriptions and no layout
//! that depends on neighbouring lines, and it shows a named type only by its name. A change of one field thus changes
//! one line of one text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use document::pointer;

use crate::api::{
    self, BodyKind, Limits, Pagination, Parameter, ParameterLocation, Selector, Style, Success, TypeId, Types,
};
use crate::names::identifier;
use crate::rust::{Argument, Crate, Item, Operation, Resource, Response, Shape, Struct, Type, Union};

/// Returns the outline of every operation and of every file of models, by the name of its snapshot:
/// `operations/<tag>/<operation>`, `models/<model>`.
pub fn all(of: &Crate<'_>) -> BTreeMap<String, String> {
    let mut outlines = BTreeMap::new();
    for (resource, it) in of.operations() {
        outlines.insert(format!("operations/{}/{}", resource.of.module, it.of.name), operation(of, resource, it));
    }
    for (module, ids) in of.modules() {
        outlines.insert(format!("models/{module}"), models(of, &ids));
    }
    outlines
}

/// Returns the outline of an operation: its call, the places of its values, and its output.
pub fn operation(of: &Crate<'_>, resource: &Resource<'_>, operation: &Operation<'_>) -> String {
    let mut text = format!("{} {}\n\n", operation.of.method, operation.of.template);
    let arguments = operation.arguments.iter().map(|input| &input.argument);
    let method = function(&operation.of.name, arguments, "models::");
    line(&mut text, 0, &format!("client.{}().{method}", identifier(&resource.accessor)));
    for setter in &operation.setters {
        let setter = function(&setter.name, [&setter.input.argument], "models::");
        line(&mut text, 1, &format!(".{setter}"));
    }
    line(&mut text, 1, &format!("-> {}", operation.output.text("models::")));
    text.push('\n');
    for (name, value) in facts(&of.api.types, operation) {
        line(&mut text, 0, &format!("{name}: {value}"));
    }
    text
}

/// Returns the name of a function with the name and type of each argument. `path` precedes the types of the API.
pub(crate) fn function<'a: 'f, 'f>(
    name: &str,
    arguments: impl IntoIterator<Item = &'f Argument<'a>>,
    path: &str,
) -> String {
    let argument = |argument: &Argument<'_>| format!("{}: {}", identifier(argument.name), argument.ty.text(path));
    let arguments: Vec<String> = arguments.into_iter().map(argument).collect();
    format!("{}({})", identifier(name), arguments.join(", "))
}

/// Returns the facts about an operation that are not in its signature, each with its label.
fn facts(types: &Types, operation: &Operation<'_>) -> Vec<(&'static str, String)> {
    let of = operation.of;
    let mut facts = vec![("id", of.id.clone()), ("type", of.marker.clone())];
    if of.deprecated {
        facts.push(("deprecated", "yes".to_owned()));
    }
    if !of.is_authenticated() {
        facts.push(("credential", "not sent".to_owned()));
    }
    facts.extend(of.server.as_ref().map(|server| ("server", server.url.clone())));
    facts.extend(of.query.iter().map(|(name, value)| ("query", format!("{name}={value}"))));
    facts.extend(accepts(of).map(|accept| ("accepts", accept.to_owned())));
    if of.idempotent != of.is_idempotent_by_method() {
        facts.push(("idempotent", if of.idempotent { "yes" } else { "no" }.to_owned()));
    }
    if of.concurrency_limited {
        facts.push(("concurrency limited", "yes".to_owned()));
    }
    facts.extend(of.parameters.iter().map(|it| ("parameter", parameter(types, it))));
    if let Some(body) = &of.body {
        let required = if body.required { "required" } else { "optional" };
        facts.push(("body", format!("{}, {required}", body_kind(types, &body.kind))));
    }
    if operation.responses.is_empty() {
        facts.push(("response", success(types, operation)));
    }
    facts.extend(operation.responses.iter().map(|it| ("response", several(it))));
    facts.extend(pages(operation).map(|pages| ("pages", pages)));
    facts.extend(of.errors.iter().map(|error| {
        let ty = error.ty.as_ref().map_or("nothing typed".to_owned(), |ty| Type::of(types, ty).text(""));
        ("error", format!("{} {ty}", error.status))
    }));
    facts
}

/// Returns the media types of the `Accept` header, unless the response shows them or they are the usual ones.
pub(crate) fn accepts(operation: &api::Operation) -> Option<&str> {
    let is_told = matches!(operation.success, Success::Bytes(_) | Success::Text(_) | Success::Redirect);
    Some(operation.accept.as_str()).filter(|accept| !is_told && *accept != "application/json")
}

fn parameter(types: &Types, parameter: &Parameter) -> String {
    let required = if parameter.required { "required" } else { "optional" };
    let ty = Type::of(types, &parameter.ty).text("");
    let mut text = format!("{:?} in {}: {ty}, {required}", parameter.wire, place(parameter.place));
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        text.push_str(&format!(", default {default}"));
    }
    if parameter.deprecated {
        text.push_str(", deprecated");
    }
    text + &limited(&parameter.limits)
}

/// Returns a description of the pagination and its paths in the response; `None` if there are no pages.
pub(crate) fn pages(operation: &Operation<'_>) -> Option<String> {
    let Pagination { selector, items, next, page, total_pages, more, or_one, size } =
        operation.of.pagination.as_ref()?;
    let path = |path: &[String]| path.iter().fold(String::new(), |pointer, step| pointer::join(&pointer, step));
    let mut text = format!("{} ", selector.form());
    text.push_str(&match selector {
        Selector::Cursor(parameter) | Selector::Scroll(parameter) => format!("{parameter:?}"),
        Selector::BodyCursor(property) | Selector::BodyPageNumber(property) => path(property),
        Selector::PageNumber { parameter, cursor: None } => format!("{parameter:?}"),
        Selector::PageNumber { parameter, cursor: Some(cursor) } => format!("{parameter:?} or {cursor:?}"),
    });
    match &size[..] {
        [] => {}
        property if selector.is_in_body() => text.push_str(&format!(", size {}", path(property))),
        parameter => text.push_str(&format!(", size {:?}", parameter.concat())),
    }
    let item = operation.paged.as_ref().map(|paged| paged.item.text("")).unwrap_or_default();
    text.push_str(&format!(", {item} at {}", path(items)));
    let told = [("next", next), ("page", page), ("total pages", total_pages), ("more", more)];
    for (name, at) in told.into_iter().filter(|(_, at)| !at.is_empty()) {
        text.push_str(&format!(", {name} at {}", path(at)));
    }
    if *or_one {
        text.push_str(", or one item");
    }
    Some(text)
}

pub(crate) fn place(place: ParameterLocation) -> &'static str {
    match place {
        ParameterLocation::Path(Style::Label { .. }) => "path, behind a period",
        ParameterLocation::Path(Style::Matrix { .. }) => "path, behind a semicolon",
        ParameterLocation::Path(Style::Json) => "path, as JSON",
        ParameterLocation::Path(_) => "path",
        ParameterLocation::Query(Style::Json) => "query, as JSON",
        ParameterLocation::Query(Style::Form { explode: true }) => "query",
        ParameterLocation::Query(Style::Form { explode: false }) => "query, separated by commas",
        ParameterLocation::Query(Style::SpaceDelimited) => "query, separated by spaces",
        ParameterLocation::Query(Style::PipeDelimited) => "query, separated by pipes",
        ParameterLocation::Query(Style::DeepObject) => "query, as deep object",
        ParameterLocation::Query(_) => "query",
        ParameterLocation::Header(Style::Json) => "header, as JSON",
        ParameterLocation::Header(_) => "header",
        ParameterLocation::Cookie(Style::Json) => "cookie, as JSON",
        ParameterLocation::Cookie(_) => "cookie",
        ParameterLocation::TextPart => "text part",
        ParameterLocation::FilePart => "file part",
    }
}

pub(crate) fn body_kind(types: &Types, kind: &BodyKind) -> String {
    match kind {
        BodyKind::Json(ty, media_type) => format!("{} as {media_type}", Type::of(types, ty).text("")),
        BodyKind::Form(ty, _) => format!("{} as application/x-www-form-urlencoded", Type::of(types, ty).text("")),
        BodyKind::Text(media_type) => format!("text as {media_type}"),
        BodyKind::Bytes(media_type) => format!("bytes as {media_type}"),
        BodyKind::Multipart => "parts as multipart/form-data".to_owned(),
    }
}

/// Returns the statuses of a success, and its content in words.
pub(crate) fn success(types: &Types, operation: &Operation<'_>) -> String {
    let statuses: Vec<String> = operation.of.statuses.iter().map(ToString::to_string).collect();
    let carried = match &operation.of.success {
        Success::Json(ty) => Type::of(types, ty).text(""),
        Success::Bytes(media_type) => format!("bytes as {media_type}"),
        Success::Text(media_type) => format!("text as {media_type}"),
        Success::Empty => "nothing".to_owned(),
        Success::Redirect => "the place in `Location`".to_owned(),
        Success::Several { name, .. } => name.clone(),
    };
    format!("{} {carried}", statuses.join(", "))
}

fn several(response: &Response<'_>) -> String {
    format!("{} {}({})", response.of.status, response.of.name, carried(response))
}

/// Returns the content of one of several responses in words.
pub(crate) fn carried(response: &Response<'_>) -> String {
    match &response.ty {
        None => "nothing".to_owned(),
        Some(_) if response.of.text => "text".to_owned(),
        Some(ty) => ty.text(""),
    }
}

/// Returns the outline of one file of models: the component first, then its inline types.
pub fn models(of: &Crate<'_>, ids: &[TypeId]) -> String {
    ids.iter().map(|id| definition(of.item(*id))).collect::<Vec<_>>().join("\n")
}

fn definition(item: &Item<'_>) -> String {
    let mut text = String::new();
    let mut head = |kind: &str, notes: &[(&str, bool)]| {
        line(&mut text, 0, &format!("{kind} {}{}", item.of.name, noted(notes)));
        // The pointer of an inline type is left out: an index in it changes when an element is added before.
        if let Some(component) = &item.of.component {
            line(&mut text, 1, &format!("schema {component:?}"));
        }
    };
    let deprecated = ("deprecated", item.of.deprecated);
    match &item.shape {
        Shape::Struct(of) => {
            head("struct", &[("sent", of.is_sent), ("Default", of.is_default), deprecated]);
            struct_lines(of, &mut text);
        }
        Shape::StringEnum(variants) => {
            head("enum", &[deprecated]);
            variants.iter().for_each(|variant| line(&mut text, 1, &format!("{} = {:?}", variant.name, variant.wire)));
        }
        Shape::IntegerEnum(variants) => {
            head("enum", &[deprecated]);
            variants.iter().for_each(|variant| line(&mut text, 1, &format!("{} = {}", variant.name, variant.wire)));
        }
        Shape::Union(union) => {
            head("union", &[deprecated]);
            union_lines(union, &mut text);
        }
        Shape::Alias(ty) => {
            head("alias", &[deprecated]);
            line(&mut text, 1, &format!("= {}", ty.text("")));
        }
    }
    text
}

fn union_lines(union: &Union<'_>, text: &mut String) {
    if let Some(tag) = &union.of.tag {
        line(text, 1, &format!("told by {tag:?}"));
    }
    for variant in &union.variants {
        let tags: Vec<String> = variant.of.tags.iter().map(|tag| format!("{tag:?}")).collect();
        let tags = if tags.is_empty() { String::new() } else { format!(" = {}", tags.join(" | ")) };
        let from = if variant.converts() { "" } else { ", no From" };
        let reached = variant.from.iter().skip(usize::from(variant.converts()));
        let reached: String = reached.map(|ty| format!(", From<{}>", ty.text(""))).collect();
        let shortcut = variant.shortcut.as_ref().map_or_else(String::new, |shortcut| {
            format!(", fn {}", function(&shortcut.name, [&shortcut.argument], ""))
        });
        line(text, 1, &format!("{}({}){tags}{from}{reached}{shortcut}", variant.of.name, variant.ty.text("")));
    }
}

fn struct_lines(of: &Struct<'_>, text: &mut String) {
    for constant in &of.constants {
        line(text, 1, &format!("{:?} = {}", constant.field.wire, constant.value));
    }
    for field in &of.fields {
        let name = identifier(&field.of.name);
        let wire = if name == field.of.wire { String::new() } else { format!(" = {:?}", field.of.wire) };
        let mut notes = noted(&[
            ("required", field.of.required),
            ("nullable", field.of.nullable),
            ("deprecated", field.of.deprecated),
        ]);
        if let Some(default) = field.of.default.as_ref().filter(|default| !default.is_null()) {
            notes.push_str(&format!(", default {default}"));
        }
        notes.push_str(&limited(&field.of.limits));
        if let Some(only) = field.only {
            notes.push_str(&format!(", only {only}"));
        }
        line(text, 1, &format!("{name}{wire}: {}{notes}", field.ty.text("")));
    }
    if let Some(additional) = &of.additional {
        let (name, value) = (identifier(additional.name), additional.value.text(""));
        line(text, 1, &format!("{name}: any other name to {value}"));
    }
    for constructor in &of.constructors {
        let arguments = of.given(constructor).map(|field| &field.argument);
        let written: String =
            of.written(constructor).map(|(field, only)| format!(", {} = {only}", field.of.wire)).collect();
        line(text, 1, &format!("fn {}{written}", function(constructor.name, arguments, "")));
    }
}

/// Returns the notes that apply, each after a comma.
fn noted(notes: &[(&str, bool)]) -> String {
    notes.iter().filter(|(_, holds)| *holds).map(|(note, _)| format!(", {note}")).collect()
}

/// Returns the limits of a value, each after a comma.
fn limited(limits: &Limits) -> String {
    phrases(limits).iter().map(|phrase| format!(", {phrase}")).collect()
}

/// Returns the limits of a value, each as plain text on one line.
pub(crate) fn phrases(limits: &Limits) -> Vec<String> {
    limits.phrases(|pattern| format!("{pattern:?}"))
}

fn line(text: &mut String, depth: usize, line: &str) {
    // Writing to a `String` does not fail.
    let _ = writeln!(text, "{}{line}", "    ".repeat(depth));
}
