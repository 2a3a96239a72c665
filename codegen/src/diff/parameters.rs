//! Changes of parameters: the arguments of a method, and its setters.

use super::differences::{DEPRECATED, Differences, are_similar, code, default_text};
use super::limits;
use super::pair::Pair;
use super::pairs::Pairs;
use super::{Change, Kind, Section, Subject, Verdict, breaking, change, fine};
use crate::api::{Parameter, ParameterLocation, Segment, Style};
use crate::names::identifier;
use crate::outline;
use crate::rust::{Operation, Plain, Setter, Target, Type};

/// A parameter of one of the two operations, with its type and its setter, if any.
#[derive(Clone, Copy)]
struct Input<'a> {
    of: &'a Parameter,
    ty: &'a Type<'a>,
    /// The type of the argument in Rust.
    argument: &'a Type<'a>,
    setter: Option<&'a str>,
    /// Position among the parameters of the operation, which is the order of the arguments.
    index: usize,
}

fn inputs<'a>(operation: &'a Operation<'a>) -> Vec<Input<'a>> {
    let arguments = operation.arguments.iter().map(|input| (input, None));
    let setters = operation.setters.iter().map(|Setter { name, input }| (input, Some(name.as_str())));
    let input = |(input, setter): (&'a crate::rust::Input<'a>, Option<&'a str>)| {
        let Target::Parameter(of) = input.target else { return None };
        let index = operation.of.parameters.iter().position(|parameter| std::ptr::eq(parameter, of))?;
        Some(Input { of, ty: &input.argument.into, argument: &input.argument.ty, setter, index })
    };
    arguments.chain(setters).filter_map(input).collect()
}

pub(super) fn changes(
    pair: &Pair<'_>,
    at: &(Section, String),
    old: &Operation<'_>,
    new: &Operation<'_>,
) -> Vec<Change> {
    let pairs = pairs(pair, old, new);
    let (section, operation) = at;
    let place = |parameter: &Parameter| format!("{operation}({})", identifier(&parameter.name));
    let mut changes = Vec::new();
    for Input { of, ty, .. } in pairs.removed {
        let verdict = breaking(if of.required { "the method takes no such argument" } else { "the setter is gone" });
        let told = (Subject::Parameter, Kind::Removed);
        changes.push(change(section, place(of), told, described(of, ty), verdict));
    }
    for Input { of, ty, .. } in pairs.added {
        let verdict =
            if of.required { breaking("the method takes one more argument") } else { fine("a call may leave it out") };
        let told = (Subject::Parameter, Kind::Added);
        changes.push(change(section, place(of), told, described(of, ty), verdict));
    }
    let mut settled: Vec<(Input<'_>, Input<'_>)> = Vec::new();
    for (old, new) in pairs.both {
        let both = Both { pair, old, new };
        if both.stays_an_argument() {
            settled.push((old, new));
        }
        let detail = both.differences();
        if !detail.is_empty() {
            let kind = if old.of.wire == new.of.wire { Kind::Changed } else { Kind::Renamed };
            changes.push(change(section, place(new.of), (Subject::Parameter, kind), detail, both.verdict()));
        }
    }
    changes.extend(order(at, settled));
    changes
}

fn described(parameter: &Parameter, ty: &Type<'_>) -> String {
    let required = if parameter.required { "required" } else { "optional" };
    let place = outline::place(parameter.place);
    format!("{} in {place}, {}, {required}", code(&parameter.wire), code(&ty.text("")))
}

/// Pairs parameters by name and place, then by name, then by position in the path, then by a similar name with the same
/// type.
fn pairs<'a>(pair: &Pair<'_>, old: &'a Operation<'a>, new: &'a Operation<'a>) -> Pairs<Input<'a>> {
    Pairs::of(inputs(old), inputs(new))
        .by(|input| Some((without_style(input.of.place), &input.of.wire)))
        .by(|input| Some(&input.of.wire))
        .by_each(|input| position(old, input.index), |input| position(new, input.index))
        .that(|old, new| {
            let (a, b) = (old.of, new.of);
            let is_same = a.place == b.place && a.required == b.required && !a.place.is_path();
            is_same && (a.name == b.name || are_similar(&a.name, &b.name)) && pair.is_same(old.ty, new.ty)
        })
}

