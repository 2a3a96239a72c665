//! Tests models, enums, unions and field types: received values are read, kept and written back.

// The macro stands before the modules that use it.
macro_rules! read {
    ($type:ty, $($json:tt)+) => {
        decode::<$type>(json!($($json)+).to_string().as_bytes()).expect("decodes")
    };
}

mod choices;
mod shapes;
mod texts;
mod times;
mod unions;
#[path = "runtime_models/whole.rs"]
mod whole;

use std::collections::BTreeMap;

use intercom_client::runtime::{Base64, Date, Decoded, Extra, Patch, Timestamp, Value, decode};
use serde_json::json;
use shapes::{Address, Count, Escaped, Form, Nothing, Open, Owner, Person, Task, Text, Wide};

fn written<T: intercom_client::runtime::macros::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("can be written")
}

fn person(fields: Value) -> Value {
    let mut person = json!({"type": "person", "version": 2, "public": true, "id": "1", "boss": null});
    let whole = person.as_object_mut().expect("an object");
    whole.extend(fields.as_object().expect("an object").clone());
    person
}

fn pointers<T>(decoded: &Decoded<T>) -> Vec<&str> {
    decoded.mismatches.iter().map(|mismatch| mismatch.pointer.as_str()).collect()
}

#[test]
fn a_documented_response_reads_and_writes_the_same() {
    let sent = person(json!({
        "age": 7, "rate": 0.1, "active": true, "seen-at": 1_700_000_000, "tags": ["a"], "home": {"city": "Rome"},
        "nick": null, "boss": "2", "friends": [person(json!({}))],
    }));
    let read = read!(Person, sent.clone());
    assert!(read.mismatches.is_empty());
    assert!(read.value.extra.is_empty());
    assert_eq!(read.value.age, Some(7));
    assert_eq!(read.value.nick, Patch::Null);
    assert_eq!(read.value.seen_at.map(Timestamp::as_unix_seconds), Some(1_700_000_000));
    assert_eq!(written(&read.value), sent);
}

#[test]
fn undocumented_fields_stay_readable_and_go_back() {
    let sent = person(json!({"new": {"a": [1, null]}, "older\n": "x"}));
    let read = read!(Person, sent.clone()).value;
    assert_eq!(read.extra.get("new"), Some(&json!({"a": [1, null]})));
    assert_eq!(read.extra.iter().count(), 2);
    assert_eq!(written(&read), sent);
}

#[test]
fn constants_are_written_unless_they_were_absent_or_different() {
    let absent = json!({"id": "1", "boss": null, "type": "robot", "public": 1});
    let read = read!(Person, absent.clone());
    assert_eq!(read.value.extra.get("type"), Some(&json!("robot")));
    assert!(read.mismatches.is_empty());
    assert_eq!(written(&read.value), absent);
    let made = Text { text: None, extra: Extra::default() };
    assert_eq!(written(&made), json!({"kind": "text"}));
    assert_eq!(read!(Text, {"text": "a"}).value, Text { text: Some("a".into()), extra: Extra::default() });
}

#[test]
fn plain_coercions_lose_nothing_and_are_no_mismatch() {
    let read = read!(Person, person(json!({"id": 17, "age": "42", "rate": "2.5", "seen-at": 1.0})));
    assert!(read.mismatches.is_empty());
    let person = read.value;
    assert_eq!((person.id.as_str(), person.age, person.rate), ("17", Some(42), Some(2.5)));
    assert_eq!(person.seen_at, Timestamp::from_unix_seconds(1).ok());
    assert!(person.extra.is_empty());
    assert_eq!(read!(Person, person_with_age(json!(3.0))).value.age, Some(3));
}

#[test]
fn text_is_no_boolean_and_a_boolean_no_text() {
    let sent = person(json!({"boss": true, "active": "true"}));
    let read = read!(Person, sent.clone());
    assert_eq!(read.value.active, None);
    assert_eq!(read.mismatches.len(), 2);
    assert_eq!(written(&read.value), sent);
}

