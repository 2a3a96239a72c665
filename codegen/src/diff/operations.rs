//! Operations: the method, its body, its answers.

use super::pairs::{Pair, Pairs, route};
use super::side::Side;
use super::words::{Differences, code};
use super::{Change, Kind, Section, Subject, breaking, change, fine, parameters};
use crate::api::{Answer, Api, Body, Operation, Resource, Success, Type};
use crate::emit::surface;
use crate::outline;

/// An operation, as it is and in comparable words.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) api: &'a Api,
    pub(super) words_api: &'a Api,
    pub(super) resource: &'a Resource,
    pub(super) raw: &'a Operation,
    pub(super) words: &'a Operation,
    /// The types that the other API does not have.
    lost: &'a [usize],
}

impl<'a> At<'a> {
    fn all(side: &'a Side<'_>, lost: &'a [usize]) -> Vec<Self> {
        let raw = Side::operations(side.api).into_iter();
        let pairs = raw.zip(Side::operations(&side.words));
        let at =
            |((resource, raw), (_, words))| Self { api: side.api, words_api: &side.words, resource, raw, words, lost };
        pairs.map(at).collect()
    }

    /// `contacts().show_contact`
    pub(super) fn place(&self) -> String {
        format!("{}().{}", surface::accessor(&self.resource.module), surface::name_text(&self.raw.name))
    }

    pub(super) fn section(&self) -> Section {
        Section::Tag(self.resource.tag.clone())
    }

    /// Whether `ty` is made of a type that is gone: one that was written inline where it was used.
    pub(super) fn loses(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => self.lost.contains(&id.0),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => self.loses(inner),
            _ => false,
        }
    }

    fn call(&self) -> String {
        code(&format!("{} {}", self.raw.method, self.raw.template))
    }
}

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let (old, new) = (At::all(&pair.old, &pair.types.removed), At::all(&pair.new, &[]));
    let mut changes = Vec::new();
    for at in pair.operations.removed.iter().filter_map(|index| old.get(*index)) {
        let verdict = breaking("the method is gone");
        changes.push(change(&at.section(), at.place(), (Subject::Operation, Kind::Removed), at.call(), verdict));
    }
    for at in pair.operations.added.iter().filter_map(|index| new.get(*index)) {
        let verdict = fine("a new method takes nothing away");
        changes.push(change(&at.section(), at.place(), (Subject::Operation, Kind::Added), at.call(), verdict));
    }
    for (old_index, new_index) in &pair.operations.both {
        if let (Some(a), Some(b)) = (old.get(*old_index), new.get(*new_index)) {
            changes.extend(names(*a, *b));
            changes.extend(facts(*a, *b));
            changes.extend(parameters::changes(*a, *b));
            changes.extend(body(*a, *b));
            changes.extend(answer(*a, *b));
            changes.extend(pagination(*a, *b));
            changes.extend(errors(*a, *b));
        }
    }
    changes
}

/// What the method is called and where it is found.
fn names(old: At<'_>, new: At<'_>) -> Option<Change> {
    let told = (Subject::Operation, Kind::Renamed);
    let detail = format!("was {}", code(&old.place()));
    let moved = old.resource.module != new.resource.module || old.resource.name != new.resource.name;
    let verdict = if moved {
        breaking(format!("the method moved from the tag {} to {}", code(&old.resource.tag), code(&new.resource.tag)))
    } else if old.raw.name != new.raw.name {
        breaking("the method has another name")
    } else if old.raw.marker != new.raw.marker {
        breaking(format!("its type is {}, was {}", code(&new.raw.marker), code(&old.raw.marker)))
    } else {
        return None;
    };
    Some(change(&new.section(), new.place(), told, detail, verdict))
}

/// What the compiler does not see, or only warns of.
fn facts(old: At<'_>, new: At<'_>) -> Option<Change> {
    let mut differences = Differences::default();
    // That a parameter of the path has another name is told as that.
    if old.raw.method != new.raw.method || route(&old.raw.template) != route(&new.raw.template) {
        differences.value("it calls", &bare(old.raw), &bare(new.raw));
    }
    differences.flag((old.raw.deprecated, new.raw.deprecated), "deprecated now", "no longer deprecated");
    let sent = (old.raw.authenticated, new.raw.authenticated);
    differences.flag(sent, "it carries the credential now", "it carries no credential now");
    differences.flag((old.raw.safe, new.raw.safe), "it is safe to repeat now", "it is no longer safe to repeat");
    let one_at_a_time = (old.raw.one_at_a_time, new.raw.one_at_a_time);
    differences.flag(one_at_a_time, "the server takes one at a time now", "the server no longer takes one at a time");
    if differences.is_empty() {
        return None;
    }
    let warned = !old.raw.deprecated && new.raw.deprecated;
    let reason = if warned { "the compiler warns where it is called" } else { "calls are written as before" };
    let told = (Subject::Operation, Kind::Changed);
    Some(change(&new.section(), new.place(), told, differences.text(), fine(reason)))
}

