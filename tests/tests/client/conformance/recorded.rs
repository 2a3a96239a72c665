//! Recorded traffic in which bodies are not what the document says: all that the client reads comes back as it came.

use intercom_client::registry::OPERATIONS;
use tests::conformance::check::{self, Outcome};
use tests::conformance::exchanges;
use tests::conformance::report::Report;

/// One where a list should be and a list where an object should be, nulls, other types, unknown values, bodies that are empty,
/// statuses that the document does not name, errors of every form.
const EXCHANGES: &[u8] = include_bytes!("../../../fixtures/exchanges.jsonl");

#[test]
fn what_differs_comes_back() {
    let cases = exchanges::parse("exchanges.jsonl", EXCHANGES, OPERATIONS).expect("exchanges");
    let mut report = Report::default();
    cases.iter().for_each(|case| report.add(case, check::check(case)));
    assert!(report.failures.is_empty(), "{}", super::shown(&report));
    let total = report.total();
    for tally in [total.responses, total.requests] {
        assert_eq!((tally.decoded, tally.lossless), (tally.total, tally.total));
    }
    assert!(total.responses.total > 50 && total.responses.mismatches > 40 && total.requests.total > 10, "{total:?}");
}

#[test]
fn what_is_none_of_what_is_promised_is_told() {
    for (method, path, status, response, expected) in [
        ("GET", "/contacts/c-1", 200, r#"[{"id":"c-1"},{"id":"c-2"}]"#, "a list where an object was expected"),
        ("GET", "/contacts/c-1", 200, r#""""#, "a string where an object was expected"),
        ("GET", "/away_status_reasons", 200, r#"[1,"a",null]"#, "a list where an object was expected"),
        ("DELETE", "/tags/t-1", 200, r#"{"id":"t-1"}"#, "the client reads no body here"),
        ("POST", "/events", 200, r#"{"id":"e-1"}"#, "the client reads no body here"),
        ("GET", "/contacts/c-1", 201, "[]", "a list where an object was expected"),
    ] {
        let line = format!(r#"{{"method":"{method}","path":"{path}","status":{status},"response":{response}}}"#);
        let cases = exchanges::parse("exchanges.jsonl", line.as_bytes(), OPERATIONS).expect("an exchange");
        match check::check(cases.first().expect("a body")) {
            Outcome::Refused(place) => {
                assert_eq!((place.pointer.as_str(), place.reason.as_str()), ("", expected), "{line}")
            }
            Outcome::Decoded { .. } => panic!("it was decoded: {line}"),
        }
    }
}
