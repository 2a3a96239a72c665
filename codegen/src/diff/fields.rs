//! Models: their fields, and the functions that make them.

use std::collections::BTreeSet;

use super::limits;
use super::pairs::{Pair, Pairs};
use super::side::Side;
use super::words::{Differences, are_similar, code, default_text};
use super::{Change, Kind, Section, Subject, Verdict, breaking, change, fine};
use crate::api::{Additional, Api, Constant, Field, Model, Shape, TypeId};
use crate::emit::surface::{self, Function, Struct};

/// A model, as it is and in comparable words.
struct At<'a> {
    name: &'a str,
    words_api: &'a Api,
    raw: &'a Model,
    words: &'a Model,
    /// Of the words.
    rust: Struct,
    /// As it is.
    shown: Struct,
}

impl<'a> At<'a> {
    fn new(side: &'a Side<'_>, index: usize) -> Option<Self> {
        let (definition, words) = (side.api.types.get(index)?, side.words.types.get(index)?);
        let (Shape::Model(raw), Shape::Model(words)) = (&definition.shape, &words.shape) else { return None };
        Some(Self {
            name: &definition.name,
            words_api: &side.words,
            raw,
            words,
            rust: surface::model(&side.words, &side.usage, TypeId(index), words),
            shown: surface::model(side.api, &side.usage, TypeId(index), raw),
        })
    }

    fn constant(&self, wire: &str) -> Option<&Constant> {
        self.raw.constants.iter().find(|constant| constant.wire == wire)
    }

    fn rust(&self, index: usize) -> &str {
        self.rust.fields.get(index).map_or("", String::as_str)
    }

    /// The type of the value in a field.
    fn value(&self, index: usize) -> &str {
        self.rust.values.get(index).map_or("", String::as_str)
    }

    /// The functions that set a field.
    fn setters(&self, index: usize) -> String {
        self.rust.setters.get(index).map_or_else(String::new, |setters| setters.join(", "))
    }

    fn shown(&self, index: usize) -> &str {
        self.shown.fields.get(index).map_or("", String::as_str)
    }
}

pub(super) fn changes(pair: &Pair<'_>, section: &Section, (old, new): (usize, usize)) -> Vec<Change> {
    let (Some(old), Some(new)) = (At::new(&pair.old, old), At::new(&pair.new, new)) else { return Vec::new() };
    let pairs = pairs(&old, &new);
    let mut changes = Vec::new();
    let mut settled: BTreeSet<(usize, usize)> = BTreeSet::new();
    for index in &pairs.removed {
        changes.extend(removed(section, &old, &new, *index));
    }
    for index in &pairs.added {
        changes.extend(added(section, &old, &new, *index));
    }
    for (old_index, new_index) in &pairs.both {
        match changed(section, &old, &new, (*old_index, *new_index)) {
            Some(change) => changes.push(change),
            None => _ = settled.insert((*old_index, *new_index)),
        }
    }
    changes.extend(constants(section, &old, &new));
    changes.extend(additional(section, &old, &new));
    changes.extend(sending(section, &old, &new, &pairs));
    if old.rust.is_sent && new.rust.is_sent {
        changes.extend(constructors(section, &old, &new, &settled));
    }
    changes
}

/// By name on the wire, by name in Rust, and at last by what looks like another name for the same.
fn pairs(old: &At<'_>, new: &At<'_>) -> Pairs {
    let (a, b) = (&old.words.fields, &new.words.fields);
    Pairs::of(a.len(), b.len())
        .by(|index| a.get(index).map(|field| &field.wire), |index| b.get(index).map(|field| &field.wire))
        .by(|index| a.get(index).map(|field| &field.name), |index| b.get(index).map(|field| &field.name))
        .that(|old_index, new_index| {
            let Some((a, b)) = a.get(old_index).zip(b.get(new_index)) else { return false };
            let is_same = a.required == b.required && a.nullable == b.nullable;
            is_same && are_similar(&a.name, &b.name) && old.value(old_index) == new.value(new_index)
        })
}

fn place(at: &At<'_>, field: &Field) -> String {
    format!("{}.{}", at.name, surface::name_text(&field.name))
}

fn removed(section: &Section, old: &At<'_>, new: &At<'_>, index: usize) -> Option<Change> {
    let field = old.raw.fields.get(index)?;
    let place = format!("{}.{}", new.name, surface::name_text(&field.name));
    if let Some(constant) = new.constant(&field.wire) {
        let detail = format!("always {}, was {}", code(&constant.value.to_string()), code(old.shown(index)));
        return Some(change(
            section,
            place,
            (Subject::Field, Kind::Changed),
            detail,
            breaking("a constant has no field"),
        ));
    }
    let verdict = breaking("the field is gone");
    Some(change(section, place, (Subject::Field, Kind::Removed), code(old.shown(index)), verdict))
}

