//! The description of paginated lists, which the generated code provides.

use super::{Decodable, Operation, ResponseKind};

/// An operation whose response is one page of a list.
pub trait Paged: Operation {
    /// The type of the items.
    type Item: Decodable + Send + 'static;
    /// The parameters and properties that lead from page to page.
    const PAGINATION: Pagination;

    /// Returns the items of a page, or an empty list if the response has none.
    fn items(page: <Self::Response as ResponseKind>::Output) -> Vec<Self::Item>;
}

/// The parameters and properties that lead from one page of a list to the next.
///
/// A path is a list of property names, from the outermost object inwards. An empty path means that there is no such
/// property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pagination {
    /// The kind of value that selects a page.
    pub form: PageForm,
    /// The parameter or property that selects a page.
    pub selector: PageParameter,
    /// The name of a query parameter that is sent instead of the selector if the response gives a cursor of this name.
    pub or_cursor: Option<&'static str>,
    /// The path of the items in the response.
    pub items: &'static [&'static str],
    /// The path of the next page in the response: a cursor, a number, a link, or an object that holds one of them.
    pub next: &'static [&'static str],
    /// The path of the page number in the response.
    pub page: &'static [&'static str],
    /// The path of the number of pages in the response.
    pub total_pages: &'static [&'static str],
    /// The path of the flag in the response that is true if there are more pages.
    pub more: &'static [&'static str],
    /// The parameter or property that sets the number of items of a page.
    pub size: Option<PageParameter>,
    /// True if the response may be one item instead of a page. The item is then read as a page of one.
    pub or_one: bool,
}

/// The kind of value that selects a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageForm {
    /// The cursor of the previous response.
    Cursor,
    /// The page number.
    Number,
    /// A scroll token, which may stay the same for all pages: each call returns the next items. An empty page ends the
    /// list.
    Scroll,
}

/// A parameter or property of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageParameter {
    /// The query parameter of this name.
    Query(&'static str),
    /// The property of the JSON body at this path.
    Body(&'static [&'static str]),
}

impl PageParameter {
    /// Returns the name under which a response or a link may give the value.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Query(name) => name,
            Self::Body(path) => path.last().copied().unwrap_or_default(),
        }
    }
}

impl Pagination {
    /// The pagination of a list about which the document says nothing.
    pub const UNSAID: Self = Self {
        form: PageForm::Cursor,
        selector: PageParameter::Query(""),
        or_cursor: None,
        items: &[],
        next: &[],
        page: &[],
        total_pages: &[],
        more: &[],
        size: None,
        or_one: false,
    };

    /// Returns the parameters of which a request has one, the preferred one first.
    pub(super) fn selectors(&self) -> impl Iterator<Item = PageParameter> {
        std::iter::once(self.selector).chain(self.or_cursor.map(PageParameter::Query))
    }
}
