//! Tests enums and unions.

use intercom_client::runtime::{Extra, decode};
use serde_json::json;

use super::shapes::{Address, Owner, Priority, Question, Size, Text};
use super::{person, written};

#[test]
fn enums_are_open() {
    for text in ["low", "very high", "brand new"] {
        let read = read!(Priority, text);
        assert_eq!(read.value.as_str(), text);
        assert_eq!(written(&read.value), json!(text));
    }
    assert_eq!(Priority::from("low"), Priority::Low);
    assert_eq!(Priority::from("very high".to_owned()).to_string(), "very high");
    assert_eq!(Priority::from("?"), Priority::Unknown("?".to_owned()));
    assert_eq!(read!(Size, -2).value, Size::Large);
    assert_eq!(written(&read!(Size, 9).value), json!(9));
    assert_eq!((Size::from(1), Size::from(5).as_i64()), (Size::Small, 5));
    assert_eq!(read!(Size, "1").value, Size::Small);
}

#[test]
fn the_best_fit_of_a_union_wins() {
    assert!(matches!(read!(Owner, person(json!({}))).value, Owner::Person(_)));
    assert_eq!(
        read!(Owner, {"city": "Rome"}).value,
        Owner::from(Address { city: "Rome".into(), extra: Extra::default() })
    );
    assert_eq!(read!(Owner, "Ann").value, Owner::Name("Ann".into()));
    assert_eq!(read!(Owner, "low").value, Owner::Priority(Priority::Low));
    assert_eq!(read!(Owner, ["a"]).value, Owner::Names(vec!["a".into()]));
    assert_eq!(read!(Owner, 3).value, Owner::from(3));
    for odd in [json!(1.5), json!({"a": 1}), json!([1]), json!(null)] {
        let read = decode::<Owner>(odd.to_string().as_bytes()).expect("a union takes anything");
        assert_eq!(read.value, Owner::Unknown(odd.clone()));
        assert_eq!(written(&read.value), odd);
        assert!(read.mismatches.is_empty());
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
        assert_eq!(read.value, Question::Unknown(odd.clone()));
    }
}
