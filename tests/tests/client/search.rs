//! Tests the JSON that each search sends.

use intercom_client::models::{SingleFilterSearchRequest, SingleFilterSearchRequestOperator as Operator};
use intercom_client::search::{
    Day, Filter, Flag, Group, Id, Number, Order, Text, Time, all, any, companies, contacts, conversations, search,
    tickets, try_all, try_any,
};
use intercom_client::{Client, Operation, Request, Timestamp, Value};
use serde_json::json;

fn client() -> Client {
    Client::builder("sesame-open").base_url("http://localhost").build().expect("a client")
}

fn body<Op: Operation>(request: &Request<Op>) -> Value {
    request.url().expect("valid");
    request.body().to_json().expect("JSON")
}

fn query(filter: Filter) -> Value {
    let body = body(&client().contacts().search_contacts(filter));
    let fields: Vec<_> = body.as_object().expect("an object").keys().collect();
    assert_eq!(fields, ["query"]);
    body["query"].clone()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("seconds")
}

#[test]
fn each_type_of_field_has_its_operators() {
    let (text, number, time) = (Text::new("name"), Number::new("owner_id"), Time::new("created_at"));
    let day = Day::custom("renewal");
    for (filter, field, operator, value) in [
        (text.equals("Ann"), "name", "=", json!("Ann")),
        (text.not_equals(String::from("Ann")), "name", "!=", json!("Ann")),
        (text.one_of(["Ann", "Bo"]), "name", "IN", json!(["Ann", "Bo"])),
        (text.none_of(vec![String::from("Ann")]), "name", "NIN", json!(["Ann"])),
        (text.contains("n"), "name", "~", json!("n")),
        (text.not_contains("n"), "name", "!~", json!("n")),
        (text.starts_with("A"), "name", "^", json!("A")),
        (text.ends_with("n"), "name", "$", json!("n")),
        (text.is_null(), "name", "=", json!(null)),
        (text.is_not_null(), "name", "!=", json!(null)),
        (Id::new("tag_id").equals("t-1"), "tag_id", "=", json!("t-1")),
        (Id::new("tag_id").not_equals("t-1"), "tag_id", "!=", json!("t-1")),
        (number.equals(7), "owner_id", "=", json!(7)),
        (number.not_equals(7), "owner_id", "!=", json!(7)),
        (number.one_of([7, 8]), "owner_id", "IN", json!([7, 8])),
        (number.none_of([7_u32]), "owner_id", "NIN", json!([7])),
        (number.less_than(7), "owner_id", "<", json!(7)),
        (number.at_most(7), "owner_id", "<=", json!(7)),
        (number.greater_than(7), "owner_id", ">", json!(7)),
        (number.at_least(7), "owner_id", ">=", json!(7)),
        (number.at_least(4.5), "owner_id", ">=", json!(4.5)),
        (number.one_of([4.5, 5.0]), "owner_id", "IN", json!([4.5, 5.0])),
        (number.equals(i64::MIN), "owner_id", "=", json!(i64::MIN)),
        (number.less_than(f64::MAX), "owner_id", "<", json!(f64::MAX)),
        // A null would find items without a value.
        (number.equals(f64::NAN), "owner_id", "=", json!("NaN")),
        (number.greater_than(f64::NEG_INFINITY), "owner_id", ">", json!("-inf")),
        (number.is_null(), "owner_id", "=", json!(null)),
        (time.equals(at(17)), "created_at", "=", json!(17)),
        (time.not_equals(at(17)), "created_at", "!=", json!(17)),
        (time.before(at(17)), "created_at", "<", json!(17)),
        (time.at_or_before(at(17)), "created_at", "<=", json!(17)),
        (time.after(at(17)), "created_at", ">", json!(17)),
        (time.at_or_after(std::time::UNIX_EPOCH), "created_at", ">=", json!(0)),
        (time.is_not_null(), "created_at", "!=", json!(null)),
        (day.on(at(17)), "custom_attributes.renewal", "=", json!(17)),
        (day.before(at(17)), "custom_attributes.renewal", "<", json!(17)),
        (day.after(at(17)), "custom_attributes.renewal", ">", json!(17)),
        (Flag::new("open").equals(true), "open", "=", json!(true)),
        (Flag::new("open").not_equals(true), "open", "!=", json!(true)),
        (Text::from(format!("x.{}", 1)).equals("y"), "x.1", "=", json!("y")),
        (Text::custom("plan").equals("gold"), "custom_attributes.plan", "=", json!("gold")),
        (Flag::ticket_attribute(17).equals(false), "ticket_attribute.17", "=", json!(false)),
        (Filter::unchecked("any", "><", "thing"), "any", "><", json!("thing")),
    ] {
        assert_eq!(query(filter), json!({"field": field, "operator": operator, "value": value}));
    }
}

