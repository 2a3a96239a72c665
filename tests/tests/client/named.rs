//! Tests calls as a user writes them, for the parts of the API that users asked for, against a server on loopback.

mod ai_content;

use intercom_client::models::*;
use intercom_client::{Client, Timestamp};
use serde_json::{Value, json};
use tests::server::{Reply, Server};

/// Starts a server with these responses and a client for it.
async fn start<const N: usize>(responses: [Value; N]) -> (Server, Client) {
    let replies = responses.iter().map(|response| Reply::json(&response.to_string())).collect();
    let server = Server::start(replies).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
    (server, client)
}

/// Returns method and target of each received request.
fn asked(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| format!("{} {}", request.method, request.target)).collect()
}

/// Returns the JSON body of a received request.
fn body(server: &Server, index: usize) -> Value {
    let requests = server.requests();
    serde_json::from_slice(&requests[index].body).expect("a JSON body")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("seconds")
}

#[tokio::test]
async fn custom_channel_events() {
    let response = json!({
        "external_conversation_id": "ext-1", "conversation_id": "1", "external_contact_id": "ada", "contact_id": "2",
    });
    let (server, client) = start([response]).await;
    let events = client.custom_channel_events();
    let contact = CustomChannelContact::new(CustomChannelContactType::User, "ada").name("Ada").email("ada@example.com");

    let event = CustomChannelBaseEvent::new("event-1", "ext-1", contact.clone());
    let noted = events.notify_new_conversation(event).await.expect("noted");
    assert_eq!((noted.conversation_id.as_deref(), noted.contact_id.as_deref()), (Some("1"), Some("2")));

    let message = NotifyNewMessageBody::new("event-2", "ext-1", contact.clone(), "Hello");
    events.notify_new_message(message).await.expect("noted");
    let selected = NotifyQuickReplySelectedBody::new("event-3", "ext-1", contact.clone(), "option-7");
    events.notify_quick_reply_selected(selected).await.expect("noted");
    let collected =
        NotifyAttributeCollectedBody::new("event-4", "ext-1", contact, CustomChannelAttribute::new("colour", "blue"));
    events.notify_attribute_collected(collected).await.expect("noted");

    assert_eq!(
        asked(&server),
        [
            "POST /custom_channel_events/notify_new_conversation",
            "POST /custom_channel_events/notify_new_message",
            "POST /custom_channel_events/notify_quick_reply_selected",
            "POST /custom_channel_events/notify_attribute_collected",
        ]
    );
    let contact = json!({ "type": "user", "external_id": "ada", "name": "Ada", "email": "ada@example.com" });
    assert_eq!(
        body(&server, 0),
        json!({ "event_id": "event-1", "external_conversation_id": "ext-1", "contact": contact })
    );
    assert_eq!(body(&server, 1)["body"], "Hello");
    assert_eq!(body(&server, 2)["quick_reply_option_id"], "option-7");
    assert_eq!(body(&server, 3)["attribute"], json!({ "id": "colour", "value": "blue" }));
}

#[tokio::test]
async fn custom_object_instances() {
    let order = json!({
        "id": "22", "type": "Order", "external_id": "order 1/a", "custom_attributes": { "colour": "A-77" },
        "external_created_at": 1_500_000_001, "external_updated_at": null,
    });
    let deleted = json!({ "id": "22", "object": "Order", "deleted": true });
    let list = json!({ "type": "list", "data": [order], "total_count": 1 });
    let (server, client) = start([order.clone(), order.clone(), order, list, deleted.clone(), deleted]).await;
    let orders = client.custom_object_instances();

    let new = CustomObjectInstanceRequest::new()
        .external_id("order 1/a")
        .external_created_at(at(1_500_000_001))
        .custom_attributes([("colour", "A-77")]);
    let created = orders.create_custom_object_instances("Order", new).await.expect("created");
    assert_eq!(created.id.as_deref(), Some("22"));
    assert_eq!(created.custom_attributes.expect("attributes")["colour"], "A-77");

    orders.get_custom_object_instances_by_id("Order", 22).await.expect("shown");
    orders.get_custom_object_instances_by_id("Sales order", "é").await.expect("shown");
    let by_external_id = orders.list_custom_object_instances("Order").external_id("order 1/a").page(2).per_page(5);
    assert_eq!(by_external_id.await.expect("a list").total_count, Some(1));
    let gone = orders.delete_custom_object_instances_by_id("Order", "order 1/a").await.expect("deleted");
    assert_eq!(gone.deleted, Some(true));
    orders.delete_custom_object_instances_by_external_id("Order", 22).await.expect("deleted");

    assert_eq!(
        asked(&server),
        [
            "POST /custom_object_instances/Order",
            "GET /custom_object_instances/Order/22",
            "GET /custom_object_instances/Sales%20order/%C3%A9",
            "GET /custom_object_instances/Order?external_id=order%201%2Fa&page=2&per_page=5",
            "DELETE /custom_object_instances/Order?external_id=order%201%2Fa",
            "DELETE /custom_object_instances/Order/22",
        ]
    );
    assert_eq!(
        body(&server, 0),
        json!({
            "external_id": "order 1/a", "external_created_at": 1_500_000_001,
            "custom_attributes": { "colour": "A-77" },
        })
    );
}

