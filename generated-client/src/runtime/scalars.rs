//! Reads plain values. Each type accepts values of its own kind, and most accept a number as text or the reverse. A
//! conversion that is not exact fails, or is recorded as a mismatch.

use serde_json::{Map, Number, Value};

use super::date::Date;
use super::decode::{Decodable, Place};
use super::reader::{Failure, Fidelity, Outcome, Reader};
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
            reader.text.skip()?;
        } else {
            *self = reader.tree()?;
        }
        Ok(Fidelity::Whole)
    }
}

impl Decodable for Map<String, Value> {
    fn initial() -> Self {
        Self::new()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        if reader.text.peek() != b'{' {
            return Err(reader.unexpected("an object"));
        }
        let mut value = Value::Null;
        let fidelity = value.fill(reader, place)?;
        if let Value::Object(object) = value {
            *self = object;
        }
        Ok(fidelity)
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
            _ => return Err(reader.unexpected("a boolean")),
        };
        reader.text.word(word)?;
        *self = flag;
        Ok(Fidelity::Whole)
    }
}

macro_rules! integer {
    ($($type:ident)*) => {$(
        impl Decodable for $type {
            fn initial() -> Self {
                0
            }

            fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
                let (number, is_exact) = integer(reader)?;
                *self = match number.and_then(|number| number.try_into().ok()) {
                    Some(number) if is_exact => number,
                    number => reader.coerced(number, INTEGER)?,
                };
                Ok(Fidelity::Whole)
            }
        }
    )*};
}

integer! { i64 i32 u64 u32 }

const INTEGER: &str = "an integer";

/// Reads an integer of any size, and returns whether it arrived as one: a number such as `5.0` or a text is converted.
fn integer(reader: &mut Reader<'_>) -> Result<(Option<i128>, bool), Failure> {
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
        let (text, number) = reader.scalar("a number")?;
        if let Some(number) = number {
            reader.add_cost(CostKind::Untyped, u32::from(!number.is_f64()));
            *self = number.as_f64().unwrap_or_default();
            return Ok(Fidelity::Whole);
        }
        let number = text.parse().ok().filter(|number: &Self| number.is_finite());
        *self = reader.coerced(number, "a number")?;
        // A text such as 2.50 would be written back differently.
        Ok(exact(self.to_string() == *text))
    }
}

/// Returns the fidelity of a value that was converted from another kind.
fn exact(is_exact: bool) -> Fidelity {
    if is_exact { Fidelity::Whole } else { Fidelity::Inexact }
}

impl Decodable for String {
    fn initial() -> Self {
        Self::new()
    }

    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let text = reader.string()?;
        if reader.in_trial {
            reader.add_cost(CostKind::Untyped, 1);
        } else {
            *self = text.into_owned();
        }
        Ok(Fidelity::Whole)
    }
}

impl Decodable for DateTime {
    fn initial() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let text = reader.string()?;
        if reader.in_trial {
            reader.add_cost(CostKind::Untyped, u32::from(Timestamp::from_text(&text).is_none()));
        } else {
            *self = text.into_owned().into();
        }
        Ok(Fidelity::Whole)
    }
}

impl Decodable for Timestamp {
    fn initial() -> Self {
        Self::UNIX_EPOCH
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let (text, number) = reader.scalar("a time")?;
        if let Some(seconds) = number.as_ref().and_then(Number::as_i64) {
            *self = Self::sent(seconds);
            return Ok(Fidelity::Whole);
        }
        let read = match number {
            Some(number) => number.as_f64().and_then(Self::from_number),
            None => Self::from_text(&text),
        };
        let (time, is_exact) = reader.coerced(read, "a time")?;
        *self = time;
        Ok(exact(is_exact))
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
                    return Err(reader.unexpected($expected));
                }
                let text = reader.text.string()?;
                *self = $parse(&*text).ok_or_else(|| reader.mismatched($expected))?;
                Ok(Fidelity::Whole)
            }
        }
    )*};
}

text! {
    Date: "a day", Date::MIN, |text: &str| text.parse::<Date>().ok();
    Base64: "base64", Base64::default(), Base64::from_text;
}

crate::__deserialize! { Timestamp DateTime Date Base64 Secret }
