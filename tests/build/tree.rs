//! Reads the untyped document, without the stages of the generator after the overlays: references and operations.

use serde_json::{Map, Value};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation of the document.
pub(crate) struct Operation<'d> {
    pub(crate) method: String,
    pub(crate) path: &'d str,
    pub(crate) node: &'d Value,
    /// The parameters of the operation, and those of the path item that it does not replace.
    pub(crate) parameters: Vec<&'d Value>,
}

impl Operation<'_> {
    /// Returns the key that a call of the client and its expectation share.
    pub(crate) fn key(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Returns every operation.
pub(crate) fn operations(tree: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, item) in object(tree, "paths") {
        for (method, node) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                let parameters = parameters(tree, item, node);
                operations.push(Operation { method: method.to_uppercase(), path, node, parameters });
            }
        }
    }
    operations
}

fn parameters<'d>(tree: &'d Value, item: &'d Value, node: &'d Value) -> Vec<&'d Value> {
    let name = |parameter: &Value| (parameter["name"].clone(), parameter["in"].clone());
    let own: Vec<_> = list(node, "parameters").map(|parameter| resolve(tree, parameter)).collect();
    let shared = list(item, "parameters").map(|parameter| resolve(tree, parameter));
    let kept = shared.filter(|shared| own.iter().all(|own| name(own) != name(shared)));
    kept.chain(own.iter().copied()).collect()
}

/// Resolves a reference; returns any other node unchanged.
pub(crate) fn resolve<'d>(tree: &'d Value, mut node: &'d Value) -> &'d Value {
    while let Some(reference) = reference(node) {
        let target = reference.strip_prefix('#').and_then(|pointer| tree.pointer(pointer));
        node = target.unwrap_or_else(|| panic!("{reference} leads nowhere"));
    }
    node
}

/// Returns the target of a reference.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// Returns the entries of the object under `key`; none if there is no object.
pub(crate) fn object<'d>(node: &'d Value, key: &str) -> impl Iterator<Item = (&'d String, &'d Value)> {
    node.get(key).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// Returns the items of the list under `key`; none if there is no list.
pub(crate) fn list<'d>(node: &'d Value, key: &str) -> impl Iterator<Item = &'d Value> {
    node.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Returns the text under `key`.
pub(crate) fn text<'d>(node: &'d Value, key: &str) -> Option<&'d str> {
    node.get(key).and_then(Value::as_str)
}
