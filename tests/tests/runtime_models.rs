//! Models, enums, unions and the types of fields: what arrives is read, kept and written back.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use intercom_client::runtime::{
    Decoded, Extra, Patch, Timestamp, Value, decode, integer_enum, model, string_enum, tagged_union, union,
};
use serde_json::json;

#[derive(Debug, Clone, PartialEq)]
struct Person {
    id: String,
    boss: Option<String>,
    age: Option<i64>,
    rate: Option<f64>,
    active: Option<bool>,
    seen_at: Option<Timestamp>,
    tags: Option<Vec<String>>,
    home: Option<Address>,
    friends: Option<Vec<Person>>,
    nick: Patch<String>,
    extra: Extra,
}

model! {
    Person {
        required { id: "id", boss: "boss", }
        optional {
            age: "age", rate: "rate", active: "active", seen_at: "seen-at", tags: "tags", home: "home",
            friends: "friends",
        }
        nullable { nick: "nick", }
        constant { "type": "person", "version": 2, "public": true, }
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Address {
    city: String,
    extra: Extra,
}

model! { Address { required { city: "city" } } }

#[derive(Debug, Clone, PartialEq, Default)]
struct Open {
    name: Option<String>,
    counts: BTreeMap<String, i64>,
    extra: Extra,
}

model! { Open { optional { name: "name" } constant { "type": "open" } additional: counts, } }

#[derive(Debug, Clone, PartialEq, Default)]
struct Nothing {
    extra: Extra,
}

model! { Nothing {} }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Priority {
    Low,
    VeryHigh,
    Undocumented(String),
}

string_enum! { Priority { Low: "low", VeryHigh: "very high", } }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Size {
    Small,
    Large,
    Undocumented(i64),
}

integer_enum! { Size { Small: 1, Large: -2, } }

#[derive(Debug, Clone, PartialEq)]
enum Owner {
    Person(Box<Person>),
    Address(Address),
    Name(String),
    Names(Vec<String>),
    Number(i64),
    Priority(Priority),
    Undocumented(Value),
}

union! {
    Owner {
        Person: Box<Person>,
        Address: Address,
        Name: String,
        Names: Vec<String>,
        Number: i64,
        Priority: Priority,
    }
    from { Address: Address, Number: i64, }
}

#[derive(Debug, Clone, PartialEq)]
struct Text {
    text: Option<String>,
    extra: Extra,
}

model! { Text { optional { text: "text" } constant { "kind": "text" } } }

#[derive(Debug, Clone, PartialEq)]
struct Pick {
    options: Vec<String>,
    extra: Extra,
}

model! { Pick { required { options: "options" } } }

#[derive(Debug, Clone, PartialEq)]
enum Question {
    Text(Text),
    Pick(Pick),
    Undocumented(Value),
}

tagged_union! { Question by "kind" { Text: Text = "text", Pick: Pick = "pick" | "picks", } from { Text: Text, } }

/// A union inside a model: what departs inside it is found as well.
#[derive(Debug, Clone, PartialEq, Default)]
struct Form {
    questions: Option<Vec<Question>>,
    owner: Option<Owner>,
    extra: Extra,
}

model! { Form { optional { questions: "questions", owner: "owner" } } }

macro_rules! read {
    ($type:ty, $($json:tt)+) => {
        decode::<$type>(json!($($json)+).to_string().as_bytes()).expect("decodes")
    };
}

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
    decoded.departures.iter().map(|departure| departure.pointer.as_str()).collect()
}

#[test]
fn a_documented_answer_reads_and_writes_the_same() {
    let sent = person(json!({
        "age": 7, "rate": 0.1, "active": true, "seen-at": 1_700_000_000, "tags": ["a"], "home": {"city": "Rome"},
        "nick": null, "boss": "2", "friends": [person(json!({}))],
    }));
    let read = read!(Person, sent.clone());
    assert!(read.departures.is_empty());
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
    assert!(read.departures.is_empty());
    assert_eq!(written(&read.value), absent);
    let made = Text { text: None, extra: Extra::default() };
    assert_eq!(written(&made), json!({"kind": "text"}));
    assert_eq!(read!(Text, {"text": "a"}).value, Text { text: Some("a".into()), extra: Extra::default() });
}

#[test]
fn plain_coercions_lose_nothing_and_are_no_departure() {
    let read = read!(Person, person(json!({"id": 17, "age": "42", "rate": "2.5", "active": "true", "seen-at": 1.0})));
    assert!(read.departures.is_empty());
    let person = read.value;
    assert_eq!((person.id.as_str(), person.age, person.rate), ("17", Some(42), Some(2.5)));
    assert_eq!((person.active, person.seen_at), (Some(true), Timestamp::from_unix_seconds(1).ok()));
    assert!(person.extra.is_empty());
    assert_eq!(read!(Person, person_with_age(json!(3.0))).value.age, Some(3));
}

fn person_with_age(age: Value) -> Value {
    person(json!({ "age": age }))
}

#[test]
fn a_departing_optional_field_reads_as_absent_and_keeps_its_value() {
    for age in [json!("many"), json!([1]), json!({"a": 1}), json!(1.5), json!("007"), json!(true), json!(18_446_744_073_709_551_615_u64)] {
        let sent = person_with_age(age.clone());
        let read = read!(Person, sent.clone());
        assert_eq!(read.value.age, None, "{age}");
        assert_eq!(read.value.extra.get("age"), Some(&age));
        assert_eq!(pointers(&read), ["/age"]);
        assert_eq!(read.departures.first().map(|departure| &departure.value), Some(&age));
        assert_eq!(written(&read.value), sent);
    }
    let null = read!(Person, person_with_age(Value::Null));
    assert!(null.departures.is_empty() && null.value.extra.is_empty());
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
fn a_required_value_of_another_kind_does_not_fail_the_answer() {
    let sent = json!({"type": "person", "version": 2, "public": true, "id": {"a": 1}, "boss": [2]});
    let read = read!(Person, sent.clone());
    assert_eq!((read.value.id.as_str(), read.value.boss.as_deref()), ("", None));
    assert_eq!(pointers(&read), ["/id", "/boss"]);
    assert_eq!(written(&read.value), sent);
}

#[test]
fn only_what_is_missing_along_required_fields_fails() {
    let error = decode::<Vec<Address>>(b"3").expect_err("a number is no list");
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
fn enums_are_open() {
    for text in ["low", "very high", "brand new"] {
        let read = read!(Priority, text);
        assert_eq!(read.value.as_str(), text);
        assert_eq!(written(&read.value), json!(text));
    }
    assert_eq!(Priority::from("low"), Priority::Low);
    assert_eq!(Priority::from("very high".to_owned()).to_string(), "very high");
    assert_eq!(Priority::from("?"), Priority::Undocumented("?".to_owned()));
    assert_eq!(read!(Size, -2).value, Size::Large);
    assert_eq!(written(&read!(Size, 9).value), json!(9));
    assert_eq!((Size::from(1), Size::from(5).as_i64()), (Size::Small, 5));
    assert_eq!(read!(Size, "1").value, Size::Small);
}

#[test]
fn the_best_fit_of_a_union_wins() {
    assert!(matches!(read!(Owner, person(json!({}))).value, Owner::Person(_)));
    assert_eq!(read!(Owner, {"city": "Rome"}).value, Owner::from(Address { city: "Rome".into(), extra: Extra::default() }));
    assert_eq!(read!(Owner, "Ann").value, Owner::Name("Ann".into()));
    assert_eq!(read!(Owner, "low").value, Owner::Priority(Priority::Low));
    assert_eq!(read!(Owner, ["a"]).value, Owner::Names(vec!["a".into()]));
    assert_eq!(read!(Owner, 3).value, Owner::from(3));
    for odd in [json!(1.5), json!({"a": 1}), json!([1]), json!(null)] {
        let read = decode::<Owner>(odd.to_string().as_bytes()).expect("a union takes anything");
        assert_eq!(read.value, Owner::Undocumented(odd.clone()));
        assert_eq!(written(&read.value), odd);
        assert!(read.departures.is_empty());
    }
}

#[test]
fn a_tag_decides() {
    assert_eq!(read!(Question, {"kind": "text"}).value, Question::from(Text { text: None, extra: Extra::default() }));
    let picks = json!({"kind": "picks", "options": ["a"]});
    let read = read!(Question, picks.clone());
    assert!(matches!(&read.value, Question::Pick(pick) if pick.options == ["a"]));
    assert_eq!(written(&read.value), picks);
    for odd in [json!({"kind": "draw"}), json!({"text": "a"}), json!({"kind": "pick"}), json!("text")] {
        let read = decode::<Question>(odd.to_string().as_bytes()).expect("a union takes anything");
        assert_eq!(read.value, Question::Undocumented(odd.clone()));
    }
}

#[test]
fn departures_inside_a_union_are_found_and_kept() {
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
    assert_eq!(Patch::from("a"), Patch::Value("a".to_owned()));
    assert_eq!(Patch::<String>::from(None), Patch::Null);
    assert_eq!(Patch::from(5).into_option(), Some(5));
    assert!(Patch::<String>::default().is_absent());
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
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
}

#[test]
fn times_are_seconds() {
    assert!(Timestamp::from_unix_seconds(1_700_000_000_000).is_err());
    assert_eq!(Timestamp::from_unix_milliseconds(-1).as_unix_seconds(), -1);
    let time = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
    assert_eq!(Timestamp::from(time).as_unix_seconds(), 1);
    let before = SystemTime::UNIX_EPOCH - Duration::from_millis(500);
    assert_eq!(Timestamp::from(before).as_unix_seconds(), -1);
    assert_eq!(SystemTime::try_from(Timestamp::UNIX_EPOCH), Ok(SystemTime::UNIX_EPOCH));
    for (text, seconds) in [
        ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("1969-12-31T23:59:58Z", -2),
        ("2000-03-01T00:00:00Z", 951_868_800),
    ] {
        let time: Timestamp = text.parse().expect("RFC 3339");
        assert_eq!((time.as_unix_seconds(), time.to_string().as_str()), (seconds, text));
    }
    for (text, seconds) in [("1970-01-01T02:00:00.000+02:00", 0), ("1970-01-01 00:00:00-0130", 5400), ("12", 12)] {
        let read = decode::<Timestamp>(json!(text).to_string().as_bytes()).expect("a time");
        assert_eq!((read.value.as_unix_seconds(), read.departures.len()), (seconds, 0), "{text}");
    }
    for text in ["2023-02-29T00:00:00Z", "2023-01-01", "2023-01-01T25:00:00Z", "yesterday", "", "2023-01-01T00:00:00.Z"] {
        assert!(text.parse::<Timestamp>().is_err(), "{text}");
    }
    let sent = person(json!({"seen-at": "1970-01-01T00:00:01.5Z"}));
    let read = read!(Person, sent.clone());
    assert_eq!(read.value.seen_at.map(Timestamp::as_unix_seconds), Some(1));
    assert_eq!(pointers(&read), ["/seen-at"]);
    assert_eq!(written(&read.value), sent);
}
