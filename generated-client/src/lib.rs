//! A client for Intercom's unstable API.

#[allow(
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    reason = "a setter is called what the document calls its field, and a constructor takes all that must be there"
)]
#[rustfmt::skip]
mod generated;
#[doc(hidden)]
pub mod runtime;

#[cfg(feature = "registry")]
pub use generated::registry;
pub use generated::{Server, models, resources};
pub use runtime::*;
