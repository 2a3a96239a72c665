//! The errors that the body of a response lists, in any of the common shapes.

use serde_json::Value;

use super::decode::Place;
use super::reader::{Outcome, Reader};
use super::text::raw_at;
use super::{Decodable, decode};

/// An error that the body of a response lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ErrorDetail {
    code: Option<String>,
    message: Option<String>,
    field: Option<String>,
    raw: Value,
}

impl ErrorDetail {
    /// Returns the code, which is meant for programs.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the message, which is meant for people.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the field of the request that the error is about.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Returns the member `data`, which holds further information.
    #[must_use]
    pub fn data(&self) -> Option<&Value> {
        self.raw.get("data")
    }

    /// Returns the entry as it was received.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.raw
    }
}

/// The maximum length of a text in a one-line error, in characters.
const LINE: usize = 300;

/// The errors and the request id that the body of a response holds.
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

/// Finds the errors in `errors: [...]`, in `error: {...}`, or in the object itself if that has a code or a message. A
/// list is cut to the entries that the memory limit of [`decode()`] allows.
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

/// Accepts any value as an entry.
impl Decodable for ErrorDetail {
    fn initial() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        let outcome = self.raw.fill(reader, place);
        let find = |names: &[&str]| names.iter().find_map(|name| text(self.raw.get(name)?));
        self.code = find(&["code", "error", "type"]);
        self.message =
            find(&["message", "detail", "error_description", "title"]).or_else(|| self.raw.as_str().map(str::to_owned));
        self.field = find(&["field", "param"]);
        outcome
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Formats code and message, or else the whole entry, in one line.
pub(super) fn line(detail: &ErrorDetail) -> String {
    let parts: Vec<_> = [&detail.code, &detail.message].into_iter().flatten().map(|text| one_line(text)).collect();
    if parts.is_empty() { one_line(&detail.raw.to_string()) } else { parts.join(": ") }
}

/// Replaces line breaks and other control characters by spaces, and cuts a text after [`LINE`] characters.
pub(super) fn one_line(text: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let mut line: String = text.chars().take(LINE).map(clean).collect();
    if text.chars().nth(LINE).is_some() {
        line.push('…');
    }
    line
}
