//! Tests cursors in the request body.

use intercom_client::{Patch, Value, models};
use serde_json::json;
use tests::server::Received;

use super::walk::{Walk, records, start, walk};

fn search() -> models::ContactSearchRequest {
    let query = json!({ "field": "role", "operator": "=", "value": "user" });
    serde_json::from_value(json!({ "query": query })).expect("a search")
}

async fn found(body: models::ContactSearchRequest, responses: &[Value]) -> Walk {
    let (server, client) = start(responses).await;
    let items = client.contacts().search_contacts(body).include_merge_history(true).items();
    let walk = walk(&server, items, |contact| contact.id.clone()).await;
    for request in &walk.requests {
        assert_eq!((request.method.as_str(), request.header("content-type")), ("POST", Some("application/json")));
        assert!(request.target.ends_with("/contacts/search?include_merge_history=true"), "{}", request.target);
        assert_eq!(json_of(request)["query"]["value"], "user", "the filter is not kept");
    }
    walk
}

fn json_of(request: &Received) -> Value {
    serde_json::from_slice(&request.body).expect("a JSON body")
}

fn page(ids: &[&str], pages: Value) -> Value {
    json!({ "data": records(ids), "pages": pages })
}

#[tokio::test]
async fn the_cursor_goes_into_the_body_and_all_else_stays() {
    for (next, cursor) in [
        (json!({ "starting_after": "x1", "per_page": 5 }), json!("x1")),
        (json!({ "starting_after": 17 }), json!(17)),
        (json!("https://elsewhere.example/contacts/search?starting_after=x%201&per_page=5"), json!("x 1")),
        (json!("/contacts/search?starting_after=x1"), json!("x1")),
    ] {
        let body = search().pagination(models::StartingAfterPaging::new().per_page(2));
        let walk = found(body, &[page(&["c-1"], json!({ "next": next })), page(&["c-2"], Value::Null)]).await;
        assert!(walk.error.is_none(), "{next}: {:?}", walk.error);
        assert_eq!(walk.ids, "c-1 c-2");
        let [first, second] = &walk.requests[..] else { panic!("{} requests", walk.requests.len()) };
        assert_eq!(json_of(first)["pagination"], json!({ "per_page": 2 }));
        assert_eq!(json_of(second)["pagination"], json!({ "per_page": 2, "starting_after": cursor }), "{next}");
    }
}

#[tokio::test]
async fn a_body_without_a_place_for_the_cursor_gets_one() {
    let null = models::ContactSearchRequest { pagination: Patch::Null, ..search() };
    for body in [search(), null] {
        let next = json!({ "next": { "starting_after": "x1" } });
        let walk = found(body, &[page(&["c-1"], next), page(&["c-2"], json!({ "next": null }))]).await;
        assert!(walk.error.is_none(), "{:?}", walk.error);
        assert_eq!(json_of(&walk.requests[1])["pagination"], json!({ "starting_after": "x1" }));
    }
}

#[tokio::test]
async fn it_ends_and_goes_on_as_a_cursor_in_the_query_does() {
    let next = |cursor: &str| json!({ "next": { "starting_after": cursor }, "total_pages": 1 });
    for end in [json!(null), json!({}), json!({ "next": null }), json!({ "next": { "starting_after": null } })] {
        let responses = [
            page(&["c-1"], next("x1")),
            page(&[], next("x2")),
            json!({ "contacts": records(&["c-2"]), "pages": next("x3") }),
            page(&["c-3"], end.clone()),
        ];
        let walk = found(search(), &responses).await;
        assert!(walk.error.is_none(), "{end}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("c-1 c-2 c-3", 4), "{end}");
    }
    let walk = found(search(), &[page(&["c-1"], next("x1"))]).await;
    assert!(walk.error.expect("the same cursor twice").to_string().contains("circles"));
    assert_eq!(walk.requests.len(), 2);
    let walk = found(search(), &[page(&["c-1"], json!({ "next": 3 }))]).await;
    assert!(walk.error.expect("no known way").to_string().contains("next page"));
}
