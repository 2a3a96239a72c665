//! Measures the documentation of an API: the parts that have a summary or a description.

use std::collections::BTreeSet;

use document::diagnostic::{Diagnostic, Diagnostics};

use crate::api::{Api, Shape};

/// The number of documented parts of each kind, and of all parts of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The number of operations with a summary, and of all operations.
    pub operations: (usize, usize),
    /// The number of components with a description, and of all components.
    pub schemas: (usize, usize),
    /// The number of tags with a description, and of all tags.
    pub tags: (usize, usize),
    /// The number of model fields with a description, and of all model fields.
    pub fields: (usize, usize),
}

impl Coverage {
    /// Counts the documented parts of `api`.
    pub fn of(api: &Api) -> Self {
        let components = api.types.0.iter().filter(|definition| definition.component.is_some());
        let models = api.types.0.iter().filter_map(|definition| match &definition.shape {
            Shape::Model(model) => Some(model),
            _ => None,
        });
        Self {
            operations: share(api.operations().map(|operation| operation.summary.is_some())),
            schemas: share(components.map(|definition| definition.doc.is_some())),
            tags: share(api.resources.iter().map(|resource| resource.doc.is_some())),
            fields: share(models.flat_map(|model| &model.fields).map(|field| field.doc.is_some())),
        }
    }
}

/// Returns the fields without a description, as `Model.field`.
pub fn bare_fields(api: &Api) -> BTreeSet<String> {
    let mut bare = BTreeSet::new();
    for definition in &api.types.0 {
        let Shape::Model(model) = &definition.shape else { continue };
        let fields = model.fields.iter().filter(|field| field.doc.is_none());
        bare.extend(fields.map(|field| format!("{}.{}", definition.name, field.name)));
    }
    bare
}

fn share(described: impl Iterator<Item = bool>) -> (usize, usize) {
    described.fold((0, 0), |(words, all), has| (words + usize::from(has), all + 1))
}

/// Returns an error for each operation, component and tag without documentation. A field may rely on its name.
pub fn missing(api: &Api) -> Diagnostics {
    let operations = api.operations().filter(|operation| operation.summary.is_none());
    let operations = operations.map(|it| (it.pointer.clone(), format!("operation `{}` has no summary", it.id)));
    let schemas = api.types.0.iter().filter(|definition| definition.doc.is_none());
    let schemas = schemas.filter_map(|it| {
        Some((it.pointer.clone(), format!("the schema `{}` has no description", it.component.as_ref()?)))
    });
    let tags = api.resources.iter().filter(|resource| resource.doc.is_none());
    let tags = tags.map(|it| ("/tags".to_owned(), format!("the tag `{}` has no description", it.tag)));
    let told = operations.chain(schemas).chain(tags);
    told.map(|(pointer, message)| {
        Diagnostic::error(pointer, message).help("write it, in your own words, into an overlay of documentation")
    })
    .collect()
}
