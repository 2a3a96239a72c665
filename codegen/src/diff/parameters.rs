//! Parameters: the arguments of a method, and its setters.

use super::limits;
use super::operations::At;
use super::pairs::Pairs;
use super::words::{Differences, are_similar, code, default_text};
use super::{Change, Kind, Subject, Verdict, breaking, change, fine};
use crate::api::{Operation, Parameter, Place, Segment, Style};
use crate::emit::surface;
use crate::names;
use crate::outline;

pub(super) fn changes(old: At<'_>, new: At<'_>) -> Vec<Change> {
    let pairs = pairs(old, new);
    let place = |at: At<'_>, parameter: &Parameter| format!("{}({})", at.place(), surface::name_text(&parameter.name));
    let mut changes = Vec::new();
    for parameter in pairs.removed.iter().filter_map(|index| old.raw.parameters.get(*index)) {
        let verdict =
            breaking(if parameter.required { "the method takes no such argument" } else { "the setter is gone" });
        let told = (Subject::Parameter, Kind::Removed);
        changes.push(change(&new.section(), place(old, parameter), told, described(old, parameter), verdict));
    }
    for parameter in pairs.added.iter().filter_map(|index| new.raw.parameters.get(*index)) {
        let verdict = if parameter.required {
            breaking("the method takes one more argument")
        } else {
            fine("a call may leave it out")
        };
        let told = (Subject::Parameter, Kind::Added);
        changes.push(change(&new.section(), place(new, parameter), told, described(new, parameter), verdict));
    }
    let mut settled: Vec<(usize, usize)> = Vec::new();
    for (old_index, new_index) in &pairs.both {
        let pair = Both::of(old, new, (*old_index, *new_index));
        let Some(pair) = pair else { continue };
        if pair.stays_an_argument() {
            settled.push((*old_index, *new_index));
        }
        let detail = pair.differences();
        if !detail.is_empty() {
            let kind = if pair.old.0.wire == pair.new.0.wire { Kind::Changed } else { Kind::Renamed };
            let at = place(new, pair.new.0);
            changes.push(change(&new.section(), at, (Subject::Parameter, kind), detail, pair.verdict()));
        }
    }
    changes.extend(order(old, new, &settled));
    changes
}

fn described(at: At<'_>, parameter: &Parameter) -> String {
    let required = if parameter.required { "required" } else { "optional" };
    let ty = surface::type_text(at.api, &parameter.ty);
    format!("{} in {}, {}, {required}", code(&parameter.wire), outline::place(parameter.place), code(&ty))
}

/// By name and place, by name, by position in the path, and at last by what looks like another name for the same.
fn pairs(old: At<'_>, new: At<'_>) -> Pairs {
    let (a, b) = (&old.words.parameters, &new.words.parameters);
    let wire = |parameter: &Parameter| parameter.wire.clone();
    let spot = |parameter: &Parameter| (without_style(parameter.place), parameter.wire.clone());
    Pairs::of(a.len(), b.len())
        .by(|index| a.get(index).map(spot), |index| b.get(index).map(spot))
        .by(|index| a.get(index).map(wire), |index| b.get(index).map(wire))
        .by(|index| position(old.raw, index), |index| position(new.raw, index))
        .that(|old_index, new_index| {
            let Some((a, b)) = a.get(old_index).zip(b.get(new_index)) else { return false };
            let is_same = a.place == b.place && a.required == b.required && a.place != Place::Path;
            let has_name = a.name == b.name || are_similar(&a.name, &b.name);
            let ty = |at: At<'_>, parameter: &Parameter| surface::type_text(at.words_api, &parameter.ty);
            is_same && has_name && ty(old, a) == ty(new, b)
        })
}

fn without_style(place: Place) -> Place {
    match place {
        Place::Query(_) => Place::Query(Style::DeepObject),
        other => other,
    }
}

/// The how manieth value of the path a parameter is.
fn position(operation: &Operation, index: usize) -> Option<usize> {
    let mut values = operation.path.iter().filter(|segment| matches!(segment, Segment::Parameter(_)));
    values.position(|segment| *segment == Segment::Parameter(index))
}

