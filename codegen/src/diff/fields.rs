//! Changes of models: their fields and constructors.

use std::collections::BTreeSet;

use super::differences::{DEPRECATED, Differences, are_similar, code, default_text};
use super::limits;
use super::pair::Pair;
use super::pairs::Pairs;
use super::{Change, Kind, Section, Subject, Verdict, breaking, change, fine};
use crate::api::Constant;
use crate::names::identifier;
use crate::outline;
use crate::rust::{Constructor, Field, Struct};

/// A struct of one of the two APIs, with its name.
#[derive(Clone, Copy)]
pub(super) struct ModelSide<'a> {
    pub(super) name: &'a str,
    pub(super) of: &'a Struct<'a>,
}

impl<'a> ModelSide<'a> {
    fn constant(self, wire: &str) -> Option<&'a Constant> {
        self.of.constants.iter().copied().find(|constant| constant.field.wire == wire)
    }

    fn place(self, name: &str) -> String {
        format!("{}.{}", self.name, identifier(name))
    }
}

/// Returns the names of the functions that set or clear a field.
fn setters(field: &Field<'_>) -> String {
    field.setter.iter().chain(&field.clear).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Returns the only value that the schema of a field allows, or "any value".
fn only_text(field: &Field<'_>) -> String {
    field.only.map_or_else(|| "any value".to_owned(), ToString::to_string)
}

fn shown(field: &Field<'_>) -> String {
    code(&field.ty.text(""))
}

pub(super) fn changes(pair: &Pair<'_>, section: &Section, old: ModelSide<'_>, new: ModelSide<'_>) -> Vec<Change> {
    let pairs = pairs(pair, old, new);
    let mut changes = Vec::new();
    let mut settled: Vec<(&Field<'_>, &Field<'_>)> = Vec::new();
    changes.extend(pairs.removed.iter().map(|field| removed(section, new, field)));
    changes.extend(pairs.added.iter().map(|field| added(section, old, new, field)));
    for (a, b) in &pairs.both {
        match (Both { pair, old, new, a, b }).change(section) {
            Some(change) => changes.push(change),
            None => settled.push((a, b)),
        }
    }
    changes.extend(constants(section, old, new));
    changes.extend(additional(pair, section, old, new));
    changes.extend(sending(section, old, new, &pairs));
    if old.of.is_sent && new.of.is_sent {
        changes.extend(constructors(section, old, new, &settled));
    }
    changes
}

/// Pairs fields by name on the wire, then by name in Rust, then by a similar name with the same type, `required` and
/// `nullable`.
fn pairs<'a>(pair: &Pair<'_>, old: ModelSide<'a>, new: ModelSide<'a>) -> Pairs<&'a Field<'a>> {
    Pairs::of(&old.of.fields, &new.of.fields).by(|field| Some(&field.of.wire)).by(|field| Some(&field.of.name)).that(
        |old, new| {
            let (a, b) = (old.of, new.of);
            let is_same = a.required == b.required && a.nullable == b.nullable;
            is_same && are_similar(&a.name, &b.name) && pair.is_same(&old.value, &new.value)
        },
    )
}

fn removed(section: &Section, new: ModelSide<'_>, field: &Field<'_>) -> Change {
    let place = new.place(&field.of.name);
    if let Some(constant) = new.constant(&field.of.wire) {
        let detail = format!("always {}, was {}", code(&constant.value.to_string()), shown(field));
        let told = (Subject::Field, Kind::Changed);
        return change(section, place, told, detail, breaking("a constant has no field"));
    }
    let verdict = breaking("the field is gone");
    change(section, place, (Subject::Field, Kind::Removed), shown(field), verdict)
}

fn added(section: &Section, old: ModelSide<'_>, new: ModelSide<'_>, added: &Field<'_>) -> Change {
    let field = added.of;
    let verdict = if !field.required {
        fine(if new.of.is_sent {
            "constructors stay, and so do struct literals that end in `..`"
        } else {
            "the struct is open"
        })
    } else if new.of.is_sent && old.of.is_sent {
        breaking("the constructor takes it")
    } else if old.of.is_default && !new.of.is_default {
        breaking("the struct is no longer `Default`")
    } else {
        fine("the struct is open")
    };
    let required = if field.required { ", required" } else { "" };
    let (kind, detail) = match old.constant(&field.wire) {
        Some(constant) => {
            let was = code(&constant.value.to_string());
            (Kind::Changed, format!("{}{required}, was always {was}", shown(added)))
        }
        None => (Kind::Added, format!("{}{required}", shown(added))),
    };
    change(section, new.place(&field.name), (Subject::Field, kind), detail, verdict)
}

