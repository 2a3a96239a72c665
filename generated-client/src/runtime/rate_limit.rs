//! The rate limit of a server, and the wait for its next window.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::clock::Instant;
use super::timestamp::Timestamp;

/// The state of the server's rate limit, from the headers `X-RateLimit-Limit`, `X-RateLimit-Remaining` and
/// `X-RateLimit-Reset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that a window allows.
    pub limit: Option<u64>,
    /// The number of requests that are left in the current window.
    pub remaining: Option<u64>,
    /// The start of the next window, by the server's clock.
    pub reset: Option<Timestamp>,
}

impl RateLimit {
    /// Reads the rate limit from the headers of a response. Returns `None` if none of the three is valid.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let limit = Self {
            limit: number(headers, "x-ratelimit-limit"),
            remaining: number(headers, "x-ratelimit-remaining"),
            reset: number(headers, "x-ratelimit-reset").and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok()),
        };
        (limit.limit.is_some() || limit.remaining.is_some() || limit.reset.is_some()).then_some(limit)
    }
}

/// Returns the wait that the server asks for: `Retry-After`, else the time until the window ends.
pub(super) fn wait(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers).or_else(|| Some(from_now(RateLimit::of(headers)?.reset?.try_into().ok()?, headers)))
}

/// Parses `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => Some(from_now(httpdate::parse_http_date(text).ok()?, headers)),
    }
}

/// Returns the time from the date of the response (else from now) to `then`, or zero if that has passed. The server's
/// clock may differ from the local one.
fn from_now(then: SystemTime, headers: &HeaderMap) -> Duration {
    let told = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    then.duration_since(told.unwrap_or_else(SystemTime::now)).unwrap_or_default()
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The known window of the server's rate limit, by which all clones of a client hold requests back.
pub(super) struct HoldBack {
    threshold: u64,
    window: Mutex<Option<Window>>,
}

/// The time window in which the server counts requests.
struct Window {
    /// The end by the server's clock, which tells one window from the next.
    reset: Timestamp,
    /// The end by the local clock.
    end: Instant,
    /// The number of requests that are left: the server's number, less those sent since.
    left: u64,
}

impl HoldBack {
    pub(super) fn new(threshold: u64) -> Self {
        Self { threshold, window: Mutex::new(None) }
    }

    /// Returns the time that a request must wait. If it need not wait, counts it as sent and returns `None`.
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

    /// Updates the window from a response. Responses may arrive in another order than the server sent them.
    pub(super) fn learn(&self, headers: &HeaderMap, longest_wait: Duration) {
        let Some(told) = Window::of(headers, longest_wait) else { return };
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        match window.as_mut().filter(|known| known.end > Instant::now()) {
            Some(known) if told.reset < known.reset => {}
            Some(known) if told.reset == known.reset => known.left = known.left.min(told.left),
            _ => *window = Some(told),
        }
    }
}

impl Window {
    /// Reads the window from the headers of a response. One that ends beyond what the clock counts is none.
    fn of(headers: &HeaderMap, longest_wait: Duration) -> Option<Self> {
        let RateLimit { remaining, reset, .. } = RateLimit::of(headers)?;
        let wait = from_now(reset?.try_into().ok()?, headers).min(longest_wait);
        Some(Self { reset: reset?, end: Instant::now().checked_add(wait)?, left: remaining? })
    }
}
