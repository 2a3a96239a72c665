//! The operations grouped by tag.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use super::context::Context;
use super::source::Source;
use crate::api::Resource;
use crate::diagnostic::Diagnostic;
use crate::names;

/// Lowers every operation.
pub(super) fn lower<'d>(context: &mut Context<'d>, sources: &[Source<'d>], document: &'d OpenAPI) -> Vec<Resource> {
    let mut by_module: BTreeMap<String, Resource> = BTreeMap::new();
    for source in sources {
        let operation = context.operation(source, document);
        let tag = &source.tag;
        let module = names::module_name(tag);
        let resource = by_module.entry(module.clone()).or_insert_with(|| Resource {
            doc: document.tags.iter().find(|known| known.name == *tag).and_then(|known| known.description.clone()),
            name: names::resource_name(tag),
            module,
            tag: tag.clone(),
            operations: Vec::new(),
        });
        if resource.tag != *tag {
            context.diagnostics.push(
                Diagnostic::error(
                    source.at(&["tags", "0"]),
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
