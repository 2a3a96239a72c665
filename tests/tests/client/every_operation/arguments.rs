//! Decodes the arguments of a call into the types that the client takes.

use std::fmt::Debug;

use intercom_client::{Part, Value};
use serde::de::DeserializeOwned;

use super::outcome::unnamed;

/// The arguments, by place and name, such as `query:page`.
pub(super) struct Arguments(Value);

impl Arguments {
    pub(super) fn new(values: &Value) -> Self {
        Self(values.clone())
    }

    /// Returns whether the call sets this argument.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some()
    }

    /// Returns an argument as the type that the client takes.
    pub(super) fn get<T: DeserializeOwned + Debug>(&self, key: &str) -> Result<T, String> {
        let value = self.value(key)?;
        // Decoding is strict here, unlike that of a response.
        let value: T =
            serde_json::from_slice(value.to_string().as_bytes()).map_err(|error| format!("{key}: {error}"))?;
        match unnamed(&value) {
            Some(unnamed) => Err(format!("{key}: {unnamed}")),
            None => Ok(value),
        }
    }

    /// Returns a scalar as text.
    pub(super) fn text(&self, key: &str) -> Result<String, String> {
        let value = self.value(key)?;
        Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    /// Returns a file.
    pub(super) fn file(&self, key: &str) -> Result<Part, String> {
        Ok(Part::from(self.text(key)?).file_name("a b é.csv").content_type("text/csv"))
    }

    fn value(&self, key: &str) -> Result<&Value, String> {
        self.0.get(key).ok_or_else(|| format!("the call asks for {key}, which the document does not have"))
    }
}
