//! Finds the next page in the outline of a response, and selects it in a request. An odd response must not end a list
//! early, or make it loop.

use reqwest::Url;
use serde_json::{Map, Value, json};

use super::parts::{Parts, joined};
use super::{Body, Escape, PageForm, PageParameter, Pagination, Style};

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
        PageForm::Number => {
            let number_at = |path| at(response, path).and_then(number);
            let page = number_at(pagination.page).or_else(|| number(&asked?.value)).unwrap_or(1);
            // The number of pages and `next` may both be wrong: a page that one of them announces is requested, but
            // after an empty page only if the other does not deny it.
            match (given, number_at(pagination.total_pages).map(|total| page < total)) {
                (Some(_), Some(false)) if empty => None,
                (None, Some(true)) if empty && at(response, pagination.next).is_some_and(Value::is_null) => None,
                (None, Some(true)) => Some(PageToken { parameter: pagination.selector, value: (page + 1).into() }),
                (given, _) => given,
            }
        }
        // The token may come only with the first page, or with each page, where it may change.
        PageForm::Scroll if empty => None,
        PageForm::Scroll => given.or_else(|| asked.cloned()),
    })
}

/// Returns the page token that the response gives.
fn given(pagination: &Pagination, response: &Value) -> Result<Option<PageToken>, String> {
    let Some((told, reached)) = as_far_as(response, pagination.next) else { return Ok(None) };
    let (parameter, value, is_plain) = match told {
        _ if says_nothing(told) => return Ok(None),
        Value::Object(object) => {
            let named = |parameter: PageParameter| Some((parameter, object.get(parameter.name())?));
            let mut named = pagination.selectors().filter_map(named).filter(|(_, value)| !says_nothing(value));
            let Some((parameter, value)) = named.next() else { return Ok(None) };
            (parameter, value, value.is_string() || value.is_number())
        }
        Value::String(text) => {
            let is_link = text.contains('?') || text.contains("://");
            let fits = pagination.form != PageForm::Number || number(told).is_some();
            (pagination.selector, told, reached && !is_link && fits)
        }
        _ => (pagination.selector, told, reached && told.is_number()),
    };
    let linked = value.as_str().and_then(|text| in_link(pagination, text));
    match linked.or_else(|| is_plain.then(|| PageToken::new(pagination, parameter, value.clone()))) {
        Some(token) => Ok(Some(token)),
        None => Err(format!("it tells of the next page in a way that cannot be asked for: {}", shown(told))),
    }
}

/// What a response holds.
pub(super) enum Listing<'v> {
    /// A list at this path.
    List { path: Vec<&'v str>, empty: bool },
    /// One item instead of a page.
    One,
}

impl<'v> Listing<'v> {
    fn list(path: &[&'v str], list: &[Value]) -> Self {
        Self::List { path: path.to_vec(), empty: list.is_empty() }
    }
}

/// Returns what a response holds, or `None` if that is neither a list nor one item. Null in place of the list means an
/// empty list. A list under another name than documented is accepted if it is the only candidate.
pub(super) fn listing<'v>(pagination: &Pagination, response: &'v Value) -> Option<Listing<'v>> {
    let documented = at(response, pagination.items);
    let object = match (documented, response) {
        (Some(Value::Array(list)), _) => return Some(Listing::list(pagination.items, list)),
        (_, Value::Array(list)) => return Some(Listing::list(&[], list)),
        _ => response.as_object()?,
    };
    let is_documented = |name: &str| pagination.items.first() == Some(&name);
    // A response that may be one item is not searched: lists in it belong to the item.
    let found = if pagination.or_one {
        (!object.is_empty() && !object.keys().any(|name| is_documented(name))).then_some(Listing::One)
    } else {
        only_list(object, is_documented)
    };
    found.or_else(|| documented.filter(|list| list.is_null()).map(|_| Listing::list(pagination.items, &[])))
}

fn only_list(object: &Map<String, Value>, is_documented: impl Fn(&str) -> bool) -> Option<Listing<'_>> {
    let mut found = lists(&[], object);
    if found.is_empty() {
        // The other members of the documented object are not searched: they are documented as something else.
        let others = object.iter().filter(|(name, _)| !is_documented(name));
        found.extend(others.filter_map(|(name, value)| Some(lists(&[name], value.as_object()?))).flatten());
    }
    found.pop().filter(|_| found.is_empty())
}

/// Returns the lists that are members of the object at `path`.
fn lists<'v>(path: &[&'v str], object: &'v Map<String, Value>) -> Vec<Listing<'v>> {
    let list = |(name, value): (&'v String, &'v Value)| {
        Some(Listing::list(&[path, &[name.as_str()]].concat(), value.as_array()?))
    };
    object.iter().filter_map(list).collect()
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
        let key = format!("{}=", Escape::Full.encode(name));
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
