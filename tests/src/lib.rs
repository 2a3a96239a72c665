//! Helpers that the tests share.

pub mod bench;
pub mod clock;
pub mod conformance;
pub mod crates;
pub mod files;
pub mod folder;
pub mod gzip;
pub mod mutation;
pub mod scratch;
pub mod server;
pub mod spec;
pub mod things;

/// The code of the read-me, compiled as a documentation test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
