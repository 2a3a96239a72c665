//! Tests cursors in the query.

use intercom_client::Value;
use serde_json::json;

use super::walk::{Walk, records, start, walk};

/// Returns all contacts in these responses.
async fn contacts(responses: &[Value]) -> Walk {
    let (server, client) = start(responses).await;
    let items =
        client.contacts().list_contacts().per_page(2).include_merge_history(true).query_pair("own", "1 2").items();
    let walk = walk(&server, items, |contact| contact.id.clone()).await;
    for request in &walk.requests {
        for pair in ["per_page=2", "include_merge_history=true", "own=1%202"] {
            assert!(request.target.contains(pair), "{pair} is not kept: {}", request.target);
        }
    }
    walk
}

fn page(ids: &[&str], next: Value) -> Value {
    json!({ "type": "list", "data": records(ids), "pages": { "type": "pages", "page": 1, "next": next, "total_pages": 2 } })
}

#[tokio::test]
async fn the_cursor_is_found_wherever_it_is() {
    for next in [
        json!({ "per_page": 50, "starting_after": "x/1=" }),
        json!({ "page": 2, "starting_after": "x/1=" }),
        json!("https://elsewhere.example/contacts?per_page=50&starting_after=x%2F1%3D&admin=1"),
        json!("/contacts?starting_after=x%2F1%3D"),
        json!("?starting_after=x/1="),
        json!({ "starting_after": "http://api.example/contacts?starting_after=x/1%3D" }),
    ] {
        let walk = contacts(&[page(&["c-1", "c-2"], next.clone()), page(&["c-3"], Value::Null)]).await;
        assert!(walk.error.is_none(), "{next}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.asked("starting_after").as_str()), ("c-1 c-2 c-3", "x/1="), "{next}");
        // No request goes to another host, and only the cursor of a link is used.
        assert_eq!(walk.requests.len(), 2, "{next}");
        assert!(!walk.requests[1].target.contains("admin"), "{next}");
    }
}

#[tokio::test]
async fn a_cursor_may_be_a_number() {
    let walk = contacts(&[page(&["c-1"], json!({ "starting_after": 17 })), page(&["c-2"], Value::Null)]).await;
    assert_eq!((walk.ids.as_str(), walk.asked("starting_after").as_str()), ("c-1 c-2", "17"));
}

#[tokio::test]
async fn every_way_to_tell_the_end_is_the_end() {
    let last = |pages: Value| json!({ "data": records(&["c-1"]), "pages": pages });
    let mut responses = vec![json!({ "data": records(&["c-1"]) }), last(Value::Null), last(json!({}))];
    for nothing in [json!(null), json!({}), json!(""), json!(false), json!([]), json!({ "per_page": 5 })] {
        responses.push(last(json!({ "next": nothing, "page": 1, "total_pages": 9 })));
        responses.push(last(json!({ "next": { "starting_after": nothing } })));
    }
    for nothing in [json!(""), json!(false), json!([])] {
        responses.push(last(nothing));
    }
    for response in responses {
        let walk = contacts(std::slice::from_ref(&response)).await;
        assert!(walk.error.is_none(), "{response}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("c-1", 1), "{response}");
    }
}

#[tokio::test]
async fn what_tells_of_more_in_no_known_way_is_an_error_after_the_page() {
    let sent = |pages: Value| json!({ "data": records(&["c-1"]), "pages": pages });
    for pages in [
        json!(7),
        json!(true),
        json!("more"),
        json!([{ "starting_after": "x" }]),
        json!({ "next": 7 }),
        json!({ "next": "https://elsewhere.example/contacts?page=2" }),
        json!({ "next": "more" }),
        json!({ "next": { "starting_after": true } }),
    ] {
        let walk = contacts(&[sent(pages.clone())]).await;
        let error = walk.error.unwrap_or_else(|| panic!("{pages} went unnoticed"));
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("c-1", 1), "{pages}");
        assert!(error.is_decode() && error.to_string().contains("next page"), "{pages}: {error}");
        assert_eq!(error.json(), Some(sent(pages)));
    }
}

#[tokio::test]
async fn an_empty_list_in_the_middle_is_not_the_end() {
    let next = |cursor: &str| json!({ "starting_after": cursor });
    for middle in [json!([]), Value::Null] {
        let responses = [
            page(&["c-1"], next("x1")),
            json!({ "data": middle, "pages": { "next": next("x2") } }),
            page(&["c-2"], Value::Null),
        ];
        let walk = contacts(&responses).await;
        assert!(walk.error.is_none(), "{middle}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.asked("starting_after").as_str()), ("c-1 c-2", "x1 x2"), "{middle}");
    }
}

#[tokio::test]
async fn a_list_under_another_name_is_found_where_only_one_can_be_meant() {
    let next = json!({ "next": { "starting_after": "x1" } });
    for (response, ids) in [
        (json!({ "contacts": records(&["c-1"]), "pages": next }), "c-1 c-2"),
        (json!({ "data": null, "users": records(&["c-1"]), "pages": next }), "c-1 c-2"),
        (json!({ "result": { "contacts": records(&["c-1"]) }, "pages": next }), "c-1 c-2"),
        (json!({ "data": [], "users": records(&["c-9"]), "pages": next }), "c-2"),
    ] {
        let walk = contacts(&[response.clone(), page(&["c-2"], Value::Null)]).await;
        assert!(walk.error.is_none(), "{response}: {:?}", walk.error);
        assert_eq!(walk.ids, ids, "{response}");
    }
}

#[tokio::test]
async fn a_list_that_goes_round_ends_with_an_error() {
    let responses = |cursors: &[&str]| -> Vec<Value> {
        cursors.iter().map(|cursor| page(&["c-1"], json!({ "starting_after": cursor }))).collect()
    };
    let same = contacts(&responses(&["x1", "x1"])).await;
    let error = same.error.expect("the same cursor twice");
    assert!(error.to_string().contains("circles") && error.to_string().contains("`starting_after`"), "{error}");
    assert_eq!((same.ids.as_str(), same.requests.len()), ("c-1 c-1", 2));

    // The cursors lead into a circle of three.
    let around: Vec<&str> = ["a", "b"].into_iter().chain(["x", "y", "z"].into_iter().cycle()).take(40).collect();
    let circle = contacts(&responses(&around)).await;
    assert!(circle.error.expect("a circle").to_string().contains("circles"));
    assert!(circle.requests.len() < 15, "{} requests", circle.requests.len());
}

#[tokio::test]
async fn a_cursor_that_the_caller_gives_is_where_it_starts() {
    let responses = [page(&["c-3"], json!({ "starting_after": "x3" })), page(&["c-4"], Value::Null)];
    for given in [true, false] {
        let (server, client) = start(&responses).await;
        let list = client.contacts().list_contacts();
        let list = if given { list.starting_after("x2") } else { list.query_pair("starting_after", "x2") };
        let walk = walk(&server, list.items(), |contact| contact.id.clone()).await;
        assert_eq!((walk.ids.as_str(), walk.asked("starting_after").as_str()), ("c-3 c-4", "x3"));
        assert!(walk.requests[0].target.ends_with("?starting_after=x2"), "{}", walk.requests[0].target);
    }
    let (server, client) = start(&[page(&["c-3"], json!({ "starting_after": "x2" }))]).await;
    let list = client.contacts().list_contacts().starting_after("x2");
    let walk = walk(&server, list.items(), |contact| contact.id.clone()).await;
    assert_eq!((walk.ids.as_str(), walk.requests.len()), ("c-3", 1), "the page that the caller gave, again");
}

/// The cursor has different names in response and query, and a flag says if there are more pages.
#[tokio::test]
async fn a_flag_tells_the_end_where_there_is_one() {
    let page =
        |id: &str, more: Value, next: Value| json!({ "data": records(&[id]), "has_more": more, "next_cursor": next });
    for (last_more, last_next) in [(json!(false), Value::Null), (json!(false), json!("y3")), (Value::Null, Value::Null)]
    {
        let responses = [page("1", json!(true), json!("y2")), page("2", last_more, last_next)];
        let (server, client) = start(&responses).await;
        let items = client.contacts().list_contact_merge_history("c-17").items();
        let walk = walk(&server, items, |_| Some("m".to_owned())).await;
        assert!(walk.error.is_none(), "{:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.asked("cursor").as_str()), ("m m", "y2"));
    }
    let (server, client) = start(&[page("1", json!(true), Value::Null)]).await;
    let items = client.contacts().list_contact_merge_history("c-17").items();
    let error = walk(&server, items, |_| None).await.error.expect("more follows, but not where");
    assert!(error.to_string().contains("more follows"), "{error}");
}
