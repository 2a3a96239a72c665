//! The operations of the document, and the names of the types that only one of them has.

use document::diagnostic::Diagnostic;
use document::extensions;
use document::pointer;
use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use super::context::Context;
use crate::names;

/// An operation of the document, with its place and its names.
pub(super) struct Source<'d> {
    pub(super) method: String,
    pub(super) path: &'d str,
    pub(super) item: &'d PathItem,
    pub(super) operation: &'d openapiv3::Operation,
    pub(super) pointer: String,
    /// Its first tag, or a substitute.
    pub(super) tag: String,
    /// Its `operationId`, or an ID made of its method and path.
    pub(super) id: String,
    /// The name that an overlay has given, or else the ID.
    pub(super) called: String,
    /// The name of its marker type.
    pub(super) marker: String,
}

impl Source<'_> {
    /// Returns the JSON pointer of a part of the operation.
    pub(super) fn at(&self, keys: &[&str]) -> String {
        pointer::below(&self.pointer, keys)
    }

    /// Returns the name of a type that only this operation has.
    pub(super) fn type_name(&self, role: &str) -> String {
        names::inline_type_name(&self.marker, role)
    }
}

/// Returns every operation of `document`, sorted by path and method.
pub(super) fn all<'d>(context: &mut Context<'d>, document: &'d OpenAPI) -> Vec<Source<'d>> {
    let mut sources = Vec::new();
    for (path, item) in document.paths.iter() {
        let place = pointer::below("/paths", &[path]);
        match item {
            ReferenceOr::Item(item) => {
                sources.extend(item.iter().map(|(method, operation)| source(path, item, method, operation, &place)));
            }
            ReferenceOr::Reference { reference } => context.diagnostics.push(
                Diagnostic::error(place, format!("a path that is a reference (`{reference}`) is not supported"))
                    .expected("the operations of the path")
                    .help("put the operations in its place with an overlay"),
            ),
        }
    }
    sources.sort_by(|a, b| (a.path, &a.method).cmp(&(b.path, &b.method)));
    sources
}

fn source<'d>(
    path: &'d str,
    item: &'d PathItem,
    method: &str,
    operation: &'d openapiv3::Operation,
    place: &str,
) -> Source<'d> {
    let tag = operation.tags.first().cloned().unwrap_or_else(|| first_segment(path));
    let id = operation.operation_id.clone().filter(|id| !id.is_empty());
    let id = id.unwrap_or_else(|| names::operation_id(method, path));
    let called = extensions::text(&operation.extensions, extensions::NAME).map_or_else(|| id.clone(), str::to_owned);
    Source {
        method: method.to_uppercase(),
        path,
        item,
        operation,
        pointer: pointer::below(place, &[method]),
        marker: names::marker_name(&called, &tag),
        tag,
        id,
        called,
    }
}

/// Returns the substitute for the tag of an operation without tags.
fn first_segment(path: &str) -> String {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty() && !segment.contains('{'));
    segments.next().unwrap_or("root").to_owned()
}
