//! A moment in time that is sent as a number.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};

use super::date::{self, Date};
use super::scalars::canonical;

/// The bound of valid seconds (the year 5138). Numbers beyond it are milliseconds, mistaken for seconds.
const BOUND: i64 = 100_000_000_000;

/// A moment in whole seconds since 1970-01-01T00:00:00Z, sent as an integer.
///
/// `Display` and `FromStr` use RFC 3339. A response may hold an integer, another number, a numeric string or RFC 3339
/// text; a fraction of a second is a mismatch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The error for a number or a text that is not a moment or a date, and for a moment beyond the range of another type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeError(pub(super) String);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(0);

    /// Creates a timestamp from the seconds since the epoch, which are negative before it.
    ///
    /// # Errors
    /// Fails on numbers beyond the year 5138, because they are milliseconds.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, TimeError> {
        if seconds.unsigned_abs() >= BOUND.unsigned_abs() {
            return Err(TimeError(format!("{seconds} is not a time in seconds: it looks like milliseconds")));
        }
        Ok(Self(seconds))
    }

    /// Creates a timestamp from the milliseconds since the epoch, rounded down to a second.
    #[must_use]
    pub const fn from_unix_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds.div_euclid(1000))
    }

    /// Returns the current moment, by the clock of this machine.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Returns the seconds since the epoch, negative before it.
    #[must_use]
    pub const fn as_unix_seconds(self) -> i64 {
        self.0
    }

    /// Returns the moment that is later by a duration, rounded down to a second. Returns `None` beyond the range of the
    /// type.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add_unsigned(duration.as_secs()).map(Self)
    }

    /// Returns the moment that is earlier by a duration, rounded down to a second. Returns `None` beyond the range of
    /// the type.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let started = duration.as_secs().checked_add(u64::from(duration.subsec_nanos() > 0))?;
        self.0.checked_sub_unsigned(started).map(Self)
    }

    /// Creates a timestamp from seconds of any size: milliseconds are not recognized.
    pub(super) const fn sent(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Creates a timestamp from a number, rounded down to a second, and returns whether the fraction is zero.
    pub(super) fn from_number(seconds: f64) -> Option<(Self, bool)> {
        let whole = seconds.floor();
        // A double beyond 2^53 holds no exact second.
        (whole.abs() < 9_007_199_254_740_992.0).then_some((Self(whole as i64), whole == seconds))
    }

    /// Parses a text, as a number or in RFC 3339, and returns whether it holds only whole seconds.
    pub(super) fn from_text(text: &str) -> Option<(Self, bool)> {
        if let Some(seconds) = canonical(text) {
            return Some((Self(seconds), true));
        }
        Self::parse(text)
    }

    /// Parses RFC 3339, and returns whether the text holds only whole seconds. A space may stand for the `T`, the colon
    /// of the offset may be missing, and a time without an offset is UTC.
    fn parse(text: &str) -> Option<(Self, bool)> {
        let (date, rest) = text.split_at_checked(10)?;
        let midnight = Date::parse(date)?.midnight_utc().0;
        let (clock, rest) = rest.strip_prefix(['T', 't', ' '])?.split_at_checked(8)?;
        let [hour, minute, second] = date::numbers(clock, ':', [2, 2, 2])?.map(i64::from);
        if hour >= 24 || minute >= 60 || second > 60 {
            return None;
        }
        let (fraction, offset) = match rest.strip_prefix(['.', ',']) {
            Some(rest) => rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count()),
            None => ("0", rest),
        };
        if fraction.is_empty() {
            return None;
        }
        let seconds = midnight + hour * 3600 + minute * 60 + second - offset_seconds(offset)?;
        Some((Self(seconds), fraction.bytes().all(|digit| digit == b'0')))
    }
}

fn offset_seconds(text: &str) -> Option<i64> {
    let (sign, clock) = match text {
        "" | "Z" | "z" => return Some(0),
        _ => text.strip_prefix('+').map(|clock| (1, clock)).or_else(|| Some((-1, text.strip_prefix('-')?)))?,
    };
    let clock = clock.replace(':', "");
    let (hours, minutes) = clock.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let (hours, minutes) = (i64::from(date::digits(hours, 2)?), i64::from(date::digits(minutes, 2)?));
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Rounds down to a second.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(seconds(after)),
            Err(before) => {
                let before = before.duration();
                Self(-seconds(before) - i64::from(before.subsec_nanos() > 0))
            }
        }
    }
}

/// Fails beyond the range of the platform's clock.
impl TryFrom<Timestamp> for SystemTime {
    type Error = TimeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimeError> {
        let distance = Duration::from_secs(timestamp.0.unsigned_abs());
        let time = if timestamp.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        time.ok_or_else(|| TimeError(format!("{} seconds are beyond the clock of this platform", timestamp.0)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date::date_of(self.0.div_euclid(86_400));
        let second = self.0.rem_euclid(86_400);
        write!(f, "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimeError;

    /// Parses RFC 3339. A fraction of a second is cut off.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let parsed = Self::parse(text).map(|(timestamp, _)| timestamp);
        parsed.ok_or_else(|| TimeError(format!("{text:?} is not a time in RFC 3339")))
    }
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimeError {}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}
