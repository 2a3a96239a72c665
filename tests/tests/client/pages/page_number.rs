//! Tests page numbers in the query.

use intercom_client::Value;
use serde_json::json;

use super::walk::{Walk, records, start, walk};

/// Returns all companies in these responses.
async fn companies(responses: &[Value]) -> Walk {
    let (server, client) = start(responses).await;
    let items = client.companies().list_all_companies().per_page(2).order("desc").items();
    let walk = walk(&server, items, |company| company.id.clone()).await;
    for request in &walk.requests {
        assert!(request.target.contains("per_page=2") && request.target.contains("order=desc"), "{}", request.target);
    }
    walk
}

fn page(ids: &[&str], pages: Value) -> Value {
    json!({ "data": records(ids), "pages": pages })
}

#[tokio::test]
async fn the_next_page_is_found_wherever_it_is_told() {
    for pages in [
        json!({ "next": "https://elsewhere.example/companies?per_page=60&page=2", "page": 1, "total_pages": 2 }),
        json!({ "next": "/companies/list?page=2" }),
        json!({ "next": { "page": 2, "starting_after": "x1" } }),
        json!({ "next": { "page": "2" } }),
        json!({ "next": 2 }),
        json!({ "next": "2" }),
        json!({ "next": null, "page": 1, "total_pages": 2 }),
        json!({ "page": 1, "total_pages": 2 }),
        json!({ "page": "1", "total_pages": "2" }),
        json!({ "page": null, "total_pages": 2 }),
        json!({ "page": {}, "per_page": "many", "total_pages": 2 }),
        // The count is wrong, but the link still leads on.
        json!({ "next": "?page=2", "page": 1, "total_pages": 0 }),
        json!({ "next": "?page=2", "page": 1, "total_pages": "?" }),
        json!({ "next": "?page=2", "page": u64::MAX }),
    ] {
        let responses = [page(&["o-1", "o-2"], pages.clone()), page(&["o-3"], json!({ "page": 2, "total_pages": 2 }))];
        let walk = companies(&responses).await;
        assert!(walk.error.is_none(), "{pages}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.asked("page").as_str()), ("o-1 o-2 o-3", "2"), "{pages}");
        assert_eq!(walk.requests.len(), 2, "{pages}");
    }
}

#[tokio::test]
async fn a_cursor_in_place_of_a_number_is_sent_as_one() {
    let responses =
        [page(&["o-1"], json!({ "next": { "starting_after": "x1" } })), page(&["o-2"], json!({ "next": null }))];
    let (server, client) = start(&responses).await;
    let items = client.companies().list_all_companies().page(1).items();
    let walk = walk(&server, items, |company| company.id.clone()).await;
    assert_eq!((walk.ids.as_str(), walk.asked("starting_after").as_str()), ("o-1 o-2", "x1"));
    assert_eq!(walk.asked("page"), "-", "a number beside the cursor");
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
        json!({ "next": null, "page": 1, "total_pages": null }),
    ] {
        let walk = companies(&[page(&["o-1"], pages.clone())]).await;
        assert!(walk.error.is_none(), "{pages}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("o-1", 1), "{pages}");
    }
    let walk = companies(&[json!({ "data": records(&["o-1"]) })]).await;
    assert_eq!((walk.ids.as_str(), walk.error.is_none(), walk.requests.len()), ("o-1", true, 1));
}

#[tokio::test]
async fn an_empty_page_in_the_middle_is_not_the_end() {
    let count = |page: u8| json!({ "page": page, "total_pages": 4 });
    let responses = [
        page(&["o-1"], count(1)),
        page(&[], count(2)),
        json!({ "data": null, "pages": count(3) }),
        page(&["o-2"], count(4)),
    ];
    let walk = companies(&responses).await;
    assert_eq!((walk.ids.as_str(), walk.asked("page").as_str()), ("o-1 o-2", "2 3 4"));
}

/// A count that is too large, or a link that never ends, leads to empty pages.
#[tokio::test]
async fn a_wrong_count_does_not_lead_on_for_ever() {
    let too_large = |page: u8| json!({ "next": null, "page": page, "total_pages": 1_000_000 });
    let walk = companies(&[page(&["o-1"], too_large(1)), page(&[], too_large(2))]).await;
    assert_eq!((walk.ids.as_str(), walk.error.is_none(), walk.requests.len()), ("o-1", true, 2));

    let always = |page: u8| json!({ "next": format!("?page={}", page + 1), "page": page, "total_pages": 1 });
    let walk = companies(&[page(&["o-1"], always(1)), page(&["o-2"], always(2)), page(&[], always(3))]).await;
    assert_eq!((walk.ids.as_str(), walk.error.is_none(), walk.requests.len()), ("o-1 o-2", true, 3));
}

/// A server that does not know the parameter sends the first page again and again.
#[tokio::test]
async fn the_first_page_again_is_an_error() {
    for pages in [json!({ "page": 1, "total_pages": 5 }), json!({ "next": "?page=2", "page": 1, "total_pages": 5 })] {
        let walk = companies(&[page(&["o-1"], pages.clone())]).await;
        let error = walk.error.unwrap_or_else(|| panic!("{pages} went unnoticed"));
        assert!(error.is_decode() && error.to_string().contains("`page` was 2 before"), "{error}");
        assert_eq!(walk.requests.len(), 2);
    }
}

#[tokio::test]
async fn a_page_that_the_caller_gives_is_where_it_starts() {
    // The responses do not contain their own page number.
    let count = json!({ "total_pages": 4 });
    let (server, client) = start(&[page(&["o-3"], count.clone()), page(&["o-4"], count)]).await;
    let items = client.companies().list_all_companies().page(3).items();
    let walk = walk(&server, items, |company| company.id.clone()).await;
    assert_eq!((walk.ids.as_str(), walk.asked("page").as_str()), ("o-3 o-4", "4"));
}

/// One list has `page` and `total_pages` beside the items and no `next`; the other is nested in an object.
#[tokio::test]
async fn the_places_differ_from_list_to_list() {
    let audience = |page: u8| json!({ "data": records(&["7"]), "page": page, "total_pages": 2 });
    let (server, client) = start(&[audience(1), audience(2)]).await;
    let walked = walk(&server, client.audiences().list_audiences().items(), |_| Some("a".to_owned())).await;
    assert_eq!((walked.ids.as_str(), walked.asked("page").as_str()), ("a a", "2"));

    let hits = |page: u8| {
        let data = json!({ "articles": records(&["7"]), "highlights": [{ "article_id": "7" }, {}] });
        json!({ "data": data, "pages": { "page": page, "total_pages": 2 } })
    };
    let (server, client) = start(&[hits(1), hits(2)]).await;
    let items = client.articles().search_articles().phrase("engine").items();
    let walk = walk(&server, items, |_| Some("a".to_owned())).await;
    assert_eq!((walk.ids.as_str(), walk.asked("page").as_str()), ("a a", "2"));
    assert_eq!(walk.asked("phrase"), "engine");
}
