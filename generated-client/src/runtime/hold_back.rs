//! Waiting before a rate limit is reached.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;

use super::clock::{self, Instant};
use super::rate_limit::RateLimit;
use super::timestamp::Timestamp;

/// What the clones of a client know together of the server's limit.
pub(super) struct HoldBack {
    threshold: u64,
    longest_wait: Duration,
    window: Mutex<Option<Window>>,
}

/// The time in which a limit counts.
struct Window {
    /// By the server's clock: what tells one window from the next.
    reset: Timestamp,
    /// By ours.
    end: Instant,
    /// How many more requests it takes: what the server said, less what was sent since.
    left: u64,
}

impl HoldBack {
    pub(super) fn new(threshold: u64, longest_wait: Duration) -> Self {
        Self { threshold, longest_wait, window: Mutex::new(None) }
    }

    /// How long a request must wait; `None` counts it as sent.
    pub(super) fn wait(&self) -> Option<Duration> {
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        let known = window.as_mut()?;
        let wait = known.end.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            *window = None;
        } else if known.left <= self.threshold {
            return Some(wait);
        } else {
            known.left -= 1;
        }
        None
    }

    /// Takes note of an answer. Answers may come in another order than that in which the server gave them.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let Some(limit) = RateLimit::of(headers) else { return };
        let (Some(left), Some(reset), Some(wait)) = (limit.remaining, limit.reset, limit.until_reset(headers)) else {
            return;
        };
        let now = Instant::now();
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        match window.as_mut().filter(|known| known.end > now) {
            Some(known) if reset < known.reset => {}
            Some(known) if reset == known.reset => known.left = known.left.min(left),
            _ => *window = Some(Window { reset, end: clock::after(wait.min(self.longest_wait)), left }),
        }
    }
}
