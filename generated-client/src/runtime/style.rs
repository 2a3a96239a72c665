//! Serialization of parameters in the styles of OpenAPI, with every cell of its table of styles.
//!
//! Path styles follow RFC 6570, section 3.2. Where the table of OpenAPI 3.0.0 to 3.0.3 differs from that (`label`
//! without `explode`), the table of the later versions counts, which agrees with the RFC.

use std::fmt::Write;

use serde_json::Value;

use super::percent;

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
    /// All characters but the unreserved and the reserved ones. Reserved characters that would end or change the value
    /// (`#`, `&`, `+`, `[`, `]`) are encoded, too.
    KeepReserved,
    /// No characters.
    Nothing,
}

impl Escape {
    fn write(self, text: &str, to: &mut String) {
        // Writing to a String does not fail.
        let _ = match self {
            Self::Full => write!(to, "{}", percent::value(text)),
            Self::KeepReserved => write!(to, "{}", percent::reserved(text)),
            Self::Nothing => to.write_str(text),
        };
    }
}

/// Returns the encoded pairs of a query parameter or a form field, joined by `&`; empty if nothing is to be sent.
pub(super) fn query(name: &str, style: Style, escape: Escape, value: &Value) -> String {
    let mut pairs = Pairs { text: String::new(), escape };
    let explode = style == Style::Form { explode: true };
    match (style, value) {
        (Style::Json, _) => pairs.push(name, &value.to_string()),
        (_, Value::Null) => {}
        (Style::DeepObject, Value::Object(_) | Value::Array(_)) => pairs.deep(name, value),
        (_, Value::Array(items)) if explode => {
            items.iter().filter_map(scalar).for_each(|item| pairs.push(name, &item));
        }
        (_, Value::Object(properties)) if explode => {
            for (key, value) in properties {
                match value {
                    Value::Array(items) => items.iter().filter_map(scalar).for_each(|item| pairs.push(key, &item)),
                    _ => scalar(value).into_iter().for_each(|value| pairs.push(key, &value)),
                }
            }
        }
        (_, Value::Array(_) | Value::Object(_)) => pairs.joined(name, delimiter(style), &flat(value)),
        _ => scalar(value).into_iter().for_each(|value| pairs.push(name, &value)),
    }
    pairs.text
}

/// Returns the fields of an `application/x-www-form-urlencoded` body. A field in `described` has the style given there.
/// In other fields, lists repeat their name and objects nest in brackets.
pub(super) fn form(value: &Value, described: &[(&str, Style, Escape)]) -> String {
    let mut pairs = Pairs { text: String::new(), escape: Escape::Full };
    for (name, value) in value.as_object().into_iter().flatten() {
        match described.iter().find(|(described, ..)| described == name) {
            Some((_, style, escape)) => pairs.append(&query(name, *style, *escape, value)),
            None if value.is_object() => pairs.deep(name, value),
            None => pairs.append(&query(name, Style::Form { explode: true }, Escape::Full, value)),
        }
    }
    pairs.text
}

/// Returns the text of a path parameter, a header or a cookie, or `None` if nothing is to be sent.
pub(super) fn text(name: &str, style: Style, escape: Escape, value: &Value) -> Option<String> {
    let encoded = |text: &str| {
        let mut to = String::new();
        escape.write(text, &mut to);
        to
    };
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
        Value::Null => return None,
        Value::Array(items) => {
            let items = items.iter().filter_map(scalar).map(|item| encoded(&item));
            if explode { items.map(named).collect() } else { items.collect() }
        }
        Value::Object(properties) if explode => {
            let pair = |(key, value): (&String, &Value)| Some(format!("{}={}", encoded(key), encoded(&scalar(value)?)));
            properties.iter().filter_map(pair).collect()
        }
        Value::Object(_) => flat(value).iter().map(|item| encoded(item)).collect(),
        _ => return scalar(value).map(|value| format!("{prefix}{}", named(encoded(&value)))),
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

/// Returns the items of a list, or the keys and values of an object in turn.
fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(scalar).collect(),
        Value::Object(properties) => {
            let pair = |(key, value): (&String, &Value)| scalar(value).map(|value| [key.clone(), value]);
            properties.iter().filter_map(pair).flatten().collect()
        }
        _ => scalar(value).into_iter().collect(),
    }
}

fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    }
}

/// Encoded `name=value` pairs.
struct Pairs {
    text: String,
    escape: Escape,
}

impl Pairs {
    fn push(&mut self, name: &str, value: &str) {
        self.name(name);
        self.escape.write(value, &mut self.text);
    }

    fn append(&mut self, pairs: &str) {
        if !pairs.is_empty() {
            self.separate();
            self.text.push_str(pairs);
        }
    }

    fn joined(&mut self, name: &str, delimiter: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.name(name);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.text.push_str(delimiter);
            }
            self.escape.write(item, &mut self.text);
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

    fn name(&mut self, name: &str) {
        self.separate();
        Escape::Full.write(name, &mut self.text);
        self.text.push('=');
    }

    fn separate(&mut self) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
    }
}

/// Encodes one pair.
pub(super) fn pair(name: &str, value: &str) -> String {
    let mut pairs = Pairs { text: String::new(), escape: Escape::Full };
    pairs.push(name, value);
    pairs.text
}
