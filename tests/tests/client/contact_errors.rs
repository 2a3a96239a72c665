//! Tests errors that name a conflicting contact, or the contact that another was merged into.

use intercom_client::{Client, Error, models};
use serde_json::json;
use tests::server::{Reply, Server};

async fn fails(status: &str, headers: &[(&str, &str)], errors: serde_json::Value) -> Error {
    let body = json!({ "type": "error.list", "request_id": "r-1", "errors": errors });
    let server = Server::start(vec![Reply::new(status, headers, &body.to_string())]).await.expect("a free port");
    let client = Client::builder("sesame").base_url(server.url()).build().expect("a client");
    let contact = models::CreateContactRequest::with_email("ann@example.com");
    client.contacts().create_contact(contact).await.expect_err("fails")
}

#[tokio::test]
async fn a_conflict_names_the_contact_and_whether_it_is_archived() {
    for (message, id, archived) in [
        ("A contact matching those details already exists with id=6a0f17bc", Some("6a0f17bc"), false),
        ("An archived contact matching those details already exists with id=6a0f17bc.", Some("6a0f17bc"), true),
        ("exists with id=6a0f17bc and is ARCHIVED", Some("6a0f17bc"), true),
        ("exists with id=7e0a9c1d-20aa-4c6d, unarchived", Some("7e0a9c1d-20aa-4c6d"), false),
        ("an archived contact exists with id=", None, false),
        ("id=\"6a0f17bc\"", None, false),
        ("exists", None, false),
        ("", None, false),
    ] {
        let error = fails("409 Conflict", &[], json!([{ "code": "conflict", "message": message }])).await;
        assert!(error.is_conflict() && !error.is_gone());
        assert_eq!((error.conflicting_id(), error.is_conflict_with_archived()), (id, archived), "{message}");
    }
    let second = json!([{ "code": "x" }, { "code": "conflict", "message": "exists with id=c-1" }]);
    assert_eq!(fails("409 Conflict", &[], second.clone()).await.conflicting_id(), Some("c-1"));
    assert_eq!(fails("422 Unprocessable", &[], second).await.conflicting_id(), None);
    assert_eq!(fails("409 Conflict", &[], json!([])).await.conflicting_id(), None);
}

#[tokio::test]
async fn a_merged_contact_names_its_survivor() {
    for (link, survivor) in [
        ("</contacts/6a0f99ff>; rel=\"canonical\"", Some("6a0f99ff")),
        ("<https://api.intercom.io/contacts/6a0f99ff?x=1> ; REL=canonical", Some("6a0f99ff")),
        ("</help>; rel=\"help\", </contacts/6a0f99ff>; title=x; rel=\"canonical\"", Some("6a0f99ff")),
        ("</contacts/6a0f99ff>; rel=\"next\"", None),
        ("</companies/1>; rel=\"canonical\"", None),
        ("</contacts/>; rel=\"canonical\"", None),
        ("/contacts/6a0f99ff", None),
        ("", None),
    ] {
        let error = fails("410 Gone", &[("link", link)], json!([{ "code": "contact_merged" }])).await;
        assert!(error.is_gone() && !error.is_not_found() && !error.is_retryable());
        assert_eq!(error.merged_into(), survivor, "{link}");
    }
    assert_eq!(fails("410 Gone", &[], json!([])).await.merged_into(), None);
    let link = [("link", "</contacts/6a0f99ff>; rel=\"canonical\"")];
    assert_eq!(fails("404 Not Found", &link, json!([])).await.merged_into(), None);
}
