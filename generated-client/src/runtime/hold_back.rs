//! Waiting before a rate limit is reached.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::HeaderMap;

use super::clock::{self, Instant};
use super::rate_limit::RateLimit;
use super::timestamp::Timestamp;

/// The state of the server's rate limit, which the clones of a client share.
pub(super) struct HoldBack {
    threshold: u64,
    longest_wait: Duration,
    window: Mutex<Option<Window>>,
}

/// The time window in which a limit counts.
struct Window {
    /// The end by the server's clock, which tells one window from the next.
    reset: Timestamp,
    /// The end by the local clock.
    end: Instant,
    /// The number of requests that are left: the server's number, less those sent since.
    left: u64,
}

impl HoldBack {
    pub(super) fn new(threshold: u64, longest_wait: Duration) -> Self {
        Self { threshold, longest_wait, window: Mutex::new(None) }
    }

    /// Returns the time that a request must wait. `None` means that it may be sent, and counts it as sent.
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

    /// Updates the state from a response. Responses may arrive in another order than the server sent them.
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
