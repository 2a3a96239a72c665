//! Time. Nothing else in the runtime names where it comes from, so a test can stop it and another platform replace it.

use std::time::Duration;

pub(super) use tokio::time::{Instant, Sleep, sleep, timeout};

/// Stands for every length beyond what a clock counts: thirty years.
const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The moment after so long a time.
pub(super) fn after(length: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(length).unwrap_or_else(|| now + FAR)
}

/// Until when a call may go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<(Instant, Duration)>);

impl Deadline {
    /// A deadline from now on. None, or one beyond what a clock counts, never comes.
    pub(super) fn within(length: Option<Duration>) -> Self {
        Self(length.and_then(|length| Some((Instant::now().checked_add(length)?, length))))
    }

    /// What is left of it, and how long it was.
    pub(super) fn left(self) -> Option<(Duration, Duration)> {
        let (end, length) = self.0?;
        Some((end.saturating_duration_since(Instant::now()), length))
    }

    /// Whether it comes before a wait would end.
    pub(super) fn comes_within(self, wait: Duration) -> bool {
        self.left().is_some_and(|(left, _)| left <= wait)
    }
}
