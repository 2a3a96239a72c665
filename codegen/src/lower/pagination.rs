//! Determines which operations return pages of a list, and how a call requests the next page.
//!
//! The names that a request and its response share decide. The first row that matches applies; "has" refers to the
//! outermost object of the response and the objects right below it:
//!
//! | the request has | the response has | form |
//! | --- | --- | --- |
//! | a query parameter `scroll…` | a property of that name | scroll |
//! | a property `c` of the body, or of an object in it | `next` with `c` in it, or `next_c` | cursor in the body |
//! | a query parameter `c` | `next` with `c` in it, or `next_c` | cursor |
//! | a query parameter called a cursor | `next`, a string | cursor |
//! | an integer of the body, or of an object in it, called a page | `next`, `next_page` or `total_pages` | page number in the body |
//! | a query parameter called a page | `next`, `next_page` or `total_pages` | page number |
//!
//! The items are the only list of the response or, if it has none, the only list one object deeper. If the names are
//! not enough, the extension `x-pagination` of the operation adds the rest: see [`extension`].

mod extension;

use document::diagnostic::Diagnostic;
use document::extensions;

use super::source::Source;
use crate::api::{Body, BodyKind, Pagination, Parameter, ParameterLocation, Selector, Success, Type, Types};
use extension::Extension;

const CURSORS: &[&str] = &["cursor", "after", "starting_after", "page_token", "pageToken", "next_token", "marker"];
const PAGES: &[&str] = &["page", "page_number", "pageNumber"];
const SIZES: &[&str] = &["per_page", "page_size", "limit", "perPage", "pageSize"];
const OWN_PAGE: &[&str] = &["page", "current_page", "page_number"];
const TOTALS: &[&str] = &["total_pages", "page_count", "totalPages"];
const NEXT_PAGES: &[&str] = &["next", "next_page"];
const MORE: &[&str] = &["has_more", "hasMore", "has_next_page"];

/// The content of a request and of its response.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    pub(super) parameters: &'a [Parameter],
    pub(super) body: Option<&'a Body>,
    pub(super) success: &'a Success,
}

pub(super) fn of(
    source: &Source<'_>,
    types: &Types,
    call: Call<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Pagination> {
    let listing = Listing::of(types, call);
    match source.operation.extensions.get(extensions::PAGINATION) {
        Some(value) => Extension::read(value, &source.pointer)
            .and_then(|extension| extension.apply(listing.as_ref()))
            .unwrap_or_else(|errors| {
                diagnostics.extend(errors);
                None
            }),
        None => listing.and_then(|listing| listing.told(&source.pointer, diagnostics)),
    }
}

/// An operation whose response is a model.
struct Listing<'a> {
    types: &'a Types,
    call: Call<'a>,
    response: &'a Type,
}

impl<'a> Listing<'a> {
    fn of(types: &'a Types, call: Call<'a>) -> Option<Self> {
        let Success::Json(response) = call.success else { return None };
        let response = types.resolve(response);
        is_model(types, response).then_some(Self { types, call, response })
    }

