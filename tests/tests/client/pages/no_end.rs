//! Tests a server that sends empty pages without end, each with another cursor.

use intercom_client::{Error, Value};
use serde_json::json;

use super::walk::{records, start, walk};

/// Returns empty pages, each with a new cursor, numbered from `from`.
fn empty(count: usize, from: usize) -> Vec<Value> {
    let page = |number| json!({ "data": [], "pages": { "next": { "starting_after": format!("x{number}") } } });
    (from..from + count).map(page).collect()
}

fn assert_given_up(error: Option<Error>, pages: usize) {
    let error = error.expect("no end went unnoticed");
    assert!(error.is_empty_pages() && !error.is_decode() && !error.is_retryable(), "{error:?}");
    assert_eq!(error.attempts(), 1);
    assert!(error.to_string().contains(&format!("{pages} pages in a row were empty")), "{error}");
    assert!(
        error.json().is_some_and(|body| body["pages"]["next"]["starting_after"].is_string()),
        "the cursor is there"
    );
}

#[tokio::test]
async fn it_is_given_up_after_a_hundred_in_a_row() {
    let (server, client) = start(&empty(300, 0)).await;
    let walk = walk(&server, client.contacts().list_contacts().items(), |contact| contact.id.clone()).await;
    assert_given_up(walk.error, 101);
    assert_eq!((walk.ids.as_str(), walk.requests.len()), ("", 101));
}

#[tokio::test]
async fn what_is_borne_can_be_set_and_a_page_with_items_begins_anew() {
    let found =
        |id: &str, cursor: &str| json!({ "data": records(&[id]), "pages": { "next": { "starting_after": cursor } } });
    let responses = [vec![found("c-1", "a")], empty(3, 0), vec![found("c-2", "b")], empty(9, 3)].concat();
    let (server, client) = start(&responses).await;
    let items = client.contacts().list_contacts().items().empty_pages(3);
    let found = walk(&server, items, |contact| contact.id.clone()).await;
    assert_given_up(found.error, 4);
    assert_eq!((found.ids.as_str(), found.requests.len()), ("c-1 c-2", 9));

    let (server, client) = start(&[empty(200, 0), vec![json!({ "data": records(&["c-1"]) })]].concat()).await;
    let items = client.contacts().list_contacts().items().empty_pages(u32::MAX);
    let patient = walk(&server, items, |contact| contact.id.clone()).await;
    assert_eq!((patient.ids.as_str(), patient.error.is_none(), patient.requests.len()), ("c-1", true, 201));
}

#[tokio::test]
async fn pages_are_given_up_too_and_the_last_one_may_be_empty() {
    let (server, client) = start(&empty(9, 0)).await;
    let mut pages = client.contacts().list_contacts().pages().empty_pages(2);
    for _ in 0..3 {
        assert!(pages.next().await.expect("a page").is_ok());
    }
    assert_given_up(pages.next().await.expect("an error").err(), 3);
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 3);

    let (server, client) = start(&[empty(2, 0), vec![json!({ "data": [] })]].concat()).await;
    let items = client.contacts().list_contacts().items().empty_pages(2);
    let ended = walk(&server, items, |contact| contact.id.clone()).await;
    assert!(ended.error.is_none(), "{:?}", ended.error);
}

#[tokio::test]
async fn numbered_pages_are_given_up_as_well() {
    let count = |page: u32| json!({ "page": page, "total_pages": 1_000_000 });
    let responses: Vec<_> = (1..50).map(|page| json!({ "data": [], "pages": count(page) })).collect();
    let (server, client) = start(&responses).await;
    let items = client.companies().retrieve_company().items().empty_pages(5);
    let walk = walk(&server, items, |company| company.id.clone()).await;
    assert!(walk.error.is_some_and(|error| error.is_empty_pages()));
    assert_eq!(walk.requests.len(), 6);
}
