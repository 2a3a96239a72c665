//! Calendar dates.

use std::fmt;

use serde::{Serialize, Serializer};

use super::rfc3339;
use super::timestamp::Timestamp;

/// A calendar date without time and time zone, sent as `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// The error for numbers or a text that are not a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError(String);

impl Date {
    /// The earliest date.
    pub const MIN: Self = Self { year: 0, month: 1, day: 1 };

    /// Creates a date of the Gregorian calendar; months and days count from 1.
    ///
    /// # Errors
    /// Fails if there is no such day, or if its year has more than four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        if year <= 9999 && rfc3339::is_day(year.into(), month.into(), day.into()) {
            return Ok(Self { year, month, day });
        }
        Err(DateError(format!("{year}-{month}-{day} is not a day")))
    }

    /// Returns the first second of the day, in UTC.
    #[must_use]
    pub fn midnight_utc(self) -> Timestamp {
        Timestamp::sent(rfc3339::days_since_epoch(self.year.into(), self.month.into(), self.day.into()) * 86_400)
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    /// Parses `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let day = rfc3339::day(text).and_then(|[year, month, day]| {
            Some(Self { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
        });
        day.ok_or_else(|| DateError(format!("{text:?} is not a day of the form YYYY-MM-DD")))
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DateError {}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
