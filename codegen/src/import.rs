//! The structure of a published document and none of its prose.
//!
//! Paths, operations, parameters, schemas, constraints, enum values and defaults are facts, and so is what is wrong with
//! them: what is written generates the same API as what was read, with the same faults. Descriptions, summaries, samples,
//! titles and `x-` extensions are somebody's words (or code) and stay out, but for the extensions that the generator reads and
//! for what a reference leads to; so does every key that OpenAPI does not know. Two kinds of text are kept because the structure needs them: the title of a direct branch of a
//! `oneOf` or `anyOf`, or of the items of a list that is one, which names the alternative, and a response's `description`, which the specification demands and
//! which becomes the reason phrase of its status.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Document;
use crate::document::extensions;
use crate::document::grammar::{Kind, Role, Shape};
use crate::pointer;

/// What heads an imported document.
const HEADER: &str = "\
# Written by `cargo xtask import`; not to be edited by hand.
# The structure of the published document: no descriptions, no examples. spec/README.md names the source.
";

/// An imported document.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The structure as YAML: keys sorted, lists in their order.
    pub text: String,
    /// What the published document holds.
    pub read: Counts,
    /// What the text holds: the same.
    pub written: Counts,
    /// What is wrong with the published document, and so with the text.
    pub warnings: Diagnostics,
}

/// How much a document holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Paths.
    pub paths: usize,
    /// Methods of all paths.
    pub operations: usize,
    /// Schemas under `components`.
    pub schemas: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} paths, {} operations, {} schemas", self.paths, self.operations, self.schemas)
    }
}

impl Counts {
    /// Counts what is in a tree.
    pub fn of(tree: &Value) -> Self {
        let paths = tree.get("paths").and_then(Value::as_object);
        let items = || paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/'));
        let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        Self {
            paths: items().count(),
            operations: items()
                .map(|(_, item)| methods.iter().filter(|method| item.get(method).is_some()).count())
                .sum(),
            schemas: tree.pointer("/components/schemas").and_then(Value::as_object).map_or(0, Map::len),
        }
    }
}

/// Reduces a published document to its structure. `name` stands in the diagnostics.
///
/// The same text always gives the same result, and an import of the result gives it again.
///
/// # Errors
///
/// Diagnostics with places, if the text is no OpenAPI document that the generator takes, or if what is written would not hold the same
/// number of paths, operations and schemas as what was read.
pub fn import(name: &str, text: String) -> Result<Imported, Diagnostics> {
    reduce_document(Document::parse(name, text)?)
}

/// The same for a file.
///
/// # Errors
///
/// As [`import`], and if the file cannot be read.
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
    reduce.object(Kind::OpenApi, false, &mut tree, Place::default());
    reduce.graft(&whole, &mut tree);
    // A document that has something else instead is one of a later version.
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

/// What a node needs to know of its surroundings.
#[derive(Debug, Clone, Copy, Default)]
struct Place<'p> {
    /// The key that holds it, or the key of the list that does.
    key: &'p str,
    /// A direct branch of `oneOf` or `anyOf`.
    branch: bool,
}

/// A reduction under way.
struct Reduce {
    /// Whether the keys of OpenAPI 3.1 and 3.2 are known.
    newer: bool,
    /// Where the references of what stays lead, and to what kind of object.
    references: Vec<(String, Kind)>,
}

impl Reduce {
    fn value(&mut self, shape: Shape, value: &mut Value, place: Place<'_>) {
        match (shape, value) {
            (Shape::Object(kind), value) => self.object(kind, false, value, place),
            (Shape::Ref(kind), value) => self.object(kind, true, value, place),
            (Shape::BoolOrSchema, value @ Value::Object(_)) => self.object(Kind::Schema, true, value, place),
            (Shape::List(shape), value) => {
                let place = Place { branch: matches!(place.key, "oneOf" | "anyOf"), ..place };
                match value {
                    Value::Array(list) => list.iter_mut().for_each(|item| self.value(*shape, item, place)),
                    // Taken for a list of one.
                    value => self.value(*shape, value, place),
                }
            }
            (Shape::Map(shape), Value::Object(map)) => match (place.key, shape) {
                // What each OAuth scope allows is told in prose.
                ("scopes", _) => map.values_mut().for_each(|scope| *scope = Value::String(String::new())),
                _ => map.iter_mut().for_each(|(key, value)| self.value(*shape, value, Place { key, branch: false })),
            },
            _ => {}
        }
    }

    /// `refers` tells whether a reference may stand instead.
    fn object(&mut self, kind: Kind, refers: bool, value: &mut Value, place: Place<'_>) {
        let Value::Object(object) = value else { return };
        let refers = refers || kind == Kind::PathItem;
        let reference = object.get("$ref").filter(|_| refers).and_then(Value::as_str).map(str::to_owned);
        let is_reference = reference.is_some();
        self.references.extend(reference.map(|target| (target, kind)));
        let newer = self.newer;
        object.retain(|key, value| {
            let Some(field) = kind.field(key).or_else(|| kind.newer_field(key).filter(|_| newer)) else {
                // What it is for is the generator's affair.
                return key == "$ref" || extensions::known(key).is_some() || is_mistaken(kind, key, value);
            };
            if is_reference && kind != Kind::Schema && kind != Kind::PathItem {
                return false;
            }
            let title = kind == Kind::Schema && key == "title" && place.branch;
            if !title && matches!(field.role, Role::Prose | Role::Example) {
                return false;
            }
            // A list that is a branch is called after what it lists.
            self.value(field.shape, value, Place { key, branch: place.branch && key == "items" });
            true
        });
        if kind == Kind::Response && !is_reference {
            object.insert("description".to_owned(), Value::String(reason(place.key)));
        }
    }

    /// Puts back what references lead to and nothing else holds.
    fn graft(&mut self, whole: &Value, tree: &mut Value) {
        let mut done = BTreeSet::new();
        while let Some((target, kind)) = self.references.pop() {
            let Some(place) = target.strip_prefix('#') else { continue };
            let place = percent_encoding::percent_decode_str(place).decode_utf8_lossy().into_owned();
            if !done.insert(place.clone()) || tree.pointer(&place).is_some() {
                continue;
            }
            let Some(mut value) = whole.pointer(&place).cloned() else { continue };
            let key = pointer::last(&place).unwrap_or_default().into_owned();
            self.object(kind, true, &mut value, Place { key: &key, branch: false });
            put(tree, &place, value);
        }
    }
}

/// Puts a value at its place, with the objects that lead there. A list on the way has an object with numbers in its stead.
fn put(tree: &mut Value, place: &str, value: Value) {
    let mut node = tree;
    for segment in place.split('/').skip(1) {
        let Value::Object(object) = node else { return };
        node = object.entry(pointer::unescape(segment)).or_insert_with(|| Map::new().into());
    }
    *node = value;
}

/// Whether a key that OpenAPI does not know is a fault with a meaning: the type of a parameter beside its name.
fn is_mistaken(kind: Kind, key: &str, value: &Value) -> bool {
    match kind {
        Kind::Parameter => Kind::Schema.field(key).is_some_and(|field| field.role == Role::Fact) && !value.is_object(),
        Kind::Paths => value.is_object() && !key.starts_with("x-"),
        Kind::Schema => key == "const",
        _ => false,
    }
}

fn is_newer(tree: &Value) -> bool {
    let version = tree.get("openapi").and_then(Value::as_str).unwrap_or_default();
    version.starts_with("3.1") || version.starts_with("3.2")
}

/// The reason phrase of a status; for a shared response, its own name.
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
