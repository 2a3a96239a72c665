//! Models: plain structs with a compact table of their names on the wire.

use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess};
use serde_json::Value;

use super::fit::Fitness;
use super::object::ObjectReader;
use super::reader::Reader;
use super::strict::ModelVisitor;

/// What `model!` implements.
pub trait Model: Sized + 'static {
    /// The names on the wire.
    const TABLE: &'static Table;

    /// Reads the model straight from text.
    ///
    /// # Errors
    /// At the first departure.
    fn from_map<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>;

    /// Reads the model from an object that may depart from it.
    fn from_object(object: ObjectReader<'_, '_>) -> Option<Self>;
}

/// The names of a model on the wire.
#[derive(Debug)]
pub struct Table {
    /// The name of the Rust type.
    pub name: &'static str,
    /// Fields that must be there.
    pub required: &'static [&'static str],
    /// Fields that may be missing.
    pub optional: &'static [&'static str],
    /// Fields that are always the same.
    pub constants: &'static [(&'static str, &'static dyn Constant)],
}

impl Table {
    pub(super) fn names(&self, name: &str) -> bool {
        self.required.contains(&name) || self.optional.contains(&name) || self.constant(name).is_some()
    }

    pub(super) fn constant(&self, name: &str) -> Option<Literal<'static>> {
        self.constants.iter().find(|(constant, _)| *constant == name).map(|(_, constant)| constant.literal())
    }
}

/// The value of a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Literal<'a> {
    /// A string.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// A boolean.
    Flag(bool),
}

impl Literal<'_> {
    pub(super) fn is(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Integer(number) => value.as_i64() == Some(number),
            Self::Flag(flag) => value.as_bool() == Some(flag),
        }
    }
}

/// A literal token of `model!`: text, an integer or a boolean.
pub trait Constant: std::fmt::Debug + Sync {
    /// Its value.
    fn literal(&self) -> Literal<'static>;
}

impl Constant for &'static str {
    fn literal(&self) -> Literal<'static> {
        Literal::Text(self)
    }
}

impl Constant for i64 {
    fn literal(&self) -> Literal<'static> {
        Literal::Integer(*self)
    }
}

impl Constant for bool {
    fn literal(&self) -> Literal<'static> {
        Literal::Flag(*self)
    }
}

/// Reads a model straight from text.
///
/// # Errors
/// At the first departure.
#[inline]
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}

/// Reads a model from a value that may depart from it.
#[inline]
pub fn read<'v, T: Model>(value: &'v Value, reader: &mut Reader<'v>) -> Option<T> {
    reader.model(value, T::TABLE, T::from_object, empty)
}

/// How well a value fits a model.
#[must_use]
pub fn fit(value: &Value, table: &Table) -> Option<Fitness> {
    Fitness::of_object(value.as_object()?, table)
}

/// Makes up a model whose every required field is empty.
#[inline]
pub fn empty<T: Model>(reader: &mut Reader<'_>) -> Option<T> {
    reader.empty(T::TABLE, |object| T::from_object(object))
}
