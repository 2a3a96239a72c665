//! `registry.rs`: a table of all operations, and the functions that use it.

use quote::quote;

use super::docs::file_doc;
use super::file::File;
use super::tokens::{ident, literal};
use crate::api::{Api, BodyKind, Operation, Parameter, Resource, Status, Success, Type};
use crate::files::{Chunk, Table};
use crate::names::identifier;
use crate::rust::{self, Crate};

pub(super) fn file(of: &Crate<'_>) -> Vec<Chunk> {
    let (api, file) = (of.api, File::outside_models(of));
    let doc = file_doc("A table of all operations, and two functions that decode and re-encode a body.");
    let mut table = Table::default();
    table.open("operations!");
    for resource in &api.resources {
        resource.operations.iter().for_each(|operation| row(&mut table, &file, resource, operation));
    }
    table.close();
    let is_paged = api.operations().any(|operation| operation.pagination.is_some());
    let resources = is_paged.then(|| {
        quote!(
            use super::resources;
        )
    });
    let models = file.names_models().then(|| {
        quote!(
            use super::models;
        )
    });
    let error = file.runtime("DecodeError");
    let runtime = file.runtime_imports();
    let head = quote! {
        #doc
        #models
        #resources
        #runtime
        pub use crate::runtime::registry::*;
    };
    let functions = quote! {
        /// Decodes the body of a request to its model and encodes it again.
        ///
        /// # Errors
        /// Fails if no operation has this id, if the operation takes no body, or if the body does not match its model.
        pub fn round_trip_request(operation_id: &str, body: &[u8]) -> Result<RoundTrip, #error> {
            operation(OPERATIONS, operation_id)?.round_trip_request(body)
        }

        /// Decodes the body of a response to its model and encodes it again.
        ///
        /// # Errors
        /// Fails if no operation has this id, if the operation does not document the status, or if the body does not
        /// match the model of the response.
        pub fn round_trip_response(operation_id: &str, status: u16, body: &[u8]) -> Result<RoundTrip, #error> {
            operation(OPERATIONS, operation_id)?.round_trip_response(status, body)
        }
    };
    vec![Chunk::Items(head), Chunk::Table(table), Chunk::Items(functions)]
}

fn row(table: &mut Table, file: &File<'_>, resource: &Resource, operation: &Operation) {
    let [id, tag, method, path] = [&operation.id, &resource.tag, &operation.method, &operation.template].map(text);
    let deprecated = if operation.deprecated { " deprecated" } else { "" };
    table.open(&format!("{id} in {tag}: {method} {path}{deprecated}"));
    table.block("parameters", operation.parameters.iter().map(|of| parameter(file.api(), of)));
    if let Some(body) = &operation.body {
        let required = if body.required { " required" } else { "" };
        table.line(&format!("request{required} {},", content(file, &body.kind)));
    }
    table.block("responses", responses(file, operation));
    if operation.pagination.is_some() {
        let (module, marker) = (identifier(&resource.module), ident(&operation.marker));
        table.line(&format!("paged resources::{module}::{marker},"));
    }
    table.close();
}

fn parameter(api: &Api, of: &Parameter) -> String {
    let place = of.place.name();
    let ty = rust::Type::of(&api.types, &of.ty).text("models::");
    let required = if of.required { " required" } else { "" };
    format!("{place} {}: {}{required},", text(&of.wire), text(&ty))
}

/// Returns the media type of a request body, and its model if it is JSON.
fn content(file: &File<'_>, kind: &BodyKind) -> String {
    match kind {
        BodyKind::Json(ty, media_type) => json(file, media_type, ty),
        BodyKind::Form(..) => text("application/x-www-form-urlencoded"),
        BodyKind::Text(media_type) | BodyKind::Bytes(media_type) => text(media_type),
        BodyKind::Multipart => text("multipart/form-data"),
    }
}

fn json(file: &File<'_>, media_type: &str, ty: &Type) -> String {
    format!("{} {}", text(media_type), file.ty_text(&rust::Type::of(&file.api().types, ty)))
}

fn responses(file: &File<'_>, operation: &Operation) -> Vec<String> {
    let row = |status: Status, content: Option<String>| {
        let (from, to) = status.range();
        let range = if from == to { from.to_string() } else { format!("{from}..={to}") };
        content.map_or(format!("{range},"), |content| format!("{range} {content},"))
    };
    let mut rows: Vec<String> = match &operation.success {
        Success::Several { responses, .. } => {
            let several = responses.iter().map(|response| {
                let content = response.ty.as_ref().map(|ty| match ty {
                    Type::Bytes => text("application/octet-stream"),
                    _ if response.text => text("text/plain"),
                    ty => json(file, "application/json", ty),
                });
                row(response.status, content)
            });
            several.collect()
        }
        success => {
            let content = match success {
                Success::Json(ty) => Some(json(file, "application/json", ty)),
                Success::Bytes(media_type) | Success::Text(media_type) => Some(text(media_type)),
                Success::Empty | Success::Redirect | Success::Several { .. } => None,
            };
            operation.statuses.iter().map(|status| row(*status, content.clone())).collect()
        }
    };
    let errors = operation.errors.iter();
    rows.extend(errors.map(|error| row(error.status, error.ty.as_ref().map(|ty| json(file, "application/json", ty)))));
    rows
}

fn text(value: impl AsRef<str>) -> String {
    literal(&value.as_ref().into())
}
