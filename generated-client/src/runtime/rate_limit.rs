//! The rate limit of a server.

use std::time::{Duration, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

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
    /// Reads the rate limit from the headers of a response. Returns `None` if none of the three is there.
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
