//! Checks rules that the grammar tables cannot express: keys that depend on one another.

use serde_json::{Map, Value};

use super::{Check, Keep};
use crate::diagnostic::{Diagnostic, quote};
use crate::grammar::Kind;
use crate::path::Path;
use crate::pointer;
use crate::source_map::Change;

/// The styles that each location of a parameter allows; the first is the default.
const STYLES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

fn text<'o>(object: &'o Map<String, Value>, key: &str) -> Option<&'o str> {
    object.get(key).and_then(Value::as_str)
}

impl Check {
    /// Corrects mistakes that would otherwise be reported as a missing or an unknown key.
    pub(super) fn before(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) {
        match kind {
            Kind::Response if object.get("description").is_none_or(Value::is_null) => {
                self.found.push(
                    Diagnostic::fault(at.pointer(), "a response without a description")
                        .assumed("an empty text")
                        .updated("{description: \"\"}"),
                );
                object.insert("description".to_owned(), "".into());
            }
            Kind::OAuthFlow if object.get("scopes").is_none_or(Value::is_null) => {
                object.insert("scopes".to_owned(), Map::new().into());
            }
            Kind::Schema => self.schema_before(object, at),
            Kind::Paths => self.slashes(object, at),
            Kind::Parameter => self.schema_beside(object, at),
            Kind::SecurityScheme if object.get("type").is_some_and(|ty| ty == "basic") => {
                let fault = Diagnostic::fault(at.key("type").pointer(), "`type` is the text \"basic\"");
                self.found.push(fault.assumed("`type: http` with `scheme: basic`").replaced("http"));
                object.insert("type".to_owned(), "http".into());
                object.entry("scheme").or_insert("basic".into());
            }
            _ => {}
        }
    }

    /// Checks rules about several keys, each of which is valid by itself.
    pub(super) fn after(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) -> Keep {
        match kind {
            Kind::Parameter => self.parameter(object, at),
            // A description that was not a text has been removed.
            Kind::Response => _ = object.entry("description").or_insert("".into()),
            Kind::Header => self.header(object, at),
            Kind::Encoding => encoding(object),
            Kind::Schema => self.schema_after(object, at),
            Kind::SecurityScheme => return self.security_scheme(object, at),
            Kind::OAuthFlows => self.flows(object, at),
            Kind::Discriminator => self.discriminator(object, at),
            Kind::OpenApi | Kind::Operation => self.security(object, at),
            Kind::PathItem => self.path_parameters(object, at),
            _ => {}
        }
        true
    }

    /// Adds the slash at the beginning of a path that has none, or removes the path if that name is taken.
    fn slashes(&mut self, paths: &mut Map<String, Value>, at: &Path<'_>) {
        let bare = |path: &&String| !path.starts_with('/') && !path.starts_with("x-");
        let found: Vec<String> = paths.keys().filter(bare).cloned().collect();
        for path in found {
            let place = at.key(&path).pointer();
            let fault = Diagnostic::fault(&place, format!("the path {} does not begin with a slash", quote(&path)))
                .expected("a path such as `/pets`");
            let slashed = format!("/{path}");
            let item = paths.remove(&path);
            match item.filter(|item| item.is_object() && !paths.contains_key(&slashed)) {
                Some(item) => {
                    self.found.push(fault.assumed(format!("the path {}", quote(&slashed))));
                    self.changes.push(Change::Moved { at: at.key(&slashed).pointer(), from: place });
                    paths.insert(slashed, item);
                }
                None => self.found.push(fault.assumed("nothing").removed()),
            }
        }
    }

    /// Moves the schema keywords of a parameter without a schema, as in Swagger 2.0, into a schema.
    fn schema_beside(&mut self, parameter: &mut Map<String, Value>, at: &Path<'_>) {
        if parameter.contains_key("schema") || parameter.contains_key("content") || !parameter.contains_key("type") {
            return;
        }
        let keyword = |key: &str| Kind::Schema.field(key).is_some() && Kind::Parameter.field(key).is_none();
        let keys: Vec<String> = parameter.keys().filter(|key| keyword(key)).cloned().collect();
        let schema: Map<String, Value> =
            keys.into_iter().filter_map(|key| parameter.remove(&key).map(|value| (key, value))).collect();
        self.fault(&at.key("type"), "the type of a parameter stands beside its name", "its schema");
        parameter.insert("schema".to_owned(), schema.into());
    }

