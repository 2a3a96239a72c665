//! Plain values: each takes what comes of its own kind, and of another kind what loses nothing.

use serde_json::{Map, Value};

use super::base64_bytes::Base64;
use super::date::Date;
use super::decode::Decodable;
use super::departure::Place;
use super::fit::{Fitness, Sight};
use super::reader::{Reader, Scalar, Told};
use super::text::Worth;
use super::timestamp::Timestamp;

impl Decodable for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        reader.untyped();
        if reader.weighing {
            return reader.text.skip().map_or_else(Told::from, |_| Told::Whole);
        }
        reader.tree().map_or_else(
            |told| told,
            |value| {
                *self = value;
                Told::Whole
            },
        )
    }

    fn fit(_: &Sight<'_>) -> Option<Fitness> {
        Some(Fitness::LOOSE)
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

    fn fit(sight: &Sight<'_>) -> Option<Fitness> {
        sight.is_object().then_some(Fitness::LOOSE)
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

    fn fit(sight: &Sight<'_>) -> Option<Fitness> {
        Fitness::kind(matches!(sight.first_byte(), b't' | b'f'))
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
                    Ok(Scalar::Number(number)) => {
                        let exact = match number.worth {
                            Worth::Natural(number) => number.try_into().ok(),
                            Worth::Negative(number) => number.try_into().ok(),
                            Worth::Float(number) => {
                                let whole = whole(number).and_then(|whole| whole.try_into().ok());
                                return reader.coerced(self, whole, EXPECTED);
                            }
                        };
                        match exact {
                            Some(exact) => *self = exact,
                            None => return reader.coerced(self, None, EXPECTED),
                        }
                        Told::Whole
                    }
                    Ok(Scalar::Text(text)) => reader.coerced(self, canonical(&text), EXPECTED),
                    Err(told) => told,
                }
            }

            fn fit(sight: &Sight<'_>) -> Option<Fitness> {
                Fitness::kind(matches!(sight.number()?, Worth::Natural(_) | Worth::Negative(_)))
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

impl Decodable for f64 {
    fn blank() -> Self {
        0.0
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        match reader.scalar("a number") {
            Ok(Scalar::Number(number)) => {
                if !matches!(number.worth, Worth::Float(_)) {
                    reader.untyped();
                }
                *self = number.worth.as_f64();
                Told::Whole
            }
            Ok(Scalar::Text(text)) => {
                let number = text.parse().ok().filter(|number: &Self| number.is_finite());
                let told = reader.coerced(self, number, "a number");
                // Such as 2.50, which would not come back.
                if told == Told::Whole && self.to_string() != *text { Told::Inexact } else { told }
            }
            Err(told) => told,
        }
    }

    // An integer fits too, but less than it fits an integer type.
    fn fit(sight: &Sight<'_>) -> Option<Fitness> {
        Some(if matches!(sight.number()?, Worth::Float(_)) { Fitness::KIND } else { Fitness::LOOSE })
    }
}

impl Decodable for String {
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        match reader.string() {
            Ok(text) => {
                if !reader.weighing {
                    *self = text.into_owned();
                }
                Told::Whole
            }
            Err(told) => told,
        }
    }

    fn fit(sight: &Sight<'_>) -> Option<Fitness> {
        Fitness::kind(sight.is_string())
    }
}

impl Decodable for Timestamp {
    fn blank() -> Self {
        Self::UNIX_EPOCH
    }

    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        let read = match reader.scalar("a time") {
            Ok(Scalar::Number(number)) => match number.worth {
                Worth::Negative(seconds) => Some((Self::sent(seconds), None)),
                Worth::Natural(seconds) => match seconds.try_into() {
                    Ok(seconds) => Some((Self::sent(seconds), None)),
                    Err(_) => Self::from_number(seconds as f64).map(|(time, exact)| (time, Some(exact))),
                },
                Worth::Float(seconds) => Self::from_number(seconds).map(|(time, exact)| (time, Some(exact))),
            },
            Ok(Scalar::Text(text)) => Self::from_text(&text).map(|(time, exact)| (time, Some(exact))),
            Err(told) => return told,
        };
        if let Some((time, None)) = read {
            *self = time;
            return Told::Whole;
        }
        let told = reader.coerced(self, read.map(|(time, _)| time), "a time");
        if matches!(read, Some((_, Some(false)))) { Told::Inexact } else { told }
    }

    fn fit(sight: &Sight<'_>) -> Option<Fitness> {
        match sight.string() {
            Some(text) => Self::from_text(&text).map(|_| Fitness::KIND),
            None => i64::fit(sight)
                .filter(|_| !matches!(sight.number(), Some(Worth::Natural(n)) if i64::try_from(n).is_err())),
        }
    }
}

/// What is sent as a text of a certain form.
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

            fn fit(sight: &Sight<'_>) -> Option<Fitness> {
                sight.string().and_then(|text| $parse(&*text)).map(|_| Fitness::KIND)
            }
        }
    )*};
}

text! {
    Date: "a day", Date::MIN, |text: &str| text.parse::<Date>().ok();
    Base64: "base64", Base64::default(), Base64::from_text;
}

/// Types of the runtime that serde reads too.
macro_rules! deserialize {
    ($($type:ident)*) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::decode::deserialize(deserializer)
            }
        }
    )*};
}

deserialize! { Timestamp Date Base64 }