fn person_with_age(age: Value) -> Value {
    person(json!({ "age": age }))
}

#[test]
fn a_mismatching_optional_field_reads_as_absent_and_keeps_its_value() {
    for age in [
        json!("many"),
        json!([1]),
        json!({"a": 1}),
        json!(1.5),
        json!("007"),
        json!(true),
        json!(18_446_744_073_709_551_615_u64),
    ] {
        let sent = person_with_age(age.clone());
        let read = read!(Person, sent.clone());
        assert_eq!(read.value.age, None, "{age}");
        assert_eq!(read.value.extra.get("age"), Some(&age));
        assert_eq!(pointers(&read), ["/age"]);
        assert_eq!(read.mismatches.first().map(|mismatch| &mismatch.value), Some(&age));
        assert_eq!(written(&read.value), sent);
    }
    let sent = person(json!({"rate": "2.50"}));
    let read = read!(Person, sent.clone());
    assert_eq!((read.value.rate, pointers(&read)), (Some(2.5), vec!["/rate"]));
    assert_eq!(written(&read.value), sent);
    let null = read!(Person, person_with_age(Value::Null));
    assert!(null.mismatches.is_empty() && null.value.extra.is_empty());
}

#[test]
fn null_goes_back_as_null_and_what_is_absent_stays_away() {
    let nulls = person(json!({"age": null, "tags": null, "home": null, "friends": [person(json!({"rate": null}))]}));
    let mut read = read!(Person, nulls.clone()).value;
    assert_eq!((read.age, read.extra.is_empty()), (None, true));
    assert_eq!(written(&read), nulls);
    read.age = Some(3);
    assert_eq!(written(&read)["age"], json!(3));
    for few in [json!({}), json!({"due": null}), json!({"note": null}), json!({"due": 1, "note": "x"})] {
        let read = read!(Task, few.clone());
        assert_eq!((written(&read.value), read.mismatches.len()), (few, 0));
    }
    assert_eq!(written(&Task { due: None, note: None, extra: Extra::NONE }), json!({}));
}

#[test]
fn a_model_of_more_than_64_fields_remembers_each_null() {
    let read = read!(Wide, {"a0": null, "a1": 1, "b0": null, "b65": null});
    assert_eq!(written(&read.value), json!({"a0": null, "a1": 1, "b0": null, "b65": null}));
    assert_eq!(written(&read!(Wide, {"b64": 1}).value), json!({"b64": 1}));
}

#[test]
fn good_elements_stay_typed_beside_bad_ones() {
    let sent = person(json!({"tags": ["a", null, {"b": 1}], "friends": [person(json!({"age": []})), "Ann"]}));
    let read = read!(Person, sent.clone());
    assert_eq!(read.value.tags, Some(vec!["a".to_owned()]));
    assert_eq!(read.value.friends.as_ref().map(Vec::len), Some(1));
    assert_eq!(pointers(&read), ["/tags/1", "/tags/2", "/friends/0/age", "/friends/1"]);
    assert_eq!(written(&read.value), sent);
}

