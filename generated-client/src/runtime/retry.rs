//! Retries: which calls are sent again, and after how long.
//!
//! | outcome | sent again |
//! | --- | --- |
//! | no response: no connection, a broken one, or the attempt's timeout | if the call is idempotent |
//! | status 408, 502, 503, 504 | if the call is idempotent |
//! | status 429 | yes, unless it may mean that an earlier call is still being processed |
//! | anything else, including 500 | never |
//!
//! A call is idempotent if its method is (GET, HEAD, PUT, DELETE, OPTIONS, TRACE), unless the document or the caller
//! says otherwise ([`Request::idempotent`](super::Request::idempotent)). The server has not processed a call that it
//! answers with a 429, so even a call that is not idempotent can be sent again. The document marks the operations whose
//! 429 may mean that the server still processes an earlier call. Their 429 is retried only if its headers say that the
//! rate limit is used up. A body with a stream can be sent only once.
//!
//! The wait is random between zero and a bound that doubles with each attempt, so that clients that failed together do
//! not return together. If the server says how long to wait, that time is waited first.
//!
//! All clones of a client share a budget of 50 retries; ten successful calls give one back. When the budget is empty,
//! errors are returned at once, so that a server in trouble is not flooded. A 429 that says how long to wait costs
//! nothing.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::rate_limit;

/// The rules for retries: the number of attempts, and the waits between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    attempts: u32,
    base: Duration,
    cap: Duration,
    pub(super) longest_wait: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(8),
            longest_wait: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// Returns rules without retries.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of attempts, including the first one; 3 by default.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the maximum wait after the first attempt, which doubles with each attempt, and the limit of the doubling;
    /// 0.5 and 8 seconds by default.
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// Sets the longest wait that the server may ask for; 60 seconds by default. A longer wait is cut to this. The
    /// random backoff is added to the wait.
    pub const fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest;
        self
    }

    /// Returns the wait after an attempt, or `None` if no other is allowed. `attempt` counts from 1. `response` is the
    /// status and the headers that ended the attempt, if they came. `random` is between 0 and 1.
    #[must_use]
    pub fn wait(&self, attempt: u32, response: Option<(StatusCode, &HeaderMap)>, random: f64) -> Option<Duration> {
        let asked = response.and_then(|(status, headers)| match status {
            StatusCode::TOO_MANY_REQUESTS => rate_limit::wait(headers),
            _ => rate_limit::retry_after(headers),
        });
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let bound = self.base.saturating_mul(doubled).min(self.cap);
        let jitter =
            Duration::try_from_secs_f64(bound.as_secs_f64() * random).map_or(bound, |jitter| jitter.min(bound));
        let wait = asked.unwrap_or_default().min(self.longest_wait).saturating_add(jitter);
        (attempt < self.attempts).then_some(wait)
    }
}

/// Returns a number between 0 and 1. It need not be unpredictable, so the keys of the standard hasher suffice.
pub(super) fn random() -> f64 {
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}

/// The retries that are left, in tenths of a retry: a successful call gives back one tenth. Calls refill the budget, and
/// not time, so that the load on a server is predictable.
pub(super) struct Budget(AtomicU32);

const RETRY: u32 = 10;
const FULL: u32 = 50 * RETRY;

impl Budget {
    pub(super) const fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Pays for a retry. Returns whether the budget was sufficient.
    pub(super) fn withdraw(&self) -> bool {
        let pay = |left: u32| left.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    pub(super) fn deposit(&self) {
        let add = |left: u32| (left < FULL).then(|| left + 1);
        // A full budget is not written to, so that it stays in the caches of other processors.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}
