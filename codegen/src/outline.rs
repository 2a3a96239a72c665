//! What one operation or one file of models looks like to a caller, as a compact text for snapshots.
//!
//! The text says what the generated code means and leaves out how it does it: no prose, no layout that moves with its
//! neighbours, and a type with a name by its name alone. So a change of one field moves one line of one text.

use std::fmt::Write as _;

use crate::api::{
    Answer, Api, BodyKind, Limits, Model, Operation, Pagination, Parameter, Place, Resource, Selector, Shape, Style,
    Success, Type, TypeId,
};
use crate::emit::{limits, surface};
use crate::pointer;
use crate::usage::Usage;

/// How an operation is called, what goes where, and what comes back.
pub fn operation(api: &Api, resource: &Resource, operation: &Operation) -> String {
    let mut text = format!("{} {}\n\n", operation.method, operation.template);
    let accessor = surface::accessor(&resource.module);
    line(&mut text, 0, &format!("client.{accessor}().{}", surface::request(api, operation)));
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        line(&mut text, 1, &format!(".{}", surface::setter(api, parameter)));
    }
    let optional = operation.body.as_ref().filter(|body| !body.required).and_then(|body| surface::body(api, body));
    if let Some(ty) = optional {
        line(&mut text, 1, &format!(".with_body(body: {ty})"));
    }
    line(&mut text, 1, &format!("-> {}", surface::output(api, operation)));
    text.push('\n');
    for (name, value) in facts(api, operation) {
        line(&mut text, 0, &format!("{name}: {value}"));
    }
    text
}

/// Everything about an operation that its signature does not say.
fn facts(api: &Api, operation: &Operation) -> Vec<(&'static str, String)> {
    let mut facts = vec![("id", operation.id.clone()), ("type", operation.marker.clone())];
    if operation.deprecated {
        facts.push(("deprecated", "yes".to_owned()));
    }
    if !operation.authenticated {
        facts.push(("credential", "not sent".to_owned()));
    }
    if operation.safe != is_safe_by_method(operation) {
        facts.push(("safe", if operation.safe { "yes" } else { "no" }.to_owned()));
    }
    if operation.one_at_a_time {
        facts.push(("one at a time", "yes".to_owned()));
    }
    facts.extend(operation.parameters.iter().map(|it| ("parameter", parameter(api, it))));
    if let Some(body) = &operation.body {
        let required = if body.required { "required" } else { "optional" };
        facts.push(("body", format!("{}, {required}", body_kind(api, &body.kind))));
    }
    let statuses: Vec<String> = operation.statuses.iter().map(|code| status(*code)).collect();
    match &operation.success {
        Success::Several { answers, .. } => {
            facts.extend(answers.iter().map(|it| ("answer", several(api, it))));
        }
        success => facts.push(("answer", format!("{} {}", statuses.join(", "), answer(api, success)))),
    }
    facts.extend(pages(api, operation).map(|pages| ("pages", pages)));
    facts.extend(operation.errors.iter().map(|error| {
        let ty = error.ty.as_ref().map_or("nothing typed".to_owned(), |ty| surface::type_text(api, ty));
        ("error", format!("{} {ty}", error.status))
    }));
    facts
}

fn parameter(api: &Api, parameter: &Parameter) -> String {
    let required = if parameter.required { "required" } else { "optional" };
    let ty = surface::type_text(api, &parameter.ty);
    let mut text = format!("{:?} in {}: {ty}, {required}", parameter.wire, place(parameter.place));
    if let Some(default) = parameter.default.as_ref().filter(|default| !default.is_null()) {
        text.push_str(&format!(", default {default}"));
    }
    if parameter.deprecated {
        text.push_str(", deprecated");
    }
    text + &limited(&parameter.limits)
}

/// Whether the method says by itself that a repeated call does no more than one.
fn is_safe_by_method(operation: &Operation) -> bool {
    !matches!(operation.method, "POST" | "PATCH")
}

/// How the next page is asked for and where the answer has what that needs, in words; none where there are no pages.
pub(crate) fn pages(api: &Api, operation: &Operation) -> Option<String> {
    let Pagination { selector, items, next, page, total_pages, more, size } = operation.pagination.as_ref()?;
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
    let item = item(api, operation).unwrap_or_default();
    text.push_str(&format!(", {item} at {}", path(items)));
    let told = [("next", next), ("page", page), ("total pages", total_pages), ("more", more)];
    for (name, at) in told.into_iter().filter(|(_, at)| !at.is_empty()) {
        text.push_str(&format!(", {name} at {}", path(at)));
    }
    Some(text)
}

/// The type of the items of all pages.
pub(crate) fn item(api: &Api, operation: &Operation) -> Option<String> {
    let (Some(pagination), Success::Json(answer)) = (&operation.pagination, &operation.success) else { return None };
    let Some(Type::List(item)) = api.type_at(answer, &pagination.items) else { return None };
    Some(surface::type_text(api, item))
}

/// Where a parameter goes, in words.
pub(crate) fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query(Style::Form { explode: true }) => "query",
        Place::Query(Style::Form { explode: false }) => "query, separated by commas",
        Place::Query(Style::SpaceDelimited) => "query, separated by spaces",
        Place::Query(Style::PipeDelimited) => "query, separated by pipes",
        Place::Query(Style::DeepObject) => "query, as deep object",
        Place::Header => "header",
        Place::Cookie => "cookie",
        Place::TextPart => "text part",
        Place::FilePart => "file part",
    }
}

