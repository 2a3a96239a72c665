//! Tests the example of an order as a custom object, and its contact.

use serde_json::{Value, json};
use tests::server::Reply;

use super::{asked, command, refusal, run, sent, start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_custom_objects");

const PUT: [&str; 5] = ["put", "o-17", "c-17", "state=shipped", "note=two = a pair"];

const WRITE: &str = "POST /custom_object_instances/Order";
const READ: &str = "GET /custom_object_instances/Order/o-17";
const LIST: &str = "GET /custom_object_instances/Order?references_contact_id=c-17&per_page=150";

fn order() -> Value {
    json!({"type": "Order", "id": "2117", "external_id": "o-17", "custom_attributes": {"state": "shipped", "parcels": 2}})
}

fn reply(value: &Value) -> Reply {
    Reply::json(&value.to_string())
}

/// Returns a page with the orders of the contact.
fn orders(ids: &[&str]) -> Reply {
    let data: Vec<_> = ids.iter().map(|id| json!({"type": "Order", "id": id})).collect();
    reply(&json!({"type": "list", "data": data, "pages": {"page": 1, "total_pages": 1, "next": null}}))
}

#[tokio::test]
async fn an_order_is_written_read_and_added_to_those_of_the_contact() {
    let contact = json!({"type": "contact", "id": "c-17"});
    let server = start(vec![reply(&order()), reply(&order()), orders(&["2001"]), reply(&contact)]).await;
    let ran = run(command(PROGRAM, &server, &PUT)).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, ["o-17 is 2117", "  parcels: 2", "  state: \"shipped\"", "orders of c-17: 2"]);
    assert_eq!(asked(&server), [WRITE, READ, LIST, "PUT /contacts/c-17"]);
    let attributes = json!({"state": "shipped", "note": "two = a pair"});
    assert_eq!(sent(&server, 0), json!({"external_id": "o-17", "custom_attributes": attributes}));
    assert_eq!(sent(&server, 3), json!({"custom_attributes": {"order": ["2001", "2117"]}}), "none is lost");
}

#[tokio::test]
async fn an_order_that_the_contact_has_is_not_added_again() {
    let server = start(vec![reply(&order()), reply(&order()), orders(&["2117"])]).await;
    let ran = run(command(PROGRAM, &server, &PUT)).await;
    assert_eq!(ran.out.last().map(String::as_str), Some("orders of c-17: 1, as before"));
    assert_eq!(asked(&server), [WRITE, READ, LIST]);
}

#[tokio::test]
async fn writing_is_repeated_since_its_own_number_decides() {
    let lost = Reply::new("503 Service Unavailable", &[("retry-after", "0")], "");
    let server = start(vec![lost, reply(&order()), reply(&order()), orders(&["2117"])]).await;
    let ran = run(command(PROGRAM, &server, &PUT)).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(asked(&server), [WRITE, WRITE, READ, LIST]);
}

#[tokio::test]
async fn what_has_to_be_set_up_first_is_told() {
    for (status, told) in [
        ("404 Not Found", "set up the custom object type Order first"),
        ("403 Forbidden", "let the token read and write custom objects"),
    ] {
        let server = start(vec![refusal(status, "no")]).await;
        let ran = run(command(PROGRAM, &server, &PUT)).await;
        assert!(!ran.succeeded && ran.out.is_empty() && ran.err.contains(told), "{}", ran.err);
        assert_eq!(asked(&server), [WRITE]);
    }
    let server =
        start(vec![reply(&order()), reply(&order()), orders(&[]), refusal("404 Not Found", "not_found")]).await;
    let ran = run(command(PROGRAM, &server, &PUT)).await;
    assert!(!ran.succeeded && ran.err.contains("there is no contact c-17"), "{}", ran.err);
}

#[tokio::test]
async fn an_order_is_deleted_by_its_own_number_as_often_as_one_likes() {
    let deleted = json!({"id": "2117", "object": "Order", "deleted": true});
    for (response, said) in
        [(reply(&deleted), "deleted o-17"), (refusal("404 Not Found", "not_found"), "there is no o-17")]
    {
        let server = start(vec![response]).await;
        let ran = run(command(PROGRAM, &server, &["delete", "o-17"])).await;
        assert!(ran.succeeded, "{}", ran.err);
        assert_eq!(ran.out, [said]);
        assert_eq!(asked(&server), ["DELETE /custom_object_instances/Order?external_id=o-17"]);
    }
}

#[tokio::test]
async fn arguments_that_mean_nothing_are_refused() {
    let server = start(vec![Reply::json("{}")]).await;
    for arguments in [&[][..], &["put", "o-17"], &["put", "o-17", "c-17", "shipped"], &["drop", "o-17"]] {
        let ran = run(command(PROGRAM, &server, arguments)).await;
        assert!(!ran.succeeded && ran.err.contains("put ORDER CONTACT NAME=VALUE"), "{}", ran.err);
    }
    assert!(server.requests().is_empty());
}
