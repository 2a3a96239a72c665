//! Compares a body with the same body after decoding and encoding.

use serde_json::{Map, Number, Value};

/// A place where two bodies differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The JSON pointer of the place.
    pub pointer: String,
    /// The values before and after.
    pub reason: String,
}

/// The maximum length of a value in a reason, in characters.
const EXCERPT: usize = 120;

/// Returns the places where `back` differs from `sent`.
///
/// A null member that only `back` has is no difference. Nor is a scalar of another kind with the same meaning: a
/// number and its own text, 1 and 1.0, a time in RFC 3339 and its Unix seconds.
#[must_use]
pub fn differences(sent: &Value, back: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(&mut Vec::new(), sent, back, &mut found);
    found
}

/// A step into a value. Pointers are made only for differences, since most bodies have none.
#[derive(Clone, Copy)]
enum Step<'v> {
    Name(&'v str),
    Index(usize),
}

fn compare<'v>(path: &mut Vec<Step<'v>>, sent: &'v Value, back: &'v Value, found: &mut Vec<Difference>) {
    match (sent, back) {
        (Value::Object(sent), Value::Object(back)) => objects(path, sent, back, found),
        (Value::Array(sent), Value::Array(back)) if sent.len() == back.len() => {
            for (index, (sent, back)) in sent.iter().zip(back).enumerate() {
                path.push(Step::Index(index));
                compare(path, sent, back, found);
                path.pop();
            }
        }
        _ if same_scalar(sent, back) => {}
        _ => found.push(difference(path, format!("{} came back as {}", excerpt(sent), excerpt(back)))),
    }
}

type Members = Map<String, Value>;

fn objects<'v>(path: &mut Vec<Step<'v>>, sent: &'v Members, back: &'v Members, found: &mut Vec<Difference>) {
    for (name, sent) in sent {
        path.push(Step::Name(name));
        match back.get(name) {
            Some(back) => compare(path, sent, back, found),
            None => found.push(difference(path, format!("{} did not come back", excerpt(sent)))),
        }
        path.pop();
    }
    for (name, back) in back.iter().filter(|(name, back)| !back.is_null() && !sent.contains_key(*name)) {
        path.push(Step::Name(name));
        found.push(difference(path, format!("{} came back, and nothing was there", excerpt(back))));
        path.pop();
    }
}

fn difference(path: &[Step<'_>], reason: String) -> Difference {
    let mut pointer = String::new();
    for step in path {
        match step {
            Step::Name(name) => document::pointer::push(&mut pointer, name),
            Step::Index(index) => document::pointer::push(&mut pointer, &index.to_string()),
        }
    }
    Difference { pointer, reason }
}

fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

fn same_scalar(sent: &Value, back: &Value) -> bool {
    match (sent, back) {
        (Value::Number(one), Value::Number(other)) => same_number(one, other),
        (Value::Number(number), Value::String(text)) | (Value::String(text), Value::Number(number)) => {
            is_text_of(text, number) || is_time_of(text, number)
        }
        _ => sent == back,
    }
}

/// Returns whether two numbers are equal; 1 equals 1.0. A `number` of the document is a double, so an integer beyond
/// 2^53 comes back as the nearest double.
fn same_number(one: &Number, other: &Number) -> bool {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one == other,
        (Some(whole), None) => other.as_f64() == Some(whole as f64),
        (None, Some(whole)) => one.as_f64() == Some(whole as f64),
        (None, None) => one.as_f64() == other.as_f64(),
    }
}

fn is_whole(number: &Number, whole: i128) -> bool {
    number.as_f64().is_some_and(|number| number.fract() == 0.0 && number as i128 == whole)
}

/// Returns whether the text is the canonical form of the number, which `007` and `2.50` are not.
fn is_text_of(text: &str, number: &Number) -> bool {
    let is_plain = || number.as_f64().is_some_and(|number| number.to_string() == text);
    number.to_string() == text || (number.is_f64() && is_plain())
}

/// Returns whether the text is the same time as these Unix seconds.
fn is_time_of(text: &str, seconds: &Number) -> bool {
    let Ok(time) = text.parse::<jiff::Timestamp>() else { return false };
    time.subsec_nanosecond() == 0 && is_seconds(seconds, time.as_second())
}

fn is_seconds(number: &Number, seconds: i64) -> bool {
    number.as_i64() == Some(seconds) || is_whole(number, seconds.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_says_the_same_is_the_same() {
        for (sent, back) in [
            (json!({"b": [1, {}]}), json!({"b": [1.0, {"c": null}], "d": null})),
            (json!("12"), json!(12)),
            (json!(12), json!("12")),
            (json!("2.5"), json!(2.5)),
            (json!("1.0"), json!(1.0)),
            (json!("1"), json!(1.0)),
            (json!("-0"), json!(-0.0)),
            (json!("2024-02-29T12:00:00Z"), json!(1_709_208_000)),
            (json!("2024-02-29T14:00:00.000+02:00"), json!(1_709_208_000)),
        ] {
            assert_eq!(differences(&sent, &back), [], "{sent} {back}");
        }
    }

    #[test]
    fn what_says_something_else_is_not() {
        for (sent, back, pointer) in [
            (json!({"a": {"b/c": 1}}), json!({"a": {}}), "/a/b~1c"),
            (json!({}), json!({"a": 1}), "/a"),
            (json!([1, null]), json!([1]), ""),
            (json!({"a": null}), json!({}), "/a"),
            (json!([null]), json!([0]), "/0"),
            (json!("007"), json!(7), ""),
            (json!("2.50"), json!(2.5), ""),
            (json!("+1"), json!(1), ""),
            (json!(true), json!("true"), ""),
            (json!("true"), json!(true), ""),
            (json!(1), json!(true), ""),
            (json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_994.0), ""),
            (json!("9007199254740993"), json!(9_007_199_254_740_992.0), ""),
            (json!("2024-02-29T12:00:00.5Z"), json!(1_709_208_000), ""),
            (json!("2024-02-29"), json!(1_709_208_000), ""),
            (json!([]), json!({}), ""),
        ] {
            let found = differences(&sent, &back);
            assert_eq!(
                found.iter().map(|difference| &*difference.pointer).collect::<Vec<_>>(),
                [pointer],
                "{sent} {back}"
            );
        }
    }
}
