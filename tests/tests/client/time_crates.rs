//! Tests conversions between `Timestamp` and the types of the usual time crates: the same second, before the epoch too.

use intercom_client::Timestamp;

/// Times as seconds and the nanoseconds after them.
const MOMENTS: [(i64, u32); 4] = [(0, 0), (1_734_537_243, 999_999_999), (-1, 500_000_000), (-86_401, 0)];

fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("seconds")
}

#[test]
fn jiff() {
    for (seconds, nanoseconds) in MOMENTS {
        let time = jiff::Timestamp::from_second(seconds).expect("a time")
            + jiff::SignedDuration::from_nanos(nanoseconds.into());
        assert_eq!(Timestamp::from(time), timestamp(seconds), "{time}");
        let back = jiff::Timestamp::try_from(timestamp(seconds)).expect("within reach");
        assert_eq!(back.as_second(), seconds);
    }
}

#[test]
fn chrono() {
    for (seconds, nanoseconds) in MOMENTS {
        let time = chrono::DateTime::from_timestamp(seconds, nanoseconds).expect("a time");
        let elsewhere = time.with_timezone(&chrono::FixedOffset::east_opt(7_200).expect("an offset"));
        assert_eq!(Timestamp::from(time), timestamp(seconds), "{time}");
        assert_eq!(Timestamp::from(elsewhere), timestamp(seconds), "{elsewhere}");
        let back = chrono::DateTime::<chrono::Utc>::try_from(timestamp(seconds)).expect("within reach");
        assert_eq!(back.timestamp(), seconds);
    }
}

#[test]
fn time() {
    for (seconds, nanoseconds) in MOMENTS {
        let time = time::OffsetDateTime::from_unix_timestamp(seconds).expect("a time")
            + time::Duration::nanoseconds(nanoseconds.into());
        assert_eq!(Timestamp::from(time), timestamp(seconds), "{time}");
        let back = time::OffsetDateTime::try_from(timestamp(seconds)).expect("within reach");
        assert_eq!(back.unix_timestamp(), seconds);
    }
}

#[test]
fn what_a_crate_does_not_reach_is_an_error() {
    // A server may send the year 12000.
    let far: Timestamp = serde_json::from_str("316516204800").expect("a response may hold it");
    assert!(jiff::Timestamp::try_from(far).is_err());
    assert!(time::OffsetDateTime::try_from(far).is_err());
    assert!(chrono::DateTime::<chrono::Utc>::try_from(far).is_ok());
}
