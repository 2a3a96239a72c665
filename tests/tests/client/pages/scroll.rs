//! Tests scrolling: the parameter may stay the same, and an empty list is the end.

use intercom_client::Value;
use serde_json::json;
use tests::server::Reply;

use super::walk::{records, serve, start, walk};

fn page(ids: &[&str], parameter: Value) -> Value {
    json!({ "data": records(ids), "pages": null, "scroll_param": parameter })
}

#[tokio::test]
async fn it_goes_on_until_nothing_comes() {
    let same = json!("s-1");
    for (second, third, last, asked) in [
        (same.clone(), same.clone(), same.clone(), "s-1 s-1 s-1"),
        (json!("s-2"), json!("s-3"), json!("s-4"), "s-1 s-2 s-3"),
        (Value::Null, Value::Null, Value::Null, "s-1 s-1 s-1"),
        (json!("s-2"), Value::Null, same.clone(), "s-1 s-2 s-2"),
        (json!("https://elsewhere.example/companies/scroll?scroll_param=s-2"), json!("s-2"), same, "s-1 s-2 s-2"),
    ] {
        let responses = [
            page(&["o-1", "o-2"], json!("s-1")),
            page(&["o-3"], second.clone()),
            json!({ "companies": records(&["o-4"]), "scroll_param": third }),
            page(&[], last),
        ];
        let (server, client) = start(&responses).await;
        let items = client.companies().scroll_over_all_companies().query_pair("own", "1").items();
        let walk = walk(&server, items, |company| company.id.clone()).await;
        assert!(walk.error.is_none(), "{second}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.asked("scroll_param").as_str()), ("o-1 o-2 o-3 o-4", asked), "{second}");
        assert_eq!(walk.asked("own"), "1 1 1");
    }
}

#[tokio::test]
async fn a_null_in_place_of_the_list_is_the_end_and_so_is_an_absent_parameter() {
    for last in [json!({ "data": null, "scroll_param": "s-1" }), json!({ "data": null })] {
        let (server, client) = start(&[page(&["o-1"], json!("s-1")), last.clone()]).await;
        let items = client.companies().scroll_over_all_companies().items();
        let walk = walk(&server, items, |company| company.id.clone()).await;
        assert_eq!((walk.ids.as_str(), walk.error.is_none(), walk.requests.len()), ("o-1", true, 2), "{last}");
    }
    let (server, client) = start(&[page(&["o-1"], Value::Null)]).await;
    let items = client.companies().scroll_over_all_companies().items();
    let walk = walk(&server, items, |company| company.id.clone()).await;
    assert_eq!((walk.ids.as_str(), walk.error.is_none(), walk.requests.len()), ("o-1", true, 1));
}

#[tokio::test]
async fn a_second_scroll_while_one_is_open_is_an_error_of_its_own() {
    let body =
        r#"{"type": "error.list", "request_id": "r-7", "errors": [{"code": "scroll_exists", "message": "busy"}]}"#;
    let refused = Reply::new("400 Bad Request", &[("content-type", "application/json")], body);
    let (server, client) = serve(vec![refused]).await;
    let mut items = client.companies().scroll_over_all_companies().items();
    let error = items.next().await.expect("an item").expect_err("refused");
    assert_eq!((error.code(), error.is_bad_request(), error.request_id()), (Some("scroll_exists"), true, Some("r-7")));
    assert_eq!(server.requests().len(), 1, "a blind retry");
}

/// The server moves to the next page even if a response is lost, so repeating the call would skip a page unnoticed.
#[tokio::test]
async fn a_lost_page_ends_it_and_a_refused_call_does_not() {
    let json = |response: Value| Reply::json(&response.to_string());
    let failed = Reply::new("500 Internal Server Error", &[], "");
    let cut = Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_vec());
    for lost in [failed, Reply::new("503 Service Unavailable", &[], ""), cut] {
        let (server, client) = serve(vec![json(page(&["o-1"], json!("s-1"))), lost]).await;
        let items = client.companies().scroll_over_all_companies().items();
        let lost = walk(&server, items, |company| company.id.clone()).await;
        assert_eq!((lost.ids.as_str(), lost.requests.len(), lost.error.is_some()), ("o-1", 2, true));
    }

    let busy = Reply::new("429 Too Many Requests", &[("retry-after", "0")], "");
    let responses = [page(&["o-1"], json!("s-1")), page(&["o-2"], json!("s-1")), page(&[], json!("s-1"))];
    let [first, second, last] = responses.map(json);
    let (server, client) = serve(vec![first, busy, second, last]).await;
    let items = client.companies().scroll_over_all_companies().items();
    let refused = walk(&server, items, |company| company.id.clone()).await;
    assert_eq!((refused.ids.as_str(), refused.asked("scroll_param").as_str()), ("o-1 o-2", "s-1 s-1 s-1"));
}
