//! The operations of the document, grouped by tag.

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, PathItem, ReferenceOr};

use super::Context;
use crate::api::{Operation, Resource};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::pointer;

/// An operation as the document has it, and where.
pub(super) struct Source<'d> {
    pub(super) method: &'static str,
    pub(super) path: &'d str,
    pub(super) item: &'d PathItem,
    pub(super) operation: &'d openapiv3::Operation,
    pub(super) pointer: String,
}

/// Lowers every operation of `document`.
pub(super) fn lower<'d>(context: &mut Context<'d>, document: &'d OpenAPI) -> Vec<Resource> {
    let mut by_module: BTreeMap<String, Resource> = BTreeMap::new();
    for source in sources(context, document) {
        let tag = source.operation.tags.first().cloned().unwrap_or_else(|| first_segment(source.path));
        let operation = context.operation(&source, &tag, document);
        let module = names::module_name(&tag);
        let resource = by_module.entry(module.clone()).or_insert_with(|| Resource {
            doc: document.tags.iter().find(|known| known.name == tag).and_then(|known| known.description.clone()),
            name: names::resource_name(&tag),
            module,
            tag: tag.clone(),
            operations: Vec::new(),
        });
        if resource.tag != tag {
            context.diagnostics.push(
                Diagnostic::error(
                    pointer::below(&source.pointer, &["tags", "0"]),
                    format!("the tags `{}` and `{tag}` would both be the module `{}`", resource.tag, resource.module),
                )
                .expected("tags that differ in more than case and punctuation")
                .help("change one of the tags in an overlay"),
            );
        }
        resource.operations.push(operation);
    }
    let mut resources: Vec<Resource> = by_module.into_values().collect();
    for resource in &mut resources {
        resource.operations.sort_by(|a, b| a.name.cmp(&b.name));
    }
    resources
}

/// Every operation, sorted by path and method.
pub(super) fn sources<'d>(context: &mut Context<'d>, document: &'d OpenAPI) -> Vec<Source<'d>> {
    let mut sources = Vec::new();
    for (path, item) in document.paths.iter() {
        let place = pointer::below("/paths", &[path]);
        let item = match item {
            ReferenceOr::Item(item) => item,
            ReferenceOr::Reference { reference } => {
                context.diagnostics.push(
                    Diagnostic::error(place, format!("a path that is a reference (`{reference}`) is not supported"))
                        .expected("the operations of the path")
                        .help("put the operations in its place with an overlay"),
                );
                continue;
            }
        };
        let methods = [
            ("GET", &item.get),
            ("PUT", &item.put),
            ("POST", &item.post),
            ("DELETE", &item.delete),
            ("OPTIONS", &item.options),
            ("HEAD", &item.head),
            ("PATCH", &item.patch),
            ("TRACE", &item.trace),
        ];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                let pointer = pointer::below(&place, &[&method.to_lowercase()]);
                sources.push(Source { method, path, item, operation, pointer });
            }
        }
    }
    sources.sort_by(|a, b| (a.path, a.method).cmp(&(b.path, b.method)));
    sources
}

/// What an operation without a tag hangs on.
fn first_segment(path: &str) -> String {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty() && !segment.contains('{'));
    segments.next().unwrap_or("root").to_owned()
}

/// The operation's id: its own, or one made of its method and path.
pub(super) fn operation_id(source: &Source<'_>) -> String {
    match &source.operation.operation_id {
        Some(id) if !id.is_empty() => id.clone(),
        _ => names::operation_id(source.method, source.path),
    }
}

/// Where the operation's answers or its body stand.
pub(super) fn place(operation: &Source<'_>, keys: &[&str]) -> String {
    pointer::below(&operation.pointer, keys)
}

/// The name of a type that only this operation has.
pub(super) fn own_type_name(operation: &Operation, role: &str) -> String {
    names::inline_type_name(&operation.marker, role)
}
