//! A second opinion on every verdict: what the generated code offers before and after, read from its text.
//!
//! Each node of every fixture is removed or replaced. Where `diff` says "not breaking", every public item must still be there;
//! where it says "breaking", one must be gone, or the change is one that the compiler cannot see.

use std::collections::BTreeSet;
use std::path::Path;

use codegen::diff::{self, Kind, Subject};
use codegen::document::Document;
use codegen::files::Files;
use serde_json::{Value, json};
use tests::files;
use tests::mutation::pointers;

/// What a caller can name: fields with their types, functions with the types of their arguments, variants, conversions.
fn items(files: &Files) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| *path != "registry.rs") {
        // A file of operations is a module of its own; all models are in one.
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

/// Reads generated code line by line: its layout is always the same.
#[derive(Default)]
struct Reader {
    items: Vec<String>,
    /// The struct, enum, implementation or macro that the line is in.
    owner: String,
    is_default: bool,
    /// The type that a table is of, and whether the line is among what the type is made of by `From`.
    table: String,
    in_from: bool,
    /// A signature that goes on in the next line.
    signature: String,
    /// What awaiting gives, or the items of a page, which goes on in the next line.
    given: String,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let code = line.trim();
        match line.len() - line.trim_start().len() {
            0 => self.head(code),
            // The head of a table: `Name {`, or `Name by "tag" {`.
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

    /// The first line of an item.
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

    /// A field, a function, a variant, or what an operation gives.
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
        } else if !self.given.is_empty() || code.starts_with("type Answer = ") || code.starts_with("type Item = ") {
            self.given.push_str(code);
            if let Some(given) = self.given.strip_suffix(';') {
                let item =
                    given.strip_prefix("type Answer = ").map(|answer| format!("{owner} gives {}", output(answer)));
                let item =
                    item.or_else(|| Some(format!("{owner} gives items of {}", given.strip_prefix("type Item = ")?)));
                self.items.extend(item);
                self.given.clear();
            }
        }
    }
}

/// A signature without the names of the arguments and without what only lays it out.
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

/// What awaiting gives.
fn output(answer: &str) -> String {
    let inner = ["Json<", "Several<"].iter().find_map(|head| answer.strip_prefix(head)?.strip_suffix('>'));
    inner.unwrap_or(if answer == "Text" { "String" } else { answer }).to_owned()
}

/// The document with one node gone, and with others in its place.
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

/// How many nodes of a fixture are edited.
const PLACES: usize = 40;

/// Whether the compiler can see nothing of what is breaking.
fn is_out_of_sight(difference: &diff::Difference) -> bool {
    let reasons = ["which the compiler may not notice", "calls compile as before"];
    let hidden = |change: &diff::Change| reasons.iter().any(|reason| change.reason.contains(reason));
    difference.is_breaking() && difference.changes.iter().filter(|change| change.breaking).all(hidden)
}

/// Whether one argument may stand where another did: one is gone, another is new.
fn trades_arguments(difference: &diff::Difference) -> bool {
    let has = |kind| {
        difference
            .changes
            .iter()
            .any(|change| change.breaking && change.kind == kind && change.subject == Subject::Parameter)
    };
    has(Kind::Added) && has(Kind::Removed)
}

/// What is wrong with a verdict.
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
        let before = codegen::generate(document, &[]).expect("a good document");
        let old = items(&before.files);
        let places = pointers(&whole);
        let step = places.len().div_ceil(PLACES);
        // The root has nothing around it.
        for (place, edited) in places
            .iter()
            .skip(1)
            .step_by(step)
            .flat_map(|place| edits(&whole, place).into_iter().map(move |it| (place, it)))
        {
            let document = Document::parse("edited", edited.to_string()).expect("JSON");
            let Ok(after) = codegen::generate(document, &[]) else { continue };
            tried += 1;
            let difference = diff::compare(&before.api, &after.api);
            let new = items(&after.files);
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