#[tokio::test]
async fn reporting_data_export() {
    let datasets =
        json!({ "type": "list", "data": [{ "id": "conversation", "attributes": [{ "id": "conversation_id" }] }] });
    let job = |status: &str| json!({ "job_identifier": "job1", "status": status, "download_url": "", "download_expires_at": "" });
    let replies = [datasets, job("pending"), job("pending"), job("complete")];
    let mut replies: Vec<_> = replies.iter().map(|response| Reply::json(&response.to_string())).collect();
    replies.push(Reply::new("200 OK", &[("content-type", "application/octet-stream")], "conversation_id\n1\n"));
    let server = Server::start(replies).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
    let exports = client.reporting_data_export();

    let datasets = exports.list_reporting_datasets().await.expect("datasets").data.unwrap_or_default();
    let dataset = datasets.first().and_then(|dataset| dataset.id.as_deref()).expect("a dataset");

    let (from, to) = (at(1_620_000_000), at(1_620_020_000));
    let wanted = EnqueueReportingDataExportBody::new(dataset, ["conversation_id"], from, to);
    let enqueued = exports.enqueue_reporting_data_export(wanted).await.expect("enqueued");
    let job = enqueued.job_identifier.expect("a job");

    while exports.show_reporting_data_export(&job, "app", "client").await.expect("a job").status.as_deref()
        != Some("complete")
    {}
    let file = exports.download_reporting_data_export(&job, "app").await.expect("a file");
    assert_eq!(file.bytes().await.expect("bytes"), "conversation_id\n1\n");

    assert_eq!(
        asked(&server),
        [
            "GET /export/reporting_data/get_datasets",
            "POST /export/reporting_data/enqueue",
            "GET /export/reporting_data/job1?app_id=app&client_id=client",
            "GET /export/reporting_data/job1?app_id=app&client_id=client",
            "GET /download/reporting_data/job1?app_id=app",
        ]
    );
    assert_eq!(
        body(&server, 1),
        json!({
            "attribute_ids": ["conversation_id"], "dataset_id": "conversation",
            "start_time": 1_620_000_000, "end_time": 1_620_020_000,
        })
    );
    assert_eq!(server.requests()[4].header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn create_data_attribute() {
    let response = json!({
        "type": "data_attribute", "id": 34, "name": "Plan tier", "model": "company", "data_type": "string", "custom": true,
    });
    let (server, client) = start([response]).await;

    let plain = CreateDataAttributeRequest::new(
        "Plan tier",
        CreateDataAttributeRequestModel::Company,
        CreateDataAttributeRequestDataType::String,
    );
    let created =
        client.data_attributes().create_data_attribute(plain.messenger_writable(false)).await.expect("created");
    assert_eq!((created.id, created.data_type), (Some(34), Some(DataAttributeDataType::String)));

    let option = |value| CreateDataAttributeRequestOptionsItem::new().value(value);
    let choice = CreateDataAttributeRequest::with_options(
        ["window", "door"].map(option),
        "Desk",
        CreateDataAttributeRequestModel::Contact,
    );
    client.data_attributes().create_data_attribute(choice.description("Where they sit")).await.expect("created");

    assert_eq!(asked(&server), ["POST /data_attributes", "POST /data_attributes"]);
    assert_eq!(
        body(&server, 0),
        json!({
            "name": "Plan tier", "model": "company", "data_type": "string", "messenger_writable": false,
        })
    );
    assert_eq!(
        body(&server, 1),
        json!({
            "name": "Desk", "model": "contact", "data_type": "options", "description": "Where they sit",
            "options": [{ "value": "window" }, { "value": "door" }],
        })
    );
}

#[tokio::test]
async fn create_data_event() {
    let server = Server::start(vec![Reply::new("202 Accepted", &[], "")]).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");

    let event = CreateDataEventRequest::with_user_id("u-9", "shared-a-board", at(1_600_000_001))
        .metadata([("board", "SPRING")]);
    let response = client.data_events().create_data_event(event).send().await.expect("accepted");
    assert_eq!(response.status_code(), 202);

    assert_eq!(asked(&server), ["POST /events"]);
    assert_eq!(
        body(&server, 0),
        json!({
            "user_id": "u-9", "event_name": "shared-a-board", "created_at": 1_600_000_001,
            "metadata": { "board": "SPRING" },
        })
    );
}

#[tokio::test]
async fn create_data_event_summaries() {
    let server = Server::start(vec![Reply::new("200 OK", &[], "")]).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");

    let summary = NewDataEventSummary::new()
        .event_name("shared-a-board")
        .count(2)
        .first(at(1_600_000_001))
        .last(at(1_600_000_101));
    let summaries = CreateDataEventSummariesRequest::new().user_id("u-9").event_summaries(summary);
    client.data_events().data_event_summaries(summaries).await.expect("taken");

    assert_eq!(asked(&server), ["POST /events/summaries"]);
    assert_eq!(
        body(&server, 0),
        json!({
            "user_id": "u-9",
            "event_summaries": { "event_name": "shared-a-board", "count": 2, "first": 1_600_000_001, "last": 1_600_000_101 },
        })
    );
}

#[test]
fn servers() {
    use intercom_client::Server;

    let url = |client: &Client| client.admins().identify_admin().url().expect("a URL").to_string();
    assert_eq!(url(&Client::new("sesame").expect("a client")), "https://api.intercom.io/me");
    for (server, expected) in [
        (Server::Us, "https://api.intercom.io/me"),
        (Server::Eu, "https://api.eu.intercom.io/me"),
        (Server::Au, "https://api.au.intercom.io/me"),
    ] {
        let client = Client::builder("sesame").server(server).build().expect("a client");
        assert_eq!(url(&client), expected);
    }
    assert_eq!(Server::default(), Server::Us);
}
