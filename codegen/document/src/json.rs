//! Parses JSON text, and finds the positions of nodes in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::diagnostic::quote;
use crate::pointer;
use crate::position::{Lines, Positions};
use crate::tree::{Budget, Failure, Fault, Node};

pub(crate) fn parse(text: &str, budget: &Budget) -> Result<Value, Failure> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let parsed = Node::root(budget).deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    parsed.map_err(|error| {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message);
        Failure {
            message: budget.verdict().map_or_else(|| format!("not well-formed JSON: {message}"), str::to_owned),
            help: None,
            position: Some((error.line().max(1), error.column().max(1))),
        }
    })
}

pub(crate) fn locate(text: &str, wanted: &mut Positions<'_>) {
    let lines = Lines::new(text);
    walk(text, |pointer, _, offset| match wanted.get_mut(pointer) {
        Some(found) => {
            found.get_or_insert_with(|| lines.position(offset));
            true
        }
        None => false,
    });
}

/// Finds duplicate keys.
pub(crate) fn faults(text: &str) -> Vec<Fault> {
    let lines = Lines::new(text);
    let mut faults = Vec::new();
    let mut first: HashMap<String, usize> = HashMap::new();
    walk(text, |pointer, key, offset| {
        let Some(key) = key else { return true };
        let Some(&before) = first.get(pointer) else {
            first.insert(pointer.to_owned(), offset);
            return true;
        };
        let (line, column) = lines.position(before);
        faults.push(Fault {
            pointer: pointer.to_owned(),
            message: format!("the key {} stands twice, first with its value at {line}:{column}", quote(key)),
            expected: Some("each key once".to_owned()),
            assumed: "the last one",
            position: lines.position(offset),
        });
        false
    });
    faults
}

/// Calls `visit` with the pointer, the key and the byte offset of each value, and skips the inside of a value if
/// `visit` returns `false`. Recursion is bounded, because [`parse`] has refused a text that is nested too deep.
fn walk(text: &str, mut visit: impl FnMut(&str, Option<&str>, usize) -> bool) {
    let offset = text.len() - text.trim_start().len();
    if let Ok(root) = serde_json::from_str::<&RawValue>(text)
        && visit("", None, offset)
    {
        inside(root, "", offset, &mut visit);
    }
}

fn inside(raw: &RawValue, at: &str, offset: usize, visit: &mut impl FnMut(&str, Option<&str>, usize) -> bool) {
    let text = raw.get();
    // The slices lie in `text`, so the distance of their addresses is their offset in it.
    let offset_of = |inner: &RawValue| offset + (inner.get().as_ptr() as usize - text.as_ptr() as usize);
    if text.starts_with('{') {
        for (key, value) in serde_json::from_str::<Entries<'_>>(text).map(|entries| entries.0).unwrap_or_default() {
            let (place, start) = (pointer::join(at, &key), offset_of(value));
            if visit(&place, Some(&key), start) {
                inside(value, &place, start, visit);
            }
        }
    } else if text.starts_with('[') {
        for (index, value) in serde_json::from_str::<Vec<&RawValue>>(text).unwrap_or_default().into_iter().enumerate() {
            let (place, start) = (pointer::join(at, &index.to_string()), offset_of(value));
            if visit(&place, None, start) {
                inside(value, &place, start, visit);
            }
        }
    }
}

/// The entries of an object in the order of the text, duplicate keys included.
struct Entries<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry::<Cow<'de, str>, &RawValue>()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
