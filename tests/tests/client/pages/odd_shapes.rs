//! Tests what counts as the next page, and as the list, in responses of odd shapes.

use intercom_client::Value;
use intercom_client::runtime::PageParameter::Query;
use intercom_client::runtime::{Json, Operation, OperationInfo, PageForm, Paged, Pagination, Piece, Request};
use serde_json::json;
use tests::things::SECURITY;

use super::walk::{query, start};

macro_rules! list {
    ($name:ident, $form:ident, $selector:expr, $($field:ident: $value:expr),+) => {
        #[derive(Debug)]
        enum $name {}
        impl Operation for $name {
            type Response = Json<Value>;
            const INFO: OperationInfo =
                OperationInfo { id: stringify!($name), method: "GET", security: SECURITY, ..OperationInfo::UNSAID };
        }
        impl Paged for $name {
            type Item = Value;
            const PAGINATION: Pagination = Pagination {
                form: PageForm::$form,
                selector: $selector,
                $($field: $value,)+
                ..Pagination::UNSAID
            };
            fn items(page: Value) -> Vec<Value> {
                let list = Self::PAGINATION.items.iter().try_fold(&page, |value, step| value.get(*step));
                list.and_then(Value::as_array).cloned().unwrap_or_default()
            }
        }
    };
}

list!(ByCursor, Cursor, Query("after"), items: &["data"], next: &["pages", "next", "after"]);
list!(ByNumber, Number, Query("page"), items: &["data"], page: &["page"], total_pages: &["total_pages"]);
list!(Deep, Cursor, Query("after"), items: &["group", "members"]);

/// Returns the value that the second request has, if there is one, after this response to the first.
async fn next_of<Op: Paged>(name: &str, response: Value, asked: Option<&str>) -> Option<String> {
    let (server, client) = start(&[response, json!({ "data": [] })]).await;
    let mut request: Request<Op> = Request::new(&client, &[Piece::Text("/members")]);
    if let Some(asked) = asked {
        request = request.query_pair(name, asked);
    }
    let mut pages = request.pages();
    pages.try_next().await.expect("a page").expect("a first page");
    pages.try_next().await.ok()?;
    query(server.requests().get(1)?, name)
}

/// As JSON values, the items of this page would take more memory than its text allows.
#[tokio::test]
async fn a_page_of_many_items_leads_on() {
    let many = json!({ "data": vec![0; 100_000], "pages": { "next": { "starting_after": "x" } } });
    let (server, client) = start(&[many, json!({ "data": [] })]).await;
    let mut pages = client.contacts().list_contacts().pages();
    assert!(pages.try_next().await.expect("a page").is_some());
    assert!(pages.try_next().await.expect("the next page").is_some());
    assert_eq!(query(&server.requests()[1], "starting_after").as_deref(), Some("x"));
}

#[tokio::test]
async fn the_path_may_break_off_at_a_link() {
    for pages in [json!({ "next": { "after": "x" } }), json!({ "next": "?after=x" }), json!("/list?after=x")] {
        let response = json!({ "data": [1], "pages": pages });
        assert_eq!(next_of::<ByCursor>("after", response, None).await.as_deref(), Some("x"), "{pages}");
    }
    for pages in [json!({ "next": { "before": "x" } }), json!({ "next": { "after": {} } }), json!("")] {
        assert_eq!(next_of::<ByCursor>("after", json!({ "data": [1], "pages": pages }), None).await, None, "{pages}");
    }
    let (_server, client) = start(&[json!({ "data": [1], "pages": { "next": "x" } })]).await;
    let mut pages = Request::<ByCursor>::new(&client, &[Piece::Text("/members")]).pages();
    pages.try_next().await.expect("a page").expect("a first page");
    assert!(pages.try_next().await.expect_err("a word is no cursor there").is_decode());
}

#[tokio::test]
async fn pages_are_counted_from_the_one_that_came_or_was_asked_for() {
    for (page, asked, next) in [
        (json!(3), None, Some("4")),
        (json!("3"), Some("2"), Some("4")),
        (json!([]), Some("5"), Some("6")),
        (Value::Null, None, Some("2")),
        (json!(0), None, Some("1")),
        (json!(9), None, None),
        (json!(u64::MAX), None, None),
    ] {
        let response = json!({ "data": [1], "page": page, "total_pages": 9 });
        assert_eq!(next_of::<ByNumber>("page", response, asked).await.as_deref(), next, "{page}");
    }
}

#[tokio::test]
async fn a_list_under_another_name_is_one_of_its_kind() {
    for (response, count) in [
        (json!({ "group": { "members": [] } }), Some(0)),
        (json!({ "group": { "members": [1], "others": [2, 3] } }), Some(1)),
        (json!({ "members": [1] }), Some(1)),
        (json!({ "team": { "members": [1] } }), Some(1)),
        (json!({ "group": { "others": [1] } }), None),
        (json!({ "members": [1], "others": [2] }), None),
        (json!([1]), Some(1)),
        (json!("none"), None),
    ] {
        let (_server, client) = start(std::slice::from_ref(&response)).await;
        let items = Request::<Deep>::new(&client, &[Piece::Text("/members")]).items();
        match (items.collect_up_to(9).await, count) {
            (Ok(items), Some(count)) => assert_eq!(items.len(), count, "{response}"),
            (Err(error), None) => assert!(error.is_no_list(), "{response}: {error}"),
            (found, _) => panic!("{response}: {found:?}"),
        }
    }
}
