//! Changes of operations: the method, its request body, its responses.

use document::template::without_names;

use super::differences::{DEPRECATED, Differences, code};
use super::pair::{Pair, Placed};
use super::pairs::Pairs;
use super::{Change, Kind, Section, Subject, breaking, change, fine, parameters};
use crate::api::{self, BodyKind, ErrorResponse, Status, Success};
use crate::names::identifier;
use crate::outline;
use crate::rust::{Argument, Input, Response, Target, Type};

/// Returns the place of a method in Rust: `contacts().show_contact`.
fn place((resource, operation): Placed<'_>) -> String {
    format!("{}().{}", identifier(&resource.accessor), identifier(&operation.of.name))
}

fn section((resource, _): Placed<'_>) -> Section {
    Section::Tag(resource.of.tag.clone())
}

fn request_line((_, operation): Placed<'_>) -> String {
    format!("{} {}", operation.of.method, operation.of.template)
}

pub(super) fn changes(pair: &Pair<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for call in &pair.operations.removed {
        let (verdict, told) = (breaking("the method is gone"), (Subject::Operation, Kind::Removed));
        changes.push(change(&section(*call), place(*call), told, code(&request_line(*call)), verdict));
    }
    for call in &pair.operations.added {
        let (verdict, told) = (fine("a new method takes nothing away"), (Subject::Operation, Kind::Added));
        changes.push(change(&section(*call), place(*call), told, code(&request_line(*call)), verdict));
    }
    for (old, new) in &pair.operations.both {
        changes.extend(names(*old, *new));
        changes.extend(facts(*old, *new));
        let at = (section(*new), place(*new));
        changes.extend(parameters::changes(pair, &at, old.1, new.1));
        changes.extend(body(pair, *old, *new));
        changes.extend(response(pair, *old, *new));
        changes.extend(pagination(pair, *old, *new));
        changes.extend(errors(pair, *old, *new));
    }
    changes
}

/// Returns the change of a name: of the tag, of the method, or of the method's type.
fn names(old: Placed<'_>, new: Placed<'_>) -> Option<Change> {
    let told = (Subject::Operation, Kind::Renamed);
    let detail = format!("was {}", code(&place(old)));
    let (from, to, was, is) = (old.0.of, new.0.of, old.1.of, new.1.of);
    let verdict = if from.module != to.module || from.name != to.name {
        breaking(format!("the method moved from the tag {} to {}", code(&from.tag), code(&to.tag)))
    } else if was.name != is.name {
        breaking("the method has another name")
    } else if was.marker != is.marker {
        breaking(format!("its type is {}, was {}", code(&is.marker), code(&was.marker)))
    } else {
        return None;
    };
    Some(change(&section(new), place(new), told, detail, verdict))
}

/// Returns one change for all differences that the compiler does not see, or only warns of.
fn facts(old: Placed<'_>, new: Placed<'_>) -> Option<Change> {
    let (a, b) = (old.1.of, new.1.of);
    let mut differences = Differences::default();
    // A renamed path parameter is reported as a change of the parameter.
    if a.method != b.method || without_names(&a.template) != without_names(&b.template) {
        differences.value("it calls", &request_line(old), &request_line(new));
    }
    differences.flag((a.deprecated, b.deprecated), DEPRECATED, "no longer deprecated");
    let sent = (a.is_authenticated(), b.is_authenticated());
    differences.flag(sent, "it carries the credential now", "it carries no credential now");
    if a.is_authenticated() && b.is_authenticated() {
        let shown = |all: &[Vec<String>]| all.iter().map(|names| names.join(" and ")).collect::<Vec<_>>().join(", or ");
        differences.value("it needs", &shown(&a.security), &shown(&b.security));
    }
    let server = |operation: &api::Operation| {
        operation.server.as_ref().map_or("that of the client".to_owned(), |it| it.url.clone())
    };
    differences.value("its server is", &server(a), &server(b));
    let query = |operation: &api::Operation| {
        operation.query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    };
    differences.value("it always sends", &query(a), &query(b));
    let accept = |operation: &api::Operation| outline::accepts(operation).unwrap_or("application/json").to_owned();
    differences.value("it accepts", &accept(a), &accept(b));
    differences.flag((a.idempotent, b.idempotent), "it is safe to repeat now", "it is no longer safe to repeat");
    let concurrency_limited = (a.concurrency_limited, b.concurrency_limited);
    differences.flag(
        concurrency_limited,
        "the server takes one at a time now",
        "the server no longer takes one at a time",
    );
    if differences.is_empty() {
        return None;
    }
    let warned = !a.deprecated && b.deprecated;
    let reason = if warned { "the compiler warns where it is called" } else { "calls are written as before" };
    let told = (Subject::Operation, Kind::Changed);
    Some(change(&section(new), place(new), told, differences.text(), fine(reason)))
}

