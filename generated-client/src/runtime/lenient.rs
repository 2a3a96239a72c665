//! Reading a model from JSON that departs from it: the second speed of decoding.

use serde_json::Value;

use super::base64_bytes::Base64;
use super::date::Date;
use super::fit::Fitness;
use super::reader::Reader;
use super::timestamp::Timestamp;

/// A type that can be read from JSON that departs from it, losing nothing.
pub trait Lenient: Sized {
    /// How it is read. Types that are read alike share the code, so that none of the many models has its own.
    type Kind: Kind<Self>;

    /// Reads a value. `None`: it departs from the type, and whoever holds it keeps the raw value.
    #[inline]
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        Self::Kind::read(value, reader)
    }

    /// How well a value fits, seen so many lists and maps deep. `None`: not at all.
    #[inline]
    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        Self::Kind::fit(value, look)
    }

    /// What a field starts as, and what a required one reads as whose value departs.
    #[inline]
    fn blank() -> Self {
        Self::Kind::blank()
    }

    /// What a required field reads as that is missing.
    #[inline]
    fn missing() -> Option<Self> {
        Self::Kind::missing()
    }
}

/// A way to read values as a type; the methods are those of [`Lenient`].
pub trait Kind<T> {
    /// Reads a value.
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<T>;

    /// How well a value fits.
    fn fit(value: &Value, look: usize) -> Option<Fitness>;

    /// What a field starts as.
    fn blank() -> T;

    /// What a required field reads as that is missing.
    fn missing() -> Option<T> {
        None
    }
}

/// The kind of all types that have code of their own.
#[derive(Debug)]
pub enum Own {}

impl Lenient for Value {
    type Kind = Own;
}

impl Kind<Value> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Value> {
        reader.untyped();
        Some(if reader.is_weighing() { Value::Null } else { value.clone() })
    }

    fn fit(_: &Value, _: usize) -> Option<Fitness> {
        Some(Fitness::LOOSE)
    }

    fn blank() -> Value {
        Value::Null
    }
}

impl Lenient for bool {
    type Kind = Own;
}

impl Kind<bool> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<bool> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => reader.unexpected("a boolean", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Fitness::kind(value.is_boolean())
    }

    fn blank() -> bool {
        false
    }
}

macro_rules! integer {
    ($($type:ident)*) => {$(
        impl Lenient for $type {
            type Kind = Own;
        }

        impl Kind<$type> for Own {
            fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<$type> {
                let number = match value {
                    Value::Number(number) => number,
                    Value::String(text) => return reader.coerced(canonical(text), "an integer", value),
                    _ => return reader.unexpected("an integer", value),
                };
                let exact = number.as_i128().and_then(|number| number.try_into().ok());
                match exact {
                    Some(exact) => Some(exact),
                    None => reader.coerced(number.as_f64().and_then(whole).and_then(|n| n.try_into().ok()), "an integer", value),
                }
            }

            fn fit(value: &Value, _: usize) -> Option<Fitness> {
                Fitness::kind(value.is_i64() || value.is_u64())
            }

            fn blank() -> $type {
                0
            }
        }
    )*};
}

integer! { i64 i32 u64 u32 }

/// The number that a text holds, where the number's own text is the same: `007` and `+1` would not come back.
pub(super) fn canonical<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|number: &T| number.to_string() == text)
}

/// A double without a fraction, small enough to be exact.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

impl Lenient for f64 {
    type Kind = Own;
}

impl Kind<f64> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<f64> {
        match value {
            Value::Number(number) => {
                if !number.is_f64() {
                    reader.untyped();
                }
                number.as_f64()
            }
            Value::String(text) => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite());
                // Such as 2.50, which would not come back.
                if number.is_some_and(|number| number.to_string() != *text) {
                    reader.lossy(value);
                }
                reader.coerced(number, "a number", value)
            }
            _ => reader.unexpected("a number", value),
        }
    }

    // An integer fits too, but less than it fits an integer type.
    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        match value {
            Value::Number(number) => Some(if number.is_f64() { Fitness::KIND } else { Fitness::LOOSE }),
            _ => None,
        }
    }

    fn blank() -> f64 {
        0.0
    }
}

impl Lenient for String {
    type Kind = Own;
}

impl Kind<String> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<String> {
        let text = reader.text(value)?;
        Some(if reader.is_weighing() { String::new() } else { text.into_owned() })
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Fitness::kind(value.is_string())
    }

    fn blank() -> String {
        String::new()
    }
}

impl Lenient for Timestamp {
    type Kind = Own;
}

impl Kind<Timestamp> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Timestamp> {
        let read = match value {
            Value::Number(number) => match number.as_i64() {
                Some(seconds) => return Some(Timestamp::sent(seconds)),
                None => number.as_f64().and_then(Timestamp::from_number),
            },
            Value::String(text) => Timestamp::from_text(text),
            _ => None,
        };
        if let Some((_, false)) = read {
            reader.lossy(value);
        }
        reader.coerced(read.map(|(timestamp, _)| timestamp), "a time", value)
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        match value {
            Value::Number(number) => Fitness::kind(number.is_i64()),
            Value::String(text) => Timestamp::from_text(text).map(|_| Fitness::KIND),
            _ => None,
        }
    }

    fn blank() -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

impl Lenient for Date {
    type Kind = Own;
}

impl Kind<Date> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Date> {
        match value.as_str().and_then(|text| text.parse().ok()) {
            Some(day) => Some(day),
            None => reader.unexpected("a day", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        value.as_str().and_then(|text| text.parse::<Date>().ok()).map(|_| Fitness::KIND)
    }

    fn blank() -> Date {
        Date::MIN
    }
}

impl Lenient for Base64 {
    type Kind = Own;
}

impl Kind<Base64> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Base64> {
        match value.as_str().and_then(Base64::from_text) {
            Some(bytes) => Some(bytes),
            None => reader.unexpected("base64", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        value.as_str().and_then(Base64::from_text).map(|_| Fitness::KIND)
    }

    fn blank() -> Base64 {
        Base64::default()
    }
}
