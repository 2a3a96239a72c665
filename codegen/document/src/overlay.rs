//! Overlays: changes to a document in files of their own (OpenAPI Overlay Specification 1.0).
//!
//! An action that changes nothing is an error: it was written for an earlier state of the document, and nobody could
//! tell that it has lost its effect. If it holds only descriptions, it causes a warning.

mod apply;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, describe, quote};
use crate::pointer;
use crate::source::Source;
use crate::source_map::SourceMap;

/// The maximum length of a JSONPath and the maximum number of its brackets: its parser recurses.
const TARGET: (usize, usize) = (2000, 50);

/// A file of changes, in their order.
#[derive(Debug, Clone)]
pub struct Overlay {
    source: Source,
    actions: Vec<Action>,
}

/// A change to every node that the target selects.
#[derive(Debug, Clone)]
struct Action {
    index: usize,
    target: String,
    path: JsonPath,
    modification: Modification,
}

#[derive(Debug, Clone)]
enum Modification {
    Update(Value),
    Remove,
}

impl Overlay {
    /// Reads a YAML or JSON file.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the file cannot be read or is not an overlay.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        Self::from_source(Source::read(path)?)
    }

    /// Parses an overlay from a text; `name` is its name in diagnostics.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the text is not an overlay.
    pub fn parse(name: &str, text: String) -> Result<Self, Diagnostics> {
        Self::from_source(Source::new(name, text))
    }

    /// Reads the overlays of a folder: its YAML files, sorted by name.
    ///
    /// # Errors
    ///
    /// Returns diagnostics if the folder cannot be read, or if a file in it is not an overlay.
    pub fn read_folder(folder: &Path) -> Result<Vec<Self>, Diagnostics> {
        let failed = |error: std::io::Error| {
            Diagnostics::from(Diagnostic::error("", format!("cannot read {}: {error}", folder.display())))
        };
        let entries = std::fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let mut paths: Vec<PathBuf> =
            entries.iter().map(std::fs::DirEntry::path).filter(|path| is_yaml(path)).collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    fn from_source(source: Source) -> Result<Self, Diagnostics> {
        // An overlay is written by hand for this project: anything odd in it is a mistake.
        let (tree, mut found) = source.parse()?;
        found.iter_mut().for_each(|fault| fault.severity = Severity::Error);
        let actions = read_overlay(tree, &mut found);
        if found.is_empty() {
            return Ok(Self { source, actions });
        }
        SourceMap::new(source).locate(&mut found);
        Err(found)
    }

    /// Returns the number of actions.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Returns whether there is no action.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Applies every action, and returns diagnostics with locations in the overlay.
    pub(crate) fn apply(&self, tree: &mut Value, sources: &mut SourceMap) -> Diagnostics {
        let overlay = sources.add_overlay(self.source.clone());
        let mut found = Diagnostics::new();
        for action in &self.actions {
            match apply::action(action, overlay, tree, sources) {
                Ok(misplaced) => found.extend(misplaced),
                Err(diagnostic) => found.push(*diagnostic),
            }
        }
        let locations = self.source.locate(found.iter().map(|diagnostic| diagnostic.pointer.as_str()));
        let placed = found.iter().map(|diagnostic| match locations.get(diagnostic.pointer.as_str()) {
            Some(location) => diagnostic.clone().at(location.clone()),
            None => diagnostic.clone(),
        });
        placed.collect()
    }
}

/// Returns whether a file in a folder of overlays is an overlay.
pub fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn read_overlay(tree: Value, found: &mut Diagnostics) -> Vec<Action> {
    let Value::Object(mut overlay) = tree else {
        found.push(Diagnostic::error("", format!("the overlay is {}", describe(&tree))).expected("an object"));
        return Vec::new();
    };
    known_keys(&overlay, "", &["overlay", "info", "extends", "actions"], found);
    match overlay.get("overlay") {
        Some(Value::String(version)) if version == "1.0" || version.starts_with("1.0.") => {}
        Some(other) => found.push(
            Diagnostic::error("/overlay", format!("`overlay` is {}", describe(other)))
                .expected("the version \"1.0.0\""),
        ),
        None => found.push(Diagnostic::error("", "`overlay` is missing").expected("`overlay: 1.0.0`")),
    }
    read_info(overlay.get("info"), found);
    if let Some(other) = overlay.get("extends").filter(|extends| !extends.is_string()) {
        found.push(Diagnostic::error("/extends", format!("`extends` is {}", describe(other))).expected("a URL"));
    }
    match overlay.remove("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            actions.into_iter().enumerate().filter_map(|(index, action)| read_action(index, action, found)).collect()
        }
        Some(other) => {
            found.push(
                Diagnostic::error("/actions", format!("`actions` is {}", describe(&other)))
                    .expected("a list of at least one action"),
            );
            Vec::new()
        }
        None => {
            found.push(Diagnostic::error("", "`actions` is missing").expected("a list of actions"));
            Vec::new()
        }
    }
}

