//! Tests page numbers in the request body.

use intercom_client::{Timestamp, Value, models};
use serde_json::json;
use tests::server::Received;

use super::walk::{Walk, records, start, walk};

fn search() -> models::SearchActivityLogsBody {
    let mut body = models::SearchActivityLogsBody::new(Timestamp::from_unix_seconds(1_700_000_000).expect("a time"))
        .event_types(["tagged"]);
    body.extra.insert("own", json!({ "word": "é" }));
    body
}

/// Returns all activities in these responses.
async fn found(body: models::SearchActivityLogsBody, responses: &[Value]) -> Walk {
    let (server, client) = start(responses).await;
    let items = client.admins().search_activity_logs(body).query_pair("own", "1").items();
    let walk = walk(&server, items, |activity| activity.id.clone()).await;
    for request in &walk.requests {
        assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", Some("application/json")));
        // The number is in the body alone.
        assert!(request.target.ends_with("/admins/activity_logs/search?own=1"), "{}", request.target);
    }
    walk
}

fn json_of(request: &Received) -> Value {
    serde_json::from_slice(&request.body).expect("a JSON body")
}

/// Returns the members of each request body that the search itself does not set, and checks that the others are
/// unchanged.
fn changes(walk: &Walk) -> Vec<Value> {
    let same = json!({ "created_at_after": 1_700_000_000, "event_types": ["tagged"], "own": { "word": "é" } });
    let changed = |request| {
        let Value::Object(mut body) = json_of(request) else { panic!("no object") };
        for (name, value) in same.as_object().expect("an object") {
            assert_eq!(body.remove(name).as_ref(), Some(value), "{name} is not kept");
        }
        Value::Object(body)
    };
    walk.requests.iter().map(changed).collect()
}

fn page(ids: &[&str], pages: Value) -> Value {
    json!({ "type": "activity_log.list", "activity_logs": records(ids), "pages": pages })
}

fn last() -> Value {
    page(&["l-3"], json!({ "next": null, "page": 2, "total_pages": 2 }))
}

#[tokio::test]
async fn the_number_goes_into_the_body_and_all_else_stays() {
    for pages in [
        json!({ "next": "https://elsewhere.example/admins/activity_logs?per_page=60&page=2", "page": 1, "total_pages": 2 }),
        json!({ "next": "/admins/activity_logs?page=2" }),
        json!({ "next": { "page": 2 } }),
        json!({ "next": { "page": "2", "starting_after": "x1" } }),
        json!({ "next": 2 }),
        json!({ "next": "2" }),
        json!({ "next": null, "page": 1, "total_pages": 2 }),
        json!({ "page": "1", "total_pages": "2" }),
        json!({ "total_pages": 2 }),
        // The body has no place for the cursor.
        json!({ "next": { "per_page": 2, "starting_after": "x1" }, "page": 1, "total_pages": 2 }),
        json!({ "next": "?page=2", "page": 1, "total_pages": 0 }),
    ] {
        let walk = found(search().per_page(2), &[page(&["l-1", "l-2"], pages.clone()), last()]).await;
        assert!(walk.error.is_none(), "{pages}: {:?}", walk.error);
        assert_eq!(walk.ids, "l-1 l-2 l-3", "{pages}");
        // The page is sent as a number, even if it was received as text.
        assert_eq!(changes(&walk), [json!({ "per_page": 2 }), json!({ "page": 2, "per_page": 2 })], "{pages}");
    }
}

#[tokio::test]
async fn a_page_that_the_caller_gives_is_where_it_starts() {
    // The responses do not contain their own page number.
    let count = json!({ "total_pages": 4 });
    let walk = found(search().page(3), &[page(&["l-3"], count.clone()), page(&["l-4"], count)]).await;
    assert!(walk.error.is_none(), "{:?}", walk.error);
    assert_eq!(walk.ids, "l-3 l-4");
    assert_eq!(changes(&walk), [json!({ "page": 3 }), json!({ "page": 4 })]);
}

#[tokio::test]
async fn the_page_size_is_a_property_of_the_body() {
    let (server, client) = start(&[page(&["l-1"], json!({ "page": 1, "total_pages": 2 })), last()]).await;
    let items = client.admins().search_activity_logs(search().per_page(2)).page_size(7).items();
    let walk = walk(&server, items, |activity| activity.id.clone()).await;
    assert_eq!(walk.ids, "l-1 l-3");
    assert_eq!(changes(&walk), [json!({ "per_page": 7 }), json!({ "page": 2, "per_page": 7 })]);
    assert!(walk.requests.iter().all(|request| !request.target.contains('?')), "a size in the query");
}

#[tokio::test]
async fn every_way_to_tell_the_end_is_the_end() {
    for pages in [
        json!({ "next": null, "page": 1, "total_pages": 1 }),
        json!({ "next": null, "page": 1, "total_pages": 0 }),
        json!({ "page": 3, "total_pages": 2 }),
        json!({ "next": null }),
        json!({}),
        json!(null),
    ] {
        let walk = found(search(), &[page(&["l-1"], pages.clone())]).await;
        assert!(walk.error.is_none(), "{pages}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("l-1", 1), "{pages}");
    }
}

#[tokio::test]
async fn an_empty_page_is_the_end_only_where_nothing_follows_it() {
    let count = |page: u8| json!({ "page": page, "total_pages": 3 });
    let walk = found(search(), &[page(&["l-1"], count(1)), page(&[], count(2)), page(&["l-2"], count(3))]).await;
    assert!(walk.error.is_none(), "{:?}", walk.error);
    assert_eq!((walk.ids.as_str(), walk.requests.len()), ("l-1 l-2", 3));

    let too_large = |page: u8| json!({ "next": null, "page": page, "total_pages": 1_000_000 });
    let walk = found(search(), &[page(&["l-1"], too_large(1)), page(&[], too_large(2))]).await;
    assert_eq!((walk.ids.as_str(), walk.error.is_none(), walk.requests.len()), ("l-1", true, 2));
}

/// A server that does not know the property sends the first page again and again.
#[tokio::test]
async fn the_first_page_again_is_an_error() {
    for pages in [json!({ "page": 1, "total_pages": 5 }), json!({ "next": "?page=2", "page": 1, "total_pages": 5 })] {
        for body in [search(), search().page(3)] {
            let walk = found(body, &[page(&["l-1"], pages.clone())]).await;
            let error = walk.error.unwrap_or_else(|| panic!("{pages} went unnoticed"));
            assert!(error.is_decode() && error.to_string().contains("`page` was 2 before"), "{error}");
            assert_eq!(walk.requests.len(), 2);
        }
    }
}

#[tokio::test]
async fn what_tells_of_more_in_no_known_way_is_an_error_after_the_page() {
    for next in [json!("more"), json!(true), json!({ "page": true }), json!("https://elsewhere.example/?after=x")] {
        let walk = found(search(), &[page(&["l-1"], json!({ "next": next, "page": 1, "total_pages": 2 }))]).await;
        let error = walk.error.unwrap_or_else(|| panic!("{next} went unnoticed"));
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("l-1", 1), "{next}");
        assert!(error.is_decode() && error.to_string().contains("next page"), "{next}: {error}");
    }
}
