//! The rate limit of a server, and the wait for its next window.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

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

    /// Returns the time until the window ends, by the date of the response, because the server's clock may differ from
    /// the local one.
    pub(super) fn until_reset(&self, headers: &HeaderMap) -> Option<Duration> {
        Some(from_now(self.reset?.as_unix_seconds(), headers))
    }
}

/// Returns the wait that the server asks for: `Retry-After`, else the time until the window ends.
pub(super) fn wait(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers).or_else(|| RateLimit::of(headers)?.until_reset(headers))
}

/// Parses `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => Some(from_now(unix_seconds(text)?, headers)),
    }
}

/// Returns the time from the date of the response (else from now) to `then`, or zero if that has passed.
fn from_now(then: i64, headers: &HeaderMap) -> Duration {
    let told = headers.get(DATE).and_then(|date| unix_seconds(date.to_str().ok()?));
    let now = told.unwrap_or_else(|| Timestamp::now().as_unix_seconds());
    Duration::from_secs(then.saturating_sub(now).try_into().unwrap_or_default())
}

fn unix_seconds(date: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(date).ok()?;
    time.duration_since(UNIX_EPOCH).ok()?.as_secs().try_into().ok()
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The known window of the server's rate limit, by which all clones of a client hold requests back.
pub(super) struct HoldBack {
    threshold: u64,
    longest_wait: Duration,
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
    pub(super) fn new(threshold: u64, longest_wait: Duration) -> Self {
        Self { threshold, longest_wait, window: Mutex::new(None) }
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
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let Some(limit) = RateLimit::of(headers) else { return };
        let (Some(left), Some(reset), Some(wait)) = (limit.remaining, limit.reset, limit.until_reset(headers)) else {
            return;
        };
        let now = Instant::now();
        // A window that ends beyond what the clock counts holds nothing back.
        let Some(end) = now.checked_add(wait.min(self.longest_wait)) else { return };
        let mut window = self.window.lock().unwrap_or_else(PoisonError::into_inner);
        match window.as_mut().filter(|known| known.end > now) {
            Some(known) if reset < known.reset => {}
            Some(known) if reset == known.reset => known.left = known.left.min(left),
            _ => *window = Some(Window { reset, end, left }),
        }
    }
}
