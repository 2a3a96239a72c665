//! Which page comes next, from the outline of the answer before: no odd shape of it may end a list early or send it round in
//! circles.

use reqwest::Url;
use serde_json::Value;

use super::pagination::{PageSelector, Pagination};

/// A value of what selects a page, with its name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// The page after the one that `asked` asked for and that came as `answer`; none at the end.
///
/// # Errors
/// The answer says that there is more, but not in a way that can be asked for.
pub(super) fn next(pagination: &Pagination, answer: &Value, asked: Option<&Turn>) -> Result<Option<Turn>, String> {
    let empty = is_empty(pagination, answer).unwrap_or(true);
    let told = told(pagination, answer)?;
    match pagination.selector {
        PageSelector::Cursor(_) | PageSelector::BodyCursor(_) => {
            match (told, at(answer, pagination.more).and_then(Value::as_bool)) {
                (_, Some(false)) => Ok(None),
                (None, Some(true)) => Err("it says that more follows, but not what to ask for".to_owned()),
                (told, _) => Ok(told),
            }
        }
        PageSelector::PageNumber { .. } | PageSelector::BodyPageNumber(_) => {
            Ok(counted(pagination, answer, asked, told, empty))
        }
        // It may be told once, with each page, or anew with each page.
        PageSelector::Scroll(_) if empty => Ok(None),
        PageSelector::Scroll(_) => Ok(told.or_else(|| asked.cloned())),
    }
}

/// The next page of a list whose pages are counted. Both the count and `next` may be wrong: what either of them says is left
/// is asked for, but behind an empty page only where nothing contradicts it.
fn counted(
    pagination: &Pagination,
    answer: &Value,
    asked: Option<&Turn>,
    told: Option<Turn>,
    empty: bool,
) -> Option<Turn> {
    let own = at(answer, pagination.page).and_then(number);
    let page = own.or_else(|| number(&asked?.value)).unwrap_or(1);
    let following = page.checked_add(1)?;
    match (told, at(answer, pagination.total_pages).and_then(number)) {
        (Some(told), total) => (!empty || total.is_none_or(|total| page < total)).then_some(told),
        (None, Some(total)) if page < total => {
            let denied = empty && at(answer, pagination.next).is_some_and(Value::is_null);
            let name = pagination.selector.names().next()?;
            (!denied).then(|| Turn { name, value: following.into() })
        }
        (None, _) => None,
    }
}

/// What the answer itself says to ask for.
fn told(pagination: &Pagination, answer: &Value) -> Result<Option<Turn>, String> {
    let Some((value, reached)) = as_far_as(answer, pagination.next) else { return Ok(None) };
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
        Some((name, value)) => Ok(Some(Turn { name, value: normal(pagination, name, value) })),
        None => Err(format!("it tells of the next page in a way that cannot be asked for: {}", shown(value))),
    }
}

/// The items of the answer with the way to them, each null. A list under another name than documented counts where there is
/// only one that could be meant.
pub(super) fn items<'v>(pagination: &Pagination, answer: &'v Value) -> Option<(Vec<&'v str>, &'v Vec<Value>)> {
    let mut value = answer;
    let mut way = Vec::new();
    for step in pagination.items {
        let Some((name, next)) = value.as_object().and_then(|object| object.get_key_value(*step)) else { break };
        way.push(name.as_str());
        value = next;
    }
    match value.as_array() {
        Some(list) if way.len() == pagination.items.len() => Some((way, list)),
        _ => other_items(pagination, answer),
    }
}

/// Whether the page that came is empty; `None` where the answer is no page. Null in the place of the list says that nothing is
/// in it.
pub(super) fn is_empty(pagination: &Pagination, answer: &Value) -> Option<bool> {
    let null = || at(answer, pagination.items).is_some_and(Value::is_null);
    match items(pagination, answer) {
        Some((_, list)) => Some(list.is_empty()),
        None if is_one(pagination, answer) => Some(false),
        None => null().then_some(true),
    }
}

/// Whether the answer is one item instead of a page.
pub(super) fn is_one(pagination: &Pagination, answer: &Value) -> bool {
    let Some(list) = pagination.items.first().filter(|_| pagination.one) else { return false };
    answer.as_object().is_some_and(|answer| !answer.is_empty() && !answer.contains_key(*list))
}

