//! Finds the next page in the outline of a response, and selects it in a request. An odd response must not end a list
//! early, or make it loop.

use reqwest::Url;
use serde_json::{Map, Value, json};

use super::parts::{Parts, joined};
use super::{Body, Escape, PageForm, PageParameter, Pagination, Style, style};

/// A page token: a value that selects a page, and the parameter or property that takes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageToken {
    pub(super) parameter: PageParameter,
    pub(super) value: Value,
}

impl PageToken {
    /// Converts a page number to a number, so that `2` and `"2"` are the same page.
    fn new(pagination: &Pagination, parameter: PageParameter, value: Value) -> Self {
        let is_number = pagination.form == PageForm::Number && parameter == pagination.selector;
        let value = number(&value).filter(|_| is_number).map_or(value, Value::from);
        Self { parameter, value }
    }
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
    let given = given(pagination, response)?;
    Ok(match pagination.form {
        PageForm::Cursor => match at(response, pagination.more).and_then(Value::as_bool) {
            Some(false) => None,
            Some(true) if given.is_none() => {
                return Err("it says that more follows, but not what to ask for".to_owned());
            }
            _ => given,
        },
        PageForm::Number => counted(pagination, response, asked, given, empty),
        // The token may come only with the first page, or with each page, where it may change.
        PageForm::Scroll if empty => None,
        PageForm::Scroll => given.or_else(|| asked.cloned()),
    })
}

/// Returns the next page of a list with page numbers. The number of pages and `next` may both be wrong: a page that one
/// of them announces is requested, but after an empty page only if the other does not deny it.
fn counted(
    pagination: &Pagination,
    response: &Value,
    asked: Option<&PageToken>,
    given: Option<PageToken>,
    empty: bool,
) -> Option<PageToken> {
    let own = at(response, pagination.page).and_then(number);
    let page = own.or_else(|| number(&asked?.value)).unwrap_or(1);
    let total = at(response, pagination.total_pages).and_then(number);
    match (given, total.map(|total| page < total)) {
        (Some(_), Some(false)) if empty => None,
        (None, Some(true)) if empty && at(response, pagination.next).is_some_and(Value::is_null) => None,
        (None, Some(true)) => Some(PageToken { parameter: pagination.selector, value: (page + 1).into() }),
        (given, _) => given,
    }
}

/// Returns the page token that the response gives.
fn given(pagination: &Pagination, response: &Value) -> Result<Option<PageToken>, String> {
    let Some((value, reached)) = as_far_as(response, pagination.next) else { return Ok(None) };
    let token = |parameter, value: &Value| Some(PageToken::new(pagination, parameter, value.clone()));
    let found = match value {
        _ if says_nothing(value) => return Ok(None),
        Value::Object(object) => {
            let named = |parameter: PageParameter| Some((parameter, object.get(parameter.name())?));
            let mut named = pagination.selectors().filter_map(named).filter(|(_, value)| !says_nothing(value));
            let Some((parameter, value)) = named.next() else { return Ok(None) };
            match value {
                Value::String(text) => in_link(pagination, text).or_else(|| token(parameter, value)),
                Value::Number(_) => token(parameter, value),
                _ => None,
            }
        }
        Value::String(text) => in_link(pagination, text).or_else(|| {
            let is_link = text.contains('?') || text.contains("://");
            let bare = reached && !is_link && (pagination.form != PageForm::Number || number(value).is_some());
            token(pagination.selector, value).filter(|_| bare)
        }),
        Value::Number(_) if reached => token(pagination.selector, value),
        _ => None,
    };
    match found {
        Some(token) => Ok(Some(token)),
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
    let Some(list) = pagination.items.first().filter(|_| pagination.or_one) else { return false };
    response.as_object().is_some_and(|response| !response.is_empty() && !response.contains_key(*list))
}

fn other_items<'v>(pagination: &Pagination, response: &'v Value) -> Option<(Vec<&'v str>, &'v Vec<Value>)> {
    if let Value::Array(list) = response {
        return Some((Vec::new(), list));
    }
    // A response that may be one item is not searched: lists in it belong to the item.
    let object = response.as_object().filter(|_| !pagination.or_one)?;
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
    as_far_as(response, path).and_then(|(value, reached)| reached.then_some(value))
}

/// Returns the value at `path`, or the first value on the way that is not an object, and whether the path ended there.
fn as_far_as<'v>(response: &'v Value, path: &[&str]) -> Option<(&'v Value, bool)> {
    let (first, rest) = path.split_first()?;
    let mut value = response.get(*first)?;
    for step in rest {
        let Value::Object(object) = value else { return Some((value, false)) };
        value = object.get(*step)?;
    }
    Some((value, true))
}

/// Returns the first of the selectors that has a value in the query of a link. The rest of the link is ignored: the
/// next page is on the same server and has the same filters.
fn in_link(pagination: &Pagination, text: &str) -> Option<PageToken> {
    let link = Url::parse("https://relative.invalid/").ok()?.join(text).ok()?;
    pagination.selectors().find_map(|parameter| {
        let (_, value) = link.query_pairs().find(|(key, value)| key == parameter.name() && !value.is_empty())?;
        Some(PageToken::new(pagination, parameter, value.into()))
    })
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    }
}

/// Returns whether a value stands for nothing: null, false, or empty.
fn says_nothing(value: &Value) -> bool {
    [json!(null), json!(false), json!(""), json!([]), json!({})].contains(value)
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
        let PageParameter::Body(path) = pagination.selector else {
            return in_link(pagination, &format!("?{}", joined(&self.query, "&")));
        };
        let body = self.body.to_json()?;
        let value = at(&body, path).filter(|value| !value.is_null())?;
        Some(PageToken::new(pagination, pagination.selector, value.clone()))
    }

    /// Selects another page. All else stays unchanged.
    pub(super) fn turn(&mut self, pagination: &Pagination, turn: &PageToken) {
        for parameter in pagination.selectors() {
            self.set(parameter, if parameter == turn.parameter { turn.value.clone() } else { Value::Null });
        }
    }

    pub(super) fn set_page_size(&mut self, pagination: &Pagination, items: u32) {
        match pagination.size {
            Some(parameter) => self.set(parameter, items.into()),
            None => self.fail("the size of its pages cannot be set".to_owned()),
        }
    }

    /// Sets a parameter or property. A query parameter replaces any pairs that the caller added under its name.
    fn set(&mut self, parameter: PageParameter, value: Value) {
        let (name, style) = match parameter {
            PageParameter::Body(path) => return self.set_property(path, value),
            PageParameter::Query(name) => (name, Style::Form { explode: true }),
        };
        let key = style::query(name, style, Escape::Full, &"".into());
        self.query.retain(|(parameter, pair)| parameter.is_some() || !pair.starts_with(&key));
        self.set_query(name, style, Escape::Full, Ok(value));
    }

    pub(super) fn set_property(&mut self, path: &[&str], value: Value) {
        if matches!(self.body, Body::Empty) {
            self.set_body("application/json", "{}".into());
        }
        match self.body.to_json().and_then(|body| put(body, path, value)) {
            Some(body) => self.body = Body::Bytes(body.to_string().into()),
            None => self.fail(format!("the body is not a JSON object that has a place for `{}`", path.join("."))),
        }
    }
}

/// Returns the body with a value at `path`, or `None` if there is no place for it.
fn put(mut body: Value, path: &[&str], value: Value) -> Option<Value> {
    let mut place = &mut body;
    for step in path {
        if place.is_null() {
            *place = json!({});
        }
        place = place.as_object_mut()?.entry(*step).or_insert(Value::Null);
    }
    *place = value;
    Some(body)
}