/// Returns the argument that is passed as the request body, or `None` if the call has none.
fn given<'o>((_, operation): Placed<'o>) -> Option<&'o Argument<'o>> {
    let setters = operation.setters.iter().map(|setter| &setter.input);
    let is_body = |input: &&Input<'_>| matches!(input.target, Target::Body(_));
    operation.arguments.iter().chain(setters).find(is_body).map(|input| &input.argument)
}

fn body(pair: &Pair<'_>, old: Placed<'_>, new: Placed<'_>) -> Option<Change> {
    let shown = |placed: Placed<'_>, of: &crate::rust::Crate<'_>| {
        placed.1.of.body.as_ref().map(|body| outline::body_kind(&of.api.types, &body.kind)).unwrap_or_default()
    };
    let (was, is) = (shown(old, pair.old), shown(new, pair.new));
    let (given_old, given_new) = (given(old).map(|argument| &argument.ty), given(new).map(|argument| &argument.ty));
    let (kind, detail, verdict) = match (&old.1.of.body, &new.1.of.body) {
        (None, None) => return None,
        (Some(_), None) if given_old.is_none() => (Kind::Removed, code(&was), fine("its parts are told one by one")),
        (Some(_), None) => (Kind::Removed, code(&was), breaking("there is nothing to pass a body to")),
        (None, Some(body)) if body.required && given_new.is_some() => {
            (Kind::Added, code(&is), breaking("the method takes a body"))
        }
        (None, Some(_)) => (Kind::Added, code(&is), fine("a call may leave it out")),
        (Some(a), Some(b)) => {
            let mut differences = Differences::default();
            if !is_written_alike(pair, a, b) {
                differences.value("", &was, &is);
            }
            differences.flag((a.required, b.required), "required now", "optional now");
            if differences.is_empty() {
                return None;
            }
            let verdict = if !pair.is_same_option(given_old, given_new) {
                breaking("the body has another type")
            } else if a.required != b.required && given_new.is_some() {
                breaking(if b.required { "the body is an argument now" } else { "the body is set by `with_body` now" })
            } else {
                fine("the body is passed as before")
            };
            (Kind::Changed, differences.text(), verdict)
        }
    };
    Some(change(&section(new), format!("{}(body)", place(new)), (Subject::Body, kind), detail, verdict))
}

/// Returns whether two bodies have the same type and media type.
fn is_written_alike(pair: &Pair<'_>, old: &api::Body, new: &api::Body) -> bool {
    let same = |a, b| pair.is_same(&Type::of(&pair.old.api.types, a), &Type::of(&pair.new.api.types, b));
    match (&old.kind, &new.kind) {
        (BodyKind::Json(a, as_a), BodyKind::Json(b, as_b)) => same(a, b) && as_a == as_b,
        (BodyKind::Form(a, as_a), BodyKind::Form(b, as_b)) => same(a, b) && as_a == as_b,
        (a, b) => a == b,
    }
}

fn response(pair: &Pair<'_>, old: Placed<'_>, new: Placed<'_>) -> Vec<Change> {
    if !old.1.responses.is_empty() && !new.1.responses.is_empty() {
        return several(pair, old, new);
    }
    let is_same = pair.is_same(&old.1.output, &new.1.output);
    let carries_same = match (&old.1.of.success, &new.1.of.success) {
        (Success::Json(_), Success::Json(_)) => is_same,
        (a, b) => a == b,
    };
    if carries_same && old.1.of.statuses == new.1.of.statuses {
        return Vec::new();
    }
    let verdict = if matches!(new.1.of.success, Success::Several { .. }) {
        breaking("it returns an enum of several responses now")
    } else if is_same {
        fine("awaiting the call gives the same type")
    } else {
        breaking("awaiting the call gives another type")
    };
    let mut differences = Differences::default();
    let was = outline::success(&pair.old.api.types, old.1);
    differences.value("", &was, &outline::success(&pair.new.api.types, new.1));
    let told = (Subject::Response, Kind::Changed);
    vec![change(&section(new), format!("{} -> _", place(new)), told, differences.text(), verdict)]
}