fn other_items<'v>(pagination: &Pagination, answer: &'v Value) -> Option<(Vec<&'v str>, &'v Vec<Value>)> {
    if let Value::Array(list) = answer {
        return Some((Vec::new(), list));
    }
    // The lists of what may be one item are its own.
    let object = answer.as_object().filter(|_| !pagination.one)?;
    let lists = |(name, value): (&'v String, &'v Value)| Some((name.as_str(), value.as_array()?));
    let outer: Vec<_> = object.iter().filter_map(lists).collect();
    if !outer.is_empty() {
        return only(outer).map(|(name, list)| (vec![name], list));
    }
    // What stands beside the documented list is documented as something else.
    let holders = object.iter().filter(|(name, _)| pagination.items.first() != Some(&name.as_str()));
    let inner = holders.flat_map(|(holder, value)| {
        let inside = value.as_object().into_iter().flatten().filter_map(lists);
        inside.map(|(name, list)| (vec![holder.as_str(), name], list))
    });
    only(inner.collect())
}

fn only<T>(mut all: Vec<T>) -> Option<T> {
    all.pop().filter(|_| all.is_empty())
}

/// What stands at `path`.
fn at<'v>(answer: &'v Value, path: &[&str]) -> Option<&'v Value> {
    as_far_as(answer, path).filter(|(_, reached)| *reached).map(|(value, _)| value)
}

/// What stands at `path`, or on the way to it where that is no object; whether it is the end of the path.
fn as_far_as<'v>(answer: &'v Value, path: &[&str]) -> Option<(&'v Value, bool)> {
    let mut value = answer;
    for (index, step) in path.iter().enumerate() {
        match value {
            Value::Object(object) => value = object.get(*step)?,
            _ => return (index > 0).then_some((value, false)),
        }
    }
    (!path.is_empty()).then_some((value, true))
}

/// The first of `names` that the query of a link holds. Nothing else of a link is used: the next page is on the same server
/// and has the same filters, whatever a link says.
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

/// A page number as a number, so that `2` and `"2"` are the same page.
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

/// Whether a value is one of those that stand for nothing.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

/// What kind of value it is, and of a text the beginning: a cursor is no secret, but may be long.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("\"{}\"", text.chars().take(60).collect::<String>()),
        Value::Array(_) => "a list".to_owned(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn next_of(pagination: &Pagination, answer: Value, asked: Option<Value>) -> Option<Value> {
        let asked = asked.map(|value| Turn { name: "page", value });
        next(pagination, &answer, asked.as_ref()).unwrap().map(|turn| turn.value)
    }

    #[test]
    fn the_path_may_break_off_at_a_link() {
        let cursor = Pagination::cursor("after").items(&["data"]).next(&["pages", "next", "after"]);
        for pages in [json!({ "next": { "after": "x" } }), json!({ "next": "?after=x" }), json!("/list?after=x")] {
            assert_eq!(next_of(&cursor, json!({ "pages": pages }), None), Some(json!("x")), "{pages}");
        }
        for pages in [json!({ "next": { "before": "x" } }), json!({ "next": { "after": {} } }), json!("")] {
            assert_eq!(next_of(&cursor, json!({ "pages": pages }), None), None, "{pages}");
        }
        assert!(next(&cursor, &json!({ "pages": { "next": "x" } }), None).is_err());
    }

    #[test]
    fn pages_are_counted_from_the_one_that_came_or_was_asked_for() {
        let number = Pagination::page_number("page").items(&["data"]).page(&["page"]).total_pages(&["total_pages"]);
        let answer = |page: Value| json!({ "data": [null], "page": page, "total_pages": 9 });
        for (page, asked, next) in [
            (json!(3), None, Some(json!(4))),
            (json!("3"), Some(json!(2)), Some(json!(4))),
            (json!([]), Some(json!("5")), Some(json!(6))),
            (Value::Null, None, Some(json!(2))),
            (json!(0), None, Some(json!(1))),
            (json!(9), None, None),
            (json!(u64::MAX), None, None),
        ] {
            assert_eq!(next_of(&number, answer(page.clone()), asked), next, "{page}");
        }
    }

    #[test]
    fn a_list_under_another_name_is_one_of_its_kind() {
        let deep = Pagination::cursor("after").items(&["group", "members"]);
        for (answer, way) in [
            (json!({ "group": { "members": [] } }), Some(vec!["group", "members"])),
            (json!({ "members": [null] }), Some(vec!["members"])),
            (json!({ "team": { "members": [null] } }), Some(vec!["team", "members"])),
            (json!({ "group": { "others": [null] } }), None),
            (json!({ "members": [null], "others": [null] }), None),
            (json!([null]), Some(vec![])),
            (json!("none"), None),
        ] {
            assert_eq!(items(&deep, &answer).map(|(way, _)| way), way, "{answer}");
        }
    }
}
