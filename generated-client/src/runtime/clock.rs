//! The clock of waits and time limits. Its source is named only here, so a test can stop it and a port can replace it.

use std::time::Duration;

pub(super) use tokio::time::{Instant, sleep, timeout};

/// The time limit of a call: its end and its full length. `None` stands for no limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<(Instant, Duration)>);

impl Deadline {
    /// Creates a deadline from now on. There is no limit if `length` is `None` or more than the clock can count.
    pub(super) fn within(length: Option<Duration>) -> Self {
        Self(length.and_then(|length| Some((Instant::now().checked_add(length)?, length))))
    }

    /// Returns the time that is left and the full length, if the deadline is reached before `wait` ends.
    pub(super) fn before(self, wait: Duration) -> Option<(Duration, Duration)> {
        let (end, length) = self.0?;
        let left = end.saturating_duration_since(Instant::now());
        (left <= wait).then_some((left, length))
    }
}
