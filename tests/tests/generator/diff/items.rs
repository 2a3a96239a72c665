//! Checks every verdict a second way: by the public items in the text of the generated code before and after.
//!
//! Each node of every fixture is removed or replaced. If `diff` says "not breaking", every public item must still
//! exist. If it says "breaking", one must be gone, or the compiler cannot see the change.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use codegen::diff::{self, Kind, Subject};
use codegen::emit;
use codegen::files::Files;
use codegen::rust::Crate;
use document::Document;
use serde_json::{Value, json};
use tests::files;
use tests::mutation::pointers;

/// Returns the items that a caller can name: fields with their types, functions with the types of their arguments,
/// variants, conversions.
fn items(files: &Files) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| *path != "registry.rs") {
        // Each file of operations is a module of its own; all models are in one module.
        let module = if path.starts_with("resources/") { path } else { "" };
        items.extend(file_items(text).into_iter().map(|item| format!("{module} {item}")));
    }
    items
}

fn file_items(text: &str) -> Vec<String> {
    let mut reader = Reader::default();
    text.lines().filter(|line| !line.trim().starts_with("//")).for_each(|line| reader.line(line));
    reader.items
}

/// A reader of generated code, line by line; the layout is always the same.
#[derive(Default)]
struct Reader {
    items: Vec<String>,
    /// The struct, enum, implementation or macro that contains the line.
    owner: String,
    is_default: bool,
    /// The type that a table describes, and whether the line is in its list of `From` conversions.
    table: String,
    in_from: bool,
    /// A signature that continues in the next line.
    signature: String,
    /// The output of a call or the item of a page, which continues in the next line.
    given: String,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let code = line.trim();
        match line.len() - line.trim_start().len() {
            0 => self.head(code),
            // The head of a table has the form `Name {` or `Name by "tag" {`.
            4 if self.owner.ends_with('!') && code.ends_with('{') && code != "from {" => {
                self.table = code.split_whitespace().next().unwrap_or_default().to_owned();
            }
            _ => {}
        }
        self.in_from = (self.in_from && code != "}") || code == "from {";
        match code.split_once(": ") {
            Some((_, payload)) if self.in_from => self.items.push(format!("{} from {payload}", self.table)),
            _ => self.member(line, code),
        }
    }

    /// Reads the first line of an item.
    fn head(&mut self, code: &str) {
        if let Some(derived) = code.strip_prefix("#[derive(") {
            self.is_default = derived.contains("Default");
        } else if let Some(alias) = code.strip_prefix("pub type ") {
            self.items.push(format!("type {alias}"));
        } else if let Some(head) = code.strip_suffix('{') {
            self.owner = head.trim().trim_start_matches("pub ").to_owned();
            if std::mem::take(&mut self.is_default) {
                self.items.push(format!("{}: Default", self.owner));
            }
            if ["impl From<", "struct ", "enum "].iter().any(|start| self.owner.starts_with(start)) {
                self.items.push(self.owner.clone());
            }
        }
    }

    /// Reads a field, a function, a variant, or the output of an operation.
    fn member(&mut self, line: &str, code: &str) {
        let owner = &self.owner;
        if !self.signature.is_empty() || code.starts_with("pub fn ") || code.starts_with("pub const fn ") {
            self.signature.push_str(code);
            self.signature.push(' ');
            if code.ends_with('{') {
                self.items.push(format!("{owner} {}", without_names(&std::mem::take(&mut self.signature))));
            }
        } else if let Some(field) = code.strip_prefix("pub ").filter(|_| owner.starts_with("struct ")) {
            self.items.push(format!("{owner}.{field}"));
        } else if owner.starts_with("enum ") && line.starts_with("    ") && code.ends_with(',') {
            self.items.push(format!("{owner}::{code}"));
        } else if !self.given.is_empty() || code.starts_with("type Response = ") || code.starts_with("type Item = ") {
            self.given.push_str(code);
            if let Some(given) = self.given.strip_suffix(';') {
                let item = given
                    .strip_prefix("type Response = ")
                    .map(|response| format!("{owner} gives {}", output(response)));
                let item =
                    item.or_else(|| Some(format!("{owner} gives items of {}", given.strip_prefix("type Item = ")?)));
                self.items.extend(item);
                self.given.clear();
            }
        }
    }
}