    /// Returns the pagination that the names imply, and warns if they imply pages but do not suffice.
    fn told(&self, pointer: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Pagination> {
        let problem = match (self.selection(), self.items()) {
            (Some(pagination), Ok(items)) => return Some(Pagination { items, ..pagination }),
            (Some(_), Err(problem)) => problem,
            (None, _) if self.tells_of_pages() => "no parameter of the call asks for the next page".to_owned(),
            (None, _) => return None,
        };
        diagnostics.push(
            Diagnostic::warning(pointer, format!("the response is a page, but {problem}: it is not paged"))
                .help("tell it in an overlay: `x-pagination`, or add the parameter that the server takes"),
        );
        None
    }

    /// Returns whether the response implies that there may be more items.
    fn tells_of_pages(&self) -> bool {
        let by_name = |holder: &[String]| {
            let tells = |name: &str| self.has(holder, name);
            TOTALS.iter().any(|name| tells(name)) || CURSORS.iter().any(|name| tells(&format!("next_{name}")))
        };
        let is_object = |ty| matches!(ty, &Type::Object | &Type::Map(_)) || is_model(self.types, ty);
        self.holders().iter().any(|holder| by_name(holder)) || self.at(&["pages".to_owned()]).is_some_and(is_object)
    }

    /// Returns the pagination that the names imply, without the path of the items.
    fn selection(&self) -> Option<Pagination> {
        self.scroll()
            .or_else(|| self.body_cursor())
            .or_else(|| self.cursor())
            .or_else(|| self.body_page_number())
            .or_else(|| self.page_number())
    }

    fn scroll(&self) -> Option<Pagination> {
        let name = self.queries().find(|name| name.starts_with("scroll") && self.has(&[], name))?;
        Some(self.pagination(Selector::Scroll(name.to_owned()), vec![name.to_owned()], &[]))
    }

    fn body_cursor(&self) -> Option<Pagination> {
        let body = self.body()?;
        for holder in self.holders_of(body) {
            for name in self.names(body, &holder) {
                if let Some((next, told)) = self.next_of(name) {
                    let property = below(&holder, name);
                    let found = self.pagination(Selector::BodyCursor(property), next, &told);
                    let size = self.one_of(body, &holder, SIZES);
                    return Some(Pagination { size, ..found });
                }
            }
        }
        None
    }

    fn cursor(&self) -> Option<Pagination> {
        let named = self.queries().find_map(|name| Some((name, self.next_of(name)?)));
        let (name, (next, told)) = named.or_else(|| {
            let name = self.queries().find(|name| CURSORS.contains(name))?;
            let is_text = |holder: &Vec<String>| self.at(&below(holder, "next")) == Some(&Type::String);
            let told = self.holders().into_iter().find(is_text)?;
            Some((name, (below(&told, "next"), told)))
        })?;
        Some(self.pagination(Selector::Cursor(name.to_owned()), next, &told))
    }

    fn body_page_number(&self) -> Option<Pagination> {
        let body = self.body()?;
        // A `page` of another type is data of the call, not a page number.
        let is_number = |path: &Vec<String>| matches!(self.types.at(body, path), Some(Type::Integer | Type::Unsigned));
        let (holder, property) = self.holders_of(body).into_iter().find_map(|holder| {
            let property = PAGES.iter().map(|name| below(&holder, name)).find(is_number)?;
            Some((holder, property))
        })?;
        let (next, told) = self.next_page()?;
        let found = self.pagination(Selector::BodyPageNumber(property), next, &told);
        Some(Pagination { size: self.one_of(body, &holder, SIZES), ..found })
    }

    fn page_number(&self) -> Option<Pagination> {
        let parameter = self.queries().find(|name| PAGES.contains(name))?;
        let (next, told) = self.next_page()?;
        let selector = Selector::PageNumber { parameter: parameter.to_owned(), cursor: self.only_text(&next) };
        Some(self.pagination(selector, next, &told))
    }

    /// Completes the selection with the properties beside the next page, in the object at `told`.
    fn pagination(&self, selector: Selector, next: Vec<String>, told: &[String]) -> Pagination {
        let counted = selector.is_counted();
        let beside = |names| self.one_of(self.response, told, names);
        Pagination {
            items: Vec::new(),
            next,
            page: if counted { beside(OWN_PAGE) } else { Vec::new() },
            total_pages: if counted { beside(TOTALS) } else { Vec::new() },
            more: beside(MORE),
            or_one: false,
            size: self.queries().find(|name| SIZES.contains(name)).map(str::to_owned).into_iter().collect(),
            selector,
        }
    }

    /// Returns the path of the next page in the response, which is empty if the response only counts pages, and the
    /// path of the object that describes the pages.
    fn next_page(&self) -> Option<(Vec<String>, Vec<String>)> {
        let telling = [NEXT_PAGES, TOTALS].concat();
        let told = self.holders().into_iter().find(|holder| telling.iter().any(|name| self.has(holder, name)))?;
        Some((self.one_of(self.response, &told, NEXT_PAGES), told))
    }

    /// Returns the path of the next value of `name` in the response, and that of the object that describes the pages.
    fn next_of(&self, name: &str) -> Option<(Vec<String>, Vec<String>)> {
        // The response may have page numbers and page sizes there, too, which are no cursors.
        if PAGES.contains(&name) || SIZES.contains(&name) {
            return None;
        }
        self.holders().into_iter().find_map(|told| {
            let (inside, beside) = (below(&below(&told, "next"), name), below(&told, &format!("next_{name}")));
            let next = [inside, beside].into_iter().find(|path| self.at(path).is_some())?;
            Some((next, told))
        })
    }

    /// Returns the name of the only text in the object at `path`.
    fn only_text(&self, path: &[String]) -> Option<String> {
        let texts = self.names(self.response, path).into_iter();
        let mut texts = texts.filter(|name| self.at(&below(path, name)) == Some(&Type::String));
        let text = texts.next().filter(|_| !path.is_empty())?;
        texts.next().is_none().then(|| text.to_owned())
    }

    /// Returns the path of the items, or the reason in words why there is none.
    fn items(&self) -> Result<Vec<String>, String> {
        let lists = |holder: &[String]| {
            let all = self.names(self.response, holder).into_iter().map(|name| below(holder, name));
            all.filter(|path| matches!(self.at(path), Some(Type::List(_)))).collect::<Vec<_>>()
        };
        let (root, deeper): (Vec<_>, Vec<_>) = self.holders().into_iter().partition(Vec::is_empty);
        let outermost: Vec<_> = root.iter().flat_map(|holder| lists(holder)).collect();
        let mut found =
            if outermost.is_empty() { deeper.iter().flat_map(|holder| lists(holder)).collect() } else { outermost };
        match (found.len(), found.pop()) {
            (1, Some(path)) => Ok(path),
            (0, _) => Err("it holds no list".to_owned()),
            (count, _) => Err(format!("its items may be any of {count} lists")),
        }
    }

    /// Returns the type of the JSON body of the request.
    fn body(&self) -> Option<&'a Type> {
        match &self.call.body?.kind {
            BodyKind::Json(body, _) => Some(body),
            _ => None,
        }
    }

