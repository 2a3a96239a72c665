//! Values without a type, made within the memory that a text may take.

use serde_json::{Map, Number, Value};

use super::room::Room;
use super::text::{Broken, Text, Worth};

/// Why there is no tree of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoTree {
    /// The text is no JSON.
    Broken,
    /// It would take more memory than there is room for.
    NoRoom,
}

/// What is taken into a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lists {
    /// All of it.
    Whole,
    /// All but what its lists hold: a list is empty, or holds one null.
    Outlined,
}

/// The tree of the value at hand.
pub(super) fn tree(text: &mut Text<'_>, room: &mut Room, lists: Lists) -> Result<Value, NoTree> {
    let mut first = true;
    match text.peek() {
        b'"' => Ok(Value::String(text.string()?.into_owned())),
        b't' => Ok(text.word("true").map(|()| Value::Bool(true))?),
        b'f' => Ok(text.word("false").map(|()| Value::Bool(false))?),
        b'n' => Ok(text.word("null").map(|()| Value::Null)?),
        b'[' if lists == Lists::Outlined => {
            let some = text.skip()? > 0;
            Ok(Value::Array(some.then_some(Value::Null).into_iter().collect()))
        }
        b'[' => {
            let mut list = Vec::new();
            text.open()?;
            while text.element(&mut first)? {
                if !room.grow(&mut list) {
                    return Err(NoTree::NoRoom);
                }
                list.push(tree(text, room, lists)?);
            }
            Ok(Value::Array(list))
        }
        b'{' => {
            let mut object = Map::new();
            text.open()?;
            while let Some(name) = text.key(&mut first)? {
                if !room.entry::<Value>(object.len()) {
                    return Err(NoTree::NoRoom);
                }
                let value = tree(text, room, lists)?;
                object.insert(name.into_owned(), value);
            }
            Ok(Value::Object(object))
        }
        _ => Ok(Value::Number(number(text.number()?.worth)?)),
    }
}

fn number(worth: Worth) -> Result<Number, Broken> {
    match worth {
        Worth::Natural(number) => Ok(number.into()),
        Worth::Negative(number) => Ok(number.into()),
        Worth::Float(number) => Number::from_f64(number).ok_or(Broken),
    }
}

/// The outline of an answer: all of it but what its lists hold, for questions that are not about items. None where the text
/// is no JSON, or its objects alone take too much memory.
pub(super) fn outline(text: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(text).ok()?;
    tree(&mut Text::new(text), &mut Room::of(text.len()), Lists::Outlined).ok()
}

impl From<Broken> for NoTree {
    fn from(Broken: Broken) -> Self {
        Self::Broken
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
        assert!(outline(b"{").is_none());
    }
}
