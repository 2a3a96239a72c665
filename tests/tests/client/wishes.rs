//! Tests the requests of users that failed because the document was wrong, each over a socket.

use intercom_client::models::*;
use intercom_client::search::contacts;
use intercom_client::{Client, Timestamp};
use serde_json::{Value, json};
use tests::server::{Reply, Server};

/// Starts a server that always sends this response, and a client for it.
async fn start(response: Value) -> (Server, Client) {
    let server = Server::start(vec![Reply::json(&response.to_string())]).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
    (server, client)
}

/// Returns method, target and JSON body of the only received request.
fn sent(server: &Server) -> (String, Value) {
    let requests = server.requests();
    let [request] = &requests[..] else { panic!("{} requests", requests.len()) };
    let body = if request.body.is_empty() { Value::Null } else { serde_json::from_slice(&request.body).expect("JSON") };
    (format!("{} {}", request.method, request.target), body)
}

fn object(value: &Value) -> serde_json::Map<String, Value> {
    value.as_object().expect("an object").clone()
}

#[tokio::test]
async fn i_want_to_rename_a_company() {
    let (server, client) = start(json!({ "type": "company", "id": "c-1", "name": "Ours" })).await;
    let change =
        UpdateCompanyRequest::new().name("Ours").size(12).custom_attributes(object(&json!({ "paying": true })));
    let company = client.companies().update_company("c-1", change).await.expect("updated");
    assert_eq!(company.name.as_deref(), Some("Ours"));
    let body = json!({ "name": "Ours", "size": 12, "custom_attributes": { "paying": true } });
    assert_eq!(sent(&server), ("PUT /companies/c-1".to_owned(), body));
}

#[tokio::test]
async fn i_want_to_look_a_company_up_by_my_own_id() {
    let one = json!({
        "type": "company", "id": "c-1", "company_id": "ours-1", "name": "Ours",
        "tags": { "type": "tag.list", "tags": [] }, "segments": { "type": "segment.list", "segments": [] },
    });
    let (server, client) = start(one).await;
    let mut found = client.companies().retrieve_company().company_id("ours-1").items();
    let company = found.try_next().await.expect("a response").expect("the company");
    assert_eq!((company.id.as_deref(), company.name.as_deref()), (Some("c-1"), Some("Ours")));
    assert!(found.try_next().await.expect("an end").is_none());
    assert_eq!(sent(&server).0, "GET /companies?company_id=ours-1");
}

#[tokio::test]
async fn i_want_to_read_attributes_of_a_company_and_write_them_back() {
    let attributes = json!({ "paying": true, "spend": 155.5, "seats": 9, "tier": "gold", "places": ["Cork"] });
    let (server, client) = start(json!({ "type": "company", "id": "c-1", "custom_attributes": attributes })).await;
    let company = client.companies().retrieve_a_company_by_id("c-1").await.expect("a company");
    let read = company.custom_attributes.clone().expect("attributes");
    assert_eq!(Value::Object(read.clone()), attributes);

    let written = CreateOrUpdateCompanyRequest::new().company_id("ours-1").custom_attributes(read);
    client.companies().create_or_update_company(written).await.expect("written");
    let body: Value = serde_json::from_slice(&server.requests()[1].body).expect("JSON");
    assert_eq!(body["custom_attributes"], attributes);
}

#[tokio::test]
async fn i_want_to_set_a_flag_on_a_visitor() {
    let (server, client) =
        start(json!({ "type": "visitor", "id": "v-1", "custom_attributes": { "trial": true } })).await;
    let change = UpdateVisitorRequest::with_id("v-1").custom_attributes(object(&json!({ "trial": true })));
    let visitor = client.visitors().update_visitor(change).await.expect("updated");
    assert_eq!(visitor.custom_attributes.expect("attributes")["trial"], true);
    assert_eq!(sent(&server).1["custom_attributes"], json!({ "trial": true }));
}