#[test]
fn groups_have_two_levels() {
    let lead = || contacts::ROLE.equals("lead");
    let one = json!({"field": "role", "operator": "=", "value": "lead"});
    let either = any([lead(), contacts::OWNER_ID.equals(7)]);
    let group = json!({"operator": "OR", "value": [one, {"field": "owner_id", "operator": "=", "value": 7}]});
    assert_eq!(body(&client().contacts().search_contacts(either.clone()))["query"], group);
    let both = all([either, all([lead()])]);
    let groups = json!({"operator": "AND", "value": [group, {"operator": "AND", "value": [one]}]});
    assert_eq!(body(&client().contacts().search_contacts(both))["query"], groups);
}

#[test]
fn a_group_of_unknown_size_is_refused_where_the_server_would() {
    let filters = |count: usize| (0..count).map(|_| conversations::OPEN.equals(true));
    for count in [0, 16, 1000] {
        let error = try_all(filters(count)).expect_err("refused");
        assert_eq!(error.to_string(), format!("a group holds 1 to 15 filters or groups, not {count}"));
        assert!(try_any((0..count).map(|_| all([conversations::OPEN.equals(true)]))).is_err());
    }
    let most: Group = try_any(filters(15)).expect("the most");
    let sent = body(&client().conversations().search_conversations(most.clone()));
    assert_eq!(
        (sent["query"]["operator"].as_str(), sent["query"]["value"].as_array().map(Vec::len)),
        (Some("OR"), Some(15))
    );
    let nested = try_all([most.clone(), most]).expect("two");
    let sent = body(&client().conversations().search_conversations(nested));
    assert_eq!(sent["query"]["value"][1]["value"][14]["field"], "open");
}

#[test]
fn a_search_plugs_into_each_operation() {
    let client = client();
    let paged = search(conversations::STATE.equals("open")).per_page(150).starting_after("cursor-2");
    let sent = body(&client.conversations().search_conversations(paged));
    assert_eq!(sent["pagination"], json!({"per_page": 150, "starting_after": "cursor-2"}));
    let sent = body(&client.tickets().search_tickets(search(tickets::OPEN.equals(true)).per_page(5)));
    assert_eq!((&sent["pagination"], &sent["query"]["field"]), (&json!({"per_page": 5}), &json!("open")));

    let sorted =
        search(companies::NAME.contains("Engines")).per_page(20).sort(&companies::CREATED_AT, Order::Descending);
    let sent = body(&client.companies().search_companies(sorted.starting_after("cursor-3")));
    assert_eq!(
        sent,
        json!({
            "query": {"field": "name", "operator": "~", "value": "Engines"},
            "pagination": {"per_page": 20, "starting_after": "cursor-3"},
            "sort": {"field": "created_at", "order": "descending"},
        })
    );
    let sorted = search(contacts::EMAIL.is_not_null()).sort("custom_attributes.seats", Order::Ascending).per_page(7);
    let sent = body(&client.contacts().search_contacts(sorted));
    assert_eq!(sent["sort"], json!({"field": "custom_attributes.seats", "order": "ascending"}));
    assert_eq!(sent["pagination"], json!({"per_page": 7}));
}

#[test]
fn what_is_built_is_the_generated_model() {
    let filter = SingleFilterSearchRequest::from(contacts::EMAIL.one_of(["ann@example.com"]));
    assert_eq!((filter.field.as_deref(), filter.operator), (Some("email"), Some(Operator::In)));
    let written = serde_json::to_value(contacts_request()).expect("JSON");
    let read: intercom_client::models::ContactSearchRequest = serde_json::from_value(written.clone()).expect("reads");
    assert_eq!(serde_json::to_value(read).expect("JSON"), written);
}

fn contacts_request() -> intercom_client::models::ContactSearchRequest {
    any([
        all([contacts::ROLE.equals("user"), contacts::CREATED_AT.after(at(17))]),
        all([contacts::TAG_ID.equals("t-1")]),
    ])
    .into()
}
