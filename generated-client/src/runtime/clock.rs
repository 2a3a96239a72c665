//! The clock. Nothing else in the runtime names its source, so a test can stop it and another platform can replace it.

use std::time::Duration;

pub(super) use tokio::time::{Instant, Sleep, sleep, timeout};

/// A substitute for every length that the clock cannot count: thirty years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// Returns the moment after this length of time.
pub(super) fn after(length: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(length).unwrap_or_else(|| now + FAR)
}

/// The end of the time that a call may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<(Instant, Duration)>);

impl Deadline {
    /// Creates a deadline from now on. One of `None`, or beyond what the clock counts, is never reached.
    pub(super) fn within(length: Option<Duration>) -> Self {
        Self(length.and_then(|length| Some((Instant::now().checked_add(length)?, length))))
    }

    /// Returns the time that is left, and the full length.
    pub(super) fn left(self) -> Option<(Duration, Duration)> {
        let (end, length) = self.0?;
        Some((end.saturating_duration_since(Instant::now()), length))
    }

    /// Returns whether the deadline is reached before a wait would end.
    pub(super) fn comes_within(self, wait: Duration) -> bool {
        self.left().is_some_and(|(left, _)| left <= wait)
    }
}
