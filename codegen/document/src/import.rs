//! Imports the structure of a published document and none of its prose.
//!
//! Paths, operations, parameters, schemas, constraints, enum values and defaults are facts, and so are their mistakes:
//! the imported document generates the same API as the published one, with the same faults. Descriptions, summaries,
//! samples, titles and `x-` extensions are somebody's words (or code) and are left out, and so is every key that
//! OpenAPI does not know. Exceptions are extensions that the generator reads, known mistakes and targets of references.
//!
//! Two kinds of text are kept because the structure needs them. One is the title that names a branch of a `oneOf` or
//! `anyOf`: its own, or that of its items if it is a list. The other is a response's `description`, which the
//! specification demands; it becomes the reason phrase of the status.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::extensions;
use crate::grammar::{Kind, Role, Shape};
use crate::pointer;
use crate::{Document, METHODS};

const HEADER: &str = "\
# Written by `cargo xtask import`; not to be edited by hand.
# The structure of the published document: no descriptions, no examples. spec/README.md names the source.
";

/// An imported document.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The structure as YAML: keys sorted, lists in their order.
    pub text: String,
    /// The counts of the published document.
    pub read: Counts,
    /// The counts of `text`, which equal `read`.
    pub written: Counts,
    /// Faults and warnings about the published document, which hold for `text` too.
    pub warnings: Diagnostics,
}

/// The size of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of paths.
    pub paths: usize,
    /// The number of operations of all paths.
    pub operations: usize,
    /// The number of schemas under `components`.
    pub schemas: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} paths, {} operations, {} schemas", self.paths, self.operations, self.schemas)
    }
}

impl Counts {
    /// Counts the members of an untyped tree. A path that does not begin with a slash does not count.
    pub fn of(tree: &Value) -> Self {
        let paths = tree.get("paths").and_then(Value::as_object);
        let items = || paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/'));
        Self {
            paths: items().count(),
            operations: items()
                .map(|(_, item)| METHODS.iter().filter(|method| item.get(method).is_some()).count())
                .sum(),
            schemas: tree.pointer("/components/schemas").and_then(Value::as_object).map_or(0, Map::len),
        }
    }
}

/// Reduces a published document to its structure. Diagnostics call it `name`.
///
/// The import is deterministic and idempotent: an import of the result gives the same result.
///
/// # Errors
///
/// Returns diagnostics with locations if the generator does not accept the document, or if the result would not have
/// the same number of paths, operations and schemas.
pub fn import(name: &str, text: String) -> Result<Imported, Diagnostics> {
    reduce_document(Document::parse(name, text)?)
}

/// Reduces a published document in a file to its structure.
///
/// # Errors
///
/// Returns diagnostics in the cases of [`import`], and if the file cannot be read.
pub fn import_file(path: &Path) -> Result<Imported, Diagnostics> {
    reduce_document(Document::read(path)?)
}

fn reduce_document(document: Document) -> Result<Imported, Diagnostics> {
    let mut tree = document.tree().clone();
    let newer = is_newer(&tree);
    let typed = document.into_typed()?;
    let read = Counts::of(&tree);
    let whole = tree.clone();
    let mut reduce = Reduce { newer, references: Vec::new() };
    reduce.object(Kind::OpenApi, false, &mut tree, Surroundings::default());
    reduce.graft(&whole, &mut tree);
    // A document may lack `paths` only if it is of OpenAPI 3.1 or later.
    if let Value::Object(root) = &mut tree {
        root.entry("paths").or_insert_with(|| Map::new().into());
    }
    tree.sort_all_objects();
    let yaml = serde_yaml::to_string(&tree)
        .map_err(|error| Diagnostic::error("", format!("the structure cannot be written as YAML: {error}")))?;
    let text = format!("{HEADER}{yaml}");
    let written = Counts::of(Document::parse("the imported document", text.clone())?.tree());
    if read != written {
        return Err(Diagnostic::error("", format!("read {read}, but wrote {written}"))
            .help("this is a fault of the import, not of the document")
            .into());
    }
    Ok(Imported { text, read, written, warnings: typed.warnings() })
}

#[derive(Debug, Clone, Copy, Default)]
struct Surroundings<'p> {
    /// The key that holds the node, or the list that the node is in.
    key: &'p str,
    /// True if the node is a direct branch of `oneOf` or `anyOf`.
    branch: bool,
}

struct Reduce {
    /// True if the keys of OpenAPI 3.1 and 3.2 are known.
    newer: bool,
    /// The targets of the references that remain, with the kind of object that each must be.
    references: Vec<(String, Kind)>,
}

impl Reduce {
    fn value(&mut self, shape: Shape, value: &mut Value, place: Surroundings<'_>) {
        match (shape, value) {
            (Shape::Object(kind), value) => self.object(kind, false, value, place),
            (Shape::Ref(kind), value) => self.object(kind, true, value, place),
            (Shape::BoolOrSchema, value @ Value::Object(_)) => self.object(Kind::Schema, true, value, place),
            (Shape::List(shape), value) => {
                let place = Surroundings { branch: matches!(place.key, "oneOf" | "anyOf"), ..place };
                match value {
                    Value::Array(list) => list.iter_mut().for_each(|item| self.value(*shape, item, place)),
                    // A value that is not a list counts as a list of one, but an empty object does not.
                    value => {
                        let was_empty = is_empty(value);
                        self.value(*shape, value, place);
                        let holds_objects = matches!(shape, Shape::Object(_) | Shape::Ref(_) | Shape::Map(_));
                        if holds_objects && is_empty(value) && !was_empty {
                            *value = Value::Array(vec![value.take()]);
                        }
                    }
                }
            }
            (Shape::Map(shape), Value::Object(map)) => match (place.key, shape) {
                // The values of OAuth scopes are prose.
                ("scopes", _) => map.values_mut().for_each(|scope| *scope = Value::String(String::new())),
                _ => map
                    .iter_mut()
                    .for_each(|(key, value)| self.value(*shape, value, Surroundings { key, branch: false })),
            },
            (Shape::Any | Shape::Map(_) | Shape::BoolOrSchema, _) => {}
            // Only plain values have a meaning here, so any objects and inner lists are emptied.
            (_, Value::Array(list)) => list.iter_mut().for_each(clear),
            (_, value) => clear(value),
        }
    }

