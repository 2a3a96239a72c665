//! A moment in time that travels as text.

use std::fmt;

use serde::{Serialize, Serializer};

use super::timestamp::{Timestamp, TimestampError};

/// A moment in time, sent as text of RFC 3339: `2026-01-31T09:30:00Z`.
///
/// It keeps the text as it came, with its fraction and its offset, and whatever else a server writes there.
/// [`timestamp`](Self::timestamp) reads it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct DateTime(String);

impl DateTime {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment, without a fraction of a second.
    ///
    /// # Errors
    /// The text is neither RFC 3339 nor a number of seconds.
    pub fn timestamp(&self) -> Result<Timestamp, TimestampError> {
        match Timestamp::from_text(&self.0) {
            Some((timestamp, _)) => Ok(timestamp),
            None => self.0.parse(),
        }
    }
}

impl From<&str> for DateTime {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for DateTime {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self(timestamp.to_string())
    }
}

impl From<std::time::SystemTime> for DateTime {
    fn from(time: std::time::SystemTime) -> Self {
        Timestamp::from(time).into()
    }
}

impl From<DateTime> for String {
    fn from(time: DateTime) -> Self {
        time.0
    }
}

impl AsRef<str> for DateTime {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for DateTime {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for DateTime {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