/// A parameter before and after: as it is, and its type in comparable words.
struct Both<'a> {
    old: (&'a Parameter, String),
    new: (&'a Parameter, String),
    shown: (String, String),
    /// Whether the type that was written in it is gone.
    loses: bool,
}

impl<'a> Both<'a> {
    fn of(before: At<'a>, after: At<'a>, (old_index, new_index): (usize, usize)) -> Option<Self> {
        let get = |at: At<'a>, index: usize| {
            let (raw, words) = (at.raw.parameters.get(index)?, at.words.parameters.get(index)?);
            Some(((raw, surface::type_text(at.words_api, &words.ty)), surface::type_text(at.api, &raw.ty)))
        };
        let ((old, was), (new, is)) = (get(before, old_index)?, get(after, new_index)?);
        Some(Self { loses: before.loses(&old.0.ty), old, new, shown: (was, is) })
    }

    /// Whether what a caller passes has another type: anything goes into a path, and any file into a part.
    fn takes_another_type(&self) -> bool {
        let any = |parameter: &Parameter| match parameter.place {
            Place::Path => 1,
            Place::FilePart => 2,
            Place::Query(_) | Place::Header | Place::Cookie | Place::TextPart => 0,
        };
        any(self.old.0) != any(self.new.0) || (any(self.old.0) == 0 && self.old.1 != self.new.1)
    }

    fn stays_an_argument(&self) -> bool {
        self.old.0.required && self.new.0.required && !self.takes_another_type()
    }

    fn differences(&self) -> String {
        let (old, new) = (self.old.0, self.new.0);
        let mut differences = Differences::default();
        differences.value("", &old.wire, &new.wire);
        if old.wire == new.wire {
            differences.value("in Rust", &old.name, &new.name);
        }
        differences.value("in", outline::place(old.place), outline::place(new.place));
        if self.old.1 != self.new.1 {
            differences.value("", &self.shown.0, &self.shown.1);
        }
        differences.flag((old.required, new.required), "required now", "optional now");
        differences.value("default", &default_text(old.default.as_ref()), &default_text(new.default.as_ref()));
        differences.value("limits", &limits::text(&old.limits), &limits::text(&new.limits));
        differences.flag((old.deprecated, new.deprecated), "deprecated now", "no longer deprecated");
        differences.text()
    }

    fn verdict(&self) -> Verdict {
        let (old, new) = (self.old.0, self.new.0);
        let setter = |parameter: &Parameter| names::parameter_setter_name(&parameter.name);
        if !old.required && new.required {
            breaking("the setter became an argument of the method")
        } else if old.required && !new.required {
            breaking("the argument became a setter")
        } else if self.takes_another_type() {
            breaking("it takes another type")
        } else if self.loses {
            breaking("the type that was written in it is gone")
        } else if !old.required && setter(old) != setter(new) {
            breaking(format!("the setter is {}, was {}", code(&setter(new)), code(&setter(old))))
        } else if old.wire != new.wire && new.place != Place::Path && old.name != new.name {
            breaking("calls compile as before: look whether the other name means the same")
        } else if !old.required && !old.deprecated && new.deprecated {
            fine("the compiler warns where it is set")
        } else if let Some(verdict) = limits::verdict(&old.limits, &new.limits) {
            verdict
        } else if new.required {
            fine("the argument is passed as before")
        } else {
            fine("the setter is as before")
        }
    }
}

/// Whether the arguments that stay come in another order.
fn order(old: At<'_>, new: At<'_>, settled: &[(usize, usize)]) -> Option<Change> {
    let mut by_new = settled.to_vec();
    by_new.sort_by_key(|(_, new_index)| *new_index);
    if by_new.is_sorted() {
        return None;
    }
    let listed = |at: At<'_>, indices: Vec<usize>| {
        let names = indices.into_iter().filter_map(|index| at.raw.parameters.get(index));
        names.map(|parameter| surface::name_text(&parameter.name)).collect::<Vec<_>>().join(", ")
    };
    let mut by_old = settled.to_vec();
    by_old.sort_unstable();
    let mut differences = Differences::default();
    let was = listed(old, by_old.iter().map(|(index, _)| *index).collect());
    differences.value("the arguments are", &was, &listed(new, by_new.iter().map(|(_, index)| *index).collect()));
    let verdict = breaking("the arguments come in another order, which the compiler may not notice");
    let told = (Subject::Operation, Kind::Changed);
    Some(change(&new.section(), new.place(), told, differences.text(), verdict))
}