    /// Reduces an object. `refers` is true if a reference may stand in its place.
    fn object(&mut self, kind: Kind, refers: bool, value: &mut Value, place: Surroundings<'_>) {
        let Value::Object(object) = value else { return };
        let refers = refers || kind == Kind::PathItem;
        let reference = object.get("$ref").filter(|_| refers).and_then(Value::as_str).map(str::to_owned);
        let is_reference = reference.is_some();
        self.references.extend(reference.map(|target| (target, kind)));
        let newer = self.newer;
        object.retain(|key, value| {
            let Some(field) = kind.field(key).or_else(|| kind.newer_field(key).filter(|_| newer)) else {
                if let Some(shape) = mistaken(kind, key, value) {
                    self.value(shape, value, Surroundings { key, branch: false });
                    return true;
                }
                // An extension that the generator reads stays, whatever it holds.
                return key == "$ref" || extensions::known(key).is_some();
            };
            if is_reference && kind != Kind::Schema && kind != Kind::PathItem {
                return false;
            }
            let title = kind == Kind::Schema && key == "title" && place.branch;
            if !title && field.is_annotation() {
                return false;
            }
            // The title of its items names a branch that is a list.
            self.value(field.shape, value, Surroundings { key, branch: place.branch && key == "items" });
            true
        });
        if kind == Kind::Response && !is_reference {
            object.insert("description".to_owned(), Value::String(reason(place.key)));
        }
    }

    /// Restores the targets of references that nothing else in the tree holds.
    fn graft(&mut self, whole: &Value, tree: &mut Value) {
        let mut done = BTreeSet::new();
        while let Some((target, kind)) = self.references.pop() {
            let Some(place) = target.strip_prefix('#') else { continue };
            let place = percent_encoding::percent_decode_str(place).decode_utf8_lossy().into_owned();
            // An empty object may be what is left of the target of a reference.
            if !done.insert(place.clone()) || tree.pointer(&place).is_some_and(|kept| !is_empty(kept)) {
                continue;
            }
            let Some(mut value) = whole.pointer(&place).cloned() else { continue };
            let key = pointer::last(&place).unwrap_or_default().into_owned();
            self.object(kind, true, &mut value, Surroundings { key: &key, branch: false });
            put(tree, &place, value);
        }
    }
}

/// Inserts a value at its place, with the missing objects on the way. A missing list becomes an object with numbers as
/// keys.
fn put(tree: &mut Value, place: &str, value: Value) {
    let mut node = tree;
    for segment in place.split('/').skip(1) {
        node = match node {
            Value::Object(object) => object.entry(pointer::unescape(segment)).or_insert_with(|| Map::new().into()),
            Value::Array(list) => match segment.parse().ok().and_then(|index: usize| list.get_mut(index)) {
                Some(item) => item,
                None => return,
            },
            _ => return,
        };
    }
    *node = value;
}

fn clear(value: &mut Value) {
    match value {
        Value::Object(object) => object.clear(),
        Value::Array(list) => list.clear(),
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

/// Returns the shape of the value under a key that OpenAPI does not know, if that is a fault with a meaning, such as
/// the type of a parameter beside its name.
fn mistaken(kind: Kind, key: &str, value: &Value) -> Option<Shape> {
    match kind {
        Kind::Parameter => Kind::Schema.field(key).filter(|field| field.role == Role::Fact).map(|field| field.shape),
        Kind::Paths if value.is_object() && !key.starts_with("x-") => Some(Shape::Object(Kind::PathItem)),
        Kind::Schema if key == "const" => Some(Shape::Any),
        _ => None,
    }
}

fn is_newer(tree: &Value) -> bool {
    let version = tree.get("openapi").and_then(Value::as_str).unwrap_or_default();
    version.starts_with("3.1") || version.starts_with("3.2")
}

/// Returns the reason phrase of a status or its class, or the name of a shared response.
fn reason(status: &str) -> String {
    let exact = status.parse().ok().and_then(|code: u16| http::StatusCode::from_u16(code).ok());
    if let Some(phrase) = exact.and_then(|code| code.canonical_reason()) {
        return phrase.to_owned();
    }
    let class = match status.as_bytes() {
        [class, _, _] if exact.is_some() || status.get(1..).is_some_and(|rest| rest.eq_ignore_ascii_case("xx")) => {
            *class
        }
        _ => 0,
    };
    match class {
        b'1' => "Informational",
        b'2' => "Success",
        b'3' => "Redirection",
        b'4' => "Client Error",
        b'5' => "Server Error",
        _ if status == "default" => "Default",
        _ => status,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn a_response_is_called_by_its_reason_phrase() {
        let phrases = ["200", "404", "499", "5XX", "default", "NotFound"].map(reason);
        assert_eq!(phrases, ["OK", "Not Found", "Client Error", "Server Error", "Default", "NotFound"]);
    }
}
