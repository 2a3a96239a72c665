//! The clock. Nothing else in the runtime names its source, so a test can stop it and another platform can replace it.

use std::time::Duration;

pub(super) use tokio::time::{Instant, Sleep, sleep, timeout};

/// The end of the time that a call may take, and the full length of that time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<(Instant, Duration)>);

impl Deadline {
    /// Creates a deadline from now on. One of `None`, or beyond what the clock counts, is never reached.
    pub(super) fn within(length: Option<Duration>) -> Self {
        Self(length.and_then(|length| Some((Instant::now().checked_add(length)?, length))))
    }

    /// Returns the time that is left and the full length, if the deadline is reached before a wait would end.
    pub(super) fn before(self, wait: Duration) -> Option<(Duration, Duration)> {
        let (end, length) = self.0?;
        let left = end.saturating_duration_since(Instant::now());
        (left <= wait).then_some((left, length))
    }
}
