//! What the tables cannot say: keys that depend on one another.

use serde_json::{Map, Value};

use super::Check;
use crate::diagnostic::{Diagnostic, quote};
use crate::document::grammar::Kind;
use crate::document::path::Path;
use crate::document::tree::describe;
use crate::pointer;

/// Why the document is not one of OpenAPI 3.0, if it is not.
pub(super) fn version(tree: &Value) -> Option<Diagnostic> {
    let Value::Object(root) = tree else {
        return Some(
            Diagnostic::error("", format!("the document is {}", describe(tree))).expected("an OpenAPI object"),
        );
    };
    let wanted = "`openapi: 3.0.x`";
    if let Some(swagger) = root.get("swagger") {
        let diagnostic = Diagnostic::error("/swagger", format!("a document of Swagger {}", plain(swagger)));
        return Some(diagnostic.expected(wanted).help("convert it to OpenAPI 3.0; swagger2openapi does that"));
    }
    match root.get("openapi") {
        Some(Value::String(version)) if version == "3.0" || version.starts_with("3.0.") => None,
        Some(Value::Number(number)) if number.as_f64() == Some(3.0) => {
            Some(Diagnostic::error("/openapi", "`openapi` is a number").expected("a text such as \"3.0.3\""))
        }
        Some(newer @ Value::String(version)) if version.starts_with("3.") => {
            let message = format!("a document of OpenAPI {}, which is not supported", plain(newer));
            Some(Diagnostic::error("/openapi", message).expected(wanted).help(
                "convert it to OpenAPI 3.0; where only `type: [T, \"null\"]` and the like is used, most converters do that",
            ))
        }
        Some(other) => {
            Some(Diagnostic::error("/openapi", format!("`openapi` is {}", describe(other))).expected(wanted))
        }
        None => Some(Diagnostic::error("", "`openapi` is missing: this is no OpenAPI document").expected(wanted)),
    }
}

fn plain(version: &Value) -> String {
    match version {
        Value::String(version) => quote(version),
        other => describe(other).into_owned(),
    }
}

/// The styles that each place of a parameter knows; the first is the default.
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
    /// Mends what would otherwise count as missing.
    pub(super) fn before(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) {
        match kind {
            Kind::Response if object.get("description").is_none_or(Value::is_null) => {
                self.warning(at, "a response without a description");
                object.insert("description".to_owned(), "".into());
            }
            Kind::OAuthFlow if object.get("scopes").is_none_or(Value::is_null) => {
                object.insert("scopes".to_owned(), Map::new().into());
            }
            Kind::Schema => self.schema_before(object, at),
            _ => {}
        }
    }

    /// Checks what depends on several keys, each of which is sound.
    pub(super) fn after(&mut self, kind: Kind, object: &mut Map<String, Value>, at: &Path<'_>) {
        match kind {
            Kind::Parameter => self.parameter(object, at),
            Kind::Header => self.header(object, at),
            Kind::Encoding => encoding(object),
            Kind::Schema => self.schema_after(object, at),
            Kind::SecurityScheme => self.security_scheme(object, at),
            Kind::OAuthFlows => self.flows(object, at),
            Kind::Discriminator => self.discriminator(object, at),
            Kind::OpenApi => self.security(object, at),
            Kind::Operation => self.security(object, at),
            _ => {}
        }
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
            self.error(&at.key("style"), message, format!("one of {}", styles.join(", ")));
        }
        if *place == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
            self.warning(at, "a path parameter that is not marked as required: taken as required");
            parameter.insert("required".to_owned(), true.into());
        }
        self.schema_or_content(parameter, at);
    }

    /// A header that says nothing of its value is text.
    fn header(&mut self, header: &mut Map<String, Value>, at: &Path<'_>) {
        if !header.contains_key("schema") && !header.contains_key("content") {
            let text: Map<String, Value> = [("type".to_owned(), "string".into())].into_iter().collect();
            header.insert("schema".to_owned(), text.into());
        }
        self.schema_or_content(header, at);
    }

    fn schema_or_content(&mut self, object: &mut Map<String, Value>, at: &Path<'_>) {
        match (object.contains_key("schema"), object.get("content")) {
            (true, Some(_)) => {
                self.warning(&at.key("content"), "`content` stands beside `schema`, which rules it out: passed over");
                object.remove("content");
            }
            (false, None) => {
                let what = text(object, "name").map(|name| format!(" {}", quote(name))).unwrap_or_default();
                self.error(at, format!("the parameter{what} has no schema"), "`schema` or `content`");
            }
            (false, Some(Value::Object(content))) if content.len() != 1 => {
                let message = format!("`content` of a parameter names {} media types", content.len());
                self.error(&at.key("content"), message, "one media type");
            }
            _ => {}
        }
    }

    fn security_scheme(&mut self, scheme: &Map<String, Value>, at: &Path<'_>) {
        let needed: &[&str] = match text(scheme, "type") {
            Some("apiKey") => &["name", "in"],
            Some("http") => &["scheme"],
            Some("oauth2") => &["flows"],
            Some("openIdConnect") => &["openIdConnectUrl"],
            _ => &[],
        };
        self.need(scheme, needed, at);
    }

    fn flows(&mut self, flows: &Map<String, Value>, at: &Path<'_>) {
        let needed: &[(&str, &[&str])] = &[
            ("implicit", &["authorizationUrl"]),
            ("password", &["tokenUrl"]),
            ("clientCredentials", &["tokenUrl"]),
            ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
        ];
        for (flow, keys) in needed {
            if let Some(Value::Object(object)) = flows.get(*flow) {
                self.need(object, keys, &at.key(flow));
            }
        }
    }

    fn need(&mut self, object: &Map<String, Value>, keys: &[&str], at: &Path<'_>) {
        for key in keys.iter().filter(|key| !object.contains_key(**key)) {
            self.missing(key, at, "a text");
        }
    }

    fn discriminator(&mut self, discriminator: &mut Map<String, Value>, at: &Path<'_>) {
        let Some(Value::Object(mapping)) = discriminator.get("mapping") else { return };
        for (value, target) in mapping.iter().filter_map(|(value, target)| Some((value, target.as_str()?))) {
            let known = match pointer::component(target) {
                Some((section, name)) => section == "schemas" && self.components.has(section, &name),
                None => self.components.has("schemas", target),
            };
            if !known {
                let message = format!("the mapping of {} to {} leads nowhere", quote(value), quote(target));
                self.error(
                    &at.key("mapping").key(value),
                    message,
                    "the name of a schema under `#/components/schemas/`",
                );
            }
        }
    }

    fn security(&mut self, object: &Map<String, Value>, at: &Path<'_>) {
        let list = at.key("security");
        let requirements = object.get("security").and_then(Value::as_array).into_iter().flatten().enumerate();
        for (index, requirement) in requirements {
            for name in requirement.as_object().into_iter().flat_map(Map::keys) {
                if !self.components.has("securitySchemes", name) {
                    let message = format!("the security scheme {} is not declared", quote(name));
                    let expected = "a name under `#/components/securitySchemes/`";
                    self.error(&list.item(index).key(name), message, expected);
                }
            }
        }
    }
}

/// `openapiv3` takes a missing `explode` as false; the specification says that it is true for the style `form`.
fn encoding(encoding: &mut Map<String, Value>) {
    if !encoding.contains_key("explode") && text(encoding, "style").is_none_or(|style| style == "form") {
        encoding.insert("explode".to_owned(), true.into());
    }
}
