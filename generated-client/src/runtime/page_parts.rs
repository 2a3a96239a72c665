//! Reads and sets the page token of a request, in the query or in the body.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::body::Body;
use super::next_page::PageToken;
use super::pagination::Pagination;
use super::parts::Parts;
use super::style::{Escape, Style};

impl Parts {
    /// Returns the page that the request selects now, or `None` if the server chooses.
    pub(super) fn asked(&self, pagination: &Pagination) -> Option<PageToken> {
        let value = |name| match pagination.selector.property() {
            Some(property) => self.property(property),
            None => self.query_value(name).map(Value::from),
        };
        let given = |name| Some(PageToken { name, value: value(name).filter(|value| !value.is_null())? });
        pagination.selector.names().find_map(given)
    }

    /// Selects another page. All else stays unchanged.
    pub(super) fn turn(&mut self, pagination: &Pagination, turn: &PageToken) {
        if let Some(property) = pagination.selector.property() {
            return self.set_property(property, turn.value.clone());
        }
        for name in pagination.selector.names() {
            self.set_query_value(name, if name == turn.name { turn.value.clone() } else { Value::Null });
        }
    }

    /// Sets the number of items of a page.
    pub(super) fn set_page_size(&mut self, pagination: &Pagination, items: u32) {
        match (pagination.selector.property(), pagination.size) {
            (_, []) => self.fail("the size of its pages cannot be set".to_owned()),
            (Some(_), property) => self.set_property(property, items.into()),
            (None, [name, ..]) => self.set_query_value(name, items.into()),
        }
    }

    fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.iter().flat_map(|(_, pairs)| pairs.split('&'));
        let pair = pairs.find(|pair| is_called(pair, name))?;
        let value = pair.split_once('=').map_or("", |(_, value)| value);
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// Sets a query parameter, and replaces any pairs that the caller added under that name.
    fn set_query_value(&mut self, name: &'static str, value: Value) {
        self.query.retain(|(parameter, pair)| parameter.is_some() || !is_called(pair, name));
        self.set_query(name, Style::Form { explode: true }, Escape::Full, Ok(value));
    }

    fn property(&self, path: &[&str]) -> Option<Value> {
        let body = self.body().to_json()?;
        path.iter().try_fold(&body, |value, step| value.get(*step)).cloned()
    }

    pub(super) fn set_property(&mut self, path: &[&str], value: Value) {
        if matches!(self.body(), Body::Empty) {
            self.set_body("application/json", "{}".into());
        }
        let changed = self.body().to_json().and_then(|mut body| put(&mut body, path, value).then_some(body));
        match changed {
            Some(body) => self.body = Body::Bytes(body.to_string().into()),
            None => self.fail(format!("the body is not a JSON object that has a place for `{}`", path.join("."))),
        }
    }
}

fn is_called(pair: &str, name: &str) -> bool {
    let key = pair.split_once('=').map_or(pair, |(key, _)| key);
    percent_decode_str(key).decode_utf8_lossy() == name
}

/// Puts a value at `path`. Returns whether there is a place for it.
fn put(body: &mut Value, path: &[&str], value: Value) -> bool {
    let mut place = body;
    for step in path {
        if place.is_null() {
            *place = Map::new().into();
        }
        let Value::Object(object) = place else { return false };
        place = object.entry(*step).or_insert(Value::Null);
    }
    *place = value;
    true
}
