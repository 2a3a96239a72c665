//! A text that `Debug` does not show.

use serde::{Serialize, Serializer};

use super::decode::{Decodable, Place};
use super::reader::{Outcome, Reader};

/// A text that must stay secret: `Debug` hides it, and there is no `Display`. It is sent like any other text.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret(String);

impl Secret {
    /// Returns the text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret([hidden])")
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Decodable for Secret {
    fn initial() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        self.0.fill(reader, place)
    }
}
