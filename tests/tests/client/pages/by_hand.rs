//! Tests lists of other APIs, described by hand: other names, other depths, other bodies.

use intercom_client::runtime::PageParameter::{Body, Query};
use intercom_client::runtime::{
    Extra, Json, Operation, OperationInfo, PageForm, Paged, Pagination, Piece, Request, model,
};
use intercom_client::{Client, Value};
use serde_json::json;
use tests::server::Received;
use tests::things::SECURITY;

use super::walk::{start, walk};

#[derive(Debug, Clone, PartialEq)]
struct Member {
    id: String,
    extra: Extra,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Members {
    members: Option<Vec<Member>>,
    extra: Extra,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Page {
    group: Option<Members>,
    extra: Extra,
}

model! { Member { required { id: "id" } } }
model! { Members { optional { members: "members" } } }
model! { Page { optional { group: "group" } } }

macro_rules! list {
    ($name:ident, $method:literal, $form:ident, $selector:expr, $($field:ident: $value:expr),+) => {
        #[derive(Debug)]
        enum $name {}
        impl Operation for $name {
            type Response = Json<Page>;
            const INFO: OperationInfo = OperationInfo {
                id: stringify!($name),
                tag: "Members",
                method: $method,
                path: "/members",
                security: SECURITY,
                accept: "application/json",
                ..OperationInfo::UNSAID
            };
        }
        impl Paged for $name {
            type Item = Member;
            const PAGINATION: Pagination = Pagination {
                form: PageForm::$form,
                selector: $selector,
                items: &["group", "members"],
                $($field: $value,)+
                ..Pagination::UNSAID
            };
            fn items(page: Page) -> Vec<Member> {
                page.group.and_then(|group| group.members).unwrap_or_default()
            }
        }
    };
}

list!(ByLink, "GET", Cursor, Query("at"), next: &["links", "next"]);
list!(ByNumber, "GET", Number, Query("p"), next: &["next_page"], size: Some(Query("n")));
list!(ByBody, "POST", Cursor, Body(&["from"]), next: &["next"], more: &["more"], size: Some(Body(&["count"])));
list!(ByNumberInBody, "POST", Number, Body(&["paging", "p"]), next: &["next"], size: Some(Body(&["paging", "n"])));
list!(ByScroll, "GET", Scroll, Query("scroll_id"), next: &["meta", "scroll_id"]);

fn request<Op: Operation>(client: &Client) -> Request<Op> {
    Request::new(client, &[Piece::Text("/members")])
}

fn page(id: &str, told: Value) -> Value {
    let mut page = json!({ "group": { "members": [{ "id": id }] } });
    page.as_object_mut().expect("an object").extend(told.as_object().expect("an object").clone());
    page
}

fn id(member: &Member) -> Option<String> {
    Some(member.id.clone())
}

#[tokio::test]
async fn a_link_and_nothing_else() {
    let last = page("m-2", json!({ "links": { "next": null } }));
    for next in ["/members?n=1&at=5", "https://elsewhere.example/?at=5#top", "5"] {
        let (server, client) = start(&[page("m-1", json!({ "links": { "next": next } })), last.clone()]).await;
        let walk = walk(&server, request::<ByLink>(&client).items(), id).await;
        assert!(walk.error.is_none(), "{next}: {:?}", walk.error);
        assert_eq!((walk.ids.as_str(), walk.asked("at").as_str()), ("m-1 m-2", "5"), "{next}");
    }
}

#[tokio::test]
async fn a_number_of_the_next_page_and_no_count() {
    let (server, client) = start(&[page("m-1", json!({ "next_page": 2 })), page("m-2", json!({}))]).await;
    let walk = walk(&server, request::<ByNumber>(&client).page_size(1).items(), id).await;
    assert_eq!((walk.ids.as_str(), walk.asked("p").as_str(), walk.asked("n").as_str()), ("m-1 m-2", "2", "1"));
}

#[tokio::test]
async fn a_scroll_whose_list_and_parameter_lie_deeper() {
    let told = json!({ "meta": { "scroll_id": "s" } });
    let empty = json!({ "group": { "members": [] }, "meta": { "scroll_id": "s" } });
    let (server, client) = start(&[page("m-1", told.clone()), page("m-2", told), empty]).await;
    let walk = walk(&server, request::<ByScroll>(&client).items(), id).await;
    assert_eq!((walk.ids.as_str(), walk.asked("scroll_id").as_str()), ("m-1 m-2", "s s"));
}

#[tokio::test]
async fn a_cursor_in_a_request_that_has_no_body_yet() {
    let responses = [
        page("m-1", json!({ "next": [1] })),
        page("m-1", json!({ "next": "a", "more": true })),
        page("m-2", json!({})),
    ];
    let (server, client) = start(&responses[1..]).await;
    let found = walk(&server, request::<ByBody>(&client).items(), id).await;
    assert_eq!(found.ids, "m-1 m-2");
    assert_eq!((found.requests[0].text().as_str(), found.requests[1].text().as_str()), ("", r#"{"from":"a"}"#));
    assert_eq!(found.requests[1].header("content-type"), Some("application/json"));

    let (server, client) = start(&responses).await;
    let list = walk(&server, request::<ByBody>(&client).items(), id).await;
    assert!(list.error.expect("a list is no cursor").to_string().contains("a list"));
}

/// The request gets a body, even if the property is nested in an object that is null.
#[tokio::test]
async fn a_number_in_a_request_that_has_no_body_yet() {
    let responses = [page("m-1", json!({ "next": 2 })), page("m-2", json!({}))];
    let (server, client) = start(&responses).await;
    let found = walk(&server, request::<ByNumberInBody>(&client).items(), id).await;
    assert_eq!(found.ids, "m-1 m-2");
    let texts = |requests: &[Received]| requests.iter().map(Received::text).collect::<Vec<_>>();
    assert_eq!(texts(&found.requests), ["", r#"{"paging":{"p":2}}"#]);
    assert_eq!(found.requests[1].header("content-type"), Some("application/json"));

    let (server, client) = start(&responses).await;
    let sized = request::<ByNumberInBody>(&client).json(&json!({ "paging": null, "word": "é" })).page_size(3);
    let found = walk(&server, sized.items(), id).await;
    let second = r#"{"paging":{"n":3,"p":2},"word":"é"}"#;
    assert_eq!(texts(&found.requests), [r#"{"paging":{"n":3},"word":"é"}"#, second]);

    let (server, client) = start(&responses).await;
    let mut items = request::<ByNumberInBody>(&client).json(&json!({ "paging": "none" })).items();
    assert!(items.next().await.expect("an item").is_ok());
    let error = items.next().await.expect("an item").expect_err("no place for a number");
    assert!(error.is_invalid() && error.to_string().contains("`paging.p`"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_body_keeps_its_media_type_and_must_have_a_place() {
    let responses = [page("m-1", json!({ "next": "a" })), page("m-2", json!({}))];
    let (server, client) = start(&responses).await;
    let typed =
        request::<ByBody>(&client).json_as("application/vnd.members+json", &json!({ "word": "é", "from": null }));
    let found = walk(&server, typed.page_size(3).items(), id).await;
    assert_eq!(found.ids, "m-1 m-2");
    let [first, second] = &found.requests[..] else { panic!("{} requests", found.requests.len()) };
    assert_eq!(first.text(), r#"{"count":3,"from":null,"word":"é"}"#);
    assert_eq!(second.text(), r#"{"count":3,"from":"a","word":"é"}"#);
    assert_eq!(second.header("content-type"), Some("application/vnd.members+json"));

    for body in [json!([1]), json!("text"), json!(1)] {
        let (server, client) = start(&responses).await;
        let mut items = request::<ByBody>(&client).json(&body).items();
        assert!(items.next().await.expect("an item").is_ok());
        let error = items.next().await.expect("an item").expect_err("no place for a cursor");
        assert!(error.is_invalid() && error.to_string().contains("`from`"), "{body}: {error}");
        assert_eq!(server.requests().len(), 1, "{body}");
    }
}
