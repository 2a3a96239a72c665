//! The doc comment of an operation's method: everything that a caller should know before the call.

use http::StatusCode;

use super::docs::with_values;
use super::prose::{capitalized, code, in_line, said, said_in_line};
use super::{example, links, pagination};
use crate::api::{Api, Body, BodyKind, ErrorResponse, Operation, Parameter, Status};
use crate::names::identifier;
use crate::rust::{self, Crate, Input, Resource, Target};

pub(super) fn text(of: &Crate<'_>, resource: &Resource<'_>, operation: &rust::Operation<'_>) -> String {
    let (api, raw) = (of.api, operation.of);
    let success = links::success(api, &resource.of.module, &raw.success);
    let entries = |inputs: &mut dyn Iterator<Item = (String, &Input<'_>)>| {
        inputs.map(|(name, input)| entry(&code(&name), &about(api, input))).collect()
    };
    let mut arguments = operation.arguments.iter().map(|input| (identifier(input.argument.name), input));
    let mut options = operation.setters.iter().map(|it| (format!(".{}(…)", identifier(&it.name)), &it.input));
    let sections = [
        said(raw.summary.as_deref()),
        Some(call(raw)),
        said(raw.doc.as_deref()),
        section("Arguments", entries(&mut arguments)),
        section("Options", entries(&mut options)),
        Some(format!("# Returns\n\n{}.", capitalized(&success))),
        pagination::section(raw),
        section("Errors", raw.errors.iter().map(|error| self::error(api, error)).collect()),
        example::block(of, resource, operation).map(|block| format!("# Example\n\n{block}")),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Returns the doc comment of the setter of an optional parameter.
pub(super) fn setter_text(parameter: &Parameter) -> String {
    let text = said(parameter.doc.as_deref()).unwrap_or_else(|| match parameter.wire.as_str() {
        "" => "Sets files, each under the name that stands before it.".to_owned(),
        wire => format!("Sets {}.", code(wire)),
    });
    with_values(&text, &parameter.limits, parameter.default.as_ref())
}

/// Returns the request line, with a link to the page about the operation in the API's own reference.
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

/// Returns the description of a value that a call takes.
fn about(api: &Api, input: &Input<'_>) -> String {
    match input.target {
        Target::Parameter(parameter) => {
            let said = said_in_line(parameter.doc.as_deref()).unwrap_or_default();
            with_values(&said, &parameter.limits, parameter.default.as_ref())
        }
        Target::Body(body) => format!("{}. {}", what(api, body), said_in_line(body.doc.as_deref()).unwrap_or_default()),
    }
}

/// Returns the type of a body in words.
fn what(api: &Api, body: &Body) -> String {
    match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::Form(ty, _) => links::ty(api, ty),
        BodyKind::Text(media_type) => format!("text of {}", code(media_type)),
        BodyKind::Bytes(media_type) => format!("bytes of {}", code(media_type)),
        BodyKind::Multipart => "parts".to_owned(),
    }
}

/// Returns an item of a list: a name and its description, on one line since a paragraph inside would end the item.
fn entry(name: &str, said: &str) -> String {
    let line = in_line(said);
    if line.is_empty() { name.to_owned() } else { format!("{name}: {line}") }
}

/// Returns the status, its meaning, and the type of the body of an error response.
fn error(api: &Api, error: &ErrorResponse) -> String {
    let reason = match error.status {
        Status::Code(code) => StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason()),
        Status::Class(_) | Status::Default => None,
    };
    let means = said_in_line(Some(&error.doc)).or_else(|| reason.map(str::to_owned));
    let status = [Some(code(&error.status.to_string())), means].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let status = status.trim_end_matches('.');
    let body = error.ty.as_ref().map(|ty| format!(", with {} as the body", links::ty(api, ty)));
    format!("{status}{}", body.unwrap_or_default())
}
