//! Reading a model from JSON that departs from it: the second speed of decoding.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::base64_bytes::Base64;
use super::date::Date;
use super::fit::Fitness;
use super::patch::Patch;
use super::reader::Reader;
use super::timestamp::Timestamp;

/// A type that can be read from JSON that departs from it, losing nothing.
pub trait Lenient: Sized {
    /// Reads a value. `None`: it departs from the type, and whoever holds it keeps the raw value.
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self>;

    /// How well a value fits, seen so many lists and maps deep. `None`: not at all.
    fn fit(value: &Value, look: usize) -> Option<Fitness>;

    /// What a required field reads as whose value departs.
    fn empty(reader: &mut Reader<'_>) -> Option<Self>;

    /// What a required field reads as that is missing.
    fn missing() -> Option<Self> {
        None
    }
}

impl Lenient for Value {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        reader.untyped();
        Some(if reader.is_weighing() { Self::Null } else { value.clone() })
    }

    fn fit(_: &Value, _: usize) -> Option<Fitness> {
        Some(Fitness::LOOSE)
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::Null)
    }
}

impl Lenient for bool {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => reader.unexpected("a boolean", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Fitness::kind(value.is_boolean())
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(false)
    }
}

macro_rules! integer {
    ($($type:ident)*) => {$(
        impl Lenient for $type {
            fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
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

            fn empty(_: &mut Reader<'_>) -> Option<Self> {
                Some(0)
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
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        match value {
            Value::Number(number) => {
                if !number.is_f64() {
                    reader.untyped();
                }
                number.as_f64()
            }
            Value::String(text) => {
                let number = text.parse().ok().filter(|number: &Self| number.is_finite());
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

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(0.0)
    }
}

impl Lenient for String {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        let text = reader.text(value)?;
        Some(if reader.is_weighing() { Self::new() } else { text.into_owned() })
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Fitness::kind(value.is_string())
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new())
    }
}

impl Lenient for Timestamp {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        let read = match value {
            Value::Number(number) => match number.as_i64() {
                Some(seconds) => return Some(Self::sent(seconds)),
                None => number.as_f64().and_then(Self::from_number),
            },
            Value::String(text) => Self::from_text(text),
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
            Value::String(text) => Self::from_text(text).map(|_| Fitness::KIND),
            _ => None,
        }
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::UNIX_EPOCH)
    }
}

impl Lenient for Date {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        match value.as_str().and_then(|text| text.parse().ok()) {
            Some(day) => Some(day),
            None => reader.unexpected("a day", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        value.as_str().and_then(|text| text.parse::<Self>().ok()).map(|_| Fitness::KIND)
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::MIN)
    }
}

impl Lenient for Base64 {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        match value.as_str().and_then(Self::from_text) {
            Some(bytes) => Some(bytes),
            None => reader.unexpected("base64", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        value.as_str().and_then(Self::from_text).map(|_| Fitness::KIND)
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::default())
    }
}

impl<T: Lenient> Lenient for Option<T> {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value, reader).map(Some) }
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        if value.is_null() { Some(Fitness::KIND) } else { T::fit(value, look) }
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(None)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Lenient> Lenient for Patch<T> {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        Option::read(value, reader).map(Self::from)
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        Option::<T>::fit(value, look)
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::Absent)
    }

    fn missing() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        T::read(value, reader).map(Self::new)
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        T::fit(value, look)
    }

    fn empty(reader: &mut Reader<'_>) -> Option<Self> {
        T::empty(reader).map(Self::new)
    }
}

/// Elements that depart are left out; the holder keeps the raw list beside it.
impl<T: Lenient> Lenient for Vec<T> {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        let Value::Array(elements) = value else { return reader.unexpected("a list", value) };
        let mut list = Self::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            list.extend(reader.element(index, element, T::read));
        }
        Some(list)
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        let first = value.as_array()?.first();
        Fitness::first(first.and_then(|first| Some(T::fit(first, look.checked_sub(1)?))))
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new())
    }
}

macro_rules! map {
    ($($type:ident)*) => {$(
        /// Entries whose value departs are left out; the holder keeps the raw object beside it.
        impl<T: Lenient> Lenient for $type<String, T> {
            fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
                let Value::Object(object) = value else { return reader.unexpected("an object", value) };
                reader.untyped();
                let entry = |(name, value): (&'v String, &'v Value)| Some((name.clone(), reader.entry(name, value, T::read)?));
                Some(object.iter().filter_map(entry).collect())
            }

            fn fit(value: &Value, look: usize) -> Option<Fitness> {
                let first = value.as_object()?.values().next();
                let fits = first.and_then(|first| Some(T::fit(first, look.checked_sub(1)?).is_some()));
                // A model that names what is in the object says more than a map.
                fits.unwrap_or(true).then_some(Fitness::LOOSE)
            }

            fn empty(_: &mut Reader<'_>) -> Option<Self> {
                Some(Self::new())
            }
        }
    )*};
}

map! { BTreeMap HashMap }

impl Lenient for Map<String, Value> {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Self> {
        match value {
            Value::Object(object) => {
                reader.untyped();
                Some(if reader.is_weighing() { Self::new() } else { object.clone() })
            }
            _ => reader.unexpected("an object", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        value.is_object().then_some(Fitness::LOOSE)
    }

    fn empty(_: &mut Reader<'_>) -> Option<Self> {
        Some(Self::new())
    }
}
