//! A client for Intercom's unstable API.

pub mod generated;
#[doc(hidden)]
pub mod runtime;

pub use generated::{Server, models, resources};
pub use runtime::*;