    fn queries(&self) -> impl Iterator<Item = &'a str> {
        let in_query =
            self.call.parameters.iter().filter(|parameter| matches!(parameter.place, ParameterLocation::Query(_)));
        in_query.map(|parameter| parameter.wire.as_str())
    }

    /// Returns the paths of the outermost object of the response and of the objects right below it.
    fn holders(&self) -> Vec<Vec<String>> {
        self.holders_of(self.response)
    }

    fn holders_of(&self, ty: &'a Type) -> Vec<Vec<String>> {
        let below = self.names(ty, &[]).into_iter().map(|name| vec![name.to_owned()]);
        let is_object = |path: &Vec<String>| self.types.at(ty, path).is_some_and(|ty| is_model(self.types, ty));
        std::iter::once(Vec::new()).chain(below.filter(is_object)).collect()
    }

    /// Returns the names of the properties of the object at `path`.
    fn names(&self, ty: &'a Type, path: &[String]) -> Vec<&'a str> {
        let model = self.types.at(ty, path).and_then(|ty| self.types.model(ty));
        model.into_iter().flat_map(|model| &model.fields).map(|field| field.wire.as_str()).collect()
    }

    /// Returns the path of the first of `names` that the object at `holder` has; empty if it has none.
    fn one_of(&self, ty: &Type, holder: &[String], names: &[&str]) -> Vec<String> {
        let mut paths = names.iter().map(|name| below(holder, name));
        paths.find(|path| self.types.at(ty, path).is_some()).unwrap_or_default()
    }

    fn has(&self, holder: &[String], name: &str) -> bool {
        self.at(&below(holder, name)).is_some()
    }

    fn at(&self, path: &[String]) -> Option<&Type> {
        self.types.at(self.response, path)
    }
}

fn is_model(types: &Types, ty: &Type) -> bool {
    types.model(ty).is_some()
}

fn below(path: &[String], name: &str) -> Vec<String> {
    path.iter().cloned().chain([name.to_owned()]).collect()
}
