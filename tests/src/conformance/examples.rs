//! Reads the examples of a document.

use std::path::Path;

use document::Document;
use document::diagnostic::Diagnostics;
use intercom_client::registry::OperationEntry;
use serde_json::Value;

use super::openapi::{self, Node, Operation};
use super::{Case, Part, templates};

/// The examples of a document, and those that were passed over.
#[derive(Debug, Default)]
pub struct Examples<'t> {
    /// The examples, each with its operation.
    pub cases: Vec<Case<'t>>,
    /// The places of examples without a schema, without a value, or with only the URL of a value.
    pub passed_over: Vec<String>,
}

/// Reads the examples of every request and response.
///
/// # Errors
/// Fails if the file cannot be read, is not a sound document, or has a reference that leads nowhere.
pub fn read<'t>(file: &Path, table: &'t [OperationEntry]) -> Result<Examples<'t>, Diagnostics> {
    let document = Document::read(file)?;
    let tree = document.tree().clone();
    let sources = document.into_typed()?.sources;
    let mut found = Diagnostics::new();
    let mut examples = Examples::default();
    for operation in openapi::operations(&tree) {
        if let Err(errors) = take(&tree, table, &operation, &mut examples) {
            found.extend(errors);
        }
    }
    if found.is_empty() {
        return Ok(examples);
    }
    sources.locate(&mut found);
    Err(found)
}

fn take<'t>(
    tree: &Value,
    table: &'t [OperationEntry],
    operation: &Operation<'_>,
    examples: &mut Examples<'t>,
) -> Result<(), Diagnostics> {
    let entry = entry(table, operation);
    let name = entry.map(|entry| entry.id).or(operation.id());
    let name = name.map_or_else(|| format!("{} {}", operation.method, operation.path), str::to_owned);
    let request = operation.node.get("requestBody").map(|body| (Part::Request, body));
    let responses =
        operation.responses().filter_map(|(key, response)| Some((Part::Response(openapi::status(key)?), response)));
    for (part, place) in request.into_iter().chain(responses) {
        for (source, body) in in_content(tree, place, &mut examples.passed_over)? {
            examples.cases.push(Case { operation: name.clone(), entry, part, source, body });
        }
    }
    Ok(())
}

/// Returns the operation of the client. The document may have no operationId, or a misspelt one that an overlay
/// corrects.
fn entry<'t>(table: &'t [OperationEntry], operation: &Operation<'_>) -> Option<&'t OperationEntry> {
    let by_id = operation.id().and_then(|id| table.iter().find(|entry| entry.id == id));
    by_id.or_else(|| templates::same_template(table, &operation.method, operation.path))
}

/// Returns the examples of a request body or a response, each with its place.
fn in_content(
    tree: &Value,
    place: Node<'_>,
    passed_over: &mut Vec<String>,
) -> Result<Vec<(String, Value)>, Diagnostics> {
    let place = place.resolve(tree)?;
    let mut found = Vec::new();
    for (_, media) in place.get("content").iter().flat_map(Node::members) {
        let single = media.get("example");
        let mut values: Vec<(String, Option<&Value>)> =
            single.into_iter().map(|example| (example.pointer, Some(example.value))).collect();
        for (_, example) in media.get("examples").iter().flat_map(Node::members) {
            let example = example.resolve(tree)?;
            values.push((example.pointer, example.value.get("value")));
        }
        let has_schema = media.get("schema").is_some();
        for (pointer, value) in values {
            match value.filter(|value| has_schema && !value.is_null()) {
                Some(value) => found.push((format!("#{pointer}"), value.clone())),
                None => passed_over.push(format!("#{pointer}")),
            }
        }
    }
    Ok(found)
}
