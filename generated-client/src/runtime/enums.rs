//! The traits that the macros for open enums implement.

use std::borrow::Cow;

use super::decode::{Decodable, Place};
use super::reader::{Reader, Told};
use super::union::Toll;

/// The trait that `string_enum!` implements.
pub trait StringEnum: Clone + 'static {
    /// The documented values, with their variants.
    const VALUES: &'static [(&'static str, Self)];

    /// Creates the variant for a value that the document does not name.
    fn undocumented(text: String) -> Self;

    /// Returns the variant for a text.
    #[must_use]
    fn from_text(text: Cow<'_, str>) -> Self {
        documented(&text).unwrap_or_else(|| Self::undocumented(text.into_owned()))
    }

    /// Reads the next value.
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Told {
        let text = match reader.string() {
            Ok(text) => text,
            Err(told) => return told,
        };
        *self = documented(&text).unwrap_or_else(|| {
            reader.pay(Toll::Undocumented, 1);
            Self::undocumented(text.into_owned())
        });
        Told::Whole
    }
}

fn documented<T: StringEnum>(text: &str) -> Option<T> {
    T::VALUES.iter().find(|(value, _)| *value == text).map(|(_, variant)| variant.clone())
}

/// The trait that `integer_enum!` implements.
pub trait IntegerEnum: Clone + From<i64> + 'static {
    /// The documented values, with their variants.
    const VALUES: &'static [(i64, Self)];

    /// Returns the variant for a documented number.
    #[must_use]
    fn from_number(number: i64) -> Option<Self> {
        Self::VALUES.iter().find(|(value, _)| *value == number).map(|(_, variant)| variant.clone())
    }

    /// Reads the next value.
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        let mut number = 0_i64;
        let told = number.fill(reader, place);
        *self = Self::from_number(number).unwrap_or_else(|| {
            reader.pay(Toll::Undocumented, 1);
            number.into()
        });
        told
    }
}
