//! Reads the version of OpenAPI that a document declares.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, describe, quote};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// 3.0.
    Three,
    /// 3.1 or 3.2, which is converted to 3.0 first.
    Newer,
}

/// Returns the version of a document, with the fault in its declaration if there is one. Returns an error if the
/// version is missing or not supported.
pub(crate) fn version(tree: &Value) -> Result<(Version, Option<Diagnostic>), Diagnostics> {
    let wanted = "`openapi: 3.0.x`, `3.1.x` or `3.2.x`";
    let Value::Object(root) = tree else {
        return Err(Diagnostic::error("", format!("the document is {}", describe(tree)))
            .expected("an OpenAPI object")
            .into());
    };
    if let (Some(swagger), None) = (root.get("swagger"), root.get("openapi")) {
        let diagnostic = Diagnostic::error("/swagger", format!("a document of Swagger {}", plain(swagger)));
        return Err(diagnostic.expected(wanted).help("convert it to OpenAPI 3.0; swagger2openapi does that").into());
    }
    let Some(value) = root.get("openapi") else {
        return Err(Diagnostic::error("", "`openapi` is missing: this is not an OpenAPI document")
            .expected(wanted)
            .into());
    };
    let (text, fault) = match value {
        Value::String(text) => (text.trim().to_owned(), None),
        Value::Number(number) => {
            let fault = Diagnostic::fault("/openapi", "`openapi` is a number").expected("a text such as \"3.0.3\"");
            let assumed = format!("the text \"{number}\"");
            let fault = fault.assumed(assumed).help("put it in quotes");
            (number.to_string(), Some(fault))
        }
        other => {
            return Err(Diagnostic::error("/openapi", format!("`openapi` is {}", describe(other)))
                .expected(wanted)
                .into());
        }
    };
    let is = |version: &str| text == version || text.strip_prefix(version).is_some_and(|rest| rest.starts_with('.'));
    match () {
        () if is("3.0") || text == "3" => Ok((Version::Three, fault)),
        () if is("3.1") || is("3.2") => Ok((Version::Newer, fault)),
        () => {
            let message = format!("a document of OpenAPI {}, which is not supported", plain(value));
            Err(Diagnostic::error("/openapi", message).expected(wanted).into())
        }
    }
}

fn plain(version: &Value) -> String {
    match version {
        Value::String(version) => quote(version),
        other => describe(other).into_owned(),
    }
}
