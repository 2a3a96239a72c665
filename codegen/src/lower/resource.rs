//! Resources: the operations grouped by tag.

use std::collections::BTreeMap;

use openapiv3::OpenAPI;

use super::context::Context;
use super::security::Schemes;
use super::source::Source;
use crate::api::Resource;
use crate::names;

pub(super) fn lower<'d>(
    context: &mut Context<'d>,
    sources: &[Source<'d>],
    schemes: &Schemes<'d>,
    document: &'d OpenAPI,
) -> Vec<Resource> {
    let mut by_tag: BTreeMap<&str, Resource> = BTreeMap::new();
    for source in sources {
        let operation = context.operation(source, schemes, document);
        let tag = source.tag.as_str();
        let resource = by_tag.entry(tag).or_insert_with(|| Resource {
            doc: document.tags.iter().find(|known| known.name == tag).and_then(|known| known.description.clone()),
            name: names::resource_name(tag),
            module: names::module_name(tag),
            tag: tag.to_owned(),
            operations: Vec::new(),
        });
        resource.operations.push(operation);
    }
    let mut resources: Vec<Resource> = by_tag.into_values().collect();
    resources.sort_by(|a, b| a.module.cmp(&b.module));
    resources
}
