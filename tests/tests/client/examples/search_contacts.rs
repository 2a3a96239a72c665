//! Tests the example of a search with groups in a group.

use serde_json::json;
use tests::server::Reply;

use super::{asked, command, refusal, run, sent, start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_search_contacts");

#[tokio::test]
async fn groups_are_sent_and_all_pages_shown() {
    let first = json!({"type": "list", "data": [
        {"type": "contact", "id": "c-1", "email": "ann@example.com", "last_seen_at": 1_767_225_600,
         "location": {"type": "location", "country": "Ireland"}},
    ], "pages": {"next": {"starting_after": "cursor-2"}}});
    let second = json!({"type": "list", "data": [{"type": "contact", "id": "c-2", "role": "user"}]});
    let server = start([first, second].iter().map(|page| Reply::json(&page.to_string())).collect()).await;
    let ran = run(command(PROGRAM, &server, &["2025-12-31", "Ireland", "Portugal"])).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, ["c-1\tann@example.com\tIreland\t2026-01-01T00:00:00Z", "c-2\t-\t-\t-", "2 contacts"]);
    assert_eq!(asked(&server), ["POST /contacts/search"; 2]);

    let filter = |field, operator, value| json!({"field": field, "operator": operator, "value": value});
    let any = |filters: [_; 2]| json!({"operator": "OR", "value": filters});
    let (country, since) = ("location.country", json!(1_767_139_200));
    let groups = [
        any([filter(country, "=", json!("Ireland")), filter(country, "=", json!("Portugal"))]),
        any([filter("last_seen_at", ">", since.clone()), filter("last_replied_at", ">", since)]),
        any([filter("role", "=", json!("user")), filter("email", "!=", json!(null))]),
    ];
    let search = json!({
        "query": {"operator": "AND", "value": groups},
        "sort": {"field": "last_seen_at", "order": "descending"},
        "pagination": {"per_page": 50},
    });
    assert_eq!(sent(&server, 0), search);
    assert_eq!(sent(&server, 1)["pagination"], json!({"per_page": 50, "starting_after": "cursor-2"}));
}

#[tokio::test]
async fn a_token_that_has_expired_is_told() {
    let server = start(vec![refusal("401 Unauthorized", "token_expired")]).await;
    let ran = run(command(PROGRAM, &server, &["2025-12-31", "Ireland"])).await;
    assert!(!ran.succeeded && ran.out.is_empty());
    assert!(ran.err.contains("token_expired") && ran.err.contains("make a new token"), "{}", ran.err);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn what_does_not_fit_a_search_is_refused_before_it_is_sent() {
    let server = start(vec![Reply::json("{}")]).await;
    let many = [&["2025-12-31"][..], &["Ireland"; 16]].concat();
    for (arguments, told) in [
        (&["2025-12-31"][..], "1 to 15"),
        (&many, "1 to 15"),
        (&["yesterday", "Ireland"], "YYYY-MM-DD"),
        (&[], "since which day?"),
    ] {
        let ran = run(command(PROGRAM, &server, arguments)).await;
        assert!(!ran.succeeded && ran.err.contains(told), "{}", ran.err);
    }
    assert!(server.requests().is_empty());
}
