//! What the generator makes of documents, and its commands as somebody runs them: `cargo test -p tests --test generator fixtures::`.
//!
//! One program of many modules: linking a program of each takes longer than running them all.

mod any_document;
mod diff;
mod evidence;
mod fields;
mod fixtures;
mod regenerate;
mod snapshots;
mod verdicts;
mod wire;
