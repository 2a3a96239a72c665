//! When a call is sent again, and after how long.
//!
//! | what happened | sent again |
//! | --- | --- |
//! | no answer: no connection, one that broke, or the attempt's timeout | if that is safe |
//! | status 408, 502, 503, 504 | if that is safe |
//! | status 429 | always: the server has not touched it |
//! | anything else, 500 among it | never |
//!
//! Safe is what the method says (GET, HEAD, PUT, DELETE, OPTIONS, TRACE), unless the document or the caller knows better
//! ([`Request::safe_to_retry`](super::Request::safe_to_retry)). A body that is a stream can be sent once only.
//!
//! The wait is random between nothing and a bound that doubles with each attempt, so that clients that failed together do
//! not come back together. Where the server says how long to wait, that is waited first.
//!
//! All clones of a client share a budget of 50 retries; ten calls that succeed give one back. When it is empty, errors are
//! returned at once: a server in trouble is not flooded. A 429 that says how long to wait costs nothing.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::rate_limit::{self, RateLimit};

/// How often a call is sent, and how long it waits in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Retry {
    attempts: u32,
    base: Duration,
    cap: Duration,
    longest_wait: Duration,
}

/// An attempt that did not succeed.
#[derive(Debug, Clone, Copy)]
pub struct Failure<'a> {
    /// Which attempt it was, from 1.
    pub attempt: u32,
    /// Status and headers of the answer; none where no whole answer came.
    pub answer: Option<(StatusCode, &'a HeaderMap)>,
    /// Whether a repeated call does no more than one.
    pub safe: bool,
    /// Whether a 429 may mean that an earlier call is still at work, which no waiting ends.
    pub one_at_a_time: bool,
}

/// A wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// How long.
    pub length: Duration,
    /// Whether a rate limit's end is waited for, as the server said. It does not count against the budget.
    pub told: bool,
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
    /// No retries.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// How often a call is sent at most, the first time included; 3 where it is not set.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest wait after the first attempt, which doubles with each, and where the doubling ends; 0.5 and 8 seconds where
    /// it is not set.
    pub const fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        self.base = base;
        self.cap = cap;
        self
    }

    /// How long the client waits at most where the server says how long to wait; 60 seconds where it is not set.
    pub const fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest;
        self
    }

    /// How long to wait before the next attempt; `None` is to give up. `random` is from 0 to 1.
    #[must_use]
    pub fn wait(&self, failure: &Failure<'_>, random: f64) -> Option<Wait> {
        if failure.attempt >= self.attempts {
            return None;
        }
        let bound = self.bound(failure.attempt);
        let jitter =
            Duration::try_from_secs_f64(bound.as_secs_f64() * random).map_or(bound, |jitter| jitter.min(bound));
        let Some((status, headers)) = failure.answer else {
            return failure.safe.then_some(Wait { length: jitter, told: false });
        };
        let limited = status == StatusCode::TOO_MANY_REQUESTS;
        let may = if limited {
            !failure.one_at_a_time || RateLimit::of(headers).is_some_and(|limit| limit.remaining == Some(0))
        } else {
            failure.safe && is_transient(status)
        };
        let asked = if limited { rate_limit::wait(headers) } else { rate_limit::retry_after(headers) };
        let length = asked.unwrap_or_default().min(self.longest_wait).saturating_add(jitter);
        may.then_some(Wait { length, told: limited && asked.is_some() })
    }

    pub(super) const fn longest(&self) -> Duration {
        self.longest_wait
    }

    /// The longest wait of the backoff after an attempt.
    fn bound(&self, attempt: u32) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        self.base.saturating_mul(doubled).min(self.cap)
    }
}

/// Whether the same call may get another answer later.
pub(super) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// A number from 0 to 1. It spreads waits and need not be hard to guess, so the hasher's keys will do.
pub(super) fn random() -> f64 {
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}
