//! Tests times.

use std::time::{Duration, SystemTime};

use intercom_client::runtime::{Date, Timestamp, decode};
use serde_json::json;

use super::shapes::Person;
use super::{person, pointers, written};

#[test]
fn times_are_seconds() {
    assert!(Timestamp::from_unix_seconds(1_700_000_000_000).is_err());
    assert_eq!(Timestamp::from_unix_milliseconds(-1).as_unix_seconds(), -1);
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
    assert_eq!(Timestamp::from(time).as_unix_seconds(), 1);
    let before = SystemTime::UNIX_EPOCH - Duration::from_millis(500);
    assert_eq!(Timestamp::from(before).as_unix_seconds(), -1);
    assert_eq!(SystemTime::try_from(Timestamp::UNIX_EPOCH), Ok(SystemTime::UNIX_EPOCH));
    for (text, seconds) in
        [("2024-02-29T23:59:59Z", 1_709_251_199), ("1969-12-31T23:59:58Z", -2), ("2000-03-01T00:00:00Z", 951_868_800)]
    {
        let time: Timestamp = text.parse().expect("RFC 3339");
        assert_eq!((time.as_unix_seconds(), time.to_string().as_str()), (seconds, text));
    }
    for (text, seconds) in [("1970-01-01T02:00:00.000+02:00", 0), ("1970-01-01 00:00:00-0130", 5400), ("12", 12)] {
        let read = decode::<Timestamp>(json!(text).to_string().as_bytes()).expect("a time");
        assert_eq!((read.value.as_unix_seconds(), read.mismatches.len()), (seconds, 0), "{text}");
    }
    for text in ["2023-02-29T00:00:00Z", "2023-01-01", "2023-01-01T25:00:00Z", "yesterday", "", "2023-01-01T00:00:00.Z"]
    {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
    let sent = person(json!({"seen-at": "1970-01-01T00:00:01.5Z"}));
    let read = read!(Person, sent.clone());
    assert_eq!(read.value.seen_at.map(Timestamp::as_unix_seconds), Some(1));
    assert_eq!(pointers(&read), ["/seen-at"]);
    assert_eq!(written(&read.value), sent);
}

#[test]
fn times_are_reckoned_in_whole_seconds() {
    let at = |seconds: i64| Timestamp::from_unix_seconds(seconds).expect("a time in seconds");
    let most = Timestamp::from_unix_milliseconds(i64::MAX);
    for (milliseconds, later, earlier) in [(0, 100, 100), (999, 100, 99), (1_000, 101, 99), (1_001, 101, 98)] {
        let by = Duration::from_millis(milliseconds);
        assert_eq!(at(100).checked_add(by), Some(at(later)), "{by:?}");
        assert_eq!(at(100).checked_sub(by), Some(at(earlier)), "{by:?}");
    }
    assert_eq!(most.checked_add(Duration::MAX), None);
    assert_eq!(Timestamp::UNIX_EPOCH.checked_sub(Duration::MAX), None);
    for (day, midnight) in [("1970-01-01", 0), ("2024-02-29", 1_709_164_800), ("1969-12-31", -86_400)] {
        let day: Date = day.parse().expect("a day");
        assert_eq!(day.midnight_utc(), at(midnight), "{day}");
    }
}
