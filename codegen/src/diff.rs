//! The difference between two APIs for a caller: each change, and whether Rust code that uses the client still
//! compiles.
//!
//! A [`Change`] is one edit of the document as a caller sees it. Its consequences elsewhere (another constructor, a
//! type that is no longer `Default`) are part of its reason, not changes of their own.
//!
//! A change is breaking if it can keep code from compiling, or lets code compile with another meaning, such as two
//! arguments of one type that trade places. New compiler warnings and other behaviour of the server are not breaking.

mod client;
mod differences;
mod entry;
mod fields;
mod html;
mod json;
mod limits;
mod markdown;
mod operations;
mod pair;
mod pairs;
mod parameters;
mod release;
mod similarity;
mod types;

use std::collections::BTreeMap;
use std::fmt;

use document::diagnostic::tamed;

use crate::api::Api;
use crate::rust::Crate;
pub use entry::entry;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use release::Release;

/// The difference between two APIs for a caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changes, sorted by section and place.
    pub changes: Vec<Change>,
}

/// A change, with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The part of the API that the change belongs to.
    pub section: Section,
    /// The place in Rust: `contacts().show_contact(id)`, `Contact.name`. A removed item keeps the place it had.
    pub place: String,
    /// The kind of item that changed.
    pub subject: Subject,
    /// The kind of change.
    pub kind: Kind,
    /// The new and the old state, in a few words.
    pub detail: String,
    /// True if Rust code that uses the client may have to change.
    pub breaking: bool,
    /// The reason why the change is breaking or not, in one sentence.
    pub reason: String,
}

/// A part of an API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// The parts that all calls share: servers, credential, headers.
    Client,
    /// A tag, with the models that no other tag uses.
    Tag(String),
    /// The models of several tags, or of none.
    Models,
}

/// The kind of item that a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A method of the client.
    Operation,
    /// An argument of a method, or a setter for one.
    Parameter,
    /// A request body.
    Body,
    /// The content of a success response.
    Response,
    /// The way in which a method fetches all pages of a list.
    Pagination,
    /// A documented error.
    Error,
    /// A struct.
    Model,
    /// A field of a struct.
    Field,
    /// A constructor of a struct.
    Constructor,
    /// An enum of plain values.
    Enum,
    /// A value of an enum.
    Value,
    /// A union of several types.
    Union,
    /// A variant of a union.
    Variant,
    /// Another name for a type.
    Alias,
    /// A server.
    Server,
    /// A header of the client.
    Header,
    /// The credential.
    Credential,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A new item.
    Added,
    /// A removed item.
    Removed,
    /// A renamed item.
    Renamed,
    /// An item that differs in another way.
    Changed,
}

impl Change {
    /// Escapes characters that steer a terminal or reorder text: every output format is text for people.
    fn tame(&mut self) {
        let texts = [&mut self.place, &mut self.detail, &mut self.reason];
        let tag = if let Section::Tag(tag) = &mut self.section { Some(tag) } else { None };
        for text in texts.into_iter().chain(tag) {
            *text = tamed(text);
        }
    }
}

impl Difference {
    /// Returns whether code that uses the client may have to change.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.breaking)
    }

    /// Returns one line: the number of changes, the number of breaking ones, and the counts by kind and subject.
    pub fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "nothing changed for a caller".to_owned();
        }
        let breaking = self.changes.iter().filter(|change| change.breaking).count();
        let mut counts: BTreeMap<(Kind, Subject), usize> = BTreeMap::new();
        for change in &self.changes {
            *counts.entry((change.kind, change.subject)).or_default() += 1;
        }
        let mut parts: Vec<String> = Vec::new();
        for kind in [Kind::Added, Kind::Removed, Kind::Renamed, Kind::Changed] {
            let of_kind = counts.iter().filter(|((found, _), _)| *found == kind);
            let subjects: Vec<String> = of_kind.map(|((_, subject), count)| counted(*count, *subject)).collect();
            if !subjects.is_empty() {
                parts.push(format!("{kind} {}", subjects.join(", ")));
            }
        }
        let total = self.changes.len();
        let changes = if total == 1 { "change" } else { "changes" };
        format!("{total} {changes}, {breaking} breaking: {}", parts.join("; "))
    }

    /// Returns the changes of each section, in order.
    fn sections(&self) -> Vec<(&Section, &[Change])> {
        let sections = self.changes.chunk_by(|a, b| a.section == b.section);
        sections.filter_map(|changes| Some((&changes.first()?.section, changes))).collect()
    }
}

fn counted(count: usize, subject: Subject) -> String {
    let name = subject.to_string();
    match (count, name.strip_suffix('y')) {
        (1, _) => format!("1 {name}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {name}s"),
    }
}

/// Compares two APIs for a caller of `old` that moves to `new`.
pub fn compare(old: &Api, new: &Api) -> Difference {
    let (old, new) = (Crate::of(old), Crate::of(new));
    let pair = pair::Pair::new(&old, &new);
    let mut changes = client::changes(&pair);
    changes.extend(operations::changes(&pair));
    changes.extend(types::changes(&pair));
    for change in &mut changes {
        change.tame();
    }
    changes.sort();
    Difference { changes }
}

enum Verdict {
    Breaking(String),
    Fine(String),
}

fn breaking(reason: impl Into<String>) -> Verdict {
    Verdict::Breaking(reason.into())
}

fn fine(reason: impl Into<String>) -> Verdict {
    Verdict::Fine(reason.into())
}

fn change(
    section: &Section,
    place: impl Into<String>,
    (subject, kind): (Subject, Kind),
    detail: impl Into<String>,
    verdict: Verdict,
) -> Change {
    let (breaking, reason) = match verdict {
        Verdict::Breaking(reason) => (true, reason),
        Verdict::Fine(reason) => (false, reason),
    };
    Change { section: section.clone(), place: place.into(), subject, kind, detail: detail.into(), breaking, reason }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "The client",
            Self::Tag(tag) => tag,
            Self::Models => "Models of several tags",
        })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Response => "response",
            Self::Pagination => "pagination",
            Self::Error => "error",
            Self::Model => "model",
            Self::Field => "field",
            Self::Constructor => "constructor",
            Self::Enum => "enum",
            Self::Value => "value",
            Self::Union => "union",
            Self::Variant => "variant",
            Self::Alias => "alias",
            Self::Server => "server",
            Self::Header => "header",
            Self::Credential => "credential",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
        })
    }
}
