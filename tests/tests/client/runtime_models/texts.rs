//! Tests which texts are JSON, compared with `serde_json`.

use std::error::Error as _;

use intercom_client::runtime::{Value, decode};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

use super::shapes::Person;
use super::{pointers, written};

/// Returns the values that both readers give for a text; `None` if it is not JSON.
fn both(text: &[u8]) -> (Option<Value>, Option<Value>) {
    (decode::<Value>(text).ok().map(|decoded| decoded.value), serde_json::from_slice(text).ok())
}

#[test]
fn odd_texts_are_read_as_serde_json_reads_them() {
    let texts = [
        "0",
        "-0",
        "00",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1.5",
        "1e5",
        "1E+5",
        "1e-5",
        "1e",
        "1e999",
        "-1e999",
        "1e-999",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999",
        "0.1",
        "123456789.123456789",
        r#""""#,
        r#""\"""#,
        r#""\\""#,
        r#""\/\b\f\n\r\t""#,
        r#""\u00e9""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83dx""#,
        r#""\ud83d\n""#,
        r#""\x""#,
        r#""\u12""#,
        r#""\"#,
        "\"\n\"",
        "\"\u{7f}\"",
        "\"",
        r#""1234567\"90""#,
        r#""12345678\\""#,
        "\"1234567\t\"",
        "\"é12345678é\"",
        "tru",
        "true",
        "truex",
        "nul",
        "null",
        "[]",
        "[1]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "]",
        "{}",
        r#"{"a":1}"#,
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        r#"{a:1}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"\u0061":1}"#,
        " [ 1 , { \"a\" : [ ] } ]\r\n\t",
        "[] []",
        "\u{feff}[]",
        "\u{0}",
        "[]\u{0}",
        "",
        " ",
    ];
    for text in texts {
        let (ours, theirs) = both(text.as_bytes());
        assert_eq!(ours, theirs, "{text:?}");
    }
    let (ours, theirs) = both(b"\"\xff\"");
    assert_eq!((ours, theirs), (None, None));
    for depth in [127, 128, 100_000] {
        let (ours, theirs) = both(["[".repeat(depth), "]".repeat(depth)].concat().as_bytes());
        assert_eq!((ours.is_some(), ours), (depth == 127, theirs));
    }
}

#[test]
fn an_error_says_where_the_text_breaks() {
    let error = decode::<Person>(b"{\n  \"id\": \"1\",\n  \"age\": 07\n}").expect_err("no number");
    assert_eq!(error.to_string(), "the text is not JSON");
    assert!(error.source().is_some_and(|source| source.to_string().contains("line 3")), "{error:?}");
}

#[test]
fn of_a_field_that_comes_twice_the_last_counts() {
    let text = r#"{"id": [1], "id": "2", "age": "x", "tags": ["a"], "age": 3, "tags": ["b"], "type": "robot", "boss": null,
        "new": 1, "version": 2, "public": true, "new": 2, "type": "person"}"#;
    let read = decode::<Person>(text.as_bytes()).expect("decodes").value;
    assert_eq!((read.id.as_str(), read.age, read.tags.as_deref()), ("2", Some(3), Some(&["b".to_owned()][..])));
    assert_eq!(read.extra.iter().collect::<Vec<_>>(), [("new", &json!(2))]);
    assert_eq!(written(&read), serde_json::from_str::<Value>(text).expect("JSON"));
    let odd = decode::<Person>(br#"{"id": "1", "boss": null, "age": 3, "age": []}"#).expect("decodes");
    assert_eq!((odd.value.age, pointers(&odd)), (None, vec!["/age"]));
    assert_eq!(odd.value.extra.get("age"), Some(&json!([])));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The texts are partly JSON and partly close to it.
    #[test]
    fn changed_texts_are_read_as_serde_json_reads_them(
        parts in prop::collection::vec(prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\\", "u00e9", "a", "\"key\":", "\"text\"", "1", "-", ".5", "e3", "0",
            "true", "null", " ", "\n", "é", "\\n", "\\ud800", "\"twelve chars\"",
        ]), 0..12),
        change in any::<Index>(),
    ) {
        let inside = parts.concat();
        let whole = format!(r#"{{"a":[1,"b\n",{{"c":-2.5e3}}],{inside}"d":"é"}}"#);
        let cut = &whole.as_bytes()[..change.index(whole.len())];
        for text in [inside.as_bytes(), whole.as_bytes(), format!("[{inside}]").as_bytes(), cut] {
            let (ours, theirs) = both(text);
            prop_assert_eq!(ours, theirs, "{:?}", String::from_utf8_lossy(text));
        }
    }
}
