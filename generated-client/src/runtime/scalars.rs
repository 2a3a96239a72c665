//! Reading of plain values. Each type accepts values of its own kind, and values of another kind if the conversion is
//! lossless.

use serde_json::{Map, Value};

use super::base64_bytes::Base64;
use super::date::Date;
use super::date_time::DateTime;
use super::decode::{Decodable, Place};
use super::reader::{Reader, Told};
use super::secret::Secret;
use super::timestamp::Timestamp;
use super::union::Toll;

impl Decodable for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        reader.pay(Toll::Untyped, 2);
        if reader.weighing {
            return reader.text.skip().map_or_else(Told::from, |_| Told::Whole);
        }
        match reader.tree() {
            Ok(value) => *self = value,
            Err(told) => return told,
        }
        Told::Whole
    }
}

impl Decodable for Map<String, Value> {
    fn blank() -> Self {
        Self::new()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        if reader.text.peek() != b'{' {
            return reader.unexpected("an object");
        }
        let mut value = Value::Null;
        let told = value.fill(reader, place);
        if let Value::Object(object) = value {
            *self = object;
        }
        told
    }
}

impl Decodable for bool {
    fn blank() -> Self {
        false
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        let (flag, word) = match reader.text.peek() {
            b't' => (true, "true"),
            b'f' => (false, "false"),
            _ => return reader.unexpected("a boolean"),
        };
        *self = flag;
        reader.text.word(word).map_or_else(Told::from, |()| Told::Whole)
    }
}

macro_rules! integer {
    ($($type:ident)*) => {$(
        impl Decodable for $type {
            fn blank() -> Self {
                0
            }

            fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
                const EXPECTED: &str = "an integer";
                match reader.scalar(EXPECTED) {
                    Ok((_, Some(number))) => match number.as_i128().and_then(|number| number.try_into().ok()) {
                        Some(exact) => *self = exact,
                        None => {
                            let whole = number.as_f64().and_then(whole).and_then(|whole| whole.try_into().ok());
                            return reader.coerced(self, whole, EXPECTED);
                        }
                    },
                    Ok((text, None)) => return reader.coerced(self, canonical(&text), EXPECTED),
                    Err(told) => return told,
                }
                Told::Whole
            }
        }
    )*};
}

integer! { i64 i32 u64 u32 }

/// Parses a number, if the number is written as just this text: `007` and `+1` would be written back differently.
pub(super) fn canonical<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|number: &T| number.to_string() == text)
}

/// Returns a double as an integer, if it has no fraction and is small enough to be exact.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

impl Decodable for f64 {
    fn blank() -> Self {
        0.0
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        match reader.scalar("a number") {
            Ok((_, Some(number))) => {
                reader.pay(Toll::Untyped, u32::from(!number.is_f64()));
                *self = number.as_f64().unwrap_or_default();
                Told::Whole
            }
            Ok((text, None)) => {
                let number = text.parse().ok().filter(|number: &Self| number.is_finite());
                let told = reader.coerced(self, number, "a number");
                // A text such as 2.50 would be written back differently.
                if told == Told::Whole && self.to_string() != *text { Told::Inexact } else { told }
            }
            Err(told) => told,
        }
    }
}

impl Decodable for String {
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        match reader.string() {
            Ok(_) if reader.weighing => reader.pay(Toll::Untyped, 1),
            Ok(text) => *self = text.into_owned(),
            Err(told) => return told,
        }
        Told::Whole
    }
}

impl Decodable for DateTime {
    fn blank() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        match reader.string() {
            Ok(text) if reader.weighing => reader.pay(Toll::Untyped, u32::from(Timestamp::from_text(&text).is_none())),
            Ok(text) => *self = text.into_owned().into(),
            Err(told) => return told,
        }
        Told::Whole
    }
}

impl Decodable for Timestamp {
    fn blank() -> Self {
        Self::UNIX_EPOCH
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        let read = match reader.scalar("a time") {
            Ok((_, Some(number))) => match number.as_i64() {
                Some(seconds) => {
                    *self = Self::sent(seconds);
                    return Told::Whole;
                }
                None => number.as_f64().and_then(Self::from_number),
            },
            Ok((text, None)) => Self::from_text(&text),
            Err(told) => return told,
        };
        let told = reader.coerced(self, read.map(|(time, _)| time), "a time");
        if told == Told::Whole && read.is_some_and(|(_, exact)| !exact) { Told::Inexact } else { told }
    }
}

/// Implements reading for types that are sent as text of a certain form.
macro_rules! text {
    ($($type:ident: $expected:literal, $blank:expr, $parse:expr;)*) => {$(
        impl Decodable for $type {
            fn blank() -> Self {
                $blank
            }

            fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
                if reader.text.peek() != b'"' {
                    return reader.unexpected($expected);
                }
                match reader.text.string().map(|text| $parse(&*text)) {
                    Ok(Some(read)) => {
                        *self = read;
                        Told::Whole
                    }
                    Ok(None) => reader.coerced(self, None, $expected),
                    Err(broken) => broken.into(),
                }
            }
        }
    )*};
}

text! {
    Date: "a day", Date::MIN, |text: &str| text.parse::<Date>().ok();
    Base64: "base64", Base64::default(), Base64::from_text;
}

/// Implements `Deserialize` for types of the runtime.
macro_rules! deserialize {
    ($($type:ident)*) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::decode::deserialize(deserializer)
            }
        }
    )*};
}

deserialize! { Timestamp DateTime Date Base64 Secret }
