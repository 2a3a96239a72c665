//! Conversions between [`Timestamp`] and the types of the common time crates, each behind a feature of that name.
//!
//! A conversion to a timestamp always succeeds. A conversion from a timestamp fails beyond the range of the other type.

use super::{TimeError, Timestamp};

fn beyond(timestamp: Timestamp, what: &str) -> TimeError {
    TimeError(format!("{} seconds are beyond what {what} holds", timestamp.as_unix_seconds()))
}

/// Rounds down to a second.
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        // `jiff` rounds towards the epoch.
        let before = i64::from(time.subsec_nanosecond() < 0);
        Self::sent(time.as_second() - before)
    }
}

/// Fails beyond the year 9999.
#[cfg(feature = "jiff")]
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = TimeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimeError> {
        Self::from_second(timestamp.as_unix_seconds()).map_err(|_| beyond(timestamp, "`jiff::Timestamp`"))
    }
}

/// Rounds down to a second.
#[cfg(feature = "chrono")]
impl<Tz: chrono::TimeZone> From<chrono::DateTime<Tz>> for Timestamp {
    fn from(time: chrono::DateTime<Tz>) -> Self {
        Self::sent(time.timestamp())
    }
}

/// Fails beyond the year 262142.
#[cfg(feature = "chrono")]
impl TryFrom<Timestamp> for chrono::DateTime<chrono::Utc> {
    type Error = TimeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimeError> {
        Self::from_timestamp(timestamp.as_unix_seconds(), 0).ok_or_else(|| beyond(timestamp, "`chrono::DateTime`"))
    }
}

/// Rounds down to a second.
#[cfg(feature = "time")]
impl From<time::OffsetDateTime> for Timestamp {
    fn from(time: time::OffsetDateTime) -> Self {
        Self::sent(time.unix_timestamp())
    }
}

/// Fails beyond the year 9999.
#[cfg(feature = "time")]
impl TryFrom<Timestamp> for time::OffsetDateTime {
    type Error = TimeError;

    fn try_from(timestamp: Timestamp) -> Result<Self, TimeError> {
        Self::from_unix_timestamp(timestamp.as_unix_seconds()).map_err(|_| beyond(timestamp, "`time::OffsetDateTime`"))
    }
}
