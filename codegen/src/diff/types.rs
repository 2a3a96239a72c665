//! Types: their names and what they look like.

use super::fields;
use super::pairs::{Pair, Pairs};
use super::words::{Differences, code};
use super::{Change, Kind, Section, Subject, breaking, change, fine};
use crate::api::{Shape, TypeDef, TypeId, Union, UnionVariant, Variant};
use crate::emit::surface::{self, Payload};

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    // What is written inline is told where it is used: a field of another type, an operation that is gone.
    for index in &pair.types.removed {
        let Some(definition) = pair.old.api.types.get(*index).filter(|definition| definition.component.is_some())
        else {
            continue;
        };
        let told = (subject(&definition.shape), Kind::Removed);
        let verdict = breaking("the type is gone");
        changes.push(change(pair.old.section(*index), &definition.name, told, schema(definition), verdict));
    }
    for index in &pair.types.added {
        let Some(definition) = pair.new.api.types.get(*index).filter(|definition| definition.component.is_some())
        else {
            continue;
        };
        let told = (subject(&definition.shape), Kind::Added);
        let verdict = fine("a new type takes nothing away");
        changes.push(change(pair.new.section(*index), &definition.name, told, schema(definition), verdict));
    }
    for (old_index, new_index) in &pair.types.both {
        let (Some(old), Some(new)) = (pair.old.api.types.get(*old_index), pair.new.api.types.get(*new_index)) else {
            continue;
        };
        let section = pair.new.section(*new_index);
        if old.name != new.name && !pair.follows_its_owner(*old_index) {
            let told = (subject(&new.shape), Kind::Renamed);
            let detail = format!("was {}", code(&old.name));
            changes.push(change(section, &new.name, told, detail, breaking("the type has another name")));
        }
        if old.deprecated != new.deprecated {
            let told = (subject(&new.shape), Kind::Changed);
            let detail = if new.deprecated { "deprecated now" } else { "no longer deprecated" };
            changes.push(change(section, &new.name, told, detail, fine("the type is as before")));
        }
        changes.extend(shapes(pair, section, (*old_index, *new_index)));
    }
    changes
}

fn subject(shape: &Shape) -> Subject {
    match shape {
        Shape::Model(_) => Subject::Model,
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Subject::Enum,
        Shape::Union(_) => Subject::Union,
        Shape::Alias(_) => Subject::Alias,
    }
}

fn schema(definition: &TypeDef) -> String {
    definition.component.as_ref().map_or_else(String::new, |component| format!("the schema {}", code(component)))
}

fn shapes(pair: &Pair<'_>, section: &Section, (old_index, new_index): (usize, usize)) -> Vec<Change> {
    let (Some(old), Some(new)) = (pair.old.words.types.get(old_index), pair.new.words.types.get(new_index)) else {
        return Vec::new();
    };
    // The words have the old name; a reader knows the new one.
    let name = pair.new.api.types.get(new_index).map_or("", |definition| &definition.name);
    match (&old.shape, &new.shape) {
        (Shape::Model(_), Shape::Model(_)) => fields::changes(pair, section, (old_index, new_index)),
        (Shape::StringEnum(a), Shape::StringEnum(b)) => values(section, name, a, b),
        (Shape::IntegerEnum(a), Shape::IntegerEnum(b)) => values(section, name, a, b),
        (Shape::Union(a), Shape::Union(b)) => {
            let old = surface::union(&pair.old.words, &pair.old.usage, TypeId(old_index), a);
            let new = surface::union(&pair.new.words, &pair.new.usage, TypeId(new_index), b);
            union(section, name, (a, &old), (b, &new))
        }
        (Shape::Alias(a), Shape::Alias(b)) => {
            let (was, is) = (surface::type_text(&pair.old.words, a), surface::type_text(&pair.new.words, b));
            let mut differences = Differences::default();
            differences.value("", &was, &is);
            let told = (Subject::Alias, Kind::Changed);
            let verdict = breaking("it stands for another type wherever it is used");
            let alias = (!differences.is_empty()).then(|| change(section, name, told, differences.text(), verdict));
            alias.into_iter().collect()
        }
        (a, b) => {
            let (was, is) = (kind(a), kind(b));
            let told = (subject(b), Kind::Changed);
            let verdict = breaking("it is another kind of type");
            vec![change(section, name, told, format!("{is}, was {was}"), verdict)]
        }
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Model(_) => "a struct",
        Shape::StringEnum(_) => "an enum of strings",
        Shape::IntegerEnum(_) => "an enum of integers",
        Shape::Union(_) => "a union",
        Shape::Alias(_) => "an alias",
    }
}