fn bare(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.template)
}

fn body(old: At<'_>, new: At<'_>) -> Option<Change> {
    let place = format!("{}(body)", new.place());
    let shown =
        |at: At<'_>| at.raw.body.as_ref().map(|body| outline::body_kind(at.api, &body.kind)).unwrap_or_default();
    let given = |at: At<'_>| at.words.body.as_ref().and_then(|body| surface::body(at.words_api, body));
    let is_required = |at: At<'_>| at.raw.body.as_ref().is_some_and(|body| body.required);
    let (kind, detail, verdict) = match (&old.words.body, &new.words.body) {
        (None, None) => return None,
        (Some(_), None) => (Kind::Removed, code(&shown(old)), breaking("there is nothing to pass a body to")),
        (None, Some(_)) if is_required(new) && given(new).is_some() => {
            (Kind::Added, code(&shown(new)), breaking("the method takes a body"))
        }
        (None, Some(_)) => (Kind::Added, code(&shown(new)), fine("a call may leave it out")),
        (Some(a), Some(b)) => {
            let words = |at: At<'_>, body: &Body| outline::body_kind(at.words_api, &body.kind);
            let mut differences = Differences::default();
            if words(old, a) != words(new, b) {
                differences.value("", &shown(old), &shown(new));
            }
            differences.flag((a.required, b.required), "required now", "optional now");
            if differences.is_empty() {
                return None;
            }
            let verdict = if given(old) != given(new) {
                breaking("the body has another type")
            } else if a.required != b.required && given(new).is_some() {
                breaking(if b.required { "the body is an argument now" } else { "the body is set by `with_body` now" })
            } else {
                fine("the body is passed as before")
            };
            (Kind::Changed, differences.text(), verdict)
        }
    };
    Some(change(&new.section(), place, (Subject::Body, kind), detail, verdict))
}

fn answer(old: At<'_>, new: At<'_>) -> Vec<Change> {
    if let (Success::Several { answers: a, .. }, Success::Several { answers: b, .. }) =
        (&old.words.success, &new.words.success)
    {
        return several(old, new, a, b);
    }
    let shown = |at: At<'_>| {
        let statuses: Vec<String> = at.raw.statuses.iter().map(|code| outline::status(*code)).collect();
        format!("{} {}", statuses.join(", "), outline::answer(at.api, &at.raw.success))
    };
    let words = |at: At<'_>| (at.words.statuses.clone(), outline::answer(at.words_api, &at.words.success));
    if words(old) == words(new) {
        return Vec::new();
    }
    let output = |at: At<'_>| surface::output(at.words_api, at.words);
    let verdict = if matches!(new.raw.success, Success::Several { .. }) {
        breaking("it answers an enum of several answers now")
    } else if output(old) != output(new) {
        breaking("awaiting the call gives another type")
    } else {
        fine("awaiting the call gives the same type")
    };
    let mut differences = Differences::default();
    differences.value("", &shown(old), &shown(new));
    let told = (Subject::Answer, Kind::Changed);
    vec![change(&new.section(), format!("{} -> _", new.place()), told, differences.text(), verdict)]
}

