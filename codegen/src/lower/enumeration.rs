//! `enum`: lists of strings and of integers.

use std::collections::BTreeMap;

use document::diagnostic::Diagnostic;
use document::extensions;
use document::pointer;
use serde_json::Value;

use super::context::{Context, Site};
use super::found::Found;
use super::view::View;
use crate::api::{Shape, Type, Variant};
use crate::names;

impl<'d> Context<'d> {
    pub(super) fn enumeration(&mut self, view: &View<'d>, site: &Site) -> Type {
        let values = || view.documented_values();
        if values().all(Value::is_string) {
            self.string_enumeration(std::slice::from_ref(view), site)
        } else if values().all(Value::is_i64) {
            let mut wires: Vec<i64> = values().filter_map(Value::as_i64).collect();
            dedup(&mut wires);
            let variants = self.variants(wires, |wire| format!("value {wire}"), view, site);
            self.define(site, Some(view.data), Shape::IntegerEnum(variants))
        } else if values().all(Value::is_u64) {
            Type::Unsigned
        } else if values().all(Value::is_boolean) {
            Type::Bool
        } else if values().all(Value::is_number) {
            Type::Number
        } else {
            self.warn(&pointer::below(&site.pointer, &["enum"]), "the values are of several kinds: any JSON is taken");
            Type::Json
        }
    }

    /// Returns the type of a property to which several schemas each add values.
    pub(super) fn joined_enumeration(&mut self, views: &[View<'d>], site: &Site) -> Found {
        let nullable = views.iter().any(View::nullable);
        Found { ty: self.string_enumeration(views, site), nullable }
    }

    /// Returns the enum of all string values of `views`.
    pub(super) fn string_enumeration(&mut self, views: &[View<'d>], site: &Site) -> Type {
        let Some(first) = views.first() else { return Type::String };
        let texts = views.iter().flat_map(View::documented_values).filter_map(Value::as_str).map(str::to_owned);
        let mut wires: Vec<String> = texts.collect();
        dedup(&mut wires);
        let variants = self.variants(wires, String::clone, first, site);
        self.define(site, Some(first.data), Shape::StringEnum(variants))
    }

    fn variants<T: Ord + Clone + ToString>(
        &mut self,
        wires: Vec<T>,
        spelled: impl Fn(&T) -> String,
        view: &View<'d>,
        site: &Site,
    ) -> Vec<Variant<T>> {
        let given = view.data.extensions.get(extensions::NAMES);
        let name = |wire: &T| {
            let given = given.and_then(|names| names.get(wire.to_string())).and_then(Value::as_str);
            names::variant_name(given.map_or_else(|| spelled(wire), str::to_owned).as_str())
        };
        let mut variants: Vec<Variant<T>> = wires.into_iter().map(|wire| Variant { name: name(&wire), wire }).collect();
        self.tell_apart(&mut variants, &pointer::below(&site.pointer, &["enum"]));
        let mut seen: BTreeMap<&str, String> = BTreeMap::new();
        let mut collisions = Vec::new();
        for variant in &variants {
            let wire = variant.wire.to_string();
            if let Some(other) = seen.insert(&variant.name, format!("`{wire}`")) {
                collisions.push((other, wire, &variant.name));
            }
        }
        for (other, wire, name) in collisions {
            self.diagnostics.push(
                Diagnostic::error(
                    pointer::below(&site.pointer, &["enum"]),
                    format!("{other} and `{wire}` would both be the variant `{name}`"),
                )
                .expected("values that differ in more than case and punctuation")
                .help("name one of them in an overlay: `x-rust-names: {value: name}` beside the `enum`"),
            );
        }
        variants
    }
}

impl Context<'_> {
    /// Gives values that differ only in case or punctuation names that show the difference. The value that is spelled
    /// like a name in snake case keeps the plain name.
    fn tell_apart<T: ToString>(&mut self, variants: &mut [Variant<T>], pointer: &str) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for variant in variants.iter() {
            *counts.entry(variant.name.clone()).or_default() += 1;
        }
        for variant in variants.iter_mut().filter(|variant| counts.get(&variant.name).is_some_and(|count| *count > 1)) {
            let wire = variant.wire.to_string();
            if wire == names::value_name(&wire) {
                continue;
            }
            let precise = names::precise_variant_name(&wire);
            let shared = std::mem::replace(&mut variant.name, precise.clone());
            self.warn(
                pointer,
                format!("`{wire}` is the variant `{precise}`, since another value is called `{shared}` too"),
            );
        }
    }
}

/// Removes repeated values and keeps the order.
fn dedup<T: Ord + Clone>(values: &mut Vec<T>) {
    let mut seen = std::collections::BTreeSet::new();
    values.retain(|value| seen.insert(value.clone()));
}
