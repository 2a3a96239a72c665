//! The traits that the macros for open enums implement.

use std::borrow::Cow;

use super::decode::{Decodable, Place};
use super::reader::{Fidelity, Outcome, Reader};
use super::union::CostKind;

/// An open enum of strings. `string_enum!` implements the trait.
pub trait StringEnum: Clone + 'static {
    /// The documented values.
    const TEXTS: &'static [&'static str];
    /// The variants for these values, in the same order.
    const VARIANTS: &'static [Self];

    /// Creates the variant for a value that the document does not name.
    fn undocumented(text: String) -> Self;

    /// Returns the variant for a text, documented or not.
    #[must_use]
    fn from_text(text: Cow<'_, str>) -> Self {
        Self::of(find(Self::TEXTS, text))
    }

    /// Returns the variant at an index, or the variant for an undocumented text.
    #[must_use]
    fn of(found: Result<usize, String>) -> Self {
        if let Ok(index) = &found
            && let Some(variant) = Self::VARIANTS.get(*index)
        {
            return variant.clone();
        }
        Self::undocumented(found.err().unwrap_or_default())
    }

    /// Reads the next value.
    fn fill(&mut self, reader: &mut Reader<'_>, _: &Place<'_>) -> Outcome {
        let found = find(Self::TEXTS, reader.string()?);
        if found.is_err() {
            reader.add_cost(CostKind::Unknown, 1);
        }
        *self = Self::of(found);
        Ok(Fidelity::Whole)
    }
}

/// Returns the index of a text, or the text itself if it is not among `texts`.
fn find(texts: &[&str], text: Cow<'_, str>) -> Result<usize, String> {
    texts.iter().position(|other| *other == text).ok_or_else(|| text.into_owned())
}

/// An open enum of integers. `integer_enum!` implements the trait.
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
        let fidelity = number.fill(reader, place)?;
        *self = Self::from_number(number).unwrap_or_else(|| {
            reader.add_cost(CostKind::Unknown, 1);
            number.into()
        });
        Ok(fidelity)
    }
}