#[tokio::test]
async fn i_want_to_take_a_tag_off_a_company() {
    let (server, client) = start(json!({ "type": "tag", "id": "7", "name": "vip" })).await;
    let company = UntagCompanyRequestCompaniesItem::new().company_id("ours-1");
    client.tags().create_tag(UntagCompanyRequest::new("vip", [company])).await.expect("untagged");
    assert_eq!(sent(&server).1, json!({ "name": "vip", "companies": [{ "company_id": "ours-1", "untag": true }] }));
}

#[tokio::test]
async fn i_want_to_tag_users_by_their_address_and_untag_others() {
    let (server, client) = start(json!({ "type": "tag", "id": "7", "name": "vip" })).await;
    let users = [
        TagMultipleUsersRequestUsersItem::new().email("ann@example.com"),
        TagMultipleUsersRequestUsersItem::new().id("u-2").untag(true),
    ];
    client.tags().create_tag(TagMultipleUsersRequest::new("vip", users)).await.expect("tagged");
    let users = json!([{ "email": "ann@example.com" }, { "id": "u-2", "untag": true }]);
    assert_eq!(sent(&server).1, json!({ "name": "vip", "users": users }));
}

#[tokio::test]
async fn i_want_to_see_and_change_who_gets_in() {
    let settings = json!({ "type": "ip_allowlist", "enabled": true, "ip_allowlist": ["10.0.0.0/8"] });
    let (server, client) = start(settings).await;
    let list = client.ip_allowlist().get_ip_allowlist().await.expect("a list");
    assert_eq!((list.enabled, list.ip_allowlist.clone()), (Some(true), Some(vec!["10.0.0.0/8".to_owned()])));
    let change = IpAllowlist::new().enabled(true).ip_allowlist(["10.0.0.0/8", "192.0.2.7"]);
    client.ip_allowlist().update_ip_allowlist(change).await.expect("changed");
    let requests = server.requests();
    let asked: Vec<String> = requests.iter().map(|it| format!("{} {}", it.method, it.target)).collect();
    assert_eq!(asked, ["GET /ip_allowlist", "PUT /ip_allowlist"]);
    let body: Value = serde_json::from_slice(&requests[1].body).expect("JSON");
    assert_eq!(body, json!({ "enabled": true, "ip_allowlist": ["10.0.0.0/8", "192.0.2.7"] }));
}

#[tokio::test]
async fn i_want_to_know_what_an_admin_did_to_a_team() {
    let metadata = json!({ "team": { "id": 3, "name": "Help" }, "team_assignment_limit": 5, "before": { "limit": 4 } });
    let log = json!({ "id": "l-1", "activity_type": "team_assignment_limit_change", "metadata": metadata });
    let (_server, client) = start(json!({ "type": "activity_log.list", "activity_logs": [log] })).await;
    let since = Timestamp::from_unix_seconds(1_700_000_000).expect("seconds");
    let logs = client.admins().list_activity_logs(since).await.expect("logs");
    let log = &logs.activity_logs.as_ref().expect("logs")[0];
    assert_eq!(log.activity_type, Some(ActivityLogActivityType::TeamAssignmentLimitChange));
    let metadata = log.metadata.as_ref().expect("metadata");
    let team = metadata.team.as_ref().expect("a team");
    assert_eq!((team.id, team.name.as_deref()), (Some(3), Some("Help")));
    assert_eq!((metadata.team_assignment_limit, metadata.before.clone()), (Some(5), Some(json!({ "limit": 4 }))));
}

#[tokio::test]
async fn i_want_to_make_a_user_of_a_visitor_by_address() {
    let (server, client) = start(json!({ "type": "contact", "id": "k-1" })).await;
    let visitor = ConvertVisitorRequestVisitor::with_user_id("v-1");
    let user = ConvertVisitorRequestUser::with_email("ann@example.com");
    client.visitors().convert_visitor(ConvertVisitorRequest::new("user", visitor).user(user)).await.expect("a contact");
    let body = json!({ "type": "user", "visitor": { "user_id": "v-1" }, "user": { "email": "ann@example.com" } });
    assert_eq!(sent(&server).1, body);
}