/// The answers of an operation that has several, by status.
fn several(old: At<'_>, new: At<'_>, a: &[Answer], b: &[Answer]) -> Vec<Change> {
    let status = |answers: &[Answer], index: usize| answers.get(index).map(|answer| answer.status);
    let pairs = Pairs::of(a.len(), b.len()).by(|index| status(a, index), |index| status(b, index));
    let place = |status: u16| format!("{} -> {}", new.place(), outline::status(status));
    let told = |kind| (Subject::Answer, kind);
    let carried =
        |api: &Api, answer: &Answer| answer.ty.as_ref().map_or("nothing".to_owned(), |ty| surface::type_text(api, ty));
    let mut changes = Vec::new();
    for answer in pairs.removed.iter().filter_map(|index| a.get(*index)) {
        let verdict = breaking("the variant is gone");
        let detail = code(&carried(old.words_api, answer));
        changes.push(change(&new.section(), place(answer.status), told(Kind::Removed), detail, verdict));
    }
    for answer in pairs.added.iter().filter_map(|index| b.get(*index)) {
        let verdict = fine("the enum is open: every `match` has an arm for what is new");
        let detail = code(&carried(new.words_api, answer));
        changes.push(change(&new.section(), place(answer.status), told(Kind::Added), detail, verdict));
    }
    for (old_index, new_index) in pairs.both {
        let (Some(a), Some(b)) = (a.get(old_index), b.get(new_index)) else { continue };
        let (was, is) = (carried(old.words_api, a), carried(new.words_api, b));
        if was != is || a.text != b.text {
            let mut differences = Differences::default();
            differences.value("", &was, &is);
            differences.flag((a.text, b.text), "plain text now", "JSON now");
            let verdict = if was == is {
                fine("the variant holds the same type")
            } else {
                breaking("the variant holds another type")
            };
            changes.push(change(&new.section(), place(b.status), told(Kind::Changed), differences.text(), verdict));
        }
    }
    changes
}

/// How the next page is asked for, and which list is paged. What else the answer tells of pages is told as its fields, and so
/// is another type of the items where they are the same list.
fn pagination(old: At<'_>, new: At<'_>) -> Option<Change> {
    let shown = |at: At<'_>| outline::pages(at.api, at.raw).unwrap_or_default();
    let item = |at: At<'_>| outline::item(at.words_api, at.words);
    let (kind, detail, verdict) = match (&old.raw.pagination, &new.raw.pagination) {
        (None, None) => return None,
        (Some(_), None) => (Kind::Removed, code(&shown(old)), breaking("`.pages()` and `.items()` are gone")),
        (None, Some(_)) => (Kind::Added, code(&shown(new)), fine("`.pages()` and `.items()` take nothing away")),
        (Some(a), Some(b)) if (&a.selector, &a.items) == (&b.selector, &b.items) => return None,
        (Some(_), Some(_)) => {
            let mut differences = Differences::default();
            differences.value("", &shown(old), &shown(new));
            let verdict = if item(old) == item(new) {
                fine("`.items()` gives the same type")
            } else {
                breaking("`.items()` gives another type")
            };
            (Kind::Changed, differences.text(), verdict)
        }
    };
    Some(change(&new.section(), new.place(), (Subject::Pagination, kind), detail, verdict))
}

fn errors(old: At<'_>, new: At<'_>) -> Vec<Change> {
    let (a, b) = (&old.words.errors, &new.words.errors);
    let pairs = Pairs::of(a.len(), b.len())
        .by(|index| a.get(index).map(|error| &error.status), |index| b.get(index).map(|error| &error.status));
    let carried = |at: At<'_>, index: usize| {
        let ty = at.words.errors.get(index).and_then(|error| error.ty.as_ref());
        ty.map_or("nothing typed".to_owned(), |ty| surface::type_text(at.words_api, ty))
    };
    let loses = |index: usize| {
        let ty = old.raw.errors.get(index).and_then(|error| error.ty.as_ref());
        ty.is_some_and(|ty| old.loses(ty))
    };
    let one = |kind, index: usize, detail: String, is_lost: bool| {
        let from = if kind == Kind::Removed { a } else { b };
        let status = from.get(index).map_or("", |error| &error.status);
        let place = format!("{} -> {status}", new.place());
        let verdict = if is_lost {
            breaking("the type that was written in it is gone")
        } else {
            fine("every call fails with the one error type of the client")
        };
        change(&new.section(), place, (Subject::Error, kind), detail, verdict)
    };
    let removed =
        pairs.removed.iter().map(|index| one(Kind::Removed, *index, code(&carried(old, *index)), loses(*index)));
    let added = pairs.added.iter().map(|index| one(Kind::Added, *index, code(&carried(new, *index)), false));
    let changed = pairs.both.iter().filter_map(|(old_index, new_index)| {
        let mut differences = Differences::default();
        differences.value("", &carried(old, *old_index), &carried(new, *new_index));
        (!differences.is_empty()).then(|| one(Kind::Changed, *new_index, differences.text(), loses(*old_index)))
    });
    removed.chain(added).chain(changed).collect()
}
