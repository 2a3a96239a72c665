//! The stages one by one, as a program that uses the library: `cargo test -p codegen --test library names::`.

mod chains;
mod diff;
mod doc_comments;
mod import;
mod names;
