//! `$ref`: where it may lead, and what may stand beside it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::Check;
use super::hoist::Foreign;
use crate::diagnostic::{Diagnostic, Diagnostics, quote};
use crate::document::grammar::{Kind, Role};
use crate::document::path::Path;
use crate::document::tree::describe;
use crate::pointer;

/// What is under `components`, as it was before the walk.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// By section; the value is the target where the component is itself a reference.
    sections: HashMap<String, HashMap<String, Option<String>>>,
}

/// Whether a reference leads to a component of the right kind.
enum Target {
    Found,
    /// The same after its percent-encoding was undone.
    Encoded(String),
    /// Another place of the same document.
    Foreign(String),
    Wrong {
        message: String,
        expected: String,
        help: Option<&'static str>,
    },
}

impl Components {
    pub(super) fn of(tree: &Value) -> Self {
        let mut sections = HashMap::new();
        for (section, components) in tree.get("components").and_then(Value::as_object).into_iter().flatten() {
            let Some(components) = components.as_object() else { continue };
            let names = components.iter().map(|(name, component)| {
                let alias = component.get("$ref").and_then(Value::as_str).map(str::to_owned);
                (name.clone(), alias)
            });
            sections.insert(section.clone(), names.collect());
        }
        Self { sections }
    }

    pub(super) fn has(&self, section: &str, name: &str) -> bool {
        self.sections.get(section).is_some_and(|names| names.contains_key(name))
    }

    /// Components that are references and lead back to themselves.
    pub(super) fn circles(&self, found: &mut Diagnostics) {
        for (section, names) in &self.sections {
            let mut done: HashSet<&str> = HashSet::new();
            for start in names.keys() {
                let mut chain: Vec<&str> = Vec::new();
                let mut next = Some(start.as_str());
                while let Some(name) = next.filter(|name| done.insert(name)) {
                    chain.push(name);
                    next = names.get(name).and_then(Option::as_deref).and_then(|target| {
                        let (to, name) = pointer::component(target)?;
                        (to == section).then(|| names.get_key_value(&*name).map(|(name, _)| name.as_str()))?
                    });
                }
                let circle = next.and_then(|again| chain.iter().position(|name| *name == again));
                for name in circle.into_iter().flat_map(|first| &chain[first..]) {
                    let place = pointer::join(&pointer::join(&format!("/components/{section}"), name), "$ref");
                    let message = format!("the reference of {} leads back to itself", quote(name));
                    found.push(Diagnostic::error(place, message).expected("a reference that ends at an object"));
                }
            }
        }
    }

    fn resolve(&self, reference: &str, kind: Kind) -> Target {
        let section = kind.section().unwrap_or_default();
        if !reference.starts_with('#') {
            return Target::Wrong {
                message: format!("the reference {} leaves the file", quote(reference)),
                expected: format!("a reference that begins with `#/components/{section}/`"),
                help: Some("bring everything into one file first; a bundler does that"),
            };
        }
        let found = |reference: &str| match pointer::component(reference) {
            Some((to, name)) => to == section && self.has(section, &name),
            None => false,
        };
        if found(reference) {
            return Target::Found;
        }
        let decoded = percent_encoding::percent_decode_str(reference).decode_utf8().unwrap_or(Cow::Borrowed(reference));
        if found(&decoded) {
            return Target::Encoded(decoded.into_owned());
        }
        if pointer::component(&decoded).is_none() && decoded.starts_with("#/") {
            return Target::Foreign(decoded.into_owned());
        }
        self.astray(&decoded, section)
    }

    fn astray(&self, reference: &str, section: &'static str) -> Target {
        let expected = format!("a reference to `#/components/{section}/…`");
        match pointer::component(reference) {
            Some((to, name)) if to != section && self.has(to, &name) => Target::Wrong {
                message: format!("the reference {} leads to one of the {to}", quote(reference)),
                expected,
                help: None,
            },
            component => Target::Wrong {
                message: format!("the reference {} leads nowhere", quote(reference)),
                expected: match component.and_then(|(_, name)| self.nearest(section, &name)) {
                    Some(near) => format!("{expected}; there is {}", quote(near)),
                    None => expected,
                },
                help: None,
            },
        }
    }

    /// The component whose name differs in nothing but case and separators.
    fn nearest(&self, section: &str, name: &str) -> Option<&str> {
        let plain = |name: &str| -> String {
            name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let asked = plain(name);
        self.sections.get(section)?.keys().filter(|known| plain(known) == asked).map(String::as_str).min()
    }
}

/// What may stand beside a reference to a schema and still mean something.
const SIBLINGS: &[&str] =
    &["nullable", "description", "title", "default", "deprecated", "readOnly", "writeOnly", "externalDocs"];

impl Check {
    /// An object with a `$ref`: the target must exist, and siblings are kept where they can be.
    pub(super) fn reference(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) {
        let place = at.key("$ref");
        match object.get("$ref") {
            Some(Value::String(reference)) => match self.components.resolve(reference, kind) {
                Target::Found => {}
                Target::Foreign(target) => {
                    self.foreign.push(Foreign { at: place.pointer(), kind, target: target.clone() });
                    object.insert("$ref".to_owned(), Value::String(target));
                }
                Target::Encoded(decoded) => {
                    object.insert("$ref".to_owned(), Value::String(decoded));
                }
                Target::Wrong { message, expected, help } => {
                    let mut diagnostic = Diagnostic::error(place.pointer(), message).expected(expected);
                    diagnostic.help = help.map(str::to_owned);
                    self.found.push(diagnostic);
                }
            },
            Some(other) => {
                let message = format!("`$ref` is {}", describe(other));
                self.error(&place, message, "a reference such as `#/components/schemas/pet`");
            }
            None => {}
        }
        if object.len() > 1 {
            self.siblings(kind, object, at);
        }
    }

    /// OpenAPI 3.0 ignores what stands beside a `$ref`, and so does `openapiv3`. What describes or annotates it is meant
    /// all the same; as siblings of an `allOf` with the reference alone it survives.
    fn siblings(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) {
        object.retain(|key, value| {
            let at = at.key(key);
            if key == "$ref" {
                return true;
            }
            let field = kind.field(key);
            if kind == Kind::Schema && key.starts_with("x-") {
                self.any(value, &at);
                return true;
            }
            if kind == Kind::Schema && SIBLINGS.contains(&key.as_str()) {
                return field.is_some_and(|field| self.field(&field, value, &at));
            }
            let harmless = key.starts_with("x-")
                || field.is_some_and(|field| matches!(field.role, Role::Prose | Role::Example) || key == "description");
            if !harmless {
                self.warning(
                    &at,
                    format!("{} stands beside a `$ref`, where it means nothing: passed over", at.subject()),
                );
            }
            false
        });
        if object.len() > 1 {
            let reference = object.remove("$ref").into_iter().map(|target| ("$ref".to_owned(), target));
            let only: Map<String, Value> = reference.collect();
            object.insert("allOf".to_owned(), Value::Array(vec![Value::Object(only)]));
        }
    }
}
