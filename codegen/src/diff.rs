//! What two APIs have different for a caller, and whether Rust code that uses the client still compiles.
//!
//! A [`Change`] is one edit of the document as a caller sees it. What follows from it elsewhere (another constructor, a type
//! that is no longer `Default`) is its reason and no change of its own.
//!
//! Breaking is what can keep code from compiling, or lets it compile and mean something else: arguments of one type that
//! trade places. A warning is not breaking, and neither is what the server does.

mod alike;
mod client;
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
mod types;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use crate::api::Api;
use crate::diagnostic::tamed;
use crate::rust::Crate;
pub use entry::entry;
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use release::Release;

/// What is different, sorted by section and place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// The changes.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The part of the API that it belongs to.
    pub section: Section,
    /// Where it is in Rust: `contacts().show_contact(id)`, `Contact.name`. What is gone has the place it had.
    pub place: String,
    /// What changed.
    pub subject: Subject,
    /// How.
    pub kind: Kind,
    /// What it was and is, in a few words.
    pub detail: String,
    /// Whether Rust code that uses the client may have to change.
    pub breaking: bool,
    /// Why it is breaking or why not, in one sentence.
    pub reason: String,
}

/// A part of an API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What all calls share: servers, credential, headers.
    Client,
    /// A tag, with the models that no other tag uses.
    Tag(String),
    /// The models of several tags, or of none.
    Models,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A method of the client.
    Operation,
    /// An argument or a setter of one.
    Parameter,
    /// A request body.
    Body,
    /// What a success answers.
    Answer,
    /// How a method comes to all pages of a list.
    Pagination,
    /// A documented error.
    Error,
    /// A struct.
    Model,
    /// A field of one.
    Field,
    /// A function that makes one.
    Constructor,
    /// A list of values.
    Enum,
    /// One of them.
    Value,
    /// One of several types.
    Union,
    /// One of them.
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

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// It is different.
    Changed,
}

impl Change {
    /// Escapes what steers a terminal or reorders what is read: a difference is text for people in each of its forms.
    fn tame(&mut self) {
        let texts = [&mut self.place, &mut self.detail, &mut self.reason];
        let tag = if let Section::Tag(tag) = &mut self.section { Some(tag) } else { None };
        for text in texts.into_iter().chain(tag) {
            *text = tamed(text);
        }
    }
}

impl Difference {
    /// Whether code that uses the client may have to change.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.breaking)
    }

    /// One line: how many changes there are, how many of them are breaking, and of what.
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

    /// The changes of each section, in order.
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

/// Compares two APIs from the side of a caller of `old` that gets `new`.
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

/// Whether a change is breaking, with the reason.
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

/// A change at a place of a section.
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
            Self::Answer => "answer",
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
