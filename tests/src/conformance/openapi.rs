//! Reads references, operations and lists of an untyped document, without the stages of the generator that follow.

use document::METHODS;
use document::diagnostic::{Diagnostic, Diagnostics};
use document::pointer;
use serde_json::{Map, Value};

/// A node with its JSON pointer.
#[derive(Debug, Clone)]
pub struct Node<'d> {
    /// The value of the node.
    pub value: &'d Value,
    /// The JSON pointer at which the node was used, not the target of a reference.
    pub pointer: String,
}

/// An operation of the document.
#[derive(Debug, Clone)]
pub struct Operation<'d> {
    /// The method in capitals.
    pub method: String,
    /// The path template.
    pub path: &'d str,
    /// The operation object.
    pub node: Node<'d>,
}

impl<'d> Operation<'d> {
    /// Returns the operationId.
    #[must_use]
    pub fn id(&self) -> Option<&'d str> {
        text(self.node.value, "operationId")
    }

    /// Returns the responses by status.
    pub fn responses(&self) -> impl Iterator<Item = (&'d str, Node<'d>)> {
        let responses = self.node.get("responses");
        responses.into_iter().flat_map(|responses| responses.members())
    }
}

impl<'d> Node<'d> {
    /// Returns the node under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self { value, pointer: pointer::join(&self.pointer, key) })
    }

    /// Returns the members of the object.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let pointer = self.pointer.clone();
        let members = self.value.as_object().into_iter().flatten();
        members.map(move |(name, value)| (name.as_str(), Self { value, pointer: pointer::join(&pointer, name) }))
    }

    /// Resolves a reference, and keeps the place where it was used; returns any other node unchanged.
    ///
    /// # Errors
    /// Fails if the reference leads nowhere, out of the document, or back to itself.
    pub fn resolve(self, tree: &'d Value) -> Result<Self, Diagnostics> {
        match resolve(tree, self.value) {
            Ok(value) => Ok(Self { value, ..self }),
            Err(reference) => {
                let message = format!("the reference {reference:?} leads nowhere");
                Err(Diagnostic::error(self.pointer, message).expected("a place in this document").into())
            }
        }
    }
}

/// Returns every operation.
#[must_use]
pub fn operations(tree: &Value) -> Vec<Operation<'_>> {
    let paths = object(tree, "paths").filter(|(path, _)| path.starts_with('/'));
    paths.flat_map(|(path, item)| in_path(path, item)).collect()
}

fn in_path<'d>(path: &'d str, item: &'d Value) -> impl Iterator<Item = Operation<'d>> {
    let methods = item.as_object().into_iter().flatten().filter(|(method, _)| METHODS.contains(&method.as_str()));
    methods.map(move |(method, value)| Operation {
        method: method.to_uppercase(),
        path,
        node: Node { value, pointer: pointer::below("", &["paths", path, method]) },
    })
}

/// Resolves a reference; returns any other node unchanged. The error is the reference that leads nowhere.
///
/// # Errors
/// Fails if a reference leads nowhere, out of the document, or back to itself.
pub fn resolve<'d>(tree: &'d Value, mut node: &'d Value) -> Result<&'d Value, &'d str> {
    // The limit ends circular references; no document has a longer chain.
    for _ in 0..64 {
        let Some(reference) = reference(node) else { return Ok(node) };
        node = reference.strip_prefix('#').and_then(|pointer| tree.pointer(pointer)).ok_or(reference)?;
    }
    Err(reference(node).unwrap_or_default())
}

/// Returns the target of a reference.
#[must_use]
pub fn reference(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// Returns the entries of the object under `key`; none if there is no object.
pub fn object<'d>(node: &'d Value, key: &str) -> impl Iterator<Item = (&'d str, &'d Value)> + use<'d> {
    let object = node.get(key).and_then(Value::as_object);
    object.into_iter().flat_map(Map::iter).map(|(name, value)| (name.as_str(), value))
}

/// Returns the items of the list under `key`; none if there is no list.
pub fn list<'d>(node: &'d Value, key: &str) -> impl Iterator<Item = &'d Value> + use<'d> {
    node.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Returns the text under `key`.
#[must_use]
pub fn text<'d>(node: &'d Value, key: &str) -> Option<&'d str> {
    node.get(key).and_then(Value::as_str)
}

/// Returns the first status that a key of `responses` stands for.
#[must_use]
pub fn status(key: &str) -> Option<u16> {
    match key.strip_suffix("XX").or_else(|| key.strip_suffix("xx")) {
        Some(digit) => digit.parse::<u16>().ok().filter(|digit| *digit < 6).map(|digit| digit * 100),
        // The default response stands for any other status; no document has a 599.
        None if key == "default" => Some(599),
        None => key.parse().ok(),
    }
}
