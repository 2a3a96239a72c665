//! A moment in time, sent as a number or as text.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};

use super::decode::{Decodable, Place};
use super::reader::{Reader, Told};
use super::rfc3339;
use super::scalars::canonical;

/// Seconds beyond this bound (the year 5138) are milliseconds that somebody took for seconds.
const BOUND: i64 = 100_000_000_000;

/// A moment in whole seconds since 1970-01-01T00:00:00Z, sent as an integer.
///
/// `Display` and `FromStr` speak RFC 3339. An answer may hold an integer, a number without fraction, a numeric string or
/// RFC 3339 text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A number that is no moment in Unix seconds, or a text that is none in RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimestampError(String);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(0);

    /// The moment so many seconds after the epoch, before it if negative.
    ///
    /// # Errors
    /// Numbers beyond the year 5138 are refused: they are milliseconds.
    pub fn from_unix_seconds(seconds: i64) -> Result<Self, TimestampError> {
        if seconds.unsigned_abs() >= BOUND.unsigned_abs() {
            return Err(TimestampError(format!("{seconds} is no time in seconds: it looks like milliseconds")));
        }
        Ok(Self(seconds))
    }

    /// The moment so many milliseconds after the epoch, rounded down to a second.
    #[must_use]
    pub const fn from_unix_milliseconds(milliseconds: i64) -> Self {
        Self(milliseconds.div_euclid(1000))
    }

    /// Now, by the clock of this machine.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Seconds since the epoch, negative before it.
    #[must_use]
    pub const fn as_unix_seconds(self) -> i64 {
        self.0
    }

    /// The moment so much later, rounded down to a second; none beyond what the type holds.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add_unsigned(duration.as_secs()).map(Self)
    }

    /// The moment so much earlier, rounded down to a second; none beyond what the type holds.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let started = duration.as_secs().checked_add(u64::from(duration.subsec_nanos() > 0))?;
        self.0.checked_sub_unsigned(started).map(Self)
    }

    /// A number as a server sent it, whatever its size.
    pub(super) const fn sent(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The moment that a number with a fraction names, and whether the fraction was nothing.
    pub(super) fn from_number(seconds: f64) -> Option<(Self, bool)> {
        let whole = seconds.floor();
        // Beyond 2^53 a double holds no exact second.
        (whole.abs() < 9_007_199_254_740_992.0).then_some((Self(whole as i64), whole == seconds))
    }

    /// The moment that a text names, as a number or in RFC 3339, and whether nothing but whole seconds was in it.
    pub(super) fn from_text(text: &str) -> Option<(Self, bool)> {
        if let Some(seconds) = canonical(text) {
            return Some((Self(seconds), true));
        }
        rfc3339::parse(text).map(|(seconds, exact)| (Self(seconds), exact))
    }
}

/// Rounded down to a second.
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

/// Fails where the platform's clock does not reach so far.
impl TryFrom<Timestamp> for SystemTime {
    type Error = TimestampError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimestampError> {
        let distance = Duration::from_secs(timestamp.0.unsigned_abs());
        let time = if timestamp.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        time.ok_or_else(|| TimestampError(format!("{} seconds are beyond the clock of this platform", timestamp.0)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rfc3339::write(self.0, f)
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;

    /// RFC 3339; a fraction of a second is cut off.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        rfc3339::parse(text)
            .map(|(seconds, _)| Self(seconds))
            .ok_or_else(|| TimestampError(format!("{text:?} is no time in RFC 3339")))
    }
}

impl TimestampError {
    #[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
    pub(super) const fn new(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimestampError {}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

/// A [`Timestamp`] that is sent as text: RFC 3339 in UTC, such as `2026-01-31T12:00:00Z`. It is made of one by `into()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextTime(Timestamp);

impl From<Timestamp> for TextTime {
    fn from(time: Timestamp) -> Self {
        Self(time)
    }
}

/// Rounded down to a second.
impl From<SystemTime> for TextTime {
    fn from(time: SystemTime) -> Self {
        Self(time.into())
    }
}

impl From<TextTime> for Timestamp {
    fn from(time: TextTime) -> Self {
        time.0
    }
}

impl std::str::FromStr for TextTime {
    type Err = TimestampError;

    /// RFC 3339; a fraction of a second is cut off.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for TextTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for TextTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Decodable for TextTime {
    fn blank() -> Self {
        Self(Timestamp::UNIX_EPOCH)
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        let mark = reader.mark();
        match self.0.fill(reader, place) {
            // Another spelling of the moment would not come back.
            Told::Whole if reader.raw(mark).trim_matches('"') != self.to_string() => Told::Inexact,
            told => told,
        }
    }
}
