//! Converts a document of OpenAPI 3.1 or 3.2 to 3.0, so that every later stage knows one version.
//!
//! A construct that 3.0 can express is converted without a diagnostic. A construct that it cannot express is left out,
//! with a warning if that matters to a client. A document of 3.0 does not pass through here: the check converts the
//! newer keywords that its schemas use.

mod keywords;
mod places;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::grammar::{Effect, Kind, Shape};
use crate::path::Path;
use crate::tree::DEPTH;
pub(super) use keywords::{ODD_TYPE, keywords, newer_keywords};
use places::Places;

/// Converts the tree to OpenAPI 3.0 and returns a warning for each loss.
pub(super) fn downgrade(tree: &mut Value) -> Diagnostics {
    let mut walk = Downgrade { told: Diagnostics::new(), places: Places::of(tree), schemas: Vec::new() };
    walk.object(Kind::OpenApi, tree, &Path::ROOT);
    walk.told
}

struct Downgrade {
    told: Diagnostics,
    places: Places,
    /// The JSON pointers of the schemas with `$defs` or `definitions` that hold the current node, outermost first.
    schemas: Vec<String>,
}

impl Downgrade {
    fn tell(&mut self, at: &Path<'_>, message: impl Into<String>) {
        self.told.push(Diagnostic::warning(at.pointer(), message));
    }

    fn value(&mut self, shape: Shape, value: &mut Value, at: &Path<'_>) {
        match (shape, &mut *value) {
            (Shape::Ref(Kind::Schema), Value::Bool(all)) => *value = keywords::boolean(*all),
            (Shape::Object(kind) | Shape::Ref(kind), Value::Object(_)) => self.object(kind, value, at),
            (Shape::BoolOrSchema, Value::Object(_)) => self.object(Kind::Schema, value, at),
            (Shape::List(inner), Value::Array(list)) => {
                for (index, item) in list.iter_mut().enumerate() {
                    self.value(*inner, item, &at.item(index));
                }
            }
            (Shape::Map(inner), Value::Object(map)) => self.map(*inner, map, at),
            _ => {}
        }
    }

    fn map(&mut self, inner: Shape, map: &mut Map<String, Value>, at: &Path<'_>) {
        if matches!(inner, Shape::Ref(Kind::Schema)) && at.last_key() == Some("properties") {
            map.retain(|name, value| {
                let never = *value == Value::Bool(false);
                if never {
                    self.tell(&at.key(name), "a property that no value may have: left out");
                }
                !never
            });
        }
        for (key, value) in map {
            self.value(inner, value, &at.key(key));
        }
    }

    fn object(&mut self, kind: Kind, value: &mut Value, at: &Path<'_>) {
        let Value::Object(object) = value else { return };
        if at.depth >= DEPTH {
            return;
        }
        let around = self.schemas.len();
        match kind {
            Kind::OpenApi => self.root(object),
            Kind::SecurityScheme if object.get("type").is_some_and(|ty| ty == "mutualTLS") => {
                self.tell(at, "a certificate of the client is given to its HTTP client, not to a call: left out");
                object.insert("type".to_owned(), "http".into());
                object.insert("scheme".to_owned(), "mutual-tls".into());
            }
            Kind::Schema => {
                if object.contains_key("$defs") || object.contains_key("definitions") {
                    self.schemas.push(at.pointer());
                }
                self.places.follow(object, &self.schemas);
                self.schema(object, at);
            }
            _ => {}
        }
        self.leave_out(kind, object, at);
        for (key, value) in object.iter_mut() {
            if let Some(field) = kind.any_field(key) {
                self.value(field.shape, value, &at.key(key));
            }
        }
        self.schemas.truncate(around);
    }

    fn root(&mut self, root: &mut Map<String, Value>) {
        root.insert("openapi".to_owned(), "3.0.3".into());
        let other = root.contains_key("components") || root.contains_key("webhooks");
        if root.get("paths").is_none_or(Value::is_null) && other {
            root.insert("paths".to_owned(), Map::new().into());
        }
    }

    fn leave_out(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) {
        for field in kind.newer_fields() {
            match field.effect {
                Effect::Done => {}
                Effect::None(_) => drop(object.remove(field.key)),
                Effect::Told(reason) => {
                    if object.remove(field.key).is_some() {
                        self.tell(&at.key(field.key), format!("`{}` is left out: {reason}", field.key));
                    }
                }
            }
        }
    }
}