/// A field in both APIs.
struct Both<'a> {
    pair: &'a Pair<'a>,
    old: ModelSide<'a>,
    new: ModelSide<'a>,
    a: &'a Field<'a>,
    b: &'a Field<'a>,
}

impl Both<'_> {
    fn change(&self, section: &Section) -> Option<Change> {
        let (a, b) = (self.a.of, self.b.of);
        let mut differences = Differences::default();
        differences.value("", &a.wire, &b.wire);
        if a.wire == b.wire {
            differences.value("in Rust", &a.name, &b.name);
        }
        if self.has_another_type() {
            differences.value("", &self.a.ty.text(""), &self.b.ty.text(""));
        }
        differences.flag((a.required, b.required), "required now", "optional now");
        differences.flag((a.nullable, b.nullable), "may be null now", "is never null now");
        let setters = (setters(self.a), setters(self.b));
        if self.is_set_alike() {
            differences.value("set by", &setters.0, &setters.1);
        }
        let only = (only_text(self.a), only_text(self.b));
        differences.value("only", &only.0, &only.1);
        differences.value("default", &default_text(a.default.as_ref()), &default_text(b.default.as_ref()));
        differences.value("limits", &limits::text(&a.limits), &limits::text(&b.limits));
        differences.flag((a.deprecated, b.deprecated), DEPRECATED, "no longer deprecated");
        if differences.is_empty() {
            return None;
        }
        let kind = if a.wire == b.wire { Kind::Changed } else { Kind::Renamed };
        let verdict = if self.is_set_alike() && self.a.only.is_some() != self.b.only.is_some() {
            breaking("the setter of a field with one value takes none")
        } else if self.is_set_alike() && setters.0 != setters.1 {
            breaking("a setter is gone or has another name")
        } else {
            self.verdict()
        };
        Some(change(section, self.new.place(&b.name), (Subject::Field, kind), differences.text(), verdict))
    }

    /// Returns whether the field has another type. If requests begin or cease to send the model, a change between
    /// `Option` and `Patch` does not count: it is reported once, for the model.
    fn has_another_type(&self) -> bool {
        let is_same_use = self.old.of.is_sent == self.new.of.is_sent;
        let is_same = |pair: &Pair<'_>| pair.is_same(&self.a.value, &self.b.value);
        !is_same(self.pair) || (is_same_use && !self.pair.is_same(&self.a.ty, &self.b.ty))
    }

    /// Returns whether requests of both APIs send the model, and the field has the same name, `required` and `nullable`
    /// in both. Then a setter has another name only because it collides with another function.
    fn is_set_alike(&self) -> bool {
        let facts = |field: &Field<'_>| (field.of.name.clone(), field.of.required, field.of.nullable);
        self.old.of.is_sent && self.new.of.is_sent && facts(self.a) == facts(self.b)
    }

    fn verdict(&self) -> Verdict {
        let (a, b) = (self.a.of, self.b.of);
        let (old, new) = (self.old.of, self.new.of);
        if a.name != b.name {
            breaking("the field has another name")
        } else if self.has_another_type() {
            breaking("the field has another type")
        } else if a.required != b.required && new.is_sent {
            breaking(if b.required { "the constructor takes it" } else { "the constructor takes it no longer" })
        } else if old.is_default && !new.is_default && b.required && !a.required {
            breaking("the struct is no longer `Default`")
        } else if !a.deprecated && b.deprecated && new.is_sent {
            fine("the compiler warns where it is set")
        } else {
            let limits = limits::verdict(&a.limits, &b.limits).filter(|_| new.is_sent);
            limits.unwrap_or_else(|| fine("the field has the same name and type"))
        }
    }
}

fn constants(section: &Section, old: ModelSide<'_>, new: ModelSide<'_>) -> Vec<Change> {
    let told = |kind| (Subject::Field, kind);
    let place = |constant: &Constant| format!("{}.{:?}", new.name, constant.field.wire);
    let verdict = || fine("a constant is no field: nobody sets or reads it");
    let is_field = |at: ModelSide<'_>, wire: &str| at.of.field(wire).is_some();
    let mut changes = Vec::new();
    for constant in &old.of.constants {
        let was = code(&constant.value.to_string());
        match new.constant(&constant.field.wire) {
            Some(now) if now.value != constant.value => {
                let detail = format!("always {}, was {was}", code(&now.value.to_string()));
                changes.push(change(section, place(constant), told(Kind::Changed), detail, verdict()));
            }
            Some(_) => {}
            None if is_field(new, &constant.field.wire) => {}
            None => {
                changes.push(change(section, place(constant), told(Kind::Removed), format!("always {was}"), verdict()));
            }
        }
    }
    for constant in &new.of.constants {
        if old.constant(&constant.field.wire).is_none() && !is_field(old, &constant.field.wire) {
            let detail = format!("always {}", code(&constant.value.to_string()));
            changes.push(change(section, place(constant), told(Kind::Added), detail, verdict()));
        }
    }
    changes
}

