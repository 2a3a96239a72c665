//! Serializes parameters in every style of OpenAPI.
//!
//! Path styles follow RFC 6570, section 3.2. Where the table of OpenAPI 3.0.0 to 3.0.3 differs from that (`label`
//! without `explode`), the table of the later versions counts, which agrees with the RFC.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// The style in which a parameter or a form field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `form`: `name=a&name=b` if exploded, else `name=a,b`. For a query, a form or a cookie.
    Form {
        /// True if each item of a list, or each property of an object, is a pair of its own.
        explode: bool,
    },
    /// `spaceDelimited`: `name=a%20b`. For a query or a form.
    SpaceDelimited,
    /// `pipeDelimited`: `name=a%7Cb`. For a query or a form.
    PipeDelimited,
    /// `deepObject`: `name[key]=value`. For a query or a form.
    DeepObject,
    /// `simple`: `a,b`. For a path or a header.
    Simple {
        /// True if a property of an object is written as `key=value`, not as `key,value`.
        explode: bool,
    },
    /// `label`: `.a.b` if exploded, else `.a,b`. For a path.
    Label {
        /// True if each item of a list, or each property of an object, has a period of its own.
        explode: bool,
    },
    /// `matrix`: `;name=a;name=b` if exploded, else `;name=a,b`. For a path.
    Matrix {
        /// True if each item of a list, or each property of an object, has a semicolon of its own.
        explode: bool,
    },
    /// A media type instead of a style: the value is written as JSON text.
    Json,
}

/// The characters of a value that are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// All characters but the unreserved ones of RFC 3986.
    Full,
    /// All characters but the unreserved ones and most reserved ones. `#`, `&`, `+`, `[` and `]` are encoded, because
    /// they would end or change the value.
    KeepReserved,
    /// No characters.
    Nothing,
}

const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The characters that would end or change a path if they stood in a template.
const TEMPLATE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'`').add(b'{').add(b'}');

const KEEP_RESERVED: &AsciiSet =
    &TEMPLATE.remove(b'?').add(b'%').add(b'&').add(b'+').add(b'[').add(b']').add(b'^').add(b'|');

impl Escape {
    pub(super) fn write(self, text: &str, to: &mut String) {
        match self {
            Self::Full => to.extend(utf8_percent_encode(text, VALUE)),
            Self::KeepReserved => to.extend(utf8_percent_encode(text, KEEP_RESERVED)),
            Self::Nothing => to.push_str(text),
        }
    }

    pub(super) fn encode(self, text: &str) -> String {
        let mut encoded = String::new();
        self.write(text, &mut encoded);
        encoded
    }
}

/// Encodes a literal part of a path template, in which slashes and escapes stay.
pub(super) fn template(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, TEMPLATE).into()
}

/// Returns the encoded pairs of a query parameter, a cookie or a form field, or `None` if nothing is to be sent.
pub(super) fn pairs(name: &str, style: Style, escape: Escape, value: &Value) -> Option<String> {
    match style {
        Style::Json => text(name, Style::Form { explode: false }, escape, &value.to_string().into()),
        style => text(name, style, escape, value),
    }
}

/// Returns the fields of an `application/x-www-form-urlencoded` body. A field in `described` has the style given there.
/// In other fields, lists repeat their name and objects nest in brackets.
pub(super) fn form(value: &Value, described: &[(&str, Style, Escape)]) -> String {
    let mut fields = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let undescribed = if value.is_object() { Style::DeepObject } else { Style::Form { explode: true } };
        let described = described.iter().find(|(described, ..)| described == name);
        let (style, escape) = described.map_or((undescribed, Escape::Full), |(_, style, escape)| (*style, *escape));
        fields.extend(pairs(name, style, escape, value));
    }
    fields.join("&")
}

/// Returns the encoded text of a parameter, or `None` if nothing is to be sent.
///
/// A text consists of pieces, and a piece of values. A value is a piece of its own if the style is exploded.
pub(super) fn text(name: &str, style: Style, escape: Escape, value: &Value) -> Option<String> {
    let (prefix, separator, delimiter, explode) = match style {
        Style::Form { explode } => ("", "&", ",", explode),
        Style::SpaceDelimited => ("", "&", "%20", false),
        Style::PipeDelimited => ("", "&", "%7C", false),
        Style::DeepObject => ("", "&", "", true),
        Style::Simple { explode } => ("", ",", ",", explode),
        Style::Label { explode } => (".", ".", ",", explode),
        Style::Matrix { explode } => (";", ";", ",", explode),
        Style::Json => return Some(escape.encode(&value.to_string())),
    };
    // Reserved characters are kept in values only.
    let name_escape = if escape == Escape::KeepReserved { Escape::Full } else { escape };
    let mut text: Option<String> = None;
    let mut add = |name: Option<&str>, values: &[String]| {
        let start = if text.is_some() { separator } else { prefix };
        let text = text.get_or_insert_default();
        text.push_str(start);
        if let Some(name) = name {
            name_escape.write(name, text);
            // Only `matrix` leaves out the sign before an empty value.
            if prefix != ";" || values != [""] {
                text.push('=');
            }
        }
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push_str(delimiter);
            }
            escape.write(value, text);
        }
    };
    match value {
        _ if style == Style::DeepObject => deep(name, value, &mut add),
        Value::Object(properties) if explode => {
            for (key, value) in properties {
                items(value).chunks(1).for_each(|value| add(Some(key), value));
            }
        }
        _ => {
            let name = (!matches!(style, Style::Simple { .. } | Style::Label { .. })).then_some(name);
            let longest = if explode { 1 } else { usize::MAX };
            flat(value).chunks(longest).for_each(|values| add(name, values));
        }
    }
    text
}

/// Adds a pair for each value within a value, with a name such as `name[key]` or `name[]`.
fn deep(name: &str, value: &Value, add: &mut impl FnMut(Option<&str>, &[String])) {
    match value {
        Value::Object(properties) => {
            properties.iter().for_each(|(key, value)| deep(&format!("{name}[{key}]"), value, add));
        }
        Value::Array(items) => items.iter().for_each(|item| deep(&format!("{name}[]"), item, add)),
        _ => scalar(value).into_iter().for_each(|value| add(Some(name), &[value])),
    }
}

/// Returns the text of a single value, or `None` for null. A list or an object is written as JSON.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Returns the items of a list, or the one value.
pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// Returns the texts of a list's items, or of the one value; none for null.
fn items(value: &Value) -> Vec<String> {
    list(value).iter().filter_map(scalar).collect()
}

/// Returns the keys and values of an object in turn, or the [items] of another value.
fn flat(value: &Value) -> Vec<String> {
    let Value::Object(properties) = value else { return items(value) };
    let pair = |(key, value): (&String, &Value)| Some([key.clone(), scalar(value)?]);
    properties.iter().filter_map(pair).flatten().collect()
}
