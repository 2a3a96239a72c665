//! What the generator makes of documents, and its commands as somebody runs them: `cargo test -p tests --test generator fixtures::`.
//!
//! One program of many modules: linking a program of each takes longer than running them all.

mod any_document;
mod awkward;
mod diff;
mod evidence;
mod fields;
mod fixtures;
mod regenerate;
mod release;
mod snapshots;
mod update;
mod verdicts;
mod wire;
#[cfg(unix)]
mod workflows;
