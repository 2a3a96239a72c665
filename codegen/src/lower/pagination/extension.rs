//! The extension `x-pagination` of an operation.
//!
//! | key | value |
//! | --- | --- |
//! | `none` | the reason why the response is not paged although it looks like a page; excludes all other keys |
//! | `form` | `cursor`, `body-cursor`, `page`, `body-page` or `scroll`; replaces the form that the names imply |
//! | `parameter` | with `form`: the query parameter that selects the page, or the path of that property of the body |
//! | `next`, `page`, `total-pages`, `more` | with `form`: the path of each of them in the response |
//! | `size` | with `form`: the query parameter that sets the page size, or the path of that property of the body |
//! | `items` | the path of the items in the response |
//! | `or-one` | the condition under which the response is the one item that was found, instead of a page |
//!
//! A path is a JSON pointer, such as `/pages/next/starting_after`.

use document::diagnostic::{Diagnostic, quote};
use document::extensions::PAGINATION;
use document::pointer;
use serde_json::{Map, Value};

use super::Listing;
use crate::api::{Pagination, Selector, Type};

const KEYS: &[&str] = &["form", "items", "more", "next", "none", "or-one", "page", "parameter", "size", "total-pages"];
const FORMS: &[&str] = &["cursor", "body-cursor", "page", "body-page", "scroll"];
/// The keys that have no meaning without a form.
const OF_FORM: &[&str] = &["more", "next", "page", "parameter", "size", "total-pages"];

/// An extension whose keys and values are valid, whatever the operation.
pub(super) struct Extension<'d> {
    values: &'d Map<String, Value>,
    pointer: String,
}

type Checked<T> = Result<T, Vec<Diagnostic>>;

impl<'d> Extension<'d> {
    /// Reads the extension of the operation at the JSON pointer `operation`.
    pub(super) fn read(value: &'d Value, operation: &str) -> Checked<Self> {
        let pointer = pointer::below(operation, &[PAGINATION]);
        let Value::Object(values) = value else {
            let error = Diagnostic::error(pointer, format!("`{PAGINATION}` is not an object"));
            return Err(vec![error.expected("an object with some of the keys ".to_owned() + &listed(KEYS))]);
        };
        let extension = Self { values, pointer };
        let errors: Vec<_> = values.iter().filter_map(|(key, value)| extension.wrong(key, value)).collect();
        if errors.is_empty() { Ok(extension) } else { Err(errors) }
    }

    /// Returns an error if an entry is invalid, whatever the operation.
    fn wrong(&self, key: &str, value: &Value) -> Option<Diagnostic> {
        let with_form = self.values.contains_key("form");
        if !KEYS.contains(&key) {
            return Some(self.error(key, format!("`{key}` is not a key of `{PAGINATION}`")).expected(listed(KEYS)));
        }
        let Some(text) = value.as_str().map(str::trim).filter(|text| !text.is_empty()) else {
            return Some(self.error(key, format!("`{key}` is not a string")).expected(match key {
                "none" => "the reason why nothing follows this page",
                "or-one" => "when the response is one item and no page",
                _ => "a text",
            }));
        };
        if key == "form" && !FORMS.contains(&text) {
            return Some(self.error(key, format!("{} is not a form", quote(text))).expected(listed(FORMS)));
        }
        if key != "none" && self.values.contains_key("none") {
            let error = self.error(key, format!("`{key}` says how it is paged, and `none` that it is not"));
            return Some(error.help("leave out one of them"));
        }
        let useless = OF_FORM.contains(&key) && !with_form && !self.values.contains_key("none");
        useless.then(|| self.error(key, format!("`{key}` says nothing without `form`")).expected(listed(FORMS)))
    }

    /// Returns the pagination that the extension and the names imply; none if the extension denies that there is one.
    pub(super) fn apply(&self, listing: Option<&Listing<'_>>) -> Checked<Option<Pagination>> {
        let Some(listing) = listing else {
            let error = Diagnostic::error(&self.pointer, "the operation does not return an object");
            return Err(vec![error.expected("a response that holds a list").help("remove the extension")]);
        };
        if self.values.contains_key("none") {
            return if listing.tells_of_pages() {
                Ok(None)
            } else {
                let error =
                    self.error("none", "the response tells of no pages, so there is nothing to deny".to_owned());
                Err(vec![error.help("remove the extension")])
            };
        }
        let mut check = Check { extension: self, listing, errors: Vec::new() };
        let items = check.items();
        let selection = match self.text("form") {
            Some(form) => check.selection(form),
            None => listing.selection(),
        };
        match (items, selection) {
            _ if !check.errors.is_empty() => Err(check.errors),
            (Some(items), Some(pagination)) => {
                Ok(Some(Pagination { items, or_one: self.text("or-one").is_some(), ..pagination }))
            }
            _ => {
                let error = Diagnostic::error(&self.pointer, "no parameter of the call asks for the next page");
                Err(vec![error.expected("a `form`, and the `parameter` for it")])
            }
        }
    }

