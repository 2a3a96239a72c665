//! Reading a model straight from text: the first speed of decoding. It stops at the first departure.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::extra::Extra;
use super::lenient::Lenient;
use super::model::{Literal, Model, Table};
use super::object::Additional;
use super::patch::Patch;

/// Hands an object to [`Model::from_map`].
pub(super) struct ModelVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::TABLE.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        T::from_map(&mut map)
    }
}

/// A key of an object, borrowed where the text allows: serde's own `Cow` always allocates.
#[derive(Debug)]
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The key.
    #[inline]
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }

    #[inline]
    fn visit_string<E>(self, key: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key)))
    }
}

/// Takes what the fields of a model do not: constants and fields that the document does not name.
#[derive(Debug)]
pub struct Rest {
    table: &'static Table,
    /// One bit for each constant that arrived.
    seen: u64,
    extra: Extra,
}

impl Rest {
    /// For the model of this table.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Self { table, seen: 0, extra: Extra::default() }
    }

    /// Whether a constant of the model has this name.
    #[must_use]
    pub fn is_constant(&self, name: &str) -> bool {
        self.table.constant(name).is_some()
    }

    /// Takes a value.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn take<'de, A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        let constant = self.table.constants.iter().position(|(name, _)| *name == key.as_str());
        let value = match constant.and_then(|index| Some((index, self.table.constants.get(index)?))) {
            None => Some(map.next_value()?),
            Some((index, (_, constant))) => {
                self.seen |= bit(index);
                map.next_value_seed(constant.literal())?
            }
        };
        if let Some(value) = value {
            self.extra.insert(key.into_string(), value);
        }
        Ok(())
    }

    /// What the model keeps.
    #[must_use]
    pub fn finish(mut self) -> Extra {
        for (index, (name, _)) in self.table.constants.iter().enumerate() {
            if self.seen & bit(index) == 0 {
                self.extra.mark_absent(name);
            }
        }
        self.extra
    }
}

/// Models with more than 64 constants share bits: one that is absent may then be written.
fn bit(index: usize) -> u64 {
    1 << (index % 64)
}

/// Puts the value at hand into the place of its field. The model's own code stays small: it has one `?` for all fields.
///
/// # Errors
/// Those of the reader.
pub fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(place: &mut T, map: &mut A) -> Result<(), A::Error> {
    *place = map.next_value()?;
    Ok(())
}

/// Puts the value at hand into a map.
///
/// # Errors
/// Those of the reader.
pub fn add<'de, M: Additional, A: MapAccess<'de>>(place: &mut M, key: Key<'de>, map: &mut A) -> Result<(), A::Error>
where
    M::Value: Deserialize<'de>,
{
    place.put(key.into_string(), map.next_value()?);
    Ok(())
}

/// The value of a required field, if it arrived.
///
/// # Errors
/// It did not, and the type has no value for that, as `Option` has.
pub fn present<T: Lenient, E: Error>(value: Option<T>, name: &'static str) -> Result<T, E> {
    value.or_else(T::missing).ok_or_else(|| E::missing_field(name))
}

/// The start of a nullable field.
#[must_use]
pub const fn absent<T>() -> Patch<T> {
    Patch::Absent
}

/// Reads a value and gives it back where it is not the literal.
impl<'de> DeserializeSeed<'de> for Literal<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        deserializer.deserialize_any(LiteralVisitor(self))
    }
}

struct LiteralVisitor<'a>(Literal<'a>);

impl<'de> Visitor<'de> for LiteralVisitor<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    // The usual case allocates nothing.
    fn visit_str<E>(self, text: &str) -> Result<Option<Value>, E> {
        Ok(if self.0 == Literal::Text(text) { None } else { Some(text.into()) })
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<Value>, E> {
        Ok(self.unless_literal(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<Value>, E> {
        Ok(self.unless_literal(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Option<Value>, E> {
        Ok(self.unless_literal(number.into()))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Option<Value>, E> {
        Ok(self.unless_literal(flag.into()))
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(Some(Value::Null))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Value>, A::Error> {
        Value::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Some)
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, seq: A) -> Result<Option<Value>, A::Error> {
        Value::deserialize(serde::de::value::SeqAccessDeserializer::new(seq)).map(Some)
    }
}

impl LiteralVisitor<'_> {
    fn unless_literal(&self, value: Value) -> Option<Value> {
        (!self.0.is(&value)).then_some(value)
    }
}
