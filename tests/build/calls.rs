//! Writes the calls: one function for each operation, with the names of the generated code.

use std::fmt::Write;

use codegen::api::{Api, Body, BodyKind, Parameter, ParameterLocation, Success, Type};
use codegen::names::identifier;
use codegen::rust::{Crate, Input, Operation, Resource, Target};

/// Returns the text of `calls.rs`.
pub(crate) fn text(of: &Crate<'_>) -> String {
    let (mut calls, mut walks, mut functions) = (String::new(), String::new(), String::new());
    for (index, (resource, operation)) in of.operations().enumerate() {
        let key = format!("{} {}", operation.of.method, operation.of.template);
        let (call, walk) = (format!("call_{index}"), format!("walk_{index}"));
        let _ = writeln!(calls, "    ({key:?}, {call}),");
        let end = response(&resource.of.module, &operation.of.success);
        functions.push_str(&function(
            of.api,
            &format!("{call}(client: &Client, a: &Arguments) -> Result<Pending, String>"),
            resource,
            operation,
            &end,
        ));
        if operation.of.pagination.is_some() {
            let _ = writeln!(walks, "    ({key:?}, {walk}),");
            functions.push_str(&function(
                of.api,
                &format!("{walk}(client: &Client, a: &Arguments) -> Result<Walking, String>"),
                resource,
                operation,
                "Box::pin(walk(request))",
            ));
        }
    }
    format!(
        "/// Every operation with its call.\npub(super) const CALLS: &[(&str, Call)] = &[\n{calls}];\n\n\
         /// Every paged operation with its walk.\npub(super) const WALKS: &[(&str, Walk)] = &[\n{walks}];\n\n{functions}"
    )
}

/// Returns a function that makes the request of an operation and ends with `end`.
fn function(api: &Api, head: &str, resource: &Resource<'_>, operation: &Operation<'_>, end: &str) -> String {
    let arguments: Vec<String> = operation.arguments.iter().map(|input| value(api, input).1).collect();
    let mut setters = String::new();
    for of in &operation.setters {
        let (key, value) = value(api, &of.input);
        setter(&mut setters, &key, &of.name, &value);
    }
    format!(
        "fn {head} {{
    let request = client.{}().{}({});
{setters}    Ok({end})
}}

",
        identifier(&resource.accessor),
        identifier(&operation.of.name),
        arguments.join(", "),
    )
}

/// Returns the key of an argument in the test, and the code that is passed for it.
fn value(api: &Api, input: &Input<'_>) -> (String, String) {
    match input.target {
        Target::Parameter(parameter) => (key(parameter), argument(api, parameter)),
        Target::Body(body) => ("body".to_owned(), body_argument(api, body)),
    }
}

fn setter(text: &mut String, key: &str, name: &str, argument: &str) {
    let name = identifier(name);
    let _ = writeln!(text, "    let request = if a.has({key:?}) {{ request.{name}({argument}) }} else {{ request }};");
}

fn key(parameter: &Parameter) -> String {
    format!("{}:{}", parameter.place.name(), parameter.wire)
}

fn argument(api: &Api, parameter: &Parameter) -> String {
    let key = key(parameter);
    match parameter.place {
        ParameterLocation::Path(_) => format!("a.text({key:?})?"),
        ParameterLocation::FilePart => format!("a.file({key:?})?"),
        _ => format!("a.get::<{}>({key:?})?", rust_type(api, &parameter.ty)),
    }
}

fn body_argument(api: &Api, body: &Body) -> String {
    match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::Form(ty, _) => format!("a.get::<{}>(\"body\")?", rust_type(api, ty)),
        BodyKind::Text(_) | BodyKind::Bytes(_) | BodyKind::Multipart => "a.text(\"body\")?".to_owned(),
    }
}

/// Returns the function that sends the request and turns its typed response into an [`Outcome`].
fn response(module: &str, success: &Success) -> String {
    let function = match success {
        Success::Json(_) => "json",
        Success::Bytes(_) => "bytes",
        Success::Text(_) => "text",
        Success::Empty => "empty",
        Success::Redirect => "redirect",
        Success::Several { name, responses } => {
            let arm = |response: &codegen::api::Response| {
                let path = format!("resources::{module}::{name}::{}", identifier(&response.name));
                let (pattern, value) =
                    if response.ty.is_some() { ("(value)", "encode(&value)") } else { ("", "Ok(Value::Null)") };
                format!("{path}{pattern} => ({}, {value}),", response.status.range().0)
            };
            let arms: Vec<_> = responses.iter().map(arm).collect();
            let arms = arms.join(" ");
            return format!(
                "Box::pin(several(request, |response| match response {{ {arms} _ => (0, Ok(Value::Null)) }}))"
            );
        }
    };
    format!("Box::pin({function}(request))")
}

fn rust_type(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Unsigned => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::String | Type::Bytes => "String".to_owned(),
        Type::Timestamp => "intercom_client::Timestamp".to_owned(),
        Type::DateTime => "intercom_client::DateTime".to_owned(),
        Type::Secret => "intercom_client::Secret".to_owned(),
        Type::Date => "intercom_client::Date".to_owned(),
        Type::Base64 => "intercom_client::Base64".to_owned(),
        Type::Json => "Value".to_owned(),
        Type::Object => "serde_json::Map<String, Value>".to_owned(),
        Type::Named(id) => format!("models::{}", identifier(&api.types.def(*id).name)),
        Type::List(item) => format!("Vec<{}>", rust_type(api, item)),
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", rust_type(api, value)),
        Type::Nullable(value) => format!("Option<{}>", rust_type(api, value)),
    }
}