/// Returns a signature without argument names and layout.
fn without_names(signature: &str) -> String {
    let (name, rest) = signature.split_once('(').expect("a function has arguments");
    let types = rest.replace("( ", "(").replace(", )", ")");
    let mut text = String::new();
    for piece in types.split(": ") {
        let kept = piece.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '#');
        text.push_str(if types.ends_with(piece) { piece } else { kept });
    }
    format!("{name}({}", text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(").replace(",)", ")"))
}

/// Returns the output of awaiting a call.
fn output(response: &str) -> String {
    let inner = response.strip_prefix("Json<").and_then(|rest| rest.strip_suffix('>'));
    inner.unwrap_or(if response == "Text" { "String" } else { response }).to_owned()
}

/// Returns the document without one node, and with other values in its place.
fn edits(whole: &Value, pointer: &str) -> Vec<Value> {
    let mut edits = Vec::new();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer below the root");
    let key = key.replace("~1", "/").replace("~0", "~");
    let mut edited = whole.clone();
    match edited.pointer_mut(parent) {
        Some(Value::Object(object)) => _ = object.remove(&key),
        Some(Value::Array(items)) => _ = key.parse().map(|index: usize| items.remove(index)),
        _ => {}
    }
    edits.push(edited);
    for other in [
        json!({ "type": "integer" }),
        json!({ "type": "string", "nullable": true }),
        json!({ "type": "string", "enum": ["one", "two"] }),
        json!({ "type": "array", "items": { "type": "object", "properties": { "x": { "type": "string" } } } }),
        json!(true),
        json!("other"),
    ] {
        let mut edited = whole.clone();
        edited.pointer_mut(pointer).map(|node| *node = other).expect("the node is there");
        edits.push(edited);
    }
    edits
}

/// The number of edited nodes of a fixture.
const PLACES: usize = 40;

/// Returns whether the compiler can see none of the breaking changes.
fn is_out_of_sight(difference: &diff::Difference) -> bool {
    let reasons = ["which the compiler may not notice", "calls compile as before"];
    let hidden = |change: &diff::Change| reasons.iter().any(|reason| change.reason.contains(reason));
    difference.is_breaking() && difference.changes.iter().filter(|change| change.breaking).all(hidden)
}

/// Returns whether one argument may replace another: one is gone, and one is new.
fn trades_arguments(difference: &diff::Difference) -> bool {
    let has = |kind| {
        difference
            .changes
            .iter()
            .any(|change| change.breaking && change.kind == kind && change.subject == Subject::Parameter)
    };
    has(Kind::Added) && has(Kind::Removed)
}

/// Returns the fault of a verdict.
fn fault(difference: &diff::Difference, gone: &[&String]) -> Option<&'static str> {
    match (gone.is_empty(), difference.is_breaking(), is_out_of_sight(difference)) {
        (true, true, false) if !trades_arguments(difference) => Some("nothing is gone"),
        (false, false, _) => Some("something is gone"),
        (false, true, true) => Some("the compiler sees it"),
        _ => None,
    }
}

#[test]
fn what_is_not_breaking_takes_no_item_away() {
    let fixtures = files::below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/good"));
    let (mut tried, mut wrong) = (0, Vec::new());
    for path in fixtures {
        let document = Document::read(&path).expect("a good document");
        let whole = document.tree().clone();
        let before = codegen::read(document, &[]).expect("a good document");
        let old = items(&emit::emit(&Crate::of(&before)).expect("code"));
        // Two of three edits come to the same as another one. Code and difference are made of the API alone.
        let mut seen = HashSet::from([format!("{before:?}")]);
        let places = pointers(&whole);
        let step = places.len().div_ceil(PLACES);
        // The root has no parent to edit.
        for (place, edited) in places
            .iter()
            .skip(1)
            .step_by(step)
            .flat_map(|place| edits(&whole, place).into_iter().map(move |it| (place, it)))
        {
            let document = Document::parse("edited", edited.to_string()).expect("JSON");
            let Ok(after) = codegen::read(document, &[]) else { continue };
            if !seen.insert(format!("{after:?}")) {
                continue;
            }
            tried += 1;
            let difference = diff::compare(&before, &after);
            let new = items(&emit::emit(&Crate::of(&after)).expect("code"));
            let gone: Vec<&String> = old.difference(&new).collect();
            if let Some(fault) = fault(&difference, &gone) {
                let node = edited.pointer(place).unwrap_or(&Value::Null);
                let told = diff::markdown(&difference);
                wrong.push(format!("{} {place} = {node}\n{fault}: {gone:?}\n{told}", path.display()));
            }
        }
    }
    assert!(tried > 3_000, "only {tried} documents were tried");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}
