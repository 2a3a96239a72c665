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

/// Ties a struct to its names on the wire: implements `Serialize`, `Deserialize` and the forgiving reading.
///
/// Each group may be left out, the order is fixed. The struct has a field for each name, and a field `extra` of type
/// [`Extra`](super::Extra).
///
/// ```text
/// model! {
///     Name {
///         required { field: "wire", }       // always there: T, or Option<T> where null is allowed
///         optional { field: "wire", }       // Option<T>
///         nullable { field: "wire", }       // Patch<T>
///         constant { "wire": "value", }     // no field: text, an integer or a boolean
///         additional: field,                // a map for the fields that the document does not name
///     }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    ($name:ident {
        $(required { $($required:ident: $required_name:literal),* $(,)? })?
        $(optional { $($optional:ident: $optional_name:literal),* $(,)? })?
        $(nullable { $($nullable:ident: $nullable_name:literal),* $(,)? })?
        $(constant { $($constant_name:literal: $constant:literal),* $(,)? })?
        $(additional: $additional:ident $(,)?)?
    }) => {
        impl $crate::runtime::macros::Model for $name {
            const TABLE: &'static $crate::runtime::macros::Table = &$crate::runtime::macros::Table {
                name: stringify!($name),
                required: &[$($($required_name,)*)?],
                optional: &[$($($optional_name,)*)? $($($nullable_name,)*)?],
                constants: &[$($(($constant_name, &$constant),)*)?],
            };

            fn from_map<'de, A: $crate::runtime::macros::MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
                $($(let mut $required = None;)*)?
                $($(let mut $optional = None;)*)?
                $($(let mut $nullable = $crate::runtime::macros::absent();)*)?
                $(let mut $additional = <_>::default();)?
                let mut rest = $crate::runtime::macros::Rest::new(<Self as $crate::runtime::macros::Model>::TABLE);
                while let Some(key) = map.next_key::<$crate::runtime::macros::Key<'de>>()? {
                    match key.as_str() {
                        $($($required_name => $crate::runtime::macros::put(&mut $required, map),)*)?
                        $($($optional_name => $crate::runtime::macros::put(&mut $optional, map),)*)?
                        $($($nullable_name => $crate::runtime::macros::put(&mut $nullable, map),)*)?
                        $(name if !rest.is_constant(name) => $crate::runtime::macros::add(&mut $additional, key, map),)?
                        _ => rest.take(key, map),
                    }?;
                }
                Ok(Self {
                    $($($required: $crate::runtime::macros::present($required, $required_name)?,)*)?
                    $($($optional,)*)?
                    $($($nullable,)*)?
                    $($additional,)?
                    extra: rest.finish(),
                })
            }

            #[allow(unused_mut, reason = "a model may have no field at all")]
            #[inline]
            fn from_object(mut object: $crate::runtime::macros::ObjectReader<'_, '_>) -> Option<Self> {
                Some(Self {
                    $($($required: object.required($required_name)?,)*)?
                    $($($optional: object.optional($optional_name),)*)?
                    $($($nullable: object.nullable($nullable_name),)*)?
                    $($additional: object.additional(),)?
                    extra: object.finish(),
                })
            }
        }

        impl $crate::runtime::macros::Lenient for $name {
            #[inline]
            fn read<'v>(
                value: &'v $crate::runtime::macros::Value,
                reader: &mut $crate::runtime::macros::Reader<'v>,
            ) -> Option<Self> {
                $crate::runtime::macros::read(value, reader)
            }

            #[inline]
            fn fit(value: &$crate::runtime::macros::Value, _: usize) -> Option<$crate::runtime::macros::Fitness> {
                $crate::runtime::macros::fit(value, <Self as $crate::runtime::macros::Model>::TABLE)
            }

            #[inline]
            fn empty(reader: &mut $crate::runtime::macros::Reader<'_>) -> Option<Self> {
                $crate::runtime::macros::empty(reader)
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::deserialize(deserializer)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::macros::write(serializer, <Self as $crate::runtime::macros::Model>::TABLE, &self.extra, |object| {
                    $($(object.required($required_name, &self.$required);)*)?
                    $($(object.optional($optional_name, &self.$optional);)*)?
                    $($(object.nullable($nullable_name, &self.$nullable);)*)?
                    $(object.additional(&self.$additional);)?
                })
            }
        }
    };
}
