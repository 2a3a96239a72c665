//! Checks `$ref`: its target, and the keys beside it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::{Check, Keep};
use crate::diagnostic::{Diagnostic, Diagnostics, describe, quote};
use crate::grammar::{Kind, SIBLINGS};
use crate::path::Path;
use crate::pointer;

/// A reference to a node that is not a component.
#[derive(Debug)]
pub(super) struct Foreign {
    pub(super) at: String,
    pub(super) kind: Kind,
    pub(super) target: String,
}

/// The components of the document before the walk, and those that are added later.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// The names of the components by section, each with its target if the component is itself a reference.
    sections: HashMap<String, HashMap<String, Option<String>>>,
    /// The name and the location (`in`) of each parameter component.
    parameters: HashMap<String, (String, String)>,
}

enum Target {
    Found,
    /// The percent-decoded reference, which leads to a component of the right kind.
    Encoded(String),
    /// The percent-decoded reference, which leads to a place of the document that is not a component.
    Foreign(String),
    Wrong {
        message: String,
        expected: String,
        help: Option<&'static str>,
    },
}

impl Components {
    pub(super) fn of(tree: &Value) -> Self {
        let mut components = Self::default();
        for (section, members) in tree.get("components").and_then(Value::as_object).into_iter().flatten() {
            for (name, component) in members.as_object().into_iter().flatten() {
                components.insert(section, name, component);
            }
        }
        components
    }

    pub(super) fn insert(&mut self, section: &str, name: &str, component: &Value) {
        let text = |key: &str| component.get(key).and_then(Value::as_str).map(str::to_owned);
        if let ("parameters", Some(known), Some(place)) = (section, text("name"), text("in")) {
            self.parameters.insert(name.to_owned(), (known, place));
        }
        self.sections.entry(section.to_owned()).or_default().insert(name.to_owned(), text("$ref"));
    }

    pub(super) fn has(&self, section: &str, name: &str) -> bool {
        self.sections.get(section).is_some_and(|names| names.contains_key(name))
    }

    /// Returns the name and the location of the parameter that a reference leads to, through further references.
    pub(super) fn parameter(&self, reference: &str) -> Option<&(String, String)> {
        let (_, name) = pointer::component(reference)?;
        self.parameters.get(self.end("parameters", &name)?)
    }

    /// Returns the name of the component at the end of a chain of references, which is `name` itself if it is not a
    /// reference. Returns `None` if the chain does not end at a component of the section.
    pub(super) fn end<'c>(&'c self, section: &str, name: &str) -> Option<&'c str> {
        let names = self.sections.get(section)?;
        let (mut name, mut alias) = names.get_key_value(name)?;
        for _ in 0..=names.len() {
            let Some(target) = alias else { return Some(name) };
            let (to, next) = pointer::component(target)?;
            (name, alias) = names.get_key_value(&*next).filter(|_| to == section)?;
        }
        None
    }

    /// Returns the references to components that are references themselves, each with its final target. Schemas are not
    /// included: an alias of a schema is a type of its own.
    pub(super) fn aliases(&self) -> HashMap<String, String> {
        let mut aliases: HashMap<String, String> = HashMap::new();
        for (section, names) in self.sections.iter().filter(|(section, _)| *section != "schemas") {
            let place = |name: &str| format!("#/components/{section}/{}", pointer::escape(name));
            for start in names.iter().filter(|(_, alias)| alias.is_some()).map(|(name, _)| name) {
                let mut chain = Vec::new();
                let mut at = place(start);
                while !aliases.contains_key(&at)
                    && chain.len() <= names.len()
                    && let Some((_, name)) = pointer::component(&at)
                    && let Some(Some(next)) = names.get(&*name)
                {
                    let next = next.clone();
                    chain.push(std::mem::replace(&mut at, next));
                }
                let end = aliases.get(&at).cloned().unwrap_or(at);
                aliases.extend(chain.into_iter().map(|place| (place, end.clone())));
            }
        }
        aliases
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

    /// Returns the name of a component that differs only in case and separators.
    fn nearest(&self, section: &str, name: &str) -> Option<&str> {
        let plain = |name: &str| -> String {
            name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let asked = plain(name);
        self.sections.get(section)?.keys().filter(|known| plain(known) == asked).map(String::as_str).min()
    }
}

/// Breaks cycles of components that are references: each becomes any JSON if it is a schema, or is removed.
pub(super) fn break_circles(tree: &mut Value, found: &mut Diagnostics) {
    let components = Components::of(tree);
    for (section, names) in &components.sections {
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
                let assumed = break_circle(tree, section, name);
                let place = pointer::below("/components", &[section, name, "$ref"]);
                let message = format!("the reference of {} leads back to itself", quote(name));
                let fault = Diagnostic::fault(place, message).expected("a reference that ends at an object");
                found.push(fault.assumed(assumed).removed());
            }
        }
    }
}

