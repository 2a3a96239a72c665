//! What the generator makes of documents, and its commands as somebody runs them: `cargo test -p tests --test generator fixtures::`.
//!
//! One program of many modules: linking a program of each takes longer than running them all.

mod diff;
mod evidence;
mod fixtures;
mod regenerate;
mod release;
mod robustness;
mod snapshots;
mod update;
mod verdicts;
#[cfg(unix)]
mod workflows;
