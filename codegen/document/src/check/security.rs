//! Checks security schemes and security requirements.

use serde_json::{Map, Value};

use super::{Check, Keep};
use crate::diagnostic::{Diagnostic, quote};
use crate::path::Path;

impl Check {
    /// Checks a security scheme. It is removed if it does not say how a credential is sent.
    pub(super) fn security_scheme(&mut self, scheme: &mut Map<String, Value>, at: &Path<'_>) -> Keep {
        let needed: &[&str] = match scheme.get("type").and_then(Value::as_str) {
            Some("apiKey") => &["name", "in"],
            Some("http") => &["scheme"],
            Some("openIdConnect") => &["openIdConnectUrl"],
            Some("oauth2") => {
                if !scheme.contains_key("flows") {
                    self.lacking("flows", at, "no flow");
                    scheme.insert("flows".to_owned(), Map::new().into());
                }
                &[]
            }
            _ => &[],
        };
        let mut whole = true;
        for key in needed.iter().filter(|key| !scheme.contains_key(**key)) {
            self.lacking(key, at, "no such scheme");
            whole = false;
        }
        whole
    }

    fn lacking(&mut self, key: &str, at: &Path<'_>, assumed: &str) {
        let fault = Diagnostic::fault(at.pointer(), format!("`{key}` is missing from {}", at.subject()));
        self.found.push(fault.expected("a text").assumed(assumed).removed());
    }

    /// Checks that security requirements name declared schemes. A name of a scheme that is a reference is replaced by
    /// that of its target.
    pub(super) fn security(&mut self, object: &mut Map<String, Value>, at: &Path<'_>) {
        let Some(Value::Array(requirements)) = object.get_mut("security") else { return };
        let list = at.key("security");
        let mut index = 0;
        requirements.retain_mut(|requirement| {
            let place = list.item(index);
            index += 1;
            let Value::Object(requirement) = requirement else { return false };
            let names: Vec<String> = requirement.keys().cloned().collect();
            for name in &names {
                let end = self.components.end("securitySchemes", name);
                if end == Some(name) {
                    continue;
                }
                let scopes = requirement.remove(name);
                match end {
                    Some(end) => drop(requirement.insert(end.to_owned(), scopes.unwrap_or_default())),
                    None => {
                        let message = format!("the security scheme {} is not declared", quote(name));
                        let fault = Diagnostic::fault(place.key(name).pointer(), message);
                        let fault = fault.expected("a name under `#/components/securitySchemes/`");
                        self.found.push(fault.assumed("nothing is sent for it").removed());
                    }
                }
            }
            names.is_empty() || !requirement.is_empty()
        });
    }
}