fn read_info(info: Option<&Value>, found: &mut Diagnostics) {
    let Some(Value::Object(info)) = info else {
        let was = info.map_or("missing".into(), describe);
        found.push(
            Diagnostic::error("/info", format!("`info` is {was}")).expected("an object with `title` and `version`"),
        );
        return;
    };
    known_keys(info, "/info", &["title", "version"], found);
    for key in ["title", "version"] {
        match info.get(key) {
            Some(Value::String(_)) => {}
            Some(other) => found.push(
                Diagnostic::error(format!("/info/{key}"), format!("`{key}` is {}", describe(other))).expected("a text"),
            ),
            None => found.push(Diagnostic::error("/info", format!("`{key}` is missing")).expected("a text")),
        }
    }
}

fn read_action(index: usize, action: Value, found: &mut Diagnostics) -> Option<Action> {
    let at = format!("/actions/{index}");
    let Value::Object(mut action) = action else {
        found.push(Diagnostic::error(at, format!("an action is {}", describe(&action))).expected("an object"));
        return None;
    };
    known_keys(&action, &at, &["target", "description", "update", "remove"], found);
    if let Some(other) = action.get("description").filter(|description| !description.is_string()) {
        let message = format!("`description` is {}", describe(other));
        found.push(Diagnostic::error(format!("{at}/description"), message).expected("a text"));
    }
    let modification = read_modification(&at, &mut action, found);
    let (target, path) = read_target(&at, action.remove("target"), found)?;
    Some(Action { index, target, path, modification: modification? })
}

fn read_modification(at: &str, action: &mut Map<String, Value>, found: &mut Diagnostics) -> Option<Modification> {
    let remove = match action.get("remove") {
        None => false,
        Some(Value::Bool(remove)) => *remove,
        Some(other) => {
            let message = format!("`remove` is {}", describe(other));
            found.push(Diagnostic::error(format!("{at}/remove"), message).expected("true"));
            return None;
        }
    };
    match (action.remove("update"), remove) {
        (Some(_), true) => {
            let message = "an action has both `update` and `remove`";
            found.push(Diagnostic::error(at, message).expected("one of them").help("write two actions"));
            None
        }
        (None, false) => {
            found.push(
                Diagnostic::error(at, "an action has neither `update` nor `remove: true`").expected("one of them"),
            );
            None
        }
        (Some(update), false) => Some(Modification::Update(update)),
        (None, true) => Some(Modification::Remove),
    }
}

fn read_target(at: &str, target: Option<Value>, found: &mut Diagnostics) -> Option<(String, JsonPath)> {
    let Some(target) = target else {
        found.push(Diagnostic::error(at, "`target` is missing").expected("a JSONPath (RFC 9535)"));
        return None;
    };
    let place = format!("{at}/target");
    let Value::String(target) = target else {
        let message = format!("`target` is {}", describe(&target));
        found.push(Diagnostic::error(place, message).expected("a JSONPath (RFC 9535)"));
        return None;
    };
    let brackets = target.matches(['[', '(', '!']).count();
    if target.len() > TARGET.0 || brackets > TARGET.1 {
        found.push(
            Diagnostic::error(place, format!("the target {} is too long or too nested", quote(&target)))
                .expected("a JSONPath of up to 2000 characters and 50 brackets"),
        );
        return None;
    }
    match JsonPath::parse(&target) {
        Ok(path) => Some((target, path)),
        Err(error) => {
            let message = format!("the target {} is not a JSONPath: {}", quote(&target), error.message());
            let near = format!("a JSONPath (RFC 9535); it goes wrong at character {}", error.position() + 1);
            found.push(Diagnostic::error(place, message).expected(near));
            None
        }
    }
}

fn known_keys(object: &Map<String, Value>, at: &str, known: &[&str], found: &mut Diagnostics) {
    for key in object.keys().filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
        let message = format!("unknown key {}", quote(key));
        found.push(Diagnostic::error(pointer::join(at, key), message).expected(format!("one of {}", known.join(", "))));
    }
}
