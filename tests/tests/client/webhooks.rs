//! Tests notifications: signatures that another program made, and bodies as they arrive.

use intercom_client::models;
use intercom_client::webhook::{
    BODY_SIGNATURE_HEADER, Notification, SIGNATURE_HEADER, Topic, WebhookError, sign, sign_body, verify,
    verify_signature,
};
use serde_json::json;

const SECRET: &str = "tea-kettle-17";

const BODY: &str = r#"{"type":"notification_event","id":"n-17","topic":"conversation.user.created","app_id":"w-1","created_at":1700000000,"data":{"type":"notification_event_data","item":{"type":"conversation","id":"c-17"}}}"#;

/// The signature that Python makes with `hmac.new(SECRET, BODY, hashlib.sha1).hexdigest()`.
const SIGNATURE: &str = "sha1=d344d4f9fcb32834d0e5492faa57fadacfde2a99";

#[test]
fn signatures_are_those_of_another_program() {
    let every_byte: Vec<u8> = (0..=255).collect();
    for (secret, body, signature) in [
        (SECRET.as_bytes(), BODY.as_bytes(), SIGNATURE),
        (SECRET.as_bytes(), b"", "sha1=5f8b5e854304f6caea8f15509808a1449ba5d4cc"),
        ("schlüssel".as_bytes(), "{\"name\":\"Zoë ☕\"}".as_bytes(), "sha1=ba80ef2796e1995814a48be5eeb16883e6d09982"),
        (&[b'k'; 100], &every_byte, "sha1=485bd73ff8a3fdcdf1ef4c1bef11780aa50c647d"),
    ] {
        assert_eq!(sign(secret, body), signature);
        verify_signature(secret, signature, body).expect("right");
        verify_signature(secret, format!(" {} ", signature.replace("d4", "D4")), body)
            .expect("capitals are digits too");
    }
    assert_eq!(SIGNATURE_HEADER, "X-Hub-Signature");
}

/// The signature that Python makes with `hmac.new(SECRET, BODY, hashlib.sha256).hexdigest()`.
const BODY_SIGNATURE: &str = "c77c4b6d7b23b81da79231233df1e5d8db68da936ec07966cf45b067bb7f7da9";

#[test]
fn signatures_of_bodies_are_those_of_another_program() {
    let every_byte: Vec<u8> = (0..=255).collect();
    for (secret, body, signature) in [
        (SECRET.as_bytes(), BODY.as_bytes(), BODY_SIGNATURE),
        (SECRET.as_bytes(), b"", "b556a35701d962da74a28a0d53dfefe5de769de344b3a896341363c374d9c2f6"),
        (
            "schlüssel".as_bytes(),
            "{\"name\":\"Zoë ☕\"}".as_bytes(),
            "9f9cb2426e5bd8a63c1bcee8abf04faad9c021228710ffe0c80472d6e2778f1a",
        ),
        (&[b'k'; 100], &every_byte, "8d122ff30588a023f0a5eddb0d2f237d150dd0a5c39aea336ca452067d4efe69"),
    ] {
        assert_eq!(sign_body(secret, body), signature);
        verify_signature(secret, signature, body).expect("right");
        verify_signature(secret, format!(" {} ", signature.to_uppercase()), body).expect("capitals are digits too");
        let other = verify_signature("another", signature, body).expect_err("another secret");
        assert!(matches!(other, WebhookError::WrongSignature));
    }
    for odd in
        [&BODY_SIGNATURE[1..], &format!("{BODY_SIGNATURE}0"), &format!("sha256={BODY_SIGNATURE}"), &"g".repeat(64)]
    {
        let error = verify_signature(SECRET, odd, BODY).expect_err("odd");
        assert!(matches!(error, WebhookError::MalformedSignature), "{odd}");
    }
    assert!(matches!(verify_signature("", sign_body("", BODY), BODY), Err(WebhookError::EmptySecret)));
    assert_eq!(BODY_SIGNATURE_HEADER, "X-Body-Signature");
}

#[test]
fn what_tells_of_no_event_is_read_too() {
    let card = json!({ "workspace_id": "w-1", "component_id": "submit", "input_values": { "tea": "green" } });
    for (body, workspace) in
        [(json!({ "app_id": "w-1" }), None), (json!({ "workspace_id": "w-1" }), Some("w-1")), (card, Some("w-1"))]
    {
        let text = body.to_string();
        let read = verify(SECRET, sign_body(SECRET, &text), &text).expect("read");
        assert_eq!((read.topic.as_ref(), read.workspace_id.as_deref()), (None, workspace), "{body}");
        assert_eq!(serde_json::to_value(&read).expect("JSON"), body, "nothing of it is lost");
    }
}