#[test]
fn a_required_field_holds_nothing_that_did_not_arrive() {
    for (id, reason) in [
        (Value::Null, "null where a string was expected at /id"),
        (json!({"a": 1}), "an object where a string was expected at /id"),
        (json!(true), "a boolean where a string was expected at /id"),
    ] {
        let sent = person(json!({ "id": id }));
        let error = decode::<Person>(sent.to_string().as_bytes()).expect_err("no id");
        assert_eq!((error.pointer(), error.to_string().as_str()), ("/id", reason));
        // An optional model is absent, and its received value is kept.
        let around = person(json!({ "friends": [sent.clone(), person(json!({"id": "2"}))] }));
        let read = read!(Person, around.clone());
        assert_eq!(pointers(&read), ["/friends/0"]);
        assert_eq!(read.value.friends.as_ref().map(|friends| friends[0].id.as_str()), Some("2"));
        assert_eq!(read.mismatches[0].value, sent);
        assert_eq!(written(&read.value), around);
    }
    let error = decode::<Count>(br#"{"count": 18446744073709551616}"#).expect_err("beyond an i64");
    assert_eq!(error.to_string(), "a number where an integer was expected at /count");
    // A nullable field is null for a value that does not match, too.
    let sent = person(json!({"boss": [2]}));
    let read = read!(Person, sent.clone());
    assert_eq!((&read.value.boss, pointers(&read)), (&None, vec!["/boss"]));
    assert_eq!(written(&read.value), sent);
}

#[test]
fn only_what_is_missing_along_required_fields_fails() {
    let error = decode::<Vec<Address>>(b"3").expect_err("a number is not a list");
    assert_eq!(error.pointer(), "");
    let error = decode::<Person>(br#"{"home": {}}"#).expect_err("the id is missing");
    assert_eq!((error.pointer(), error.to_string().as_str()), ("/id", "missing at /id"));
    let sent = person(json!({"home": {"street": "a/b"}}));
    let read = read!(Person, sent.clone());
    assert_eq!(read.value.home, None);
    assert_eq!(pointers(&read), ["/home"]);
    assert_eq!(written(&read.value), sent);
    assert!(read!(Person, {"id": "1"}).value.boss.is_none());
    assert!(decode::<Person>(b"<html>").expect_err("no JSON").to_string().contains("JSON"));
    assert!(decode::<Person>(b"").is_err());
}

#[test]
fn pointers_are_escaped() {
    let read = read!(BTreeMap<String, Vec<i64>>, {"a/b~c": [1, "x"]});
    assert_eq!(pointers(&read), ["/a~1b~0c/1"]);
    assert_eq!(read.value.get("a/b~c"), Some(&vec![1]));
}

#[test]
fn names_that_need_an_escape_are_read() {
    let sent = json!({r#"in":1,"x"#: 2, "a\\b": 3});
    let read = read!(Escaped, sent.clone());
    assert_eq!((read.value.inches, read.value.length), (Some(2), Some(3)));
    assert_eq!(written(&read.value), sent);
    let two = read!(Escaped, {"in": 1, "x": 2});
    assert_eq!((two.value.inches, two.value.extra.len()), (None, 2));
    assert_eq!(decode::<Escaped>(br#"{"in":1,"x":2}"#).expect("decodes"), two);
}

#[test]
fn names_of_fields_are_read_in_any_order_and_spelling() {
    let expected = person(json!({"age": 3, "nick": "Al"}));
    let expected = read!(Person, expected);
    let text = br#"{"nick" : "Al", "\u0061ge":3 , "boss":null,"id":"1","public":true,"version":2,"type":"person"}"#;
    assert_eq!(decode::<Person>(text).expect("decodes"), expected);
    for broken in [r#"{"id""1"}"#, r#"{"id" "1"}"#, r#"{"id:"1"}"#, r#"{"id""#, r#"{"id"#, r#"{id:"1"}"#] {
        assert!(decode::<Person>(broken.as_bytes()).is_err(), "{broken}");
    }
}

#[test]
fn typed_additional_fields_go_to_their_map_and_others_to_extra() {
    let read = read!(Open, {"type": "open", "name": "n", "a": 1, "b": 2});
    assert_eq!(read.value.counts, BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
    let sent = json!({"name": "n", "a": 1, "b": [2], "type": "shut"});
    let read = read!(Open, sent.clone());
    assert_eq!(read.value.counts, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(read.value.extra.get("b"), Some(&json!([2])));
    assert_eq!(pointers(&read), ["/b"]);
    assert_eq!(written(&read.value), sent);
}

#[test]
fn a_model_without_fields_keeps_all() {
    let read = read!(Nothing, {"a": 1});
    assert_eq!(written(&read.value), json!({"a": 1}));
    assert!(decode::<Nothing>(b"[]").is_err());
}

#[test]
fn mismatches_inside_a_union_are_found_and_kept() {
    let sent = json!({"questions": [{"kind": "text", "text": []}, {"kind": "new"}], "owner": {"city": 5, "x": 1}});
    let read = read!(Form, sent.clone());
    assert_eq!(pointers(&read), ["/questions/0/text"]);
    assert!(matches!(&read.value.owner, Some(Owner::Address(address)) if address.city == "5"));
    let mut coerced = sent;
    coerced["owner"]["city"] = json!("5");
    assert_eq!(written(&read.value), coerced);
}

#[test]
fn absent_null_and_value_are_three_things() {
    for nick in [None, Some(Value::Null), Some(json!("Al"))] {
        let sent = nick.map_or_else(|| person(json!({})), |nick| person(json!({ "nick": nick })));
        assert_eq!(written(&read!(Person, sent.clone()).value), sent);
    }
    assert_eq!(Patch::<String>::from("a"), Patch::Value("a".to_owned()));
    assert_eq!(Patch::<String>::from(None), Patch::Null);
    assert_eq!(Patch::from(5).into_option(), Some(5));
    assert!(Patch::<String>::default().is_absent());
}

#[test]
fn a_patch_is_handled_like_its_value() {
    let name: Patch<String> = "Al".into();
    assert_eq!(name, "Al");
    assert_eq!(name, "Al".to_owned());
    assert_eq!(name, *"Al");
    assert_ne!(name, "Bo");
    assert_ne!(Patch::<String>::Null, "Al");
    assert_eq!(Patch::from(3), 3);
    assert_eq!(Patch::<i64>::from(Some(3)), Patch::Value(3));
    assert_eq!((Patch::value_or_absent(Some(3)), Patch::value_or_absent(None::<i64>)), (Patch::from(3), Patch::Absent));
    assert_eq!((name.as_deref(), Patch::<String>::Null.as_deref()), (Some("Al"), None));
    assert_eq!(name.clone().map(|name| name.len()), 2);
    assert_eq!((Patch::<i64>::Null.map(|n| n + 1), Patch::<i64>::Absent.map(|n| n + 1)), (Patch::Null, Patch::Absent));
    assert!(name.is_value() && !name.is_null() && !name.is_absent() && Patch::<i64>::Null.is_null());
    assert_eq!(name.into_option(), Some("Al".to_owned()));
    assert_eq!(Patch::<i64>::Null.as_ref().into_option(), None);
}

#[test]
fn an_extra_entry_stands_in_for_the_field() {
    let mut person = read!(Person, person(json!({}))).value;
    person.extra.insert("age", "unknown");
    person.age = Some(3);
    assert_eq!(written(&person)["age"], json!("unknown"));
    assert_eq!(person.extra.remove("age"), Some(json!("unknown")));
    assert_eq!(written(&person)["age"], json!(3));
    assert!(person.extra.is_empty() && !person.extra.contains("age"));
    assert_eq!(size_of::<Extra>(), 2 * size_of::<u64>());
}

#[test]
fn days_and_bytes_are_types_of_their_own() {
    let day = Date::new(2024, 2, 29).expect("a leap day");
    assert_eq!((day.to_string(), "2024-02-29".parse()), ("2024-02-29".to_owned(), Ok(day)));
    for no_day in ["2023-02-29", "2024-2-9", "2024-13-01", "2024-02-29T00:00:00Z", ""] {
        assert!(no_day.parse::<Date>().is_err(), "{no_day}");
    }
    assert!(Date::new(2023, 2, 29).is_err() && Date::new(10_000, 1, 1).is_err());
    let read = decode::<Vec<Date>>(br#"["2024-02-29", "tomorrow", 3]"#).expect("a list");
    assert_eq!((read.value, read.mismatches.len()), (vec![day], 2));

    let bytes = Base64::from(&b"a \xc3\xa9"[..]);
    assert_eq!(serde_json::to_value(&bytes).expect("text"), json!("YSDDqQ=="));
    let read = decode::<Vec<Base64>>(br#"["YSDDqQ==", "YSDDqQ", "!"]"#).expect("a list");
    assert_eq!((read.value, read.mismatches.len()), (vec![bytes], 2));
}