fn without_style(place: ParameterLocation) -> ParameterLocation {
    match place {
        ParameterLocation::Query(_) => ParameterLocation::Query(Style::DeepObject),
        other => other,
    }
}

/// Returns the position of a parameter among the placeholders of the path.
fn position(operation: &Operation<'_>, index: usize) -> Option<usize> {
    let mut values = operation.of.path.iter().filter(|segment| matches!(segment, Segment::Parameter(_)));
    values.position(|segment| *segment == Segment::Parameter(index))
}

/// A parameter in both APIs.
struct Both<'a> {
    pair: &'a Pair<'a>,
    old: Input<'a>,
    new: Input<'a>,
}

impl Both<'_> {
    /// Returns whether the caller passes another type. A path takes any displayable type, and a part takes any file.
    fn takes_another_type(&self) -> bool {
        let (old, new) = (self.old, self.new);
        let is_any = |input: Input<'_>| {
            *input.argument == Type::Plain(Plain::Display) || input.of.place == ParameterLocation::FilePart
        };
        if is_any(old) || is_any(new) { old.argument != new.argument } else { !self.pair.is_same(old.ty, new.ty) }
    }

    fn stays_an_argument(&self) -> bool {
        self.old.of.required && self.new.of.required && !self.takes_another_type()
    }

    fn differences(&self) -> String {
        let (old, new) = (self.old.of, self.new.of);
        let mut differences = Differences::default();
        differences.value("", &old.wire, &new.wire);
        if old.wire == new.wire {
            differences.value("in Rust", &old.name, &new.name);
        }
        differences.value("in", outline::place(old.place), outline::place(new.place));
        if !self.pair.is_same(self.old.ty, self.new.ty) {
            differences.value("", &self.old.ty.text(""), &self.new.ty.text(""));
        }
        differences.flag((old.required, new.required), "required now", "optional now");
        let kept = (old.keeps_reserved, new.keeps_reserved);
        differences.flag(kept, "reserved characters stay now", "reserved characters are encoded now");
        let part = |of: &Parameter| {
            let headers = of.headers.iter().map(|(name, value)| format!("{name}: {value}"));
            of.media_type.iter().cloned().chain(headers).collect::<Vec<_>>().join(", ")
        };
        differences.value("sent as", &part(old), &part(new));
        differences.value("default", &default_text(old.default.as_ref()), &default_text(new.default.as_ref()));
        differences.value("limits", &limits::text(&old.limits), &limits::text(&new.limits));
        differences.flag((old.deprecated, new.deprecated), DEPRECATED, "no longer deprecated");
        differences.text()
    }

    fn verdict(&self) -> Verdict {
        let (old, new) = (self.old.of, self.new.of);
        match (self.old.setter, self.new.setter) {
            (Some(_), None) => return breaking("the setter became an argument of the method"),
            (None, Some(_)) => return breaking("the argument became a setter"),
            _ => {}
        }
        if self.takes_another_type() {
            return breaking("it takes another type");
        }
        if self.pair.is_lost(self.old.ty) {
            return breaking("the type that was written in it is gone");
        }
        if let (Some(was), Some(is)) = (self.old.setter, self.new.setter)
            && was != is
        {
            return breaking(format!("the setter is {}, was {}", code(is), code(was)));
        }
        if old.wire != new.wire && !new.place.is_path() && old.name != new.name {
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

/// Returns a change if the arguments that both APIs have come in another order.
fn order((section, place): &(Section, String), settled: Vec<(Input<'_>, Input<'_>)>) -> Option<Change> {
    let (mut old, mut new) = (settled.clone(), settled);
    old.sort_by_key(|(old, _)| old.index);
    new.sort_by_key(|(_, new)| new.index);
    let same = old.iter().zip(&new).all(|(a, b)| a.1.index == b.1.index);
    if same {
        return None;
    }
    let listed = |names: Vec<&Parameter>| names.iter().map(|of| identifier(&of.name)).collect::<Vec<_>>().join(", ");
    let was = listed(old.iter().map(|(old, _)| old.of).collect());
    let mut differences = Differences::default();
    differences.value("the arguments are", &was, &listed(new.iter().map(|(_, new)| new.of).collect()));
    let verdict = breaking("the arguments come in another order, which the compiler may not notice");
    let told = (Subject::Operation, Kind::Changed);
    Some(change(section, place, told, differences.text(), verdict))
}