    fn text(&self, key: &str) -> Option<&'d str> {
        self.values.get(key)?.as_str().map(str::trim)
    }

    fn error(&self, key: &str, message: String) -> Diagnostic {
        Diagnostic::error(pointer::below(&self.pointer, &[key]), message)
    }
}

/// An extension that is checked against its operation.
struct Check<'a, 'd> {
    extension: &'a Extension<'d>,
    listing: &'a Listing<'a>,
    errors: Vec<Diagnostic>,
}

impl Check<'_, '_> {
    fn items(&mut self) -> Option<Vec<String>> {
        let listing = self.listing;
        let Some(text) = self.extension.text("items") else {
            let found = listing.items().map_err(|problem| {
                Diagnostic::error(&self.extension.pointer, format!("the response is a page, but {problem}"))
                    .expected("`items`, a pointer to them such as `/data`")
            });
            return found.map_err(|error| self.errors.push(error)).ok();
        };
        let items = path(text).filter(|items| matches!(listing.at(items), Some(Type::List(_))));
        if items.is_none() {
            let error = self.extension.error("items", format!("{} leads to no list of the response", quote(text)));
            self.errors.push(error.expected("a pointer such as `/data`"));
        }
        items
    }

    fn selection(&mut self, form: &str) -> Option<Pagination> {
        let next = self.told("next");
        let (page, total_pages, more) = (self.told("page"), self.told("total-pages"), self.told("more"));
        let tells = !next.is_empty() || (matches!(form, "page" | "body-page") && !total_pages.is_empty());
        if !tells && self.errors.is_empty() {
            self.wrong(
                "nothing tells whether a page follows",
                "`next`, or `total-pages` with the form `page` or `body-page`",
            );
        }
        let (parameter, size) = (self.sent("parameter", form), self.sent("size", form));
        if self.extension.text("parameter").is_none() {
            self.wrong(&format!("nothing tells how a `{form}` is sent"), "`parameter`");
        }
        let name = parameter.last()?.clone();
        let selector = match form {
            "body-cursor" => Selector::BodyCursor(parameter),
            "page" => Selector::PageNumber { parameter: name, cursor: self.listing.only_text(&next) },
            "body-page" => Selector::BodyPageNumber(parameter),
            "scroll" => Selector::Scroll(name),
            _ => Selector::Cursor(name),
        };
        Some(Pagination { selector, items: Vec::new(), next, page, total_pages, more, or_one: false, size })
    }

    /// Returns a path in the response; empty if the extension does not have the key.
    fn told(&mut self, key: &str) -> Vec<String> {
        let Some(text) = self.extension.text(key) else { return Vec::new() };
        path(text).filter(|path| self.listing.at(path).is_some()).unwrap_or_else(|| {
            let error = self.extension.error(key, format!("{} leads to nothing in the response", quote(text)));
            self.errors.push(error.expected("a pointer such as `/pages/next`"));
            Vec::new()
        })
    }

    /// Returns the path of a property of the body, if the form is one of the body, else the name of a query parameter.
    fn sent(&mut self, key: &str, form: &str) -> Vec<String> {
        let Some(text) = self.extension.text(key) else { return Vec::new() };
        let (what, found) = if matches!(form, "body-cursor" | "body-page") {
            ("property of the body", self.property(text))
        } else {
            let mut queries = self.listing.queries();
            ("query parameter of the call", queries.any(|name| name == text).then(|| vec![text.to_owned()]))
        };
        found.unwrap_or_else(|| {
            let error = self.extension.error(key, format!("{} is not a {what}", quote(text)));
            self.errors.push(error.help("add it to the document in the overlay, if the server takes it"));
            Vec::new()
        })
    }

    fn property(&self, text: &str) -> Option<Vec<String>> {
        let body = self.listing.body()?;
        path(text).filter(|path| self.listing.types.at(body, path).is_some())
    }

    fn wrong(&mut self, message: &str, expected: &str) {
        self.errors.push(Diagnostic::error(&self.extension.pointer, message).expected(expected));
    }
}

/// Returns the steps of a JSON pointer, from the outermost object inwards.
fn path(text: &str) -> Option<Vec<String>> {
    let steps = text.strip_prefix('/')?;
    Some(steps.split('/').map(|step| pointer::unescape(step).into_owned()).collect())
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
