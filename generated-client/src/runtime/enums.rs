//! What the macros of open enums share.

use std::borrow::Cow;

use serde_json::Value;

use super::fit::Fitness;
use super::lenient::{Kind, Lenient};
use super::reader::Reader;

/// What `string_enum!` implements.
pub trait StringEnum: Clone + 'static {
    /// The documented values.
    const VALUES: &'static [(&'static str, Self)];

    /// A value that the document does not name.
    fn undocumented(text: String) -> Self;

    /// The value with this text.
    #[must_use]
    fn from_text(text: Cow<'_, str>) -> Self {
        documented(&text).unwrap_or_else(|| Self::undocumented(text.into_owned()))
    }
}

fn documented<T: StringEnum>(text: &str) -> Option<T> {
    T::VALUES.iter().find(|(value, _)| *value == text).map(|(_, variant)| variant.clone())
}

/// The kind of all enums of strings.
#[derive(Debug)]
pub enum StringKind {}

impl<T: StringEnum> Kind<T> for StringKind {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<T> {
        let text = reader.text(value)?;
        let documented = documented(&text);
        if documented.is_none() {
            reader.undocumented();
        }
        Some(documented.unwrap_or_else(|| T::undocumented(text.into_owned())))
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Some(Fitness::of_enum(documented::<T>(value.as_str()?).is_some()))
    }

    fn blank() -> T {
        T::from_text(Cow::Borrowed(""))
    }
}

/// What `integer_enum!` implements.
pub trait IntegerEnum: Clone + From<i64> + 'static {
    /// The documented values.
    const VALUES: &'static [(i64, Self)];

    /// The documented value with this number.
    #[must_use]
    fn from_number(number: i64) -> Option<Self> {
        Self::VALUES.iter().find(|(value, _)| *value == number).map(|(_, variant)| variant.clone())
    }
}

/// The kind of all enums of integers.
#[derive(Debug)]
pub enum IntegerKind {}

impl<T: IntegerEnum> Kind<T> for IntegerKind {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<T> {
        let number = i64::read(value, reader)?;
        let documented = T::from_number(number);
        if documented.is_none() {
            reader.undocumented();
        }
        Some(documented.unwrap_or_else(|| number.into()))
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        Some(Fitness::of_enum(T::from_number(value.as_i64()?).is_some()))
    }

    fn blank() -> T {
        T::from(0)
    }
}