    fn parameter(&mut self, parameter: &mut Map<String, Value>, at: &Path<'_>) {
        let Some((place, styles)) =
            text(parameter, "in").and_then(|place| STYLES.iter().find(|(name, _)| *name == place))
        else {
            return;
        };
        if let Some(style) = text(parameter, "style")
            && !styles.contains(&style)
        {
            let message = format!("`style` of a {place} parameter is {}", quote(style));
            let fault = Diagnostic::fault(at.key("style").pointer(), message);
            let first = styles.first().copied().unwrap_or_default();
            self.found
                .push(fault.expected(format!("one of {}", styles.join(", "))).assumed(format!("`{first}`")).removed());
            parameter.remove("style");
        }
        if *place == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
            self.found.push(
                Diagnostic::fault(at.pointer(), "a path parameter that is not marked as required")
                    .assumed("it is required")
                    .updated("{required: true}"),
            );
            parameter.insert("required".to_owned(), true.into());
        }
        self.schema_or_content(parameter, at);
    }

    /// Takes a header without `schema` and `content` for text.
    fn header(&mut self, header: &mut Map<String, Value>, at: &Path<'_>) {
        if !header.contains_key("schema") && !header.contains_key("content") {
            header.insert("schema".to_owned(), serde_json::json!({ "type": "string" }));
        }
        self.schema_or_content(header, at);
    }

    fn schema_or_content(&mut self, object: &mut Map<String, Value>, at: &Path<'_>) {
        let media_types = object.get("content").and_then(Value::as_object).map(Map::len);
        match (object.contains_key("schema"), media_types) {
            (true, Some(_)) => {
                self.fault(&at.key("content"), "`content` stands beside `schema`, which rules it out", "nothing");
                object.remove("content");
            }
            (false, None | Some(0)) => {
                let what = text(object, "name").map(|name| format!(" {}", quote(name))).unwrap_or_default();
                let fault = Diagnostic::fault(at.pointer(), format!("the parameter{what} has no schema"));
                let fault = fault.expected("`schema` or `content`").assumed("any text");
                self.found.push(fault.updated("{schema: {type: string}}"));
                object.remove("content");
                object.insert("schema".to_owned(), serde_json::json!({ "type": "string" }));
            }
            (false, Some(several)) if several > 1 => {
                let message = format!("`content` of a parameter names {several} media types");
                let content = at.key("content");
                self.found.push(
                    Diagnostic::fault(content.pointer(), message).expected("one media type").assumed("the first"),
                );
                if let Some(Value::Object(content)) = object.get_mut("content") {
                    let mut first = true;
                    content.retain(|_, _| std::mem::take(&mut first));
                }
            }
            _ => {}
        }
    }

    fn flows(&mut self, flows: &mut Map<String, Value>, at: &Path<'_>) {
        let needed: &[(&str, &[&str])] = &[
            ("implicit", &["authorizationUrl"]),
            ("password", &["tokenUrl"]),
            ("clientCredentials", &["tokenUrl"]),
            ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
        ];
        for (flow, keys) in needed {
            let Some(Value::Object(object)) = flows.get_mut(*flow) else { continue };
            for key in *keys {
                if !object.contains_key(*key) {
                    let place = at.key(flow);
                    let fault =
                        Diagnostic::fault(place.pointer(), format!("`{key}` is missing from {}", place.subject()));
                    self.found.push(fault.expected("a text").assumed("an address that nobody needs here"));
                    object.insert((*key).to_owned(), "".into());
                }
            }
        }
    }

    fn discriminator(&mut self, discriminator: &mut Map<String, Value>, at: &Path<'_>) {
        let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else { return };
        let at = at.key("mapping");
        mapping.retain(|value, target| {
            let Value::String(target) = target else { return false };
            let known = match pointer::component(target) {
                Some((section, name)) => section == "schemas" && self.components.has(section, &name),
                None => self.components.has("schemas", target) || target.starts_with("#/"),
            };
            if !known {
                let message = format!("the mapping of {} to {} leads nowhere", quote(value), quote(target));
                let fault = Diagnostic::fault(at.key(value).pointer(), message).assumed("nothing").removed();
                self.found.push(fault.expected("the name of a schema under `#/components/schemas/`"));
            }
            known
        });
    }
}

/// Adds `explode` to an encoding object: `openapiv3` takes a missing `explode` as false, but the specification says
/// that it is true for the style `form`.
fn encoding(encoding: &mut Map<String, Value>) {
    if !encoding.contains_key("explode") && text(encoding, "style").is_none_or(|style| style == "form") {
        encoding.insert("explode".to_owned(), true.into());
    }
}
