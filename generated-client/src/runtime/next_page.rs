//! Finds the next page in the outline of a response, and selects it in a request. An odd response must not end a list
//! early, or make it loop.

use percent_encoding::percent_decode_str;
use reqwest::Url;
use serde_json::{Map, Value};

use super::parts::Parts;
use super::{Body, Escape, PageSelector, Pagination, Style};

/// A page token: the name and the value that select a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageToken {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// Returns the page after the one that `asked` requested and `response` holds, or `None` at the end. `empty` is true if
/// `response` holds no items.
///
/// # Errors
/// Fails if the response announces another page, but not in a way that can be requested.
pub(super) fn next(
    pagination: &Pagination,
    response: &Value,
    asked: Option<&PageToken>,
    empty: bool,
) -> Result<Option<PageToken>, String> {
    let outcome = outcome(pagination, response)?;
    match pagination.selector {
        PageSelector::Cursor(_) | PageSelector::BodyCursor(_) => {
            match (outcome, at(response, pagination.more).and_then(Value::as_bool)) {
                (_, Some(false)) => Ok(None),
                (None, Some(true)) => Err("it says that more follows, but not what to ask for".to_owned()),
                (outcome, _) => Ok(outcome),
            }
        }
        PageSelector::PageNumber { .. } | PageSelector::BodyPageNumber(_) => {
            Ok(counted(pagination, response, asked, outcome, empty))
        }
        // The token may come only with the first page, or with each page, where it may change.
        PageSelector::Scroll(_) if empty => Ok(None),
        PageSelector::Scroll(_) => Ok(outcome.or_else(|| asked.cloned())),
    }
}

/// Returns the next page of a list with page numbers. The number of pages and `next` may both be wrong: a page that one
/// of them announces is requested, but after an empty page only if the other does not deny it.
fn counted(
    pagination: &Pagination,
    response: &Value,
    asked: Option<&PageToken>,
    outcome: Option<PageToken>,
    empty: bool,
) -> Option<PageToken> {
    let own = at(response, pagination.page).and_then(number);
    let page = own.or_else(|| number(&asked?.value)).unwrap_or(1);
    let following = page.checked_add(1)?;
    match (outcome, at(response, pagination.total_pages).and_then(number)) {
        (Some(outcome), total) => (!empty || total.is_none_or(|total| page < total)).then_some(outcome),
        (None, Some(total)) if page < total => {
            let denied = empty && at(response, pagination.next).is_some_and(Value::is_null);
            let name = pagination.selector.names().next()?;
            (!denied).then(|| PageToken { name, value: following.into() })
        }
        (None, _) => None,
    }
}

/// Returns the page token that the response gives.
fn outcome(pagination: &Pagination, response: &Value) -> Result<Option<PageToken>, String> {
    let Some((value, reached)) = as_far_as(response, pagination.next) else { return Ok(None) };
    let names = || pagination.selector.names();
    let found = match value {
        _ if says_nothing(value) => return Ok(None),
        Value::Object(object) => {
            let given = |name| Some((name, object.get(name).filter(|value| !says_nothing(value))?));
            let Some((name, value)) = names().find_map(given) else { return Ok(None) };
            match value {
                Value::String(text) => in_link(text, names()).or_else(|| Some((name, value.clone()))),
                Value::Number(_) => Some((name, value.clone())),
                _ => None,
            }
        }
        Value::String(text) => in_link(text, names()).or_else(|| {
            let bare = reached && !is_link(text) && (!pagination.selector.is_counted() || number(value).is_some());
            Some((names().next()?, value.clone())).filter(|_| bare)
        }),
        Value::Number(_) if reached => names().next().map(|name| (name, value.clone())),
        _ => None,
    };
    match found {
        Some((name, value)) => Ok(Some(PageToken { name, value: normal(pagination, name, value) })),
        None => Err(format!("it tells of the next page in a way that cannot be asked for: {}", shown(value))),
    }
}

/// Returns the path to the items of the response, and their list, which is empty or holds one null in an outline. A
/// list under another name than documented is accepted if it is the only candidate.
pub(super) fn items<'v>(pagination: &Pagination, response: &'v Value) -> Option<(Vec<&'v str>, &'v Vec<Value>)> {
    match at(response, pagination.items) {
        Some(Value::Array(list)) => Some((pagination.items.to_vec(), list)),
        _ => other_items(pagination, response),
    }
}

