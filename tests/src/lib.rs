//! Helpers that the tests share.

pub mod bench;
pub mod clock;
pub mod conformance;
pub mod crates;
pub mod files;
pub mod folder;
pub mod server;
pub mod spec;
pub mod things;
