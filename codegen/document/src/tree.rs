//! Reads YAML and JSON into an untyped tree.
//!
//! Unlike the reader of `serde_json::Value`, this one notices faults: a duplicate key (the last one counts), a key that
//! is not a text (taken as written, or else dropped), and a number that JSON cannot hold (null). A second walk locates
//! them, so that a valid document does not pay for it. Nesting that is too deep and endless aliases are errors.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use crate::position::Position;

/// The maximum depth of nested objects and lists.
///
/// Real documents stay under 40. The limit keeps every later walk that recurses far from a stack overflow.
pub(crate) const DEPTH: usize = 100;

/// An error that stopped the reading of a text.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) position: Option<Position>,
}

/// A part of the text that the tree cannot represent.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) pointer: String,
    pub(crate) message: String,
    pub(crate) expected: Option<String>,
    pub(crate) assumed: &'static str,
    pub(crate) position: Position,
}

/// The number of nodes and bytes that a parse may still produce, whether it noticed a fault, and why it stopped.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<usize>,
    faults: Cell<bool>,
    verdict: RefCell<Option<&'static str>>,
}

impl Budget {
    /// Creates the budget for a text of `text` bytes. Without aliases a text expands to fewer nodes and bytes than its
    /// own size; some reuse through aliases is normal.
    pub(crate) fn new(text: usize) -> Self {
        Self {
            left: Cell::new(text.saturating_mul(8).saturating_add(1 << 20)),
            faults: Cell::new(false),
            verdict: RefCell::new(None),
        }
    }

    pub(crate) fn has_faults(&self) -> bool {
        self.faults.get()
    }

    /// Returns the reason why the reader stopped, if the reader itself stopped.
    pub(crate) fn verdict(&self) -> Option<&'static str> {
        *self.verdict.borrow()
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes + 1) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(self.stop("the aliases unfold to far more than the text itself")),
        }
    }

    fn stop<E: Error>(&self, verdict: &'static str) -> E {
        self.verdict.borrow_mut().get_or_insert(verdict);
        E::custom(verdict)
    }
}

/// A seed that reads one node.
#[derive(Clone, Copy)]
pub(crate) struct Node<'b> {
    budget: &'b Budget,
    depth: usize,
}

impl<'b> Node<'b> {
    pub(crate) fn root(budget: &'b Budget) -> Self {
        Self { budget, depth: 0 }
    }

    fn inner<E: Error>(self) -> Result<Self, E> {
        if self.depth >= DEPTH {
            return Err(self.budget.stop("nested too deep: more than 100 objects and lists in one another"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn fault(self) -> Value {
        self.budget.faults.set(true);
        Value::Null
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list, a text, a number, true, false or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(Value::Null)
    }

    /// Reads a file that holds only comments.
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(serde_json::Number::from_f64(value).map_or_else(|| self.fault(), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.budget.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.budget.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.budget.spend(0)?;
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.budget.spend(0)?;
        let inner = self.inner()?;
        let mut object = Map::new();
        while let Some(key) = entries.next_key_seed(Key(self.budget))? {
            let value = entries.next_value_seed(inner)?;
            let Some(key) = key else {
                self.fault();
                continue;
            };
            match object.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(mut entry) => {
                    entry.insert(value);
                    self.fault();
                }
            }
        }
        merge(&mut object);
        Ok(Value::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, _: A) -> Result<Value, A::Error> {
        Err(self.budget.stop("a YAML tag of one's own (`!name`) has no meaning here"))
    }
}

/// Applies YAML's merge key: `<<: *anchor` adds the entries that the object does not have itself.
fn merge(object: &mut Map<String, Value>) {
    let sources = match object.get("<<") {
        Some(Value::Object(_)) => object.remove("<<").into_iter().collect(),
        Some(Value::Array(list)) if list.iter().all(Value::is_object) => match object.remove("<<") {
            Some(Value::Array(list)) => list,
            _ => return,
        },
        _ => return,
    };
    for source in sources {
        if let Value::Object(entries) = source {
            for (key, value) in entries {
                object.entry(key).or_insert(value);
            }
        }
    }
}

/// Reads a key; `None` for an object or a list. Any other key that is neither a text nor an integer is a fault, and is
/// taken as written.
struct Key<'b>(&'b Budget);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        self.0.spend(value.len())?;
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        self.0.spend(value.len())?;
        Ok(Some(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.0.faults.set(true);
        Ok(Some("null".to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.0.faults.set(true);
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        self.0.faults.set(true);
        Ok(Some(value.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// Returns whether the value has at most `levels` levels of nested objects and lists.
pub(crate) fn fits(value: &Value, levels: usize) -> bool {
    match value {
        Value::Array(list) => levels > 0 && list.iter().all(|item| fits(item, levels - 1)),
        Value::Object(object) => levels > 0 && object.values().all(|value| fits(value, levels - 1)),
        _ => true,
    }
}
