//! Changes of types: their names and shapes.

use super::differences::{DEPRECATED, Differences, code};
use super::fields::{self, ModelSide};
use super::pair::{Pair, section};
use super::pairs::Pairs;
use super::{Change, Kind, Section, Subject, breaking, change, fine};
use crate::api::{self, TypeId};
use crate::rust::{Crate, Item, Shape, Union, Variant};

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    // A change of an inline schema is reported where it is used: a field of another type, an operation that is gone.
    for item in components(pair.old, &pair.types.removed) {
        let told = (subject(&item.shape), Kind::Removed);
        changes.push(change(&section(item), &item.of.name, told, schema(item), breaking("the type is gone")));
    }
    for item in components(pair.new, &pair.types.added) {
        let told = (subject(&item.shape), Kind::Added);
        let verdict = fine("a new type takes nothing away");
        changes.push(change(&section(item), &item.of.name, told, schema(item), verdict));
    }
    for (id, new_id) in &pair.types.both {
        let (old, new) = (pair.old.item(*id), pair.new.item(*new_id));
        let section = &section(new);
        if old.of.name != new.of.name && !pair.follows_its_owner(*id) {
            let told = (subject(&new.shape), Kind::Renamed);
            let detail = format!("was {}", code(&old.of.name));
            changes.push(change(section, &new.of.name, told, detail, breaking("the type has another name")));
        }
        if old.of.deprecated != new.of.deprecated {
            let told = (subject(&new.shape), Kind::Changed);
            let detail = if new.of.deprecated { DEPRECATED } else { "no longer deprecated" };
            changes.push(change(section, &new.of.name, told, detail, fine("the type is as before")));
        }
        changes.extend(shapes(pair, section, old, new));
    }
    changes
}

fn components<'a>(of: &'a Crate<'a>, ids: &'a [TypeId]) -> impl Iterator<Item = &'a Item<'a>> {
    ids.iter().map(|id| of.item(*id)).filter(|item| item.of.component.is_some())
}

fn subject(shape: &Shape<'_>) -> Subject {
    match shape {
        Shape::Struct(_) => Subject::Model,
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Subject::Enum,
        Shape::Union(_) => Subject::Union,
        Shape::Alias(_) => Subject::Alias,
    }
}

fn schema(item: &Item<'_>) -> String {
    item.of.component.as_ref().map_or_else(String::new, |component| format!("the schema {}", code(component)))
}

fn shapes(pair: &Pair<'_>, section: &Section, old: &Item<'_>, new: &Item<'_>) -> Vec<Change> {
    let name = &new.of.name;
    match (&old.shape, &new.shape) {
        (Shape::Struct(a), Shape::Struct(b)) => {
            fields::changes(pair, section, ModelSide { name: &old.of.name, of: a }, ModelSide { name, of: b })
        }
        (Shape::StringEnum(a), Shape::StringEnum(b)) => values(section, name, a, b),
        (Shape::IntegerEnum(a), Shape::IntegerEnum(b)) => values(section, name, a, b),
        (Shape::Union(a), Shape::Union(b)) => union(pair, section, name, a, b),
        (Shape::Alias(a), Shape::Alias(b)) if pair.is_same(a, b) => Vec::new(),
        (Shape::Alias(a), Shape::Alias(b)) => {
            let mut differences = Differences::default();
            differences.value("", &a.text(""), &b.text(""));
            let told = (Subject::Alias, Kind::Changed);
            let verdict = breaking("it stands for another type wherever it is used");
            vec![change(section, name, told, differences.text(), verdict)]
        }
        (a, b) => {
            let (was, is) = (kind(a), kind(b));
            let told = (subject(b), Kind::Changed);
            let verdict = breaking("it is another kind of type");
            vec![change(section, name, told, format!("{is}, was {was}"), verdict)]
        }
    }
}

