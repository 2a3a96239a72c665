//! Tests a response that should be a page but has no list: it is an error, never a silent empty page.

use intercom_client::Value;
use intercom_client::runtime::{
    Extra, Json, Operation, OperationInfo, PageParameter, Paged, Pagination, Piece, Request, Untyped, model,
};
use serde_json::json;

use super::walk::{records, start, walk};

/// Returns responses without the documented list, each of which announces another page.
fn listless() -> Vec<Value> {
    let next = json!({ "next": { "starting_after": "x1" } });
    vec![
        json!({}),
        json!({ "pages": next }),
        json!({ "data": "none", "pages": next }),
        json!({ "data": 0, "pages": next }),
        json!({ "type": "contact", "id": "c-1", "name": "Ann" }),
        // Either list could be the documented one.
        json!({ "contacts": records(&["c-1"]), "users": records(&["c-9"]), "pages": next }),
        // An object with another list stands in the place of the list.
        json!({ "data": { "others": records(&["c-9"]) }, "pages": next }),
    ]
}

#[tokio::test]
async fn it_is_an_error_that_says_so() {
    for response in listless() {
        let (server, client) = start(std::slice::from_ref(&response)).await;
        let walk = walk(&server, client.contacts().list_contacts().items(), |contact| contact.id.clone()).await;
        let error = walk.error.unwrap_or_else(|| panic!("{response} went unnoticed"));
        assert!(error.is_no_list() && error.is_decode() && !error.is_empty_pages(), "{error:?}");
        assert_eq!(error.attempts(), 1);
        assert!(error.to_string().ends_with(": the response holds no list"), "{error}");
        assert_eq!((error.json(), walk.ids.as_str(), walk.requests.len()), (Some(response), "", 1));
    }
}

#[tokio::test]
async fn a_scroll_does_not_end_with_it_in_silence() {
    for last in [json!({ "scroll_param": "s-1" }), json!({})] {
        let first = json!({ "data": records(&["o-1"]), "scroll_param": "s-1" });
        let (server, client) = start(&[first, last.clone()]).await;
        let items = client.companies().scroll_over_all_companies().items();
        let walk = walk(&server, items, |company| company.id.clone()).await;
        assert!(walk.error.is_some_and(|error| error.is_no_list()), "{last}");
        assert_eq!((walk.ids.as_str(), walk.requests.len()), ("o-1", 2), "{last}");
    }
}

#[tokio::test]
async fn a_page_without_a_list_comes_before_its_error() {
    let (_server, client) = start(&[json!({ "id": "c-1" })]).await;
    let mut pages = client.contacts().list_contacts().pages();
    assert_eq!(pages.next().await.expect("a page").expect("read").into_inner().data, None);
    assert!(pages.next().await.expect("an error").expect_err("no list").is_no_list());
    assert!(pages.next().await.is_none());
}

#[derive(Debug, Clone, PartialEq)]
struct Member {
    id: String,
    extra: Extra,
}

model! { Member { required { id: "id" } } }

/// A list operation that takes an optional id and then returns one member.
#[derive(Debug)]
enum OneOrMany {}

impl Operation for OneOrMany {
    type Response = Json<Value>;
    const INFO: OperationInfo = OperationInfo { id: "OneOrMany", method: "GET", path: "/members", ..Untyped::INFO };
}

impl Paged for OneOrMany {
    type Item = Member;
    const PAGINATION: Pagination = Pagination {
        selector: PageParameter::Query("after"),
        items: &["members"],
        next: &["next"],
        or_one: true,
        ..Pagination::UNSAID
    };
    fn items(page: Value) -> Vec<Member> {
        page.get("members").and_then(|members| serde_json::from_value(members.clone()).ok()).unwrap_or_default()
    }
}

#[tokio::test]
async fn one_item_is_a_page_of_one_where_the_operation_says_so() {
    for (response, ids) in [
        (json!({ "members": records(&["m-1", "m-2"]), "next": null }), "m-1 m-2"),
        (json!({ "id": "m-1", "tags": { "tags": records(&["t-1"]) }, "emails": [] }), "m-1"),
        (json!({ "members": [] }), ""),
        (json!([{ "id": "m-1" }, { "id": "m-2" }]), "m-1 m-2"),
    ] {
        let (server, client) = start(std::slice::from_ref(&response)).await;
        let request: Request<OneOrMany> = Request::new(&client, &[Piece::Text("/members")]);
        let walk = walk(&server, request.items(), |member| Some(member.id.clone())).await;
        assert!(walk.error.is_none(), "{response}: {:?}", walk.error);
        assert_eq!(walk.ids, ids, "{response}");
    }
    for response in [json!({}), json!({ "members": "none" })] {
        let (server, client) = start(std::slice::from_ref(&response)).await;
        let request: Request<OneOrMany> = Request::new(&client, &[Piece::Text("/members")]);
        let walk = walk(&server, request.items(), |member| Some(member.id.clone())).await;
        assert!(walk.error.is_some_and(|error| error.is_no_list()), "{response}");
    }
}
