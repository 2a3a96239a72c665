//! Reading a model straight from text: the first speed of decoding. It stops at the first departure.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::decode::Decodable;
use super::extra::Extra;
use super::model::{Literal, Model, Source, Table};

/// Reads an object as a model.
pub(super) struct ModelVisitor<T>(pub(super) PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::TABLE.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut model = T::blank();
        let mut rest = Rest::new(T::TABLE);
        let mut text = Text(map, PhantomData);
        while let Some(key) = text.0.next_key::<Key<'de>>()? {
            if let Some(field) = model.field(key.as_str()) {
                field.fill(&mut text)?;
                rest.filled(key.as_str());
            } else if !rest.is_constant(key.as_str())
                && let Some(additional) = model.additional()
            {
                additional.add(key.into_string(), &mut text)?;
            } else {
                rest.take(key, &mut text.0)?;
            }
        }
        for name in rest.unfilled() {
            if !model.field::<Text<'de, A>>(name).is_some_and(|field| field.fill_missing()) {
                return Err(A::Error::missing_field(name));
            }
        }
        *model.extra_mut() = rest.finish();
        Ok(model)
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

    fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'de> From<Key<'de>> for Cow<'de, str> {
    fn from(key: Key<'de>) -> Self {
        key.0
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

/// The value that comes next in a text.
struct Text<'de, A>(A, PhantomData<&'de ()>);

impl<'de, A: MapAccess<'de>> Source for Text<'de, A> {
    type Error = A::Error;

    #[inline]
    fn value<T: Decodable>(&mut self) -> Result<T, A::Error> {
        self.0.next_value()
    }
}

/// What the fields of a model leave over: constants, fields that the document does not name, and which required ones came.
#[derive(Debug)]
struct Rest {
    table: &'static Table,
    required: Bits,
    constants: Bits,
    extra: Extra,
}

impl Rest {
    fn new(table: &'static Table) -> Self {
        Self { table, required: Bits::default(), constants: Bits::default(), extra: Extra::NONE }
    }

    /// Notes that a field was filled.
    #[inline]
    fn filled(&mut self, name: &str) {
        if let Some(index) = self.table.required.iter().position(|required| *required == name) {
            self.required.set(index);
        }
    }

    /// The required fields that were not.
    fn unfilled(&self) -> impl Iterator<Item = &'static str> + use<> {
        let required = self.required.clone();
        let names = self.table.required.iter().enumerate();
        names.filter(move |(index, _)| !required.has(*index)).map(|(_, name)| *name)
    }

    fn is_constant(&self, name: &str) -> bool {
        self.table.constant(name).is_some()
    }

    fn take<'de, A: MapAccess<'de>>(&mut self, key: Key<'de>, map: &mut A) -> Result<(), A::Error> {
        let constant = self.table.constants.iter().position(|(name, _)| *name == key.as_str());
        let value = match constant.and_then(|index| Some((index, self.table.constants.get(index)?))) {
            None => Some(map.next_value()?),
            Some((index, (_, constant))) => {
                self.constants.set(index);
                map.next_value_seed(constant.literal())?
            }
        };
        if let Some(value) = value {
            self.extra.insert(key.into_string(), value);
        }
        Ok(())
    }

    /// What the model keeps.
    fn finish(mut self) -> Extra {
        for (index, (name, _)) in self.table.constants.iter().enumerate() {
            if !self.constants.has(index) {
                self.extra.mark_absent(name);
            }
        }
        self.extra
    }
}

/// A set of small numbers; the first 64 take no memory of their own.
#[derive(Debug, Clone, Default)]
struct Bits(u64, Vec<u64>);

impl Bits {
    fn set(&mut self, index: usize) {
        let (word, bit) = (index / 64, 1 << (index % 64));
        match word.checked_sub(1) {
            None => self.0 |= bit,
            Some(word) => {
                self.1.resize(self.1.len().max(word + 1), 0);
                if let Some(word) = self.1.get_mut(word) {
                    *word |= bit;
                }
            }
        }
    }

    fn has(&self, index: usize) -> bool {
        let word = (index / 64).checked_sub(1).map_or(Some(self.0), |word| self.1.get(word).copied());
        word.is_some_and(|word| word & (1 << (index % 64)) != 0)
    }
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
