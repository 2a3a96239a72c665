//! The doc comment of an operation's method: all that a caller should know before the call.

use http::StatusCode;

use super::docs::{self, capitalized, code, with_values};
use super::surface::name_text;
use super::{example, links, pagination};
use crate::api::{Api, Body, BodyKind, ErrorAnswer, Operation, Parameter, Resource};
use crate::names;
use crate::usage::Usage;

/// What stands above the method.
pub(super) fn text(api: &Api, usage: &Usage, resource: &Resource, operation: &Operation) -> String {
    let sections = [
        said(operation.summary.as_deref()),
        Some(call(operation)),
        said(operation.doc.as_deref()),
        section("Arguments", arguments(api, operation)),
        section("Options", options(api, operation)),
        Some(format!("# Returns\n\n{}.", capitalized(&links::success(api, &resource.module, &operation.success)))),
        pagination::section(operation),
        section("Errors", operation.errors.iter().map(|error| self::error(api, error)).collect()),
        example::block(api, usage, resource, operation).map(|block| format!("# Example\n\n{block}")),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// What stands above the setter of an optional parameter.
pub(super) fn setter_text(parameter: &Parameter) -> String {
    let text = said(parameter.doc.as_deref()).unwrap_or_else(|| format!("Sets {}.", code(&parameter.wire)));
    with_values(&text, &parameter.limits, parameter.default.as_ref())
}

fn said(text: Option<&str>) -> Option<String> {
    docs::said(text.map(str::trim)).map(|said| said.trim().to_owned())
}

/// The request line, and where the API's own reference describes it.
fn call(operation: &Operation) -> String {
    let call = code(&format!("{} {}", operation.method, operation.template));
    match &operation.reference {
        Some(url) => format!("{call} ([reference](<{url}>))"),
        None => call,
    }
}

fn section(title: &str, lines: Vec<String>) -> Option<String> {
    let lines: Vec<String> = lines.iter().map(|line| format!("- {line}")).collect();
    (!lines.is_empty()).then(|| format!("# {title}\n\n{}", lines.join("\n")))
}

fn arguments(api: &Api, operation: &Operation) -> Vec<String> {
    let required = operation.parameters.iter().filter(|parameter| parameter.required);
    let mut lines: Vec<String> =
        required.map(|parameter| entry(&code(&name_text(&parameter.name)), &about(parameter))).collect();
    lines.extend(operation.body.iter().filter(|body| body.required).filter_map(|body| self::body(api, "body", body)));
    lines
}

fn options(api: &Api, operation: &Operation) -> Vec<String> {
    let optional = operation.parameters.iter().filter(|parameter| !parameter.required);
    let mut lines: Vec<String> = optional
        .map(|parameter| {
            let setter = name_text(&names::parameter_setter_name(&parameter.name));
            entry(&code(&format!(".{setter}(…)")), &about(parameter))
        })
        .collect();
    let body = operation.body.iter().filter(|body| !body.required);
    lines.extend(body.filter_map(|body| self::body(api, ".with_body(…)", body)));
    lines
}

fn about(parameter: &Parameter) -> String {
    let said = said(parameter.doc.as_deref()).unwrap_or_default();
    with_values(&said, &parameter.limits, parameter.default.as_ref())
}

/// A line of a list: a name, and what is said of it. A paragraph or a list inside would end the line.
fn entry(name: &str, said: &str) -> String {
    let mut line = String::new();
    for paragraph in said.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        if line.ends_with(|end: char| end.is_alphanumeric() || matches!(end, ')' | '`')) {
            line.push('.');
        }
        for word in paragraph.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    if line.is_empty() { name.to_owned() } else { format!("{name}: {line}") }
}

fn body(api: &Api, name: &str, body: &Body) -> Option<String> {
    let what = match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::Form(ty) => links::ty(api, ty),
        BodyKind::Text(media_type) => format!("text of {}", code(media_type)),
        BodyKind::Bytes(media_type) => format!("bytes of {}", code(media_type)),
        BodyKind::Multipart => return None,
    };
    Some(entry(&code(name), &format!("{what}. {}", said(body.doc.as_deref()).unwrap_or_default())))
}

/// The status, what it means, and what the error holds.
fn error(api: &Api, error: &ErrorAnswer) -> String {
    let reason = StatusCode::from_bytes(error.status.as_bytes()).ok().and_then(|status| status.canonical_reason());
    let means = said(Some(&error.doc)).or_else(|| reason.map(str::to_owned));
    let holds = error.ty.as_ref().map(|ty| links::ty(api, ty));
    let status = [Some(code(&error.status)), means].into_iter().flatten().collect::<Vec<_>>().join(" ");
    entry(status.trim_end_matches('.'), &holds.unwrap_or_default())
}
