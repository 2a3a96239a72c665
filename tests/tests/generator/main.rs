//! Tests of the generator and its commands. Run one module with `cargo test -p tests --test generator fixtures::`.
//!
//! The tests are one program of many modules, because linking a program for each takes longer than running them all.

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
