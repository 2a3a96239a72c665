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
#[non_exhaustive]
pub struct Pagination {
    /// The parameter or property that selects a page.
    pub selector: PageSelector,
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
    /// The page size: a path in the body if `selector` is a property of the body, otherwise the name of a query
    /// parameter.
    pub size: &'static [&'static str],
    /// True if the response may be one item instead of a page. The item is then read as a page of one.
    pub one: bool,
}

/// The parameter or property that selects a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageSelector {
    /// A query parameter that takes the cursor of the previous response.
    Cursor(&'static str),
    /// A property of the JSON body, by its path, that takes the cursor of the previous response.
    BodyCursor(&'static [&'static str]),
    /// A query parameter that takes the page number.
    PageNumber {
        /// The name of the parameter.
        parameter: &'static str,
        /// The name of a query parameter that is sent instead if the response gives a cursor of this name.
        cursor: Option<&'static str>,
    },
    /// A property of the JSON body, by its path, that takes the page number.
    BodyPageNumber(&'static [&'static str]),
    /// A query parameter that takes a scroll token, which may stay the same for all pages: each call returns the next
    /// items. An empty page ends the list.
    Scroll(&'static str),
}

impl PageSelector {
    /// Returns the names under which a response or a link may give the next page, the preferred one first.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let (first, second) = match self {
            Self::Cursor(parameter) | Self::Scroll(parameter) => (Some(parameter), None),
            Self::BodyCursor(property) | Self::BodyPageNumber(property) => (property.last().copied(), None),
            Self::PageNumber { parameter, cursor } => (Some(parameter), cursor),
        };
        first.into_iter().chain(second)
    }

    /// Returns the path of the body property that selects a page, or `None` if a query parameter does.
    pub(super) fn property(self) -> Option<&'static [&'static str]> {
        match self {
            Self::BodyCursor(property) | Self::BodyPageNumber(property) => Some(property),
            Self::Cursor(_) | Self::PageNumber { .. } | Self::Scroll(_) => None,
        }
    }

    /// Returns whether pages are selected by number.
    pub(super) fn is_counted(self) -> bool {
        matches!(self, Self::PageNumber { .. } | Self::BodyPageNumber(_))
    }
}

/// The constructors that the generated code uses.
impl Pagination {
    /// Describes pages selected by a cursor in the query.
    #[must_use]
    pub const fn cursor(parameter: &'static str) -> Self {
        Self::by(PageSelector::Cursor(parameter))
    }

    /// Describes pages selected by a cursor in the body.
    #[must_use]
    pub const fn body_cursor(property: &'static [&'static str]) -> Self {
        Self::by(PageSelector::BodyCursor(property))
    }

    /// Describes pages selected by a page number in the query.
    #[must_use]
    pub const fn page_number(parameter: &'static str) -> Self {
        Self::by(PageSelector::PageNumber { parameter, cursor: None })
    }

    /// Describes pages selected by a page number in the body.
    #[must_use]
    pub const fn body_page_number(property: &'static [&'static str]) -> Self {
        Self::by(PageSelector::BodyPageNumber(property))
    }

    /// Describes pages selected by a scroll token in the query.
    #[must_use]
    pub const fn scroll(parameter: &'static str) -> Self {
        Self::by(PageSelector::Scroll(parameter))
    }

    const fn by(selector: PageSelector) -> Self {
        Self { selector, items: &[], next: &[], page: &[], total_pages: &[], more: &[], size: &[], one: false }
    }

    /// Allows one item instead of a page.
    #[must_use]
    pub const fn or_one(mut self) -> Self {
        self.one = true;
        self
    }

    /// Sends the query parameter `cursor` instead of the page number if the response gives a cursor of this name. Has
    /// an effect only for [`PageSelector::PageNumber`].
    #[must_use]
    pub const fn or_cursor(mut self, cursor: &'static str) -> Self {
        if let PageSelector::PageNumber { parameter, .. } = self.selector {
            self.selector = PageSelector::PageNumber { parameter, cursor: Some(cursor) };
        }
        self
    }
}

macro_rules! paths {
    ($($field:ident)*) => {
        /// The setters of the other fields.
        impl Pagination {$(
            #[doc = concat!("Sets the field `", stringify!($field), "`.")]
            #[must_use]
            pub const fn $field(mut self, path: &'static [&'static str]) -> Self {
                self.$field = path;
                self
            }
        )*}
    };
}

paths! { items next page total_pages more size }
