//! The traits that the macros for open enums implement.

use std::borrow::Cow;

use super::decode::{Decodable, Place};
use super::reader::{Outcome, Reader};
use super::union::CostKind;

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
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let text = match reader.string() {
            Ok(text) => text,
            Err(outcome) => return outcome,
        };
        *self = documented(&text).unwrap_or_else(|| {
            reader.add_cost(CostKind::Unknown, 1);
            Self::undocumented(text.into_owned())
        });
        Outcome::Whole
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
    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        let mut number = 0_i64;
        let outcome = number.fill(reader, place);
        *self = Self::from_number(number).unwrap_or_else(|| {
            reader.add_cost(CostKind::Unknown, 1);
            number.into()
        });
        outcome
    }
}