fn values<T: Ord + std::fmt::Debug>(section: &Section, owner: &str, a: &[Variant<T>], b: &[Variant<T>]) -> Vec<Change> {
    let pairs = Pairs::of(a.len(), b.len())
        .by(|index| a.get(index).map(|variant| &variant.wire), |index| b.get(index).map(|variant| &variant.wire))
        .by(|index| a.get(index).map(|variant| &variant.name), |index| b.get(index).map(|variant| &variant.name));
    let place = |variant: &Variant<T>| format!("{owner}::{}", variant.name);
    let wire = |variant: &Variant<T>| code(&format!("{:?}", variant.wire));
    let told = |kind| (Subject::Value, kind);
    let mut changes = Vec::new();
    for value in pairs.removed.iter().filter_map(|index| a.get(*index)) {
        changes.push(change(section, place(value), told(Kind::Removed), wire(value), breaking("the variant is gone")));
    }
    for value in pairs.added.iter().filter_map(|index| b.get(*index)) {
        let verdict = fine("the enum is open: every `match` has an arm for what is new");
        changes.push(change(section, place(value), told(Kind::Added), wire(value), verdict));
    }
    for (old_index, new_index) in pairs.both {
        let (Some(a), Some(b)) = (a.get(old_index), b.get(new_index)) else { continue };
        let mut differences = Differences::default();
        differences.value("", &format!("{:?}", a.wire), &format!("{:?}", b.wire));
        differences.value("in Rust", &a.name, &b.name);
        if !differences.is_empty() {
            let verdict = if a.name == b.name {
                fine("the variant is as before")
            } else {
                breaking("the variant has another name")
            };
            changes.push(change(section, place(b), told(Kind::Renamed), differences.text(), verdict));
        }
    }
    changes
}

type Told<'a> = (&'a Union, &'a [Payload]);

fn union(section: &Section, owner: &str, (a, old): Told<'_>, (b, new): Told<'_>) -> Vec<Change> {
    let name = |union: &Union, index: usize| union.variants.get(index).map(|variant| variant.name.clone());
    let ty = |payloads: &[Payload], index: usize| payloads.get(index).map(|payload| payload.ty.clone());
    let pairs = Pairs::of(a.variants.len(), b.variants.len())
        .by(|index| name(a, index), |index| name(b, index))
        .by(|index| ty(old, index), |index| ty(new, index));
    let place = |variant: &UnionVariant| format!("{owner}::{}", variant.name);
    let told = |kind| (Subject::Variant, kind);
    let mut changes = Vec::new();
    for index in &pairs.removed {
        if let (Some(variant), Some(payload)) = (a.variants.get(*index), old.get(*index)) {
            let verdict = breaking("the variant is gone");
            changes.push(change(section, place(variant), told(Kind::Removed), code(&payload.ty), verdict));
        }
    }
    for index in &pairs.added {
        if let (Some(variant), Some(payload)) = (b.variants.get(*index), new.get(*index)) {
            let verdict = fine("the union is open: every `match` has an arm for what is new");
            changes.push(change(section, place(variant), told(Kind::Added), code(&payload.ty), verdict));
        }
    }
    let (a_tag, b_tag) = (&a.tag, &b.tag);
    for (old_index, new_index) in pairs.both {
        if let (Some(a), Some(b), Some(was), Some(is)) =
            (a.variants.get(old_index), b.variants.get(new_index), old.get(old_index), new.get(new_index))
        {
            changes.extend(variant(section, place(b), (a, was), (b, is), a_tag == b_tag));
        }
    }
    if a.tag != b.tag {
        let shown = |union: &Union| union.tag.clone().unwrap_or_else(|| "what fits".to_owned());
        let mut differences = Differences::default();
        differences.value("told by", &shown(a), &shown(b));
        let verdict = fine("the variants are as before");
        changes.push(change(section, owner, (Subject::Union, Kind::Changed), differences.text(), verdict));
    }
    changes
}

type Member<'a> = (&'a UnionVariant, &'a Payload);

/// The values of the tag are compared where the tag is still the same.
fn variant(
    section: &Section,
    place: String,
    (a, was): Member<'_>,
    (b, is): Member<'_>,
    is_one_tag: bool,
) -> Option<Change> {
    let is_renamed = a.name != b.name;
    let lost = lost(was, is).filter(|_| was.ty == is.ty);
    let mut differences = Differences::default();
    differences.value("", &a.name, &b.name);
    differences.value("", &was.ty, &is.ty);
    if is_one_tag {
        differences.value("told by", &a.tags.join(", "), &b.tags.join(", "));
    }
    differences.flag((false, lost.is_some()), lost.unwrap_or_default(), "");
    let verdict = if is_renamed {
        breaking("the variant has another name")
    } else if was.ty != is.ty {
        breaking("the variant holds another type")
    } else if lost.is_some() {
        breaking("what made the union of a value is gone")
    } else {
        fine("the variant is as before")
    };
    let kind = if is_renamed { Kind::Renamed } else { Kind::Changed };
    let told = (Subject::Variant, kind);
    (!differences.is_empty()).then(|| change(section, place, told, differences.text(), verdict))
}

/// What a variant made the union of, and does no longer.
fn lost(was: &Payload, is: &Payload) -> Option<&'static str> {
    if was.converts && !is.converts {
        Some("no longer made of its type by `From`")
    } else if was.from_text && !is.from_text {
        Some("no longer made of a literal by `From`")
    } else if was.shortcut.is_some() && was.shortcut != is.shortcut {
        Some("no longer made of its field alone")
    } else {
        None
    }
}