/// How a body is written, in words.
pub(crate) fn body_kind(api: &Api, kind: &BodyKind) -> String {
    match kind {
        BodyKind::Json(ty, media_type) => format!("{} as {media_type}", surface::type_text(api, ty)),
        BodyKind::Form(ty) => format!("{} as application/x-www-form-urlencoded", surface::type_text(api, ty)),
        BodyKind::Text(media_type) => format!("text as {media_type}"),
        BodyKind::Bytes(media_type) => format!("bytes as {media_type}"),
        BodyKind::Multipart => "parts as multipart/form-data".to_owned(),
    }
}

/// What a success carries, in words.
pub(crate) fn answer(api: &Api, success: &Success) -> String {
    match success {
        Success::Json(ty) => surface::type_text(api, ty),
        Success::Bytes(media_type) => format!("bytes as {media_type}"),
        Success::Text(media_type) => format!("text as {media_type}"),
        Success::Empty => "nothing".to_owned(),
        Success::Redirect => "the place in `Location`".to_owned(),
        Success::Several { name, .. } => name.clone(),
    }
}

fn several(api: &Api, answer: &Answer) -> String {
    let carried = match &answer.ty {
        None => "nothing".to_owned(),
        Some(_) if answer.text => "text".to_owned(),
        Some(ty) => surface::type_text(api, ty),
    };
    format!("{} {}({carried})", status(answer.status), answer.name)
}

/// A status, or a range of them.
pub(crate) fn status(code: u16) -> String {
    if code < 10 { format!("{code}XX") } else { code.to_string() }
}

/// The types of one file of models: the component first, then what is written inline in it.
pub fn models(api: &Api, usage: &Usage, ids: &[TypeId]) -> String {
    ids.iter().map(|id| definition(api, usage, *id)).collect::<Vec<_>>().join("\n")
}

fn definition(api: &Api, usage: &Usage, id: TypeId) -> String {
    let definition = api.type_def(id);
    let mut text = String::new();
    let mut head = |kind: &str, notes: &[(&str, bool)]| {
        line(&mut text, 0, &format!("{kind} {}{}", definition.name, noted(notes)));
        // Not the place of an inline type: it counts parameters and branches, and moves when one is put before it.
        if let Some(component) = &definition.component {
            line(&mut text, 1, &format!("schema {component:?}"));
        }
    };
    let deprecated = ("deprecated", definition.deprecated);
    match &definition.shape {
        Shape::Model(model) => {
            let of = surface::model(api, usage, id, model);
            head("struct", &[("sent", of.is_sent), ("Default", of.is_default), deprecated]);
            struct_lines(api, &of, model, &mut text);
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
            if let Some(tag) = &union.tag {
                line(&mut text, 1, &format!("told by {tag:?}"));
            }
            for (variant, of) in union.variants.iter().zip(surface::union(api, usage, id, union)) {
                let tags: Vec<String> = variant.tags.iter().map(|tag| format!("{tag:?}")).collect();
                let tags = if tags.is_empty() { String::new() } else { format!(" = {}", tags.join(" | ")) };
                let from = if of.converts { "" } else { ", no From" };
                let shortcut = of.shortcut.map_or_else(String::new, |function| format!(", fn {function}"));
                line(&mut text, 1, &format!("{}({}){tags}{from}{shortcut}", variant.name, of.ty));
            }
        }
        Shape::Alias(ty) => {
            head("alias", &[deprecated]);
            line(&mut text, 1, &format!("= {}", surface::type_text(api, ty)));
        }
    }
    text
}

fn struct_lines(api: &Api, of: &surface::Struct, model: &Model, text: &mut String) {
    for constant in &model.constants {
        line(text, 1, &format!("{:?} = {}", constant.wire, constant.value));
    }
    for (field, ty) in model.fields.iter().zip(&of.fields) {
        let name = surface::name_text(&field.name);
        let wire = if name == field.wire { String::new() } else { format!(" = {:?}", field.wire) };
        let mut notes =
            noted(&[("required", field.required), ("nullable", field.nullable), ("deprecated", field.deprecated)]);
        if let Some(default) = field.default.as_ref().filter(|default| !default.is_null()) {
            notes.push_str(&format!(", default {default}"));
        }
        notes.push_str(&limited(&field.limits));
        line(text, 1, &format!("{name}{wire}: {ty}{notes}"));
    }
    if let Some(additional) = &model.additional {
        let (name, ty) = (surface::name_text(&additional.name), surface::type_text(api, &additional.ty));
        line(text, 1, &format!("{name}: any other name to {ty}"));
    }
    of.constructors.iter().for_each(|constructor| line(text, 1, &format!("fn {constructor}")));
}

/// Those notes that hold, each behind a comma.
fn noted(notes: &[(&str, bool)]) -> String {
    notes.iter().filter(|(_, holds)| *holds).map(|(note, _)| format!(", {note}")).collect()
}

/// What a value has to keep to, each behind a comma.
fn limited(limits: &Limits) -> String {
    limits::plain(limits).iter().map(|phrase| format!(", {phrase}")).collect()
}

fn line(text: &mut String, depth: usize, line: &str) {
    // Writing to a `String` does not fail.
    let _ = writeln!(text, "{}{line}", "    ".repeat(depth));
}
