//! Parameters by the serialization styles of OpenAPI 3.0.

use std::fmt::Write;

use serde_json::Value;

use super::percent;

/// How a query parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `form`: the parameter repeated for each item (`explode`), or its items separated by commas.
    Form {
        /// Whether each item of a list, each property of an object, is a parameter of its own.
        explode: bool,
    },
    /// `spaceDelimited`: items separated by a space.
    SpaceDelimited,
    /// `pipeDelimited`: items separated by a pipe.
    PipeDelimited,
    /// `deepObject`: `name[key]=value`.
    DeepObject,
}

/// The encoded pairs of a query parameter, joined by `&`; empty where nothing is to be sent.
pub(super) fn query(name: &str, style: Style, value: &Value) -> String {
    let mut pairs = Pairs::default();
    match (style, value) {
        (_, Value::Null) => {}
        (Style::DeepObject, Value::Object(_) | Value::Array(_)) => pairs.deep(name, value),
        (Style::Form { explode: true }, Value::Array(items)) => {
            items.iter().filter_map(scalar).for_each(|item| pairs.push(name, &item));
        }
        (Style::Form { explode: true }, Value::Object(properties)) => {
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
    pairs.0
}

/// The fields of an `application/x-www-form-urlencoded` body: lists repeat their name, objects nest in brackets.
pub(super) fn form(value: &Value) -> String {
    let mut pairs = Pairs::default();
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Object(_) => pairs.deep(name, value),
            _ => pairs.append(&query(name, Style::Form { explode: true }, value)),
        }
    }
    pairs.0
}

/// The `simple` style of headers: items separated by commas. `None`: nothing is to be sent.
pub(super) fn simple(value: &Value) -> Option<String> {
    match value {
        Value::Array(_) | Value::Object(_) => Some(flat(value).join(",")).filter(|text| !text.is_empty()),
        _ => scalar(value),
    }
}

/// The text of a value on its own; a list or an object as JSON. `None` for null.
pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Items of a list, or keys and values of an object in turn.
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
        Style::Form { .. } | Style::DeepObject => ",",
    }
}

/// Encoded `name=value` pairs.
#[derive(Default)]
struct Pairs(String);

impl Pairs {
    fn push(&mut self, name: &str, value: &str) {
        self.separate();
        // Writing to a String does not fail.
        let _ = write!(self.0, "{}={}", percent::value(name), percent::value(value));
    }

    fn append(&mut self, pairs: &str) {
        if !pairs.is_empty() {
            self.separate();
            self.0.push_str(pairs);
        }
    }

    fn joined(&mut self, name: &str, delimiter: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.separate();
        let items: Vec<_> = items.iter().map(|item| percent::value(item).to_string()).collect();
        let _ = write!(self.0, "{}={}", percent::value(name), items.join(delimiter));
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

    fn separate(&mut self) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
    }
}

/// One pair, encoded.
pub(super) fn pair(name: &str, value: &str) -> String {
    let mut pairs = Pairs::default();
    pairs.push(name, value);
    pairs.0
}
