//! Reads plain values. Each type accepts values of its own kind, and most accept a number as text or the reverse. A
//! conversion that is not exact fails, or is recorded as a mismatch.

use serde_json::{Map, Value};

use super::date::Date;
use super::decode::{Decodable, Place};
use super::reader::{Outcome, Reader};
use super::texts::{Base64, DateTime, Secret};
use super::timestamp::Timestamp;
use super::union::CostKind;

impl Decodable for Value {
    fn initial() -> Self {
        Self::Null
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        reader.add_cost(CostKind::Untyped, 2);
        if reader.in_trial {
            return reader.text.skip().map_or_else(Outcome::from, |_| Outcome::Whole);
        }
        match reader.tree() {
            Ok(value) => *self = value,
            Err(outcome) => return outcome,
        }
        Outcome::Whole
    }
}

impl Decodable for Map<String, Value> {
    fn initial() -> Self {
        Self::new()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        if reader.text.peek() != b'{' {
            return reader.unexpected("an object");
        }
        let mut value = Value::Null;
        let outcome = value.fill(reader, place);
        if let Value::Object(object) = value {
            *self = object;
        }
        outcome
    }
}

impl Decodable for bool {
    fn initial() -> Self {
        false
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let (flag, word) = match reader.text.peek() {
            b't' => (true, "true"),
            b'f' => (false, "false"),
            _ => return reader.unexpected("a boolean"),
        };
        *self = flag;
        reader.text.word(word).map_or_else(Outcome::from, |()| Outcome::Whole)
    }
}

macro_rules! integer {
    ($($type:ident)*) => {$(
        impl Decodable for $type {
            fn initial() -> Self {
                0
            }

            fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
                let (number, is_exact) = match integer(reader) {
                    Ok(read) => read,
                    Err(outcome) => return outcome,
                };
                match number.and_then(|number| number.try_into().ok()) {
                    Some(number) if is_exact => *self = number,
                    number => return reader.coerced(self, number, INTEGER),
                }
                Outcome::Whole
            }
        }
    )*};
}

integer! { i64 i32 u64 u32 }

const INTEGER: &str = "an integer";

/// Reads an integer of any size, and returns whether it arrived as one: a number such as `5.0` or a text is converted.
fn integer(reader: &mut Reader<'_>) -> Result<(Option<i128>, bool), Outcome> {
    Ok(match reader.scalar(INTEGER)? {
        (_, Some(number)) => match number.as_i128() {
            Some(exact) => (Some(exact), true),
            None => (number.as_f64().and_then(whole), false),
        },
        (text, None) => (canonical(&text), false),
    })
}

/// Parses a number, if the number is written as just this text: `007` and `+1` would be written back differently.
pub(super) fn canonical<T: std::str::FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|number: &T| number.to_string() == text)
}

/// Returns a double as an integer, if it has no fraction and is small enough to be exact.
fn whole(number: f64) -> Option<i128> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i128)
}

impl Decodable for f64 {
    fn initial() -> Self {
        0.0
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        match reader.scalar("a number") {
            Ok((_, Some(number))) => {
                reader.add_cost(CostKind::Untyped, u32::from(!number.is_f64()));
                *self = number.as_f64().unwrap_or_default();
                Outcome::Whole
            }
            Ok((text, None)) => {
                let number = text.parse().ok().filter(|number: &Self| number.is_finite());
                let outcome = reader.coerced(self, number, "a number");
                // A text such as 2.50 would be written back differently.
                if outcome == Outcome::Whole && self.to_string() != *text { Outcome::Inexact } else { outcome }
            }
            Err(outcome) => outcome,
        }
    }
}

impl Decodable for String {
    fn initial() -> Self {
        Self::new()
    }

    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        match reader.string() {
            Ok(_) if reader.in_trial => reader.add_cost(CostKind::Untyped, 1),
            Ok(text) => *self = text.into_owned(),
            Err(outcome) => return outcome,
        }
        Outcome::Whole
    }
}

impl Decodable for DateTime {
    fn initial() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        match reader.string() {
            Ok(text) if reader.in_trial => {
                reader.add_cost(CostKind::Untyped, u32::from(Timestamp::from_text(&text).is_none()))
            }
            Ok(text) => *self = text.into_owned().into(),
            Err(outcome) => return outcome,
        }
        Outcome::Whole
    }
}

impl Decodable for Timestamp {
    fn initial() -> Self {
        Self::UNIX_EPOCH
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let read = match reader.scalar("a time") {
            Ok((_, Some(number))) => match number.as_i64() {
                Some(seconds) => {
                    *self = Self::sent(seconds);
                    return Outcome::Whole;
                }
                None => number.as_f64().and_then(Self::from_number),
            },
            Ok((text, None)) => Self::from_text(&text),
            Err(outcome) => return outcome,
        };
        let outcome = reader.coerced(self, read.map(|(time, _)| time), "a time");
        if outcome == Outcome::Whole && read.is_some_and(|(_, exact)| !exact) { Outcome::Inexact } else { outcome }
    }
}

macro_rules! text {
    ($($type:ident: $expected:literal, $initial:expr, $parse:expr;)*) => {$(
        impl Decodable for $type {
            fn initial() -> Self {
                $initial
            }

            fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
                if reader.text.peek() != b'"' {
                    return reader.unexpected($expected);
                }
                match reader.text.string().map(|text| $parse(&*text)) {
                    Ok(Some(read)) => {
                        *self = read;
                        Outcome::Whole
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
