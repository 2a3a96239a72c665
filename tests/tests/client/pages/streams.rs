//! Tests the guarantees of streams of pages and items, for every form of pagination.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

use futures_core::Stream;
use intercom_client::resources::contacts::ListContacts;
use intercom_client::{Error, Items, Pages, Retry, Value, models};
use serde_json::json;
use tests::server::Reply;

use super::walk::{query, records, serve, start};

fn page(id: &str, cursor: Value) -> Value {
    json!({ "data": records(&[id]), "pages": { "next": { "starting_after": cursor } } })
}

fn reply(response: &Value) -> Reply {
    Reply::json(&response.to_string())
}

#[test]
fn they_can_go_where_a_task_goes() {
    fn all<T: Send + Unpin + 'static>() {}
    fn streams<T, S: Stream<Item = Result<T, Error>>>() {}
    all::<Pages<ListContacts>>();
    all::<Items<ListContacts>>();
    streams::<models::Contact, Items<ListContacts>>();
    streams::<intercom_client::Response<models::ContactList>, Pages<ListContacts>>();
}

#[tokio::test]
async fn pages_come_with_status_headers_and_what_arrived() {
    let first = page("c-1", json!("x1"));
    let head = [("content-type", "application/json"), ("x-request-id", "r-1")];
    let (_server, client) =
        serve(vec![Reply::new("200 OK", &head, &first.to_string()), reply(&json!({ "data": null }))]).await;
    let mut pages = client.contacts().list_contacts().pages();
    let page = pages.next().await.expect("a page").expect("a good one");
    assert_eq!((page.status_code().as_u16(), page.request_id()), (200, Some("r-1")));
    assert_eq!(serde_json::from_slice::<Value>(page.body()).expect("JSON"), first);
    assert_eq!(page.into_inner().data.expect("a list").len(), 1);
    let last = pages.next().await.expect("a page").expect("a good one");
    assert_eq!(last.into_inner().data, None);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn polled_as_a_stream_they_give_the_same() {
    let (server, client) = start(&[page("c-1", json!("x1")), page("c-2", Value::Null)]).await;
    let mut items = client.contacts().list_contacts().items();
    let mut ids = Vec::new();
    while let Some(item) = std::future::poll_fn(|context| Pin::new(&mut items).poll_next(context)).await {
        ids.extend(item.expect("an item").id);
    }
    assert_eq!((ids.join(" ").as_str(), server.requests().len()), ("c-1 c-2", 2));
}

#[tokio::test]
async fn no_page_is_asked_for_before_it_is_wanted() {
    let (server, client) = start(&[page("c-1", json!("x1")), page("c-2", Value::Null)]).await;
    let mut items = client.contacts().list_contacts().items();
    assert_eq!(server.requests().len(), 0);
    assert_eq!(items.next().await.expect("an item").expect("a good one").id.as_deref(), Some("c-1"));
    assert_eq!(server.requests().len(), 1);
    assert_eq!(items.next().await.expect("an item").expect("a good one").id.as_deref(), Some("c-2"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn after_an_error_the_same_page_is_asked_for_again() {
    let broken = Reply::new("500 Internal Server Error", &[("content-type", "text/plain")], "out of order");
    let no_page = Reply::new("200 OK", &[("content-type", "text/html")], "<html>");
    for trouble in [broken, no_page, Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec())] {
        let pages = [page("c-1", json!("x1")), page("c-2", Value::Null)];
        let (server, client) = serve(vec![reply(&pages[0]), trouble, reply(&pages[1])]).await;
        let mut items = client.contacts().list_contacts().retry(Retry::none()).items();
        let mut seen = Vec::new();
        while let Some(item) = items.next().await {
            seen.push(item.map_or_else(|_| "error".to_owned(), |contact| contact.id.unwrap_or_default()));
        }
        assert_eq!(seen.join(" "), "c-1 error c-2");
        let asked: Vec<_> = server.requests().iter().map(|request| query(request, "starting_after")).collect();
        assert_eq!(asked, [None, Some("x1".to_owned()), Some("x1".to_owned())]);
    }
}

#[tokio::test]
async fn a_dropped_next_loses_nothing() {
    let (server, client) = start(&[page("c-1", json!("x1")), page("c-2", Value::Null)]).await;
    let mut items = client.contacts().list_contacts().items();
    let mut ids = Vec::new();
    for _ in 0..2 {
        // The future is polled once, before a response can arrive, and dropped.
        for _ in 0..3 {
            let next = pin!(items.next());
            assert!(next.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        ids.extend(items.next().await.expect("an item").expect("a good one").id);
    }
    assert!(items.next().await.is_none());
    assert_eq!((ids.join(" ").as_str(), server.requests().len()), ("c-1 c-2", 2));
}

#[tokio::test]
async fn all_that_is_set_on_the_request_holds_for_each_page() {
    let (server, client) = start(&[page("c-1", json!("x1")), page("c-2", Value::Null)]).await;
    let request = client.contacts().list_contacts().header("x-own", "own").header("intercom-version", "9.9");
    let items = request.items().collect_up_to(usize::MAX).await.expect("all");
    assert_eq!(items.len(), 2);
    for request in server.requests() {
        assert_eq!((request.header("x-own"), request.header("intercom-version")), (Some("own"), Some("9.9")));
        assert_eq!(request.header("authorization"), Some("Bearer sesame"));
    }
}

#[tokio::test]
async fn the_timeout_of_the_request_holds_for_each_page() {
    let (_server, client) = serve(vec![reply(&page("c-1", json!("x1"))), Reply::Silence]).await;
    let mut items = client.contacts().list_contacts().timeout(std::time::Duration::from_secs(5)).items();
    items.next().await.expect("an item").expect("a good one");
    tokio::time::pause();
    let error = items.next().await.expect("an item").expect_err("silence");
    assert!(error.is_timeout() && error.to_string().contains("5s"), "{error}");
}

#[tokio::test]
async fn a_limit_ends_it_without_a_page_too_many() {
    let list = |ids: &[&str], cursor: Value| json!({ "data": records(ids), "pages": { "next": { "starting_after": cursor } } });
    let responses =
        [list(&["c-1", "c-2"], json!("x1")), list(&["c-3", "c-4"], json!("x2")), list(&["c-5"], Value::Null)];
    for (limit, items, requests) in [(0, 0, 0), (1, 1, 1), (2, 2, 1), (3, 3, 2), (4, 4, 2), (5, 5, 3), (9, 5, 3)] {
        let (server, client) = start(&responses).await;
        let got = client.contacts().list_contacts().items().collect_up_to(limit).await.expect("items");
        assert_eq!((got.len(), server.requests().len()), (items, requests), "at most {limit}");
    }
    let (_server, client) = serve(vec![reply(&responses[0]), Reply::new("404 Not Found", &[], "")]).await;
    let error = client.contacts().list_contacts().items().collect_up_to(9).await.expect_err("the second page fails");
    assert!(error.is_not_found());
}

#[tokio::test]
async fn the_page_size_is_set_wherever_it_goes() {
    let (_server, client) = start(&[json!({})]).await;
    let in_query = client.contacts().list_contacts().per_page(2).page_size(7);
    assert_eq!(in_query.url().expect("valid").query(), Some("per_page=7"));

    let search = models::ContactSearchRequest::new(models::SingleFilterSearchRequest::new());
    let in_body = client.contacts().search_contacts(search).page_size(7).body().to_json().expect("JSON");
    assert_eq!(in_body["pagination"], json!({ "per_page": 7 }));

    let error = client.companies().scroll_over_all_companies().page_size(7).items().next().await;
    assert!(error.expect("an item").expect_err("it has none").is_invalid());
}