#[test]
fn what_is_signed_otherwise_is_refused() {
    for (secret, body) in
        [("tea-kettle-18", BODY), (SECRET, &BODY.replace("n-17", "n-18")), (SECRET, &format!("{BODY} "))]
    {
        let error = verify(secret, SIGNATURE, body).expect_err("wrong");
        assert!(matches!(error, WebhookError::WrongSignature), "{error}");
    }
    let error = verify("", sign("", BODY), BODY).expect_err("everybody could sign");
    assert!(matches!(error, WebhookError::EmptySecret));
    let digits = SIGNATURE.trim_start_matches("sha1=");
    let odd: [&[u8]; 12] = [
        b"",
        b"sha1=",
        b"sha1",
        digits.as_bytes(),
        &SIGNATURE.as_bytes()[..44],
        &[SIGNATURE.as_bytes(), b"0"].concat(),
        &[SIGNATURE.as_bytes(), b"00"].concat(),
        &[b"sha256=", digits.as_bytes()].concat(),
        &[b"sha1=g", &digits.as_bytes()[1..]].concat(),
        &[b"sha1=+", &digits.as_bytes()[1..]].concat(),
        "sha1=éééééééééééééééééééé".as_bytes(),
        &[0xff; 45],
    ];
    for header in odd {
        let error = verify(SECRET, header, BODY).expect_err("odd");
        assert!(matches!(error, WebhookError::MalformedSignature), "{}", String::from_utf8_lossy(header));
    }
}

#[test]
fn the_secret_shows_nowhere() {
    for error in [
        verify(SECRET, SIGNATURE, "").expect_err("wrong"),
        verify(SECRET, "", "").expect_err("missing"),
        verify(SECRET, sign(SECRET, "[]"), "[]").expect_err("no notification"),
    ] {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        assert!(!format!("{error} {error:?} {source:?}").contains(SECRET));
    }
}

fn read(body: &serde_json::Value) -> Notification {
    let body = body.to_string();
    verify(SECRET, sign(SECRET, &body), &body).expect("a notification")
}

#[test]
fn a_notification_is_read_whole() {
    let body = json!({
        "type": "notification_event", "app_id": "w-1", "topic": "ticket.state.updated", "id": "n-17",
        "created_at": 1_700_000_000, "first_sent_at": 1_700_000_001, "delivered_at": 0, "delivery_attempts": 2,
        "delivery_status": "pending", "self": null, "links": {}, "new": [1],
        "data": {"type": "notification_event_data", "item": {"type": "ticket", "id": "t-17"}, "newer": true},
    });
    let notification = read(&body);
    assert_eq!(notification.topic, Some(Topic::TicketStateUpdated));
    assert_eq!((notification.id.as_deref(), notification.app_id.as_deref()), (Some("n-17"), Some("w-1")));
    assert_eq!(notification.created_at.map(|at| at.as_unix_seconds()), Some(1_700_000_000));
    assert_eq!(
        (notification.first_sent_at.map(|at| at.as_unix_seconds()), notification.delivery_attempts),
        (Some(1_700_000_001), Some(2))
    );
    assert_eq!((notification.links.as_ref(), notification.self_url.as_deref()), (Some(&json!({})), None));
    assert_eq!(notification.extra.get("new"), Some(&json!([1])));
    let data = notification.data.as_ref().expect("data");
    assert_eq!(
        (data.item.as_ref(), data.extra.get("newer")),
        (Some(&json!({"type": "ticket", "id": "t-17"})), Some(&json!(true)))
    );
    assert_eq!(notification.item::<models::Ticket>().expect("a ticket").value.id.as_deref(), Some("t-17"));
}

#[test]
fn items_are_read_as_responses_are() {
    let item =
        json!({"type": "conversation", "id": 17, "created_at": "2023-11-14T22:13:20Z", "open": "yes", "unheard": 1});
    let notification = read(&json!({"topic": "conversation.user.created", "data": {"item": item}}));
    let conversation = notification.item::<models::Conversation>().expect("a conversation");
    assert_eq!(conversation.value.id.as_deref(), Some("17"));
    assert_eq!(conversation.value.created_at.map(|at| at.as_unix_seconds()), Some(1_700_000_000));
    assert_eq!(conversation.value.extra.get("unheard"), Some(&json!(1)));
    let pointers: Vec<_> = conversation.mismatches.iter().map(|mismatch| mismatch.pointer.as_str()).collect();
    assert_eq!((conversation.value.open, pointers), (None, vec!["/open"]));
}

#[test]
fn a_notification_may_differ_but_is_an_object() {
    let odd =
        read(&json!({"topic": "robot.awoke", "created_at": "soon", "delivery_attempts": "3", "data": {"item": null}}));
    assert_eq!(odd.topic, Some(Topic::Unknown("robot.awoke".to_owned())));
    assert_eq!((odd.created_at, odd.delivery_attempts), (None, Some(3)));
    assert_eq!(odd.extra.get("created_at"), Some(&json!("soon")));
    for without in
        [json!({"topic": "ping"}), json!({"topic": "ping", "data": {}}), json!({"topic": "ping", "data": []})]
    {
        assert!(read(&without).item::<models::Contact>().is_err(), "{without}");
    }
    for body in ["", "[]", "null", "17", "<html>", "\u{0}"] {
        let error = verify(SECRET, sign(SECRET, body), body).expect_err("no notification");
        assert!(matches!(error, WebhookError::Decode(_)), "{body}: {error}");
    }
}
