//! Checks that an extension of the generator stands in the right object and holds the right type.

use serde_json::Value;

use super::{Check, Keep};
use crate::diagnostic::{Diagnostic, describe, quote};
use crate::extensions::{Holds, known};
use crate::grammar::Kind;
use crate::path::Path;

impl Check {
    /// Removes an extension of the generator in the wrong object or of the wrong type, with a fault. All others stay.
    pub(super) fn extension(&mut self, kind: Kind, key: &str, value: &Value, at: &Path<'_>) -> Keep {
        let Some((places, holds)) = known(key) else { return true };
        let (is_sound, expected) = match holds {
            Holds::Text => (value.is_string(), "a string"),
            Holds::Flag => (value.is_boolean(), "true or false"),
            // The stage that reads the object reports its mistakes.
            Holds::Object => (true, "an object"),
        };
        if !places.contains(&kind) {
            let message = format!("{} has no meaning in {}", quote(key), kind.noun());
            let nouns: Vec<&str> = places.iter().map(|place| place.noun()).collect();
            let fault = Diagnostic::fault(at.pointer(), message).expected(format!("{} around it", nouns.join(" or ")));
            let target = match places {
                [Kind::Info] => "the document's head in the overlay: `$.info`",
                [Kind::Operation] => "the operation in the overlay: `$.paths['/things'].post`",
                _ => "that object in the overlay",
            };
            self.found.push(fault.assumed("nothing").help(format!("target {target}")));
            return false;
        }
        if !is_sound {
            let message = format!("{} is {}", at.subject(), describe(value));
            self.found.push(Diagnostic::fault(at.pointer(), message).expected(expected).assumed("nothing"));
        }
        is_sound
    }
}