/// Returns the change of the map that holds additional properties.
fn additional(pair: &Pair<'_>, section: &Section, old: ModelSide<'_>, new: ModelSide<'_>) -> Option<Change> {
    let told = |kind| (Subject::Field, kind);
    match (&old.of.additional, &new.of.additional) {
        (None, Some(map)) => {
            let (place, verdict) = (new.place(map.name), fine("the struct is open"));
            Some(change(section, place, told(Kind::Added), "what has no name of its own", verdict))
        }
        (Some(map), None) => {
            let verdict = breaking("the field is gone: what has no name is in `extra`");
            Some(change(section, new.place(map.name), told(Kind::Removed), "what has no name of its own", verdict))
        }
        (Some(a), Some(b)) => {
            let mut differences = Differences::default();
            if !pair.is_same(&a.value, &b.value) {
                differences.value("", &a.value.text(""), &b.value.text(""));
            }
            differences.value("in Rust", a.name, b.name);
            let verdict = breaking("the field has another name or type");
            let place = new.place(b.name);
            (!differences.is_empty()).then(|| change(section, place, told(Kind::Changed), differences.text(), verdict))
        }
        (None, None) => None,
    }
}

/// Returns the change of a model that requests begin or cease to send: sent models have constructors and setters, and
/// their optional nullable fields are `Patch`.
fn sending(section: &Section, old: ModelSide<'_>, new: ModelSide<'_>, pairs: &Pairs<&Field<'_>>) -> Option<Change> {
    let told = (Subject::Model, Kind::Changed);
    match (old.of.is_sent, new.of.is_sent) {
        (true, false) => {
            let verdict = breaking("its constructors and setters are gone");
            Some(change(section, new.name, told, "no call sends it any more", verdict))
        }
        (false, true) => {
            let is_patched = |field: &Field<'_>| field.of.nullable && !field.of.required;
            let patched = pairs.both.iter().any(|(a, b)| is_patched(a) && is_patched(b));
            let verdict = breaking("fields that may be null are `Patch` where they were `Option`");
            patched.then(|| change(section, new.name, told, "calls send it now", verdict))
        }
        _ => None,
    }
}

/// Returns the changes that are not reported for a field: constructors that were added or removed, different arguments,
/// and a different order of arguments.
fn constructors(
    section: &Section,
    old: ModelSide<'_>,
    new: ModelSide<'_>,
    settled: &[(&Field<'_>, &Field<'_>)],
) -> Vec<Change> {
    let pairs = Pairs::of(&old.of.constructors, &new.of.constructors).by(|constructor| Some(constructor.name));
    let place = |constructor: &Constructor<'_>| format!("{}::{}", new.name, identifier(constructor.name));
    let shown = |at: ModelSide<'_>, constructor: &Constructor<'_>| {
        outline::function(constructor.name, at.of.given(constructor).map(|field| &field.argument), "")
    };
    let told = |kind| (Subject::Constructor, kind);
    let mut changes = Vec::new();
    for function in pairs.removed {
        let verdict = breaking("the function is gone");
        changes.push(change(section, place(function), told(Kind::Removed), code(&shown(old, function)), verdict));
    }
    for function in pairs.added {
        let verdict = fine("a new function takes nothing away");
        changes.push(change(section, place(function), told(Kind::Added), code(&shown(new, function)), verdict));
    }
    // Only unchanged fields count here: any other difference is reported for its field.
    let was: BTreeSet<&str> = settled.iter().map(|(field, _)| field.of.name.as_str()).collect();
    let is: BTreeSet<&str> = settled.iter().map(|(_, field)| field.of.name.as_str()).collect();
    for (a, b) in pairs.both {
        let (before, after) = (kept(old, a, &was), kept(new, b, &is));
        if before == after {
            continue;
        }
        let (mut before_sorted, mut after_sorted) = (before.clone(), after.clone());
        before_sorted.sort_unstable();
        after_sorted.sort_unstable();
        let verdict = if before_sorted == after_sorted {
            breaking("the arguments come in another order, which the compiler may not notice")
        } else {
            breaking("it takes other arguments")
        };
        let mut differences = Differences::default();
        differences.value("", &shown(old, a), &shown(new, b));
        changes.push(change(section, place(b), told(Kind::Changed), differences.text(), verdict));
    }
    changes
}

/// Returns the arguments that are among `names`.
fn kept<'a>(at: ModelSide<'a>, constructor: &'a Constructor<'a>, names: &BTreeSet<&str>) -> Vec<&'a str> {
    let given = at.of.given(constructor).map(|field| field.of.name.as_str());
    given.filter(|name| names.contains(name)).collect()
}
