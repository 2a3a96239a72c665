//! What the body of an error says, whatever shape it has.

use serde_json::Value;

use super::decode::{Decodable, Place, decode};
use super::reader::{Reader, Told};
use super::text::raw_at;

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

/// What the body of an error says.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) details: Vec<ErrorDetail>,
    pub(super) request_id: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Listed {
    Listed {
        details: details(body).unwrap_or_default(),
        request_id: raw_at(body, &["request_id"]).and_then(read_as).filter(|id: &String| !id.is_empty()),
    }
}

/// `errors: [...]`, `error: {...}`, `error: "..."`, or the object itself (`message`, or `title` and `detail`). Of a list, as
/// many as take little more memory than the body.
fn details(body: &[u8]) -> Option<Vec<ErrorDetail>> {
    if let Some(errors) = raw_at(body, &["errors"]).filter(|errors| errors.starts_with('[')) {
        return read_as(errors);
    }
    if let Some(error) = raw_at(body, &["error"]).filter(|error| error.starts_with('{')) {
        return Some(vec![read_as(error)?]);
    }
    let whole: ErrorDetail = raw_at(body, &[]).filter(|body| body.starts_with('{')).and_then(read_as)?;
    (whole.code.is_some() || whole.message.is_some()).then(|| vec![whole])
}

fn read_as<T: Decodable>(raw: &str) -> Option<T> {
    decode(raw.as_bytes()).ok().map(|decoded| decoded.value)
}

/// Any value is an entry.
impl Decodable for ErrorDetail {
    fn blank() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
        let mut raw = Value::Null;
        let told = raw.fill(reader, place);
        *self = detail(raw);
        told
    }
}

fn detail(raw: Value) -> ErrorDetail {
    let find = |names: &[&str]| names.iter().find_map(|name| text(raw.get(name)?));
    ErrorDetail {
        code: find(&["code", "error", "type"]),
        message: find(&["message", "detail", "error_description", "title"]).or_else(|| raw.as_str().map(str::to_owned)),
        field: find(&["field", "param"]),
        raw,
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
