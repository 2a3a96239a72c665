//! Tests values of another shape than documented: a list instead of the object that holds it, or one object instead of
//! a list.

use intercom_client::models::Contact;
use intercom_client::runtime::{Decoded, Extra, Value, decode, model, registry};
use serde_json::json;

use super::shapes::{Address, Form, Person};
use super::{person, pointers, written};

/// A model with a single list and no required field, so a bare list can be read as that list.
#[derive(Debug, Clone, PartialEq, Default)]
struct Envelope {
    kind: Option<String>,
    people: Option<Vec<Person>>,
    next: Option<Address>,
    extra: Extra,
}

model! { Envelope { optional { kind: "type", people: "data", next } constant { "version": 1 } } }

/// A model with two lists, neither of which a bare list stands for.
#[derive(Debug, Clone, PartialEq, Default)]
struct Two {
    one: Option<Vec<String>>,
    other: Option<Vec<String>>,
    extra: Extra,
}

model! { Two { optional { one, other } } }

/// A model with a required name, which a bare list lacks.
#[derive(Debug, Clone, PartialEq)]
struct Named {
    name: String,
    list: Vec<String>,
    extra: Extra,
}

model! { Named { required { name, list } } }

#[derive(Debug, Clone, PartialEq, Default)]
struct Around {
    envelope: Option<Envelope>,
    extra: Extra,
}

model! { Around { optional { envelope } } }

fn ids(people: Option<&Vec<Person>>) -> Vec<&str> {
    people.into_iter().flatten().map(|person| person.id.as_str()).collect()
}

#[test]
fn a_bare_list_is_the_list_of_what_should_hold_it() {
    let sent = json!([person(json!({"new": 1})), person(json!({"id": "2", "age": "old"}))]);
    let mut read = read!(Envelope, sent.clone());
    assert_eq!(ids(read.value.people.as_ref()), ["1", "2"]);
    assert_eq!(pointers(&read), ["/1/age", ""]);
    assert_eq!(read.mismatches[1].value, sent);
    assert_eq!(read.value.extra.get("data"), Some(&sent));
    assert_eq!(written(&read.value), sent);
    // The fields are written once the entry is gone.
    read.value.extra.remove("data");
    read.value.people = None;
    assert_eq!(written(&read.value), json!({"version": 1}));
    assert_eq!(written(&read!(Envelope, []).value), json!([]));
}

#[test]
fn a_bare_list_is_told_and_kept_where_it_stands() {
    let sent = json!({"envelope": [person(json!({}))], "x": 1});
    let read = read!(Around, sent.clone());
    assert_eq!(ids(read.value.envelope.as_ref().and_then(|envelope| envelope.people.as_ref())), ["1"]);
    assert_eq!(pointers(&read), ["/envelope"]);
    assert_eq!(written(&read.value), sent);
}

#[test]
fn a_list_of_something_else_is_none_of_it() {
    let error = decode::<Envelope>(br#"[1, "a", {}]"#).expect_err("no people");
    assert_eq!(error.to_string(), "a list where an object was expected");
    // Any object could be these elements, and most of their content would be lost.
    assert!(decode::<Form>(br#"[{"id": "1", "name": "x", "age": 3}]"#).is_err());
    assert!(decode::<Contact>(br#"[{"id": "c-1", "email": "ann@example.com", "role": "user"}]"#).is_err());
    assert!(decode::<Contact>(b"[]").is_err());
    assert!(decode::<Two>(b"[]").is_err() && decode::<Named>(br#"["a"]"#).is_err());
    let sent = json!({"envelope": [1]});
    let read = read!(Around, sent.clone());
    assert_eq!((&read.value.envelope, pointers(&read)), (&None, vec!["/envelope"]));
    assert_eq!(written(&read.value), sent);
}

#[test]
fn one_object_is_a_list_of_one_as_a_whole() {
    let one = person(json!({"age": "old", "new": 1}));
    let read = read!(Vec<Person>, one.clone());
    assert_eq!(ids(Some(&read.value)), ["1"]);
    assert_eq!(pointers(&read), ["/age", ""]);
    assert_eq!(read.mismatches[1].value, one);
    for other in [json!({}), json!({"type": "error.list", "errors": [{}], "request_id": "r-1"}), json!({"id": []})] {
        assert!(decode::<Vec<Person>>(other.to_string().as_bytes()).is_err(), "{other}");
    }
    assert!(decode::<Vec<String>>(br#"{"a": 1}"#).is_err() && decode::<Vec<Person>>(b"null").is_err());
}

#[test]
fn both_go_back_through_the_registry_as_they_came() {
    let (one, list) = (person(json!({"age": "old"})), json!([person(json!({"home": {"city": null}}))]));
    let back = |json: &[u8]| serde_json::from_slice::<Value>(json).expect("JSON");
    let trip = registry::json::<Vec<Person>>(one.to_string().as_bytes()).expect("decodes");
    assert_eq!(back(&trip.json), one);
    let trip = registry::json::<Envelope>(list.to_string().as_bytes()).expect("decodes");
    assert_eq!(back(&trip.json), list);
    let Decoded { value, .. } = read!(Envelope, list.clone());
    assert_eq!(value.people.map(|people| people[0].home.is_none()), Some(true));
}
