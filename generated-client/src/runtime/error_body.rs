//! What the body of an error says, whatever shape it has.

use http::HeaderMap;
use serde_json::{Map, Value};

/// An error that the body of an answer lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ErrorDetail {
    code: Option<String>,
    message: Option<String>,
    field: Option<String>,
    raw: Value,
}

impl ErrorDetail {
    /// A code for programs.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// A message for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The field of the request that the error is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Further data.
    #[must_use]
    pub fn data(&self) -> Option<&Value> {
        self.raw.get("data")
    }

    /// The entry as it came.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.raw
    }
}

/// The longest text in one line of an error, in characters.
const LINE: usize = 300;

/// The listed errors and the request id.
pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> (Vec<ErrorDetail>, Option<String>) {
    let body: Option<Map<String, Value>> = serde_json::from_slice(body).ok();
    let header = headers.get("x-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let request_id = header.or_else(|| text(body.as_ref()?.get("request_id")?)).filter(|id| !id.is_empty());
    (body.map(details).unwrap_or_default(), request_id)
}

/// `errors: [...]`, `error: {...}`, `error: "..."`, or the object itself (`message`, or `title` and `detail`).
fn details(body: Map<String, Value>) -> Vec<ErrorDetail> {
    if let Some(Value::Array(errors)) = body.get("errors") {
        return errors.iter().map(detail).collect();
    }
    if let Some(error @ Value::Object(_)) = body.get("error") {
        return vec![detail(error)];
    }
    let whole = detail(&Value::Object(body));
    if whole.code.is_none() && whole.message.is_none() { Vec::new() } else { vec![whole] }
}

fn detail(raw: &Value) -> ErrorDetail {
    let find = |names: &[&str]| names.iter().find_map(|name| text(raw.get(name)?));
    ErrorDetail {
        code: find(&["code", "error", "type"]),
        message: find(&["message", "detail", "error_description", "title"]).or_else(|| raw.as_str().map(str::to_owned)),
        field: find(&["field", "param"]),
        raw: raw.clone(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Code and message in a line.
pub(super) fn line(detail: &ErrorDetail) -> String {
    let parts: Vec<_> = [&detail.code, &detail.message].into_iter().flatten().map(|text| one_line(text)).collect();
    if parts.is_empty() { one_line(&detail.raw.to_string()) } else { parts.join(": ") }
}

/// The text without line breaks and other control characters, cut where it is long.
pub(super) fn one_line(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut line: String = text.chars().take(LINE).map(clean).collect();
    if text.chars().nth(LINE).is_some() {
        line.push('…');
    }
    line
}
