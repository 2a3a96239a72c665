//! Takes bodies through the typed models and checks that they come back unchanged.

mod command;
mod coverage;
mod mutations;
mod recorded;

use intercom_client::DecodeError;
use intercom_client::registry::{self, OPERATIONS, RoundTrip};
use tests::conformance::check::{self, Outcome};
use tests::conformance::payloads::{self, Schemas};
use tests::conformance::report::Report;
use tests::conformance::{Part, exchanges};

/// Returns the number of failures and the first ones.
fn shown(report: &Report) -> String {
    let first: Vec<_> = report.failures.iter().take(20).map(|failure| format!("{failure:?}")).collect();
    format!("{} failures:\n{}", report.failures.len(), first.join("\n"))
}

#[test]
fn what_the_schemas_make_comes_through() {
    let document = payloads::document().expect("the repository's document is sound");
    let schemas = Schemas::new(document.tree());
    let report = payloads::run(&schemas, OPERATIONS);
    coverage::every_type_was_made(&schemas, &document);
    assert!(report.failures.is_empty(), "{}", shown(&report));
    let total = report.total();
    for tally in [total.responses, total.requests] {
        assert!(tally.total > 10_000 && tally.mismatches > 1_000, "{tally:?}");
        assert_eq!((tally.decoded, tally.lossless), (tally.total, tally.total));
    }
}

#[test]
fn the_functions_say_what_they_do_not_know() {
    let said = |outcome: Result<RoundTrip, DecodeError>| outcome.expect_err("an error").to_string();
    assert_eq!(said(registry::round_trip_request("no such", b"{}")), "no operation is called `no such`");
    assert_eq!(said(registry::round_trip_response("no such", 200, b"{}")), "no operation is called `no such`");
    assert_eq!(
        said(registry::round_trip_request("identifyAdmin", b"{}")),
        "the operation `identifyAdmin` takes no body"
    );
    let unknown = said(registry::round_trip_response("identifyAdmin", 418, b"{}"));
    assert_eq!(unknown, "the operation `identifyAdmin` documents no response with status 418");
    assert_eq!(said(registry::round_trip_response("identifyAdmin", 200, b"<html>")), "the text is not JSON");
}

#[test]
fn an_exchange_finds_its_operation() {
    for (method, path, operation) in [
        ("GET", "/contacts/c-17", "ShowContact"),
        ("get", "/contacts/c-17?include_merge_history=true", "ShowContact"),
        ("GET", "https://api.eu.intercom.io/contacts/c-17#top", "ShowContact"),
        ("POST", "/contacts/search", "SearchContacts"),
        ("GET", "/companies/scroll", "scrollOverAllCompanies"),
        ("GET", "/companies/1", "RetrieveACompanyById"),
        ("GET", "/contacts/a%2Fb", "ShowContact"),
        ("GET", "/v1/contacts/c-17", "GET /v1/contacts/c-17"),
        ("GET", "/contacts/", "GET /contacts/"),
        ("PATCH", "/contacts/1", "PATCH /contacts/1"),
    ] {
        let line = format!(r#"{{"method":"{method}","path":"{path}","status":200,"response":{{}}}}"#);
        let cases = exchanges::parse("traffic.jsonl", line.as_bytes(), OPERATIONS).expect("an exchange");
        let names: Vec<_> = cases.iter().map(|case| (case.operation.as_str(), case.entry.is_some())).collect();
        assert_eq!(names, [(operation, !operation.contains(' '))], "{method} {path}");
    }
}

#[test]
fn each_body_of_an_exchange_is_a_case() {
    let text = "\u{feff}\n{\"method\":\"POST\",\"path\":\"/contacts/search\",\"status\":200,\"request\":{\"query\":{}},\"response\":{\"type\":\"list\"}}\r\n\
        {\"method\":\"GET\",\"path\":\"/me\",\"status\":200,\"request\":null,\"response\":null}\n\
        {\"method\":\"GET\",\"path\":\"/me\"}\n";
    let cases = exchanges::parse("traffic.jsonl", text.as_bytes(), OPERATIONS).expect("exchanges");
    let found: Vec<_> = cases.iter().map(|case| (case.part, case.source.as_str())).collect();
    assert_eq!(found, [(Part::Request, "traffic.jsonl:2"), (Part::Response(200), "traffic.jsonl:2")]);
}

#[test]
fn what_the_client_does_not_know_is_refused() {
    let reason = |line: &str| {
        let cases = exchanges::parse("traffic.jsonl", line.as_bytes(), OPERATIONS).expect("an exchange");
        match check::check(cases.first().expect("a body")) {
            Outcome::Refused(place) => place.reason,
            Outcome::Decoded { .. } => "it was decoded".to_owned(),
        }
    };
    let unknown = reason(r#"{"method":"GET","path":"/nowhere","status":200,"response":{}}"#);
    assert_eq!(unknown, "the client has no such operation");
    let status = reason(r#"{"method":"GET","path":"/download/content/data/job-1","status":418,"response":{}}"#);
    assert_eq!(status, "it was decoded", "an error keeps whatever it is");
    let body = reason(r#"{"method":"GET","path":"/me","status":200,"request":{}}"#);
    assert!(body.contains("takes no body"), "{body}");
}

#[test]
fn every_ill_formed_line_is_named() {
    let text = "{\"method\":\"GET\",\"path\":\"/me\"}\n{]\n[]\n{\"path\":\"/me\"}\n{\"method\":1,\"path\":\"/me\"}\n\
        {\"method\":\"GET\",\"path\":\"/me\",\"status\":\"ok\"}\n{\"method\":\"GET\",\"path\":\"/me\",\"response\":{}}\n\
        {\"method\":\"GET\",\"path\":\"/me\",\"reply\":{}}\n\u{fffd}\n";
    let errors = exchanges::parse("traffic.jsonl", text.as_bytes(), OPERATIONS).expect_err("lines are ill-formed");
    for line in 2..=9 {
        assert!(errors.contains(&format!("--> traffic.jsonl:{line}")), "{line}: {errors}");
    }
    assert!(!errors.contains("traffic.jsonl:1\n"), "{errors}");
    assert!(errors.contains("unknown key \"reply\"") && errors.contains("\"method\" is missing"), "{errors}");
}
