//! The numbers that filters compare with.

use serde_json::Number;

use crate::models::{FilterValueItem as Item, SingleFilterSearchRequestValue as Value};

/// A number to compare with, made from an integer or a float: `7`, `4.5`.
///
/// A float that is NaN or infinite has no form in JSON. It is sent as text, which the server refuses: null would match
/// fields without a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeric(Repr);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Repr {
    Integer(i64),
    Float(f64),
}

macro_rules! from {
    ($($type:ty => $kind:ident $as:ty,)+) => {
        $(
            impl From<$type> for Numeric {
                fn from(number: $type) -> Self {
                    Self(Repr::$kind(<$as>::from(number)))
                }
            }
        )+
    };
}

from! {
    i8 => Integer i64, i16 => Integer i64, i32 => Integer i64, i64 => Integer i64,
    u8 => Integer i64, u16 => Integer i64, u32 => Integer i64,
    f32 => Float f64, f64 => Float f64,
}

/// Returns the number as JSON, or as text if JSON has no such number.
fn json(float: f64) -> serde_json::Value {
    Number::from_f64(float).map_or_else(|| float.to_string().into(), Into::into)
}

impl From<Numeric> for Value {
    fn from(number: Numeric) -> Self {
        match number.0 {
            Repr::Integer(number) => number.into(),
            Repr::Float(number) => Self::Unknown(json(number)),
        }
    }
}

impl From<Numeric> for Item {
    fn from(number: Numeric) -> Self {
        match number.0 {
            Repr::Integer(number) => number.into(),
            Repr::Float(number) => Self::Unknown(json(number)),
        }
    }
}
