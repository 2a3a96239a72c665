//! Calendar dates, without a calendar library, because such a library takes long to compile.

use std::fmt;

use serde::{Serialize, Serializer};

use super::timestamp::{TimeError, Timestamp};

/// A calendar date without time and time zone, sent as `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The earliest date, 0000-01-01.
    pub const MIN: Self = Self { year: 0, month: 1, day: 1 };

    /// Creates a date of the Gregorian calendar; months and days count from 1.
    ///
    /// # Errors
    /// Fails if there is no such day, or if its year has more than four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, TimeError> {
        if year <= 9999 && (1..=days_in_month(year, month)).contains(&day) {
            return Ok(Self { year, month, day });
        }
        Err(TimeError(format!("{year}-{month}-{day} is not a day")))
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
        Self::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
    }

    /// Returns the first second of the day, in UTC.
    #[must_use]
    pub fn midnight_utc(self) -> Timestamp {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        // The year of the calculation begins in March, so that the leap day is the last.
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH;
        Timestamp::sent(days * 86_400)
    }

    /// Returns the year, from 0 to 9999.
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
    type Err = TimeError;

    /// Parses `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        Self::parse(text).ok_or_else(|| TimeError(format!("{text:?} is not a day of the form YYYY-MM-DD")))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Returns the year, month and day that are this number of days after 1970-01-01.
pub(super) fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// Returns the number of days of a month; 0 if there is no such month.
fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

/// Parses three numbers that have exactly these widths in digits, four at most.
pub(super) fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[u16; 3]> {
    let mut parts = text.split(separator);
    let mut next = |width| digits(parts.next()?, width);
    let numbers = [next(widths[0])?, next(widths[1])?, next(widths[2])?];
    parts.next().is_none().then_some(numbers)
}

pub(super) fn digits(text: &str, width: usize) -> Option<u16> {
    let valid = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    if valid { text.parse().ok() } else { None }
}
