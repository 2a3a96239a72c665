//! Tests notifications by topic: the object of each as the type of the topic, or as a type of the caller.

use intercom_client::webhook::{Event, Notification, Topic, sign, verify};
use intercom_client::{Timestamp, decode_value, models};
use serde_json::{Value, json};

const SECRET: &str = "tea-kettle-17";

fn read(topic: &str, item: &Value) -> Notification {
    let body = json!({ "type": "notification_event", "topic": topic, "data": { "item": item } }).to_string();
    verify(SECRET, sign(SECRET, &body), &body).expect("a notification")
}

fn event(topic: &str, item: &Value) -> Event {
    read(topic, item).event().expect("an event")
}

#[test]
fn the_object_has_the_type_of_its_topic() {
    let contact = json!({ "type": "contact", "id": "c-17", "name": "Ann", "unheard": 1 });
    let Event::ContactUserCreated(created) = event("contact.user.created", &contact) else { panic!("another event") };
    assert_eq!((created.name.as_deref(), created.extra.get("unheard")), (Some("Ann"), Some(&json!(1))));

    let conversation = json!({ "type": "conversation", "id": 17, "created_at": 1_700_000_000, "open": "yes" });
    let event = event("conversation.admin.closed", &conversation);
    assert_eq!(event.topic(), Topic::ConversationAdminClosed);
    let Event::ConversationAdminClosed(closed) = event else { panic!("another event") };
    assert_eq!((closed.id.as_deref(), closed.open, closed.extra.get("open")), (Some("17"), None, Some(&json!("yes"))));
}

#[test]
fn what_was_put_together_comes_as_it_is() {
    let contact = json!({ "type": "contact", "id": "c-17" });
    let company = json!({ "type": "company", "id": "o-1", "name": null, "plan_id": null });
    let attached = event("company.contact.attached", &json!({ "company": company, "contact": contact }));
    let Event::CompanyContactAttached(attached) = attached else { panic!("another event") };
    assert_eq!(attached.company.and_then(|company| company.id).as_deref(), Some("o-1"));
    assert_eq!(attached.contact.and_then(|contact| contact.id).as_deref(), Some("c-17"));

    let tag =
        json!({ "type": "contact_tag", "tag": { "type": "tag", "id": "t-1", "name": "VIP" }, "contact": contact });
    let Event::ContactLeadTagCreated(tagged) = event("contact.lead.tag.created", &tag) else { panic!("another event") };
    assert_eq!(tagged.tag.and_then(|tag| tag.name).as_deref(), Some("VIP"));
    assert_eq!(tagged.extra.get("type"), Some(&json!("contact_tag")));

    let types = json!({ "type": "list", "data": [{ "type": "subscription", "id": "s-1", "state": "live" }] });
    let item =
        json!({ "type": "granular_subscribe", "contact": contact, "subscription_types": types, "created_at": 17 });
    let Event::GranularSubscribe(subscription) = event("granular.subscribe", &item) else { panic!("another event") };
    assert_eq!(subscription.created_at, Timestamp::from_unix_seconds(17).ok());
    let types = subscription.subscription_types.and_then(|types| types.data).expect("types");
    assert_eq!(types[0].id.as_deref(), Some("s-1"));

    let item = json!({ "ticket": { "type": "ticket", "id": 17, "state": "submitted", "ticket_type": "Tickets" }, "contact": contact });
    let Event::TicketContactAttached(attached) = event("ticket.contact.attached", &item) else {
        panic!("another event")
    };
    let ticket = attached.ticket.expect("a ticket");
    assert_eq!((ticket.id.as_deref(), ticket.extra.get("ticket_type")), (Some("17"), Some(&json!("Tickets"))));
}

#[test]
fn a_topic_that_nobody_knew_brings_its_object_too() {
    let item = json!({ "type": "teapot", "full": true });
    let event = event("teapot.emptied", &item);
    assert_eq!(event.topic(), Topic::Unknown("teapot.emptied".to_owned()));
    assert_eq!(event, Event::Unknown("teapot.emptied".to_owned(), item.clone()));
    let Event::ContentStatEmail(statistic) = self::event("content_stat.email", &item) else { panic!("another event") };
    assert_eq!(statistic, item);
}

#[test]
fn an_object_of_which_little_comes_is_read() {
    let item = json!({ "id": "x-17", "created_at": 17, "event_name": "order-placed" });
    for topic in
        ["article.deleted", "admin.logged_in", "call.ended", "event.created", "job.completed", "visitor.signed_up"]
    {
        let event = event(topic, &item);
        assert_eq!(event.topic().as_str(), topic);
        assert!(format!("{event:?}").contains("x-17"), "{event:?}");
    }
}

#[test]
fn an_event_needs_a_topic_and_an_object() {
    for body in [json!({ "topic": "contact.deleted" }), json!({ "data": { "item": { "id": "c-17" } } }), json!({})] {
        let body = body.to_string();
        assert!(verify(SECRET, sign(SECRET, &body), &body).expect("read").event().is_err(), "{body}");
    }
    assert!(read("contact.deleted", &json!("c-17")).event().is_err());
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Signup {
    id: String,
    email: String,
}

#[test]
fn the_object_becomes_a_type_of_the_callers_own() {
    let item = json!({ "type": "contact", "id": "c-17", "email": "ann@example.com" });
    let signup: Signup = read("contact.user.created", &item).item_as().expect("a sign-up");
    assert_eq!(signup, Signup { id: "c-17".to_owned(), email: "ann@example.com".to_owned() });
    let error = read("contact.user.created", &json!({ "id": "c-17" })).item_as::<Signup>().expect_err("no address");
    assert!(error.to_string().contains("email"), "{error}");
    assert!(read("contact.user.created", &Value::Null).item_as::<Signup>().is_err());
}

#[test]
fn a_value_at_hand_is_decoded_as_its_text_is() {
    for value in [
        json!({ "id": "c-17", "name": "Ann", "created_at": 17, "unheard": [1] }),
        json!({ "id": 17, "name": null, "created_at": "2023-11-14T22:13:20Z", "unsubscribed_from_emails": "no" }),
        json!({}),
    ] {
        let read = decode_value::<models::Contact>(&value).expect("a contact");
        let of_text = intercom_client::decode::<models::Contact>(value.to_string().as_bytes()).expect("a contact");
        assert_eq!(read, of_text);
    }
    assert!(decode_value::<models::Contact>(&json!("c-17")).is_err());
    let several = decode_value::<Vec<models::Tag>>(&json!([{ "id": "t-1" }, { "id": "t-2" }])).expect("tags");
    assert_eq!(several.value.len(), 2);
}
