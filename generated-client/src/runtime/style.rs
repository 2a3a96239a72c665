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

const KEEP_RESERVED: &AsciiSet = &VALUE
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The characters that would end or change a path if they stood in a template.
const TEMPLATE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'`').add(b'{').add(b'}');

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

/// Returns the encoded pairs of a query parameter or a form field, joined by `&`; empty if nothing is to be sent.
pub(super) fn query(name: &str, style: Style, escape: Escape, value: &Value) -> String {
    let mut pairs = Pairs { text: String::new(), escape };
    pairs.add(name, style, value);
    pairs.text
}

/// Returns the fields of an `application/x-www-form-urlencoded` body. A field in `described` has the style given there.
/// In other fields, lists repeat their name and objects nest in brackets.
pub(super) fn form(value: &Value, described: &[(&str, Style, Escape)]) -> String {
    let mut pairs = Pairs { text: String::new(), escape: Escape::Full };
    for (name, value) in value.as_object().into_iter().flatten() {
        let undescribed = if value.is_object() { Style::DeepObject } else { Style::Form { explode: true } };
        let described = described.iter().find(|(described, ..)| described == name);
        let (style, escape) = described.map_or((undescribed, Escape::Full), |(_, style, escape)| (*style, *escape));
        pairs.escape = escape;
        pairs.add(name, style, value);
    }
    pairs.text
}

/// Returns the text of a path parameter or a header, or `None` if nothing is to be sent.
pub(super) fn text(name: &str, style: Style, escape: Escape, value: &Value) -> Option<String> {
    let encoded = |text: &str| escape.encode(text);
    let (prefix, explode) = match style {
        Style::Json => return Some(encoded(&value.to_string())),
        Style::Form { explode: true } => return Some(query(name, style, escape, value)).filter(|it| !it.is_empty()),
        Style::Simple { explode } => ("", explode),
        Style::Label { explode } => (".", explode),
        Style::Matrix { explode } => (";", explode),
        Style::Form { .. } | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => ("", false),
    };
    let is_matrix = prefix == ";";
    let named = |value: String| match value {
        value if !is_matrix => value,
        value if value.is_empty() => encoded(name),
        value => format!("{}={value}", encoded(name)),
    };
    let items: Vec<String> = match value {
        Value::Object(properties) if explode => {
            let pair = |(key, value): (&String, &Value)| Some(format!("{}={}", encoded(key), encoded(&scalar(value)?)));
            properties.iter().filter_map(pair).collect()
        }
        _ if explode => items(value).iter().map(|item| named(encoded(item))).collect(),
        _ => flat(value).iter().map(|item| encoded(item)).collect(),
    };
    if items.is_empty() {
        return None;
    }
    let between = if explode && !prefix.is_empty() { prefix } else { "," };
    let joined = items.join(between);
    Some(format!("{prefix}{}", if explode { joined } else { named(joined) }))
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
    let mut flat = Vec::new();
    for (key, value) in properties {
        if let Some(value) = scalar(value) {
            flat.push(key.clone());
            flat.push(value);
        }
    }
    flat
}

struct Pairs {
    text: String,
    escape: Escape,
}

impl Pairs {
    fn add(&mut self, name: &str, style: Style, value: &Value) {
        match (style, value) {
            (Style::Json, _) => self.push(name, &value.to_string()),
            (Style::DeepObject, Value::Object(_) | Value::Array(_)) => self.deep(name, value),
            (Style::Form { explode: true }, Value::Object(properties)) => {
                for (key, value) in properties {
                    items(value).iter().for_each(|item| self.push(key, item));
                }
            }
            (Style::Form { explode: true }, _) => items(value).iter().for_each(|item| self.push(name, item)),
            (Style::SpaceDelimited, _) => self.joined(name, "%20", &flat(value)),
            (Style::PipeDelimited, _) => self.joined(name, "%7C", &flat(value)),
            _ => self.joined(name, ",", &flat(value)),
        }
    }

    fn deep(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(properties) => {
                properties.iter().for_each(|(key, value)| self.deep(&format!("{name}[{key}]"), value));
            }
            Value::Array(items) => items.iter().for_each(|item| self.deep(&format!("{name}[]"), item)),
            _ => scalar(value).into_iter().for_each(|value| self.push(name, &value)),
        }
    }

    fn joined(&mut self, name: &str, delimiter: &str, items: &[String]) {
        for (index, item) in items.iter().enumerate() {
            if index == 0 {
                self.push(name, item);
            } else {
                self.text.push_str(delimiter);
                self.escape.write(item, &mut self.text);
            }
        }
    }

    fn push(&mut self, name: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        Escape::Full.write(name, &mut self.text);
        self.text.push('=');
        self.escape.write(value, &mut self.text);
    }
}
