//! Checks the parameters of a path item and its operations against the placeholders in the path.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::Check;
use crate::METHODS;
use crate::diagnostic::{Diagnostic, quote};
use crate::path::Path;
use crate::source_map::Change;
use crate::template::placeholders;

/// The name and the location (`in`) of a parameter.
type Key = (String, String);

impl Check {
    /// Checks that every placeholder of the path has a parameter, and that every path parameter has a placeholder.
    pub(super) fn path_parameters(&mut self, item: &mut Map<String, Value>, at: &Path<'_>) {
        let Some(path) = at.last_key().filter(|_| at.holder_key() == Some("paths")) else { return };
        let places: Vec<&str> = placeholders(path).collect();
        // Some paths contain a query, whose placeholders belong to query parameters.
        let in_query: HashSet<&str> =
            path.split_once('?').map_or("", |(_, query)| query).split('&').flat_map(placeholders).collect();
        let shared = self.fitting(item, &places, path, at);
        for method in METHODS {
            let Some(Value::Object(operation)) = item.get_mut(method) else { continue };
            let at = at.key(method);
            let own = self.fitting(operation, &places, path, &at);
            let mut done = HashSet::new();
            for place in places.iter().filter(|place| done.insert(**place)) {
                let known = |keys: &HashSet<Key>| keys.iter().any(|(name, _)| name == place);
                let in_path = |keys: &HashSet<Key>| keys.contains(&((*place).to_owned(), "path".to_owned()));
                let is_query = in_query.contains(place) && (known(&own) || known(&shared));
                if is_query || in_path(&own) || in_path(&shared) || known(&own) && self.moved(operation, place, &at) {
                    continue;
                }
                // A later stage fills the placeholder from a parameter of the same name in another location.
                if !known(&own) && !known(&shared) {
                    self.undeclared(operation, place, &at);
                }
            }
        }
    }

    /// Removes duplicate parameters, and path parameters without a placeholder. Returns the keys of the others.
    fn fitting(&mut self, holder: &mut Map<String, Value>, places: &[&str], path: &str, at: &Path<'_>) -> HashSet<Key> {
        let mut keys = HashSet::new();
        let list = at.key("parameters");
        let Some(Value::Array(parameters)) = holder.get_mut("parameters") else { return keys };
        let known: Vec<Option<Key>> = parameters.iter().map(|parameter| self.key(parameter)).collect();
        let mut gone = HashSet::new();
        // The last of several duplicates counts.
        for (index, key) in known.into_iter().enumerate().rev() {
            let Some(key) = key else { continue };
            let place = list.item(index);
            if key.1 == "path" && !places.contains(&key.0.as_str()) {
                let message = format!("the path has no `{{{}}}` for this path parameter", key.0);
                let fault = Diagnostic::fault(place.pointer(), message).expected(format!("a parameter of `{path}`"));
                self.found.push(fault.assumed("no such parameter").removed());
                gone.insert(index);
            } else if keys.contains(&key) {
                let message = format!("the {} parameter {} stands twice", key.1, quote(&key.0));
                self.found.push(Diagnostic::fault(place.pointer(), message).assumed("the last one").removed());
                gone.insert(index);
            } else {
                keys.insert(key);
            }
        }
        let mut index = 0;
        parameters.retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
        let mut gone: Vec<usize> = gone.into_iter().collect();
        gone.sort_unstable();
        for (before, index) in gone.into_iter().enumerate() {
            self.changes.push(Change::ItemRemoved { list: list.pointer(), index: index - before });
        }
        keys
    }

    fn key(&self, parameter: &Value) -> Option<Key> {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        match text("$ref") {
            Some(reference) => self.components.parameter(reference).cloned(),
            None => Some((text("name")?.to_owned(), text("in")?.to_owned())),
        }
    }

    /// Sets the location of an inline parameter named `place` to the path. Returns whether there is such a parameter.
    fn moved(&mut self, operation: &mut Map<String, Value>, place: &str, at: &Path<'_>) -> bool {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
        let mut inline = parameters.enumerate().filter(|(_, it)| it.get("name").and_then(Value::as_str) == Some(place));
        let Some((index, Value::Object(parameter))) = inline.next() else { return false };
        let message = format!("`{place}` is declared for another place although the path holds `{{{place}}}`");
        let list = at.key("parameters");
        let fault = Diagnostic::fault(list.item(index).pointer(), message).assumed("it goes there");
        self.found.push(fault.updated("{in: path, required: true}"));
        parameter.insert("in".to_owned(), "path".into());
        parameter.insert("required".to_owned(), true.into());
        parameter.remove("style");
        true
    }

    fn undeclared(&mut self, operation: &mut Map<String, Value>, place: &str, at: &Path<'_>) {
        let declared = json!({ "name": place, "in": "path", "required": true, "schema": { "type": "string" } });
        let message = format!("no parameter is declared for `{{{place}}}` of the path");
        let fault = Diagnostic::fault(at.pointer(), message).assumed("a text");
        self.found.push(fault.updated(&json!({ "parameters": [declared] }).to_string()));
        if let Value::Array(list) = operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new())) {
            list.push(declared);
        }
    }
}