fn added(section: &Section, old: &At<'_>, new: &At<'_>, index: usize) -> Option<Change> {
    let field = new.raw.fields.get(index)?;
    let verdict = if !field.required {
        fine(if new.rust.is_sent {
            "constructors stay, and so do struct literals that end in `..`"
        } else {
            "the struct is open"
        })
    } else if new.rust.is_sent && old.rust.is_sent {
        breaking("the constructor takes it")
    } else if old.rust.is_default && !new.rust.is_default {
        breaking("the struct is no longer `Default`")
    } else {
        fine("the struct is open")
    };
    let required = if field.required { ", required" } else { "" };
    let (kind, detail) = match old.constant(&field.wire) {
        Some(constant) => {
            let was = code(&constant.value.to_string());
            (Kind::Changed, format!("{}{required}, was always {was}", code(new.shown(index))))
        }
        None => (Kind::Added, format!("{}{required}", code(new.shown(index)))),
    };
    Some(change(section, place(new, field), (Subject::Field, kind), detail, verdict))
}

fn changed(section: &Section, old: &At<'_>, new: &At<'_>, (old_index, new_index): (usize, usize)) -> Option<Change> {
    let (a, b) = (old.raw.fields.get(old_index)?, new.raw.fields.get(new_index)?);
    let mut differences = Differences::default();
    differences.value("", &a.wire, &b.wire);
    if a.wire == b.wire {
        differences.value("in Rust", &a.name, &b.name);
    }
    if has_another_type(old, new, (old_index, new_index)) {
        differences.value("", old.shown(old_index), new.shown(new_index));
    }
    differences.flag((a.required, b.required), "required now", "optional now");
    differences.flag((a.nullable, b.nullable), "may be null now", "is never null now");
    let setters = (old.setters(old_index), new.setters(new_index));
    if is_set_alike(old, new, (a, b)) {
        differences.value("set by", &setters.0, &setters.1);
    }
    differences.value("default", &default_text(a.default.as_ref()), &default_text(b.default.as_ref()));
    differences.value("limits", &limits::text(&a.limits), &limits::text(&b.limits));
    differences.flag((a.deprecated, b.deprecated), "deprecated now", "no longer deprecated");
    if differences.is_empty() {
        return None;
    }
    let kind = if a.wire == b.wire { Kind::Changed } else { Kind::Renamed };
    let verdict = if is_set_alike(old, new, (a, b)) && setters.0 != setters.1 {
        breaking("a setter is gone or has another name")
    } else {
        verdict((old, a), (new, b), has_another_type(old, new, (old_index, new_index)))
    };
    Some(change(section, place(new, b), (Subject::Field, kind), differences.text(), verdict))
}

/// Whether the field has another type. Where calls begin or cease to send the model, each field that may be null has another:
/// that is told once, of the model.
fn has_another_type(old: &At<'_>, new: &At<'_>, (old_index, new_index): (usize, usize)) -> bool {
    let is_same_use = old.rust.is_sent == new.rust.is_sent;
    old.value(old_index) != new.value(new_index) || (is_same_use && old.rust(old_index) != new.rust(new_index))
}

/// Whether a field has setters before and after, which only another function can have renamed.
fn is_set_alike(old: &At<'_>, new: &At<'_>, (a, b): (&Field, &Field)) -> bool {
    let facts = |field: &Field| (field.name.clone(), field.required, field.nullable);
    old.rust.is_sent && new.rust.is_sent && facts(a) == facts(b)
}

fn verdict((old, a): (&At<'_>, &Field), (new, b): (&At<'_>, &Field), is_other: bool) -> Verdict {
    if a.name != b.name {
        breaking("the field has another name")
    } else if is_other {
        breaking("the field has another type")
    } else if a.required != b.required && new.rust.is_sent {
        breaking(if b.required { "the constructor takes it" } else { "the constructor takes it no longer" })
    } else if old.rust.is_default && !new.rust.is_default && b.required && !a.required {
        breaking("the struct is no longer `Default`")
    } else if !a.deprecated && b.deprecated && new.rust.is_sent {
        fine("the compiler warns where it is set")
    } else {
        let limits = limits::verdict(&a.limits, &b.limits).filter(|_| new.rust.is_sent);
        limits.unwrap_or_else(|| fine("the field has the same name and type"))
    }
}

fn constants(section: &Section, old: &At<'_>, new: &At<'_>) -> Vec<Change> {
    let told = |kind| (Subject::Field, kind);
    let place = |constant: &Constant| format!("{}.{:?}", new.name, constant.wire);
    let verdict = || fine("a constant is no field: nobody sets or reads it");
    let is_field = |at: &At<'_>, wire: &str| at.raw.fields.iter().any(|field| field.wire == wire);
    let mut changes = Vec::new();
    for constant in &old.raw.constants {
        let was = code(&constant.value.to_string());
        match new.constant(&constant.wire) {
            Some(now) if now.value != constant.value => {
                let detail = format!("always {}, was {was}", code(&now.value.to_string()));
                changes.push(change(section, place(constant), told(Kind::Changed), detail, verdict()));
            }
            Some(_) => {}
            None if is_field(new, &constant.wire) => {}
            None => {
                changes.push(change(section, place(constant), told(Kind::Removed), format!("always {was}"), verdict()));
            }
        }
    }
    for constant in &new.raw.constants {
        if old.constant(&constant.wire).is_none() && !is_field(old, &constant.wire) {
            let detail = format!("always {}", code(&constant.value.to_string()));
            changes.push(change(section, place(constant), told(Kind::Added), detail, verdict()));
        }
    }
    changes
}

