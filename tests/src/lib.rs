//! Helpers that the tests share.

pub mod conformance;
pub mod crates;
pub mod files;
pub mod server;
pub mod spec;