fn kind(shape: &Shape<'_>) -> &'static str {
    match shape {
        Shape::Struct(_) => "a struct",
        Shape::StringEnum(_) => "an enum of strings",
        Shape::IntegerEnum(_) => "an enum of integers",
        Shape::Union(_) => "a union",
        Shape::Alias(_) => "an alias",
    }
}

fn values<T: Ord + std::fmt::Debug>(
    section: &Section,
    owner: &str,
    a: &[api::Variant<T>],
    b: &[api::Variant<T>],
) -> Vec<Change> {
    let pairs = Pairs::of(a, b).by(|variant| Some(&variant.wire)).by(|variant| Some(&variant.name));
    let place = |variant: &api::Variant<T>| format!("{owner}::{}", variant.name);
    let wire = |variant: &api::Variant<T>| code(&format!("{:?}", variant.wire));
    let told = |kind| (Subject::Value, kind);
    let mut changes = Vec::new();
    for value in pairs.removed {
        changes.push(change(section, place(value), told(Kind::Removed), wire(value), breaking("the variant is gone")));
    }
    for value in pairs.added {
        let verdict = fine("the enum is open: every `match` has an arm for what is new");
        changes.push(change(section, place(value), told(Kind::Added), wire(value), verdict));
    }
    for (a, b) in pairs.both {
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

fn union(pair: &Pair<'_>, section: &Section, owner: &str, a: &Union<'_>, b: &Union<'_>) -> Vec<Change> {
    let pairs = Pairs::of(&a.variants, &b.variants)
        .by(|variant| Some(&variant.of.name))
        .that(|old, new| pair.is_same(&old.ty, &new.ty));
    let place = |variant: &Variant<'_>| format!("{owner}::{}", variant.of.name);
    let told = |kind| (Subject::Variant, kind);
    let mut changes = Vec::new();
    for variant in pairs.removed {
        let (detail, verdict) = (code(&variant.ty.text("")), breaking("the variant is gone"));
        changes.push(change(section, place(variant), told(Kind::Removed), detail, verdict));
    }
    for variant in pairs.added {
        let verdict = fine("the union is open: every `match` has an arm for what is new");
        changes.push(change(section, place(variant), told(Kind::Added), code(&variant.ty.text("")), verdict));
    }
    let (a_tag, b_tag) = (&a.of.tag, &b.of.tag);
    let both = pairs.both.into_iter();
    changes.extend(both.filter_map(|(a, b)| variant(pair, section, place(b), (a, b), a_tag == b_tag)));
    if a_tag != b_tag {
        let shown = |tag: &Option<String>| tag.clone().unwrap_or_else(|| "what fits".to_owned());
        let mut differences = Differences::default();
        differences.value("told by", &shown(a_tag), &shown(b_tag));
        let verdict = fine("the variants are as before");
        changes.push(change(section, owner, (Subject::Union, Kind::Changed), differences.text(), verdict));
    }
    changes
}

/// Returns the change of a variant. The values of the tag are compared only if the tag property is the same.
fn variant(
    pair: &Pair<'_>,
    section: &Section,
    place: String,
    (a, b): (&Variant<'_>, &Variant<'_>),
    is_one_tag: bool,
) -> Option<Change> {
    let is_renamed = a.of.name != b.of.name;
    let is_same = pair.is_same(&a.ty, &b.ty);
    let lost = lost(pair, a, b).filter(|_| is_same);
    let mut differences = Differences::default();
    differences.value("", &a.of.name, &b.of.name);
    if !is_same {
        differences.value("", &a.ty.text(""), &b.ty.text(""));
    }
    if is_one_tag {
        differences.value("told by", &a.of.tags.join(", "), &b.of.tags.join(", "));
    }
    differences.flag((false, lost.is_some()), lost.as_deref().unwrap_or_default(), "");
    let verdict = if is_renamed {
        breaking("the variant has another name")
    } else if !is_same {
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

/// Returns a phrase for a conversion or constructor that a variant no longer has.
fn lost(pair: &Pair<'_>, was: &Variant<'_>, is: &Variant<'_>) -> Option<String> {
    if was.converts() && !is.converts() {
        return Some("no longer made of its type by `From`".to_owned());
    }
    if let Some(source) = was.from.iter().find(|source| !is.from.iter().any(|other| pair.is_same(source, other))) {
        return Some(format!("no longer made of {} by `From`", code(&source.text(""))));
    }
    if was.from_text && !is.from_text {
        return Some("no longer made of a literal by `From`".to_owned());
    }
    let shortcut = was.shortcut.as_ref()?;
    let stays = is.shortcut.as_ref().is_some_and(|other| {
        other.name == shortcut.name && pair.is_same(&shortcut.argument.into, &other.argument.into)
    });
    (!stays).then(|| "no longer made of its field alone".to_owned())
}