/// The map of what has no name.
fn additional(section: &Section, old: &At<'_>, new: &At<'_>) -> Option<Change> {
    let told = |kind| (Subject::Field, kind);
    match (&old.words.additional, &new.words.additional) {
        (None, Some(map)) => {
            let place = format!("{}.{}", new.name, surface::name_text(&map.name));
            Some(change(section, place, told(Kind::Added), "what has no name of its own", fine("the struct is open")))
        }
        (Some(map), None) => {
            let place = format!("{}.{}", new.name, surface::name_text(&map.name));
            let verdict = breaking("the field is gone: what has no name is in `extra`");
            Some(change(section, place, told(Kind::Removed), "what has no name of its own", verdict))
        }
        (Some(a), Some(b)) => {
            let ty = |api: &Api, map: &Additional| surface::type_text(api, &map.ty);
            let mut differences = Differences::default();
            differences.value("", &ty(old.words_api, a), &ty(new.words_api, b));
            differences.value("in Rust", &a.name, &b.name);
            let place = format!("{}.{}", new.name, surface::name_text(&b.name));
            let verdict = breaking("the field has another name or type");
            (!differences.is_empty()).then(|| change(section, place, told(Kind::Changed), differences.text(), verdict))
        }
        (None, None) => None,
    }
}

/// Whether calls send it: then it has constructors and setters, and what can be null is a `Patch`.
fn sending(section: &Section, old: &At<'_>, new: &At<'_>, pairs: &Pairs) -> Option<Change> {
    let told = (Subject::Model, Kind::Changed);
    match (old.rust.is_sent, new.rust.is_sent) {
        (true, false) => {
            let verdict = breaking("its constructors and setters are gone");
            Some(change(section, new.name, told, "no call sends it any more", verdict))
        }
        (false, true) => {
            let patched = pairs.both.iter().filter(|(old_index, new_index)| {
                let field = old.raw.fields.get(*old_index).zip(new.raw.fields.get(*new_index));
                field.is_some_and(|(a, b)| a.nullable && b.nullable && !a.required && !b.required)
            });
            let patched = patched.count();
            let verdict = breaking("fields that may be null are `Patch` where they were `Option`");
            (patched > 0).then(|| change(section, new.name, told, "calls send it now", verdict))
        }
        _ => None,
    }
}

/// What no field explains: other constructors, other sets of arguments, another order.
fn constructors(section: &Section, old: &At<'_>, new: &At<'_>, settled: &BTreeSet<(usize, usize)>) -> Vec<Change> {
    let (a, b) = (&old.shown.constructors, &new.shown.constructors);
    let name = |functions: &[Function], index: usize| functions.get(index).map(|function| function.name.clone());
    let pairs = Pairs::of(a.len(), b.len()).by(|index| name(a, index), |index| name(b, index));
    let place = |function: &Function| format!("{}::{}", new.name, function.name);
    let told = |kind| (Subject::Constructor, kind);
    let mut changes = Vec::new();
    for function in pairs.removed.iter().filter_map(|index| a.get(*index)) {
        let verdict = breaking("the function is gone");
        changes.push(change(section, place(function), told(Kind::Removed), code(&function.to_string()), verdict));
    }
    for function in pairs.added.iter().filter_map(|index| b.get(*index)) {
        let verdict = fine("a new function takes nothing away");
        changes.push(change(section, place(function), told(Kind::Added), code(&function.to_string()), verdict));
    }
    // Only what is settled can be out of order or surplus: whatever else differs is told of its field.
    let was: BTreeSet<String> = settled.iter().filter_map(|(index, _)| argument(old, *index)).collect();
    let is: BTreeSet<String> = settled.iter().filter_map(|(_, index)| argument(new, *index)).collect();
    for (old_index, new_index) in pairs.both {
        let (Some(a), Some(b)) = (a.get(old_index), b.get(new_index)) else { continue };
        let (before, after) = (kept(a, &was), kept(b, &is));
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
        differences.value("", &a.to_string(), &b.to_string());
        changes.push(change(section, place(b), told(Kind::Changed), differences.text(), verdict));
    }
    changes
}

fn argument(at: &At<'_>, index: usize) -> Option<String> {
    at.raw.fields.get(index).map(|field| surface::name_text(&field.name))
}

fn kept<'f>(function: &'f Function, names: &BTreeSet<String>) -> Vec<&'f str> {
    function.arguments.iter().map(|(name, _)| name.as_str()).filter(|name| names.contains(*name)).collect()
}