/// Returns whether the page is empty, or `None` if the response is not a page. Null in place of the list means an empty
/// list.
pub(super) fn is_empty(pagination: &Pagination, response: &Value) -> Option<bool> {
    let null = || at(response, pagination.items).is_some_and(Value::is_null);
    match items(pagination, response) {
        Some((_, list)) => Some(list.is_empty()),
        None if is_one(pagination, response) => Some(false),
        None => null().then_some(true),
    }
}

/// Returns whether the response is one item instead of a page.
pub(super) fn is_one(pagination: &Pagination, response: &Value) -> bool {
    let Some(list) = pagination.items.first().filter(|_| pagination.one) else { return false };
    response.as_object().is_some_and(|response| !response.is_empty() && !response.contains_key(*list))
}

fn other_items<'v>(pagination: &Pagination, response: &'v Value) -> Option<(Vec<&'v str>, &'v Vec<Value>)> {
    if let Value::Array(list) = response {
        return Some((Vec::new(), list));
    }
    // A response that may be one item is not searched: lists in it belong to the item.
    let object = response.as_object().filter(|_| !pagination.one)?;
    let mut found = Vec::new();
    lists(object, &[], &mut found);
    if found.is_empty() {
        for (name, value) in object {
            match value {
                // The other members of the documented object are not searched: they are documented as something else.
                Value::Object(inner) if pagination.items.first() != Some(&name.as_str()) => {
                    lists(inner, &[name], &mut found);
                }
                _ => {}
            }
        }
    }
    found.pop().filter(|_| found.is_empty())
}

/// Adds the lists that are members of an object, each with the path to it. `way` is the path to the object.
fn lists<'v>(object: &'v Map<String, Value>, way: &[&'v str], found: &mut Vec<(Vec<&'v str>, &'v Vec<Value>)>) {
    for (name, value) in object {
        if let Value::Array(list) = value {
            found.push(([way, &[name]].concat(), list));
        }
    }
}

/// Returns the value at `path`; none for an empty path.
fn at<'v>(response: &'v Value, path: &[&str]) -> Option<&'v Value> {
    as_far_as(response, path).filter(|(_, reached)| *reached).map(|(value, _)| value)
}

/// Returns the value at `path`, or the first value on the way that is not an object, and whether the path ended there.
fn as_far_as<'v>(response: &'v Value, path: &[&str]) -> Option<(&'v Value, bool)> {
    let mut value = response;
    for (index, step) in path.iter().enumerate() {
        match value {
            Value::Object(object) => value = object.get(*step)?,
            _ => return (index > 0).then_some((value, false)),
        }
    }
    (!path.is_empty()).then_some((value, true))
}

/// Returns the first of `names` that has a value in the query of a link. The rest of the link is ignored: the next page
/// is on the same server and has the same filters.
fn in_link(text: &str, names: impl Iterator<Item = &'static str>) -> Option<(&'static str, Value)> {
    if !text.contains('?') {
        return None;
    }
    let link = Url::parse("https://relative.invalid/").ok()?.join(text).ok()?;
    let value = |name: &'static str| {
        let mut pairs = link.query_pairs();
        pairs.find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| (name, Value::from(value)))
    };
    names.into_iter().find_map(value)
}

fn is_link(text: &str) -> bool {
    text.contains('?') || text.contains("://")
}

/// Converts a page number to a number, so that `2` and `"2"` are the same page.
fn normal(pagination: &Pagination, name: &str, value: Value) -> Value {
    match number(&value) {
        Some(number) if pagination.selector.is_counted() && pagination.selector.names().next() == Some(name) => {
            number.into()
        }
        _ => value,
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    }
}

/// Returns whether a value stands for nothing: null, false, or empty.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// Returns a value for a message. A text is cut to its beginning: a cursor is not secret, but may be long.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{}\"", text.chars().take(60).collect::<String>()),
        Value::Array(_) => "a list".to_owned(),
        value => value.to_string(),
    }
}

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
        let body = self.body.to_json()?;
        path.iter().try_fold(&body, |value, step| value.get(*step)).cloned()
    }

    pub(super) fn set_property(&mut self, path: &[&str], value: Value) {
        if matches!(self.body, Body::Empty) {
            self.set_body("application/json", "{}".into());
        }
        let changed = self.body.to_json().and_then(|mut body| put(&mut body, path, value).then_some(body));
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
