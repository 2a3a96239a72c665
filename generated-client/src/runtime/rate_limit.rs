//! What a server says of its limits.

use std::time::{Duration, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

use super::timestamp::Timestamp;

/// How many requests the server takes, from the headers `X-RateLimit-Limit`, `X-RateLimit-Remaining` and
/// `X-RateLimit-Reset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests a window takes.
    pub limit: Option<u64>,
    /// How many are left in this window.
    pub remaining: Option<u64>,
    /// When the next window begins, by the server's clock.
    pub reset: Option<Timestamp>,
}

impl RateLimit {
    /// What the headers of an answer say; nothing where they hold none of the three.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let limit = Self {
            limit: number(headers, "x-ratelimit-limit"),
            remaining: number(headers, "x-ratelimit-remaining"),
            reset: number(headers, "x-ratelimit-reset").and_then(|seconds| Timestamp::from_unix_seconds(seconds).ok()),
        };
        (limit.limit.is_some() || limit.remaining.is_some() || limit.reset.is_some()).then_some(limit)
    }

    /// How long the window lasts, by the answer's own clock: it may differ from ours.
    pub(super) fn until_reset(&self, headers: &HeaderMap) -> Option<Duration> {
        Some(from_now(self.reset?.as_unix_seconds(), headers))
    }
}

/// How long the server asks to wait: `Retry-After`, or else until the window ends.
pub(super) fn wait(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers).or_else(|| RateLimit::of(headers)?.until_reset(headers))
}

/// `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => Some(from_now(unix_seconds(text)?, headers)),
    }
}

/// From when the answer was written, or else from now, to `then`; nothing where that has passed.
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
