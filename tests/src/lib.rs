//! Helpers that the tests share.

pub mod conformance;
pub mod server;
pub mod things;