fn break_circle(tree: &mut Value, section: &str, name: &str) -> &'static str {
    let Some(Value::Object(members)) = tree.pointer_mut(&pointer::below("/components", &[section])) else {
        return "nothing";
    };
    if section == "schemas" {
        members.insert(name.to_owned(), Map::new().into());
        return "any JSON";
    }
    members.remove(name);
    "nothing"
}

impl Check {
    /// Checks an object with a `$ref`: the target must exist, and siblings are kept if possible.
    pub(super) fn reference(&mut self, kind: Kind, value: &mut Value, at: &Path<'_>) -> Keep {
        let Value::Object(object) = value else { return false };
        let place = at.key("$ref");
        let wrong = match object.get("$ref") {
            Some(Value::String(reference)) => match self.components.resolve(reference, kind) {
                Target::Found => None,
                Target::Foreign(target) => {
                    self.foreign.push(Foreign { at: place.pointer(), kind, target: target.clone() });
                    object.insert("$ref".to_owned(), Value::String(target));
                    None
                }
                Target::Encoded(decoded) => {
                    object.insert("$ref".to_owned(), Value::String(decoded));
                    None
                }
                Target::Wrong { message, expected, help } => {
                    let mut fault = Diagnostic::fault(place.pointer(), message).expected(expected).removed();
                    fault.help = help.map(str::to_owned).or(fault.help);
                    Some(fault)
                }
            },
            other => {
                let message = format!("`$ref` is {}", describe(other.unwrap_or(&Value::Null)));
                let fault = Diagnostic::fault(place.pointer(), message).removed();
                Some(fault.expected("a reference such as `#/components/schemas/pet`"))
            }
        };
        if let Some(fault) = wrong {
            return self.astray(kind, value, fault, at);
        }
        if object.len() > 1 {
            self.siblings(kind, object, at);
        }
        true
    }

    /// Replaces a wrong reference by its assumed meaning, or removes it.
    fn astray(&mut self, kind: Kind, value: &mut Value, fault: Diagnostic, at: &Path<'_>) -> Keep {
        let (assumed, rest) = instead(kind, value, at);
        // A client uses none of these kinds, so the fault needs no diagnostic.
        if !matches!(kind, Kind::Example | Kind::Link | Kind::Callback) {
            self.found.push(fault.assumed(assumed));
        }
        match rest {
            Some(rest) => {
                *value = rest;
                self.object(kind, value, at)
            }
            None => false,
        }
    }

    /// Checks the siblings of a `$ref`. OpenAPI 3.0 and `openapiv3` ignore them, but authors mean those that describe
    /// or annotate a schema. They survive as siblings of an `allOf` that holds only the reference.
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
            let harmless =
                key.starts_with("x-") || field.is_some_and(|field| field.is_annotation() || key == "description");
            if !harmless {
                let message = format!("{} stands beside a `$ref`, where it means nothing", at.subject());
                self.fault(&at, message, "nothing");
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

fn instead(kind: Kind, value: &mut Value, at: &Path<'_>) -> (&'static str, Option<Value>) {
    let any = || json!({ "application/json": {} });
    match kind {
        Kind::Schema => {
            let mut rest = value.take();
            if let Value::Object(rest) = &mut rest {
                rest.remove("$ref");
            }
            ("any JSON", Some(rest))
        }
        Kind::RequestBody => ("any JSON", Some(json!({ "content": any() }))),
        Kind::Response => match at.last_key() {
            Some("204" | "205" | "304") => ("no body", Some(json!({ "description": "" }))),
            _ => ("any JSON", Some(json!({ "description": "", "content": any() }))),
        },
        _ => ("nothing", None),
    }
}