/// Returns the changes of an operation with several success responses, by status.
fn several(pair: &Pair<'_>, old: Placed<'_>, new: Placed<'_>) -> Vec<Change> {
    let pairs = Pairs::of(&old.1.responses, &new.1.responses).by(|response| Some(response.of.status));
    let at = |status: Status| format!("{} -> {status}", place(new));
    let told = |kind| (Subject::Response, kind);
    let carried = |response: &Response<'_>| response.ty.as_ref().map_or("nothing".to_owned(), |ty| ty.text(""));
    let mut changes = Vec::new();
    for response in pairs.removed {
        let (detail, verdict) = (code(&carried(response)), breaking("the variant is gone"));
        changes.push(change(&section(new), at(response.of.status), told(Kind::Removed), detail, verdict));
    }
    for response in pairs.added {
        let verdict = fine("the enum is open: every `match` has an arm for what is new");
        let detail = code(&carried(response));
        changes.push(change(&section(new), at(response.of.status), told(Kind::Added), detail, verdict));
    }
    for (a, b) in pairs.both {
        let is_same = pair.is_same_option(a.ty.as_ref(), b.ty.as_ref());
        if is_same && a.of.text == b.of.text {
            continue;
        }
        let mut differences = Differences::default();
        if !is_same {
            differences.value("", &carried(a), &carried(b));
        }
        differences.flag((a.of.text, b.of.text), "plain text now", "JSON now");
        let verdict =
            if is_same { fine("the variant holds the same type") } else { breaking("the variant holds another type") };
        changes.push(change(&section(new), at(b.of.status), told(Kind::Changed), differences.text(), verdict));
    }
    changes
}

/// Returns the change of how the next page is requested and which list is paged. Other paging data in the response is
/// reported as its fields, and so is another item type of the same list.
fn pagination(pair: &Pair<'_>, old: Placed<'_>, new: Placed<'_>) -> Option<Change> {
    let (was, is) = (outline::pages(old.1).unwrap_or_default(), outline::pages(new.1).unwrap_or_default());
    let items = (old.1.paged.as_ref().map(|paged| &paged.item), new.1.paged.as_ref().map(|paged| &paged.item));
    let (kind, detail, verdict) = match (&old.1.of.pagination, &new.1.of.pagination) {
        (None, None) => return None,
        (Some(_), None) => (Kind::Removed, code(&was), breaking("`.pages()` and `.items()` are gone")),
        (None, Some(_)) => (Kind::Added, code(&is), fine("`.pages()` and `.items()` take nothing away")),
        (Some(a), Some(b)) if (&a.selector, &a.items) == (&b.selector, &b.items) => return None,
        (Some(_), Some(_)) => {
            let mut differences = Differences::default();
            differences.value("", &was, &is);
            let verdict = if pair.is_same_option(items.0, items.1) {
                fine("`.items()` gives the same type")
            } else {
                breaking("`.items()` gives another type")
            };
            (Kind::Changed, differences.text(), verdict)
        }
    };
    Some(change(&section(new), place(new), (Subject::Pagination, kind), detail, verdict))
}

fn errors(pair: &Pair<'_>, old: Placed<'_>, new: Placed<'_>) -> Vec<Change> {
    let pairs = Pairs::of(&old.1.of.errors, &new.1.of.errors).by(|error| Some(error.status));
    let ty = |of: &'_ crate::rust::Crate<'_>, error: &ErrorResponse| {
        error.ty.as_ref().map(|ty| Type::of(&of.api.types, ty).text("")).unwrap_or_else(|| "nothing typed".to_owned())
    };
    let is_lost =
        |error: &ErrorResponse| error.ty.as_ref().is_some_and(|ty| pair.is_lost(&Type::of(&pair.old.api.types, ty)));
    let one = |kind, status: Status, detail: String, is_lost: bool| {
        let verdict = if is_lost {
            breaking("the type that was written in it is gone")
        } else {
            fine("every call fails with the one error type of the client")
        };
        change(&section(new), format!("{} -> {status}", place(new)), (Subject::Error, kind), detail, verdict)
    };
    let removed =
        pairs.removed.iter().map(|error| one(Kind::Removed, error.status, code(&ty(pair.old, error)), is_lost(error)));
    let added = pairs.added.iter().map(|error| one(Kind::Added, error.status, code(&ty(pair.new, error)), false));
    let changed = pairs.both.iter().filter(|(a, b)| {
        let (a, b) = (a.ty.as_ref(), b.ty.as_ref());
        let (a, b) = (a.map(|ty| Type::of(&pair.old.api.types, ty)), b.map(|ty| Type::of(&pair.new.api.types, ty)));
        !pair.is_same_option(a.as_ref(), b.as_ref())
    });
    let changed = changed.map(|(a, b)| {
        let mut differences = Differences::default();
        differences.value("", &ty(pair.old, a), &ty(pair.new, b));
        one(Kind::Changed, b.status, differences.text(), is_lost(a))
    });
    removed.chain(added).chain(changed).collect()
}
