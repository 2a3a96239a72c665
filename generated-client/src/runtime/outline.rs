//! The outline of an answer: all of it but what its lists hold, for questions that are not about items.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads JSON without the elements of its lists: a list is empty, or holds one null.
///
/// # Errors
/// The text is no JSON.
pub(super) fn outline(text: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(text).map(|Outline(value)| value)
}

struct Outline(Value);

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let first = list.next_element::<IgnoredAny>()?.map(|_| Value::Null);
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(first.into_iter().collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Outline(value))) = entries.next_entry::<String, Outline>()? {
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::outline;

    #[test]
    fn lists_show_only_whether_they_are_empty() {
        let text =
            br#"{"a": [{"b": 1}, [2]], "none": [], "pages": {"next": null, "page": 2, "x": -1.5}, "t": "\u00e9"}"#;
        let expected = json!({
            "a": [null], "none": [], "pages": { "next": null, "page": 2, "x": -1.5 }, "t": "é",
        });
        assert_eq!(outline(text).unwrap(), expected);
        assert_eq!(outline(b"[true]").unwrap(), json!([null]));
        assert!(outline(b"{").is_err());
    }
}