#[tokio::test]
async fn i_want_to_make_a_lead_of_a_visitor() {
    let (server, client) = start(json!({ "type": "contact", "id": "k-1" })).await;
    let visitor = ConvertVisitorRequestVisitor::with_user_id("v-1");
    client.visitors().convert_visitor(ConvertVisitorRequest::new("lead", visitor)).await.expect("a contact");
    assert_eq!(sent(&server).1, json!({ "type": "lead", "visitor": { "user_id": "v-1" } }));
}

#[tokio::test]
async fn i_want_to_move_an_article_to_a_collection_that_i_just_made() {
    let (server, client) = start(json!({ "type": "article", "id": "5" })).await;
    client.articles().update_article("5", UpdateArticleRequest::new().parent_id(18)).await.expect("moved");
    assert_eq!(sent(&server).1, json!({ "parent_id": 18 }));
}

#[tokio::test]
async fn i_want_to_know_why_my_colleagues_are_away_also_from_a_server_that_responds_with_a_bare_list() {
    let reasons = json!([{ "type": "away_status_reason", "id": "1", "label": "Lunch", "emoji": null }, { "id": "2" }]);
    let (_server, client) = start(reasons.clone()).await;
    let response = client.away_status_reasons().list_away_status_reasons().send().await.expect("reasons");
    let told: Vec<(&str, &Value)> =
        response.mismatches().iter().map(|told| (told.pointer.as_str(), &told.value)).collect();
    assert_eq!(told, [("", &reasons)]);
    let list = response.into_inner();
    assert_eq!(serde_json::to_value(&list).expect("JSON"), reasons);
    let labels: Vec<Option<String>> = list.data.into_iter().flatten().map(|reason| reason.label).collect();
    assert_eq!(labels, [Some("Lunch".to_owned()), None]);
}

#[tokio::test]
async fn i_want_to_look_through_a_list_that_comes_without_its_envelope() {
    let (_server, client) =
        start(json!([{ "type": "contact", "id": "k-1" }, { "type": "contact", "id": "k-2" }])).await;
    let contacts = client.contacts().list_contacts().items().collect_up_to(9).await.expect("contacts");
    assert_eq!(contacts.into_iter().filter_map(|contact| contact.id).collect::<Vec<_>>(), ["k-1", "k-2"]);
}

#[tokio::test]
async fn i_want_to_know_that_my_message_went_out_although_its_response_is_incomplete() {
    let response = json!({ "type": "user_message", "id": null, "created_at": "soon", "conversation_id": "7" });
    let (_server, client) = start(response.clone()).await;
    let to = Recipient::new(RecipientType::User, "u-1");
    let email = EmailMessageRequest::new(MessageSender::new("a-1"), "Subject", to, "Body", EmailTemplate::Plain);
    let sent = client.messages().create_message(email).await.expect("a message");
    assert_eq!((&sent.id, sent.created_at, &sent.body), (&None, None, &None));
    assert_eq!(sent.conversation_id.as_deref(), Some("7"));
    assert_eq!(serde_json::to_value(&sent).expect("JSON"), response);
}

#[tokio::test]
async fn i_want_to_know_when_a_call_began_whichever_way_the_server_writes_it() {
    let call = json!({ "id": "1", "initiated_at": "2026-05-04T10:00:00Z", "ended_at": 1_777_889_000 });
    let (_server, client) = start(call).await;
    let read = client.calls().show_call("1").await.expect("a call");
    let began = read.initiated_at.expect("a time");
    assert_eq!(began.to_string(), "2026-05-04T10:00:00Z");
    assert_eq!(read.ended_at.map(Timestamp::as_unix_seconds), Some(1_777_889_000));
}

