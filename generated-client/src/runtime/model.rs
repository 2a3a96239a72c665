//! Models: plain structs with a compact table of their names on the wire.

use std::marker::PhantomData;

use serde::de::Deserializer;
use serde_json::Value;

use super::decode::Decodable;
use super::extra::Extra;
use super::fit::Fitness;
use super::lenient::Kind;
use super::object;
use super::reader::Reader;
use super::strict::ModelVisitor;

/// What `model!` implements. It is all the code that a model has of its own, so it holds no loop, no `?` and no local value that
/// would have to be dropped: six hundred times that is what a build takes.
pub trait Model: Sized + 'static {
    /// The names on the wire.
    const TABLE: &'static Table;

    /// A model in which nothing is set; required fields are empty.
    fn blank() -> Self;

    /// The field of this name on the wire.
    fn field<S: Source>(&mut self, name: &str) -> Option<&mut dyn Field<S>>;

    /// The map for fields that the document does not name, where it gives them a type.
    fn additional<S: Source>(&mut self) -> Option<&mut dyn AdditionalFields<S>> {
        None
    }

    /// What the model holds beside its fields.
    fn extra_mut(&mut self) -> &mut Extra;
}

/// Where the values of fields come from: text, or an object that departs from the model.
pub trait Source {
    /// Why there is no value.
    type Error;

    /// The value of the field at hand.
    ///
    /// # Errors
    /// There is none of this type.
    fn value<T: Decodable>(&mut self) -> Result<T, Self::Error>;
}

/// A field of a model, to be filled from a source.
pub trait Field<S: Source> {
    /// Takes the value at hand.
    ///
    /// # Errors
    /// Those of the source.
    fn fill(&mut self, source: &mut S) -> Result<(), S::Error>;

    /// Takes the value that stands for a missing one; whether there is such a value.
    fn fill_missing(&mut self) -> bool;
}

impl<S: Source, T: Decodable> Field<S> for T {
    #[inline]
    fn fill(&mut self, source: &mut S) -> Result<(), S::Error> {
        *self = source.value()?;
        Ok(())
    }

    fn fill_missing(&mut self) -> bool {
        T::missing().map(|value| *self = value).is_some()
    }
}

/// A map for the fields that the document does not name, to be filled from a source.
pub trait AdditionalFields<S: Source> {
    /// Takes the value at hand under this name.
    ///
    /// # Errors
    /// Those of the source.
    fn add(&mut self, name: String, source: &mut S) -> Result<(), S::Error>;
}

impl<S: Source, M: Extend<(String, T)> + IntoIterator<Item = (String, T)>, T: Decodable> AdditionalFields<S> for M {
    fn add(&mut self, name: String, source: &mut S) -> Result<(), S::Error> {
        let value = source.value()?;
        self.extend([(name, value)]);
        Ok(())
    }
}

/// The kind of all models.
#[derive(Debug)]
pub enum ModelKind {}

impl<T: Model> Kind<T> for ModelKind {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<T> {
        reader.model(value, object::read, T::blank)
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Fitness::of_object(value.as_object()?, T::TABLE)
    }

    fn blank() -> T {
        T::blank()
    }
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

/// A model in which nothing is set, for constructors to start from.
#[must_use]
pub fn empty<T: Model>() -> T {
    T::blank()
}

/// Reads a model straight from text.
///
/// # Errors
/// At the first departure.
#[inline]
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ModelVisitor(PhantomData))
}