#[tokio::test]
async fn i_want_to_send_an_email_without_naming_its_kind() {
    let message =
        json!({ "type": "admin_message", "id": "m-1", "created_at": 1, "body": "Body", "message_type": "email" });
    let (server, client) = start(message).await;
    let to = Recipient::new(RecipientType::User, "u-1");
    let email = EmailMessageRequest::new(MessageSender::new("a-1"), "Subject", to, "Body", EmailTemplate::Plain);
    let message = client.messages().create_message(email).await.expect("sent");
    assert_eq!(message.id.as_deref(), Some("m-1"));
    let body = json!({
        "message_type": "email", "from": { "type": "admin", "id": "a-1" }, "to": { "type": "user", "id": "u-1" },
        "subject": "Subject", "body": "Body", "template": "plain",
    });
    assert_eq!(sent(&server).1, body);
}

#[tokio::test]
async fn i_want_to_reply_as_a_contact() {
    let (server, client) = start(json!({ "type": "conversation", "id": "9" })).await;
    let reply = ContactReplyConversationRequest::with_email("ann@example.com", "Thanks");
    client.conversations().reply_conversation("9", reply).await.expect("a reply");
    let reply = ContactReplyTicketRequest::with_user_id("ours-1", "Thanks").skip_notifications(true);
    client.tickets().reply_ticket("9", reply).await.expect("a reply");
    let bodies: Vec<Value> =
        server.requests().iter().map(|it| serde_json::from_slice(&it.body).expect("JSON")).collect();
    let reply =
        |name: &str, value: &str| json!({ "type": "user", "message_type": "comment", "body": "Thanks", name: value });
    let mut ticket = reply("user_id", "ours-1");
    ticket["skip_notifications"] = json!(true);
    assert_eq!(bodies, [reply("email", "ann@example.com"), ticket]);
}

#[tokio::test]
async fn i_want_to_find_the_contacts_of_the_owner_of_a_contact() {
    let (server, client) = start(json!({ "type": "list", "data": [] })).await;
    client.contacts().search_contacts(contacts::OWNER_ID.equals("127")).await.expect("contacts");
    assert_eq!(sent(&server).1["query"], json!({ "field": "owner_id", "operator": "=", "value": 127 }));
}

#[tokio::test]
async fn i_want_to_send_a_field_that_the_document_does_not_know() {
    let (server, client) = start(json!({ "type": "article", "id": "5" })).await;
    let change = UpdateArticleRequest::new().title("Ours").extra("audience_ids", json!([7])).extra("title", "Theirs");
    client.articles().update_article("5", change).extra("dry_run", true).await.expect("changed");
    assert_eq!(sent(&server).1, json!({ "title": "Theirs", "audience_ids": [7], "dry_run": true }));
    let call = client.articles().retrieve_article("5").extra("expand", "author");
    assert_eq!(call.body().to_json(), Some(json!({ "expand": "author" })));
}

#[tokio::test]
async fn i_want_to_publish_an_article_next_week_and_never_take_it_back() {
    let (server, client) = start(json!({ "type": "article", "id": "5", "scheduled_publish_at": 1_767_225_600 })).await;
    let week = Timestamp::from_unix_seconds(1_767_225_600).expect("seconds");
    let change = UpdateArticleRequest::new().scheduled_publish_at(week).clear_scheduled_unpublish_at();
    let article = client.articles().update_article("5", change).await.expect("changed");
    assert_eq!(article.scheduled_publish_at, Some(week));
    let body = json!({ "scheduled_publish_at": "2026-01-01T00:00:00Z", "scheduled_unpublish_at": null });
    assert_eq!(sent(&server).1, body);
}

#[tokio::test]
async fn i_want_to_log_what_i_got_without_my_secrets() {
    let (_server, client) =
        start(json!({ "type": "identity_verification_secret", "id": "1", "secret": "hush-9" })).await;
    let secrets = client.identity_verification_secrets();
    let body = CreateIdentityVerificationSecretRequest::new("web");
    let response = secrets.create_identity_verification_secret(body).send().await.expect("a secret");
    let shown = format!("{response:?} {:?}", response.value());
    assert!(!shown.contains("hush-9") && shown.contains("[hidden]"), "{shown}");
    let secret = response.into_inner().secret.expect("a secret");
    assert_eq!(secret.expose(), "hush-9");
    assert_eq!(serde_json::to_value(&secret).expect("text"), json!("hush-9"));
}
