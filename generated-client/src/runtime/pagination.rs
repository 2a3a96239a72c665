//! What the generated code tells of lists that come in pages.

use super::answer::Answer;
use super::decode::Decodable;
use super::settings::Operation;

/// An operation whose answer is one page of a list.
pub trait Paged: Operation {
    /// What the list holds.
    type Item: Decodable + Send + 'static;
    /// How to come from one page to the next.
    const PAGINATION: Pagination;

    /// The items of a page; none where the answer has no list.
    fn items(page: <Self::Answer as Answer>::Output) -> Vec<Self::Item>;
}

/// How to come from one page of a list to the next.
///
/// A path is the names of properties on the way from the outermost object; an empty one leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pagination {
    /// What selects a page.
    pub selector: PageSelector,
    /// Where the answer has the items.
    pub items: &'static [&'static str],
    /// Where the answer tells of the next page: a cursor, a number, a link, or an object that holds one of them.
    pub next: &'static [&'static str],
    /// Where the answer tells its own page number.
    pub page: &'static [&'static str],
    /// Where the answer tells how many pages there are.
    pub total_pages: &'static [&'static str],
    /// Where the answer tells whether there are more pages.
    pub more: &'static [&'static str],
    /// What sets how many items a page has: a query parameter, or the path of a property of the body where that selects the
    /// page too.
    pub size: &'static [&'static str],
    /// Whether the answer may be one item instead of a page. It is read as a page of that one.
    pub one: bool,
}

/// What selects a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageSelector {
    /// A query parameter that holds what the answer before gave.
    Cursor(&'static str),
    /// A property of the JSON body, by its path, that holds what the answer before gave.
    BodyCursor(&'static [&'static str]),
    /// A query parameter that holds the number of the page.
    PageNumber {
        /// The parameter.
        parameter: &'static str,
        /// A parameter that is sent instead where the answer gives a cursor of this name.
        cursor: Option<&'static str>,
    },
    /// A property of the JSON body, by its path, that holds the number of the page.
    BodyPageNumber(&'static [&'static str]),
    /// A query parameter that may keep its value: each call gives what no call gave before, the last one nothing.
    Scroll(&'static str),
}

impl PageSelector {
    /// The names under which an answer or a link may give the next value, the preferred one first.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let (first, second) = match self {
            Self::Cursor(parameter) | Self::Scroll(parameter) => (Some(parameter), None),
            Self::BodyCursor(property) | Self::BodyPageNumber(property) => (property.last().copied(), None),
            Self::PageNumber { parameter, cursor } => (Some(parameter), cursor),
        };
        first.into_iter().chain(second)
    }

    /// The path of the property of the body that selects a page; none where a query parameter does.
    pub(super) fn property(self) -> Option<&'static [&'static str]> {
        match self {
            Self::BodyCursor(property) | Self::BodyPageNumber(property) => Some(property),
            Self::Cursor(_) | Self::PageNumber { .. } | Self::Scroll(_) => None,
        }
    }

    /// Whether pages are asked for by their number.
    pub(super) fn is_counted(self) -> bool {
        matches!(self, Self::PageNumber { .. } | Self::BodyPageNumber(_))
    }
}

/// What the generated code builds it with.
impl Pagination {
    /// By a cursor in the query.
    #[must_use]
    pub const fn cursor(parameter: &'static str) -> Self {
        Self::by(PageSelector::Cursor(parameter))
    }

    /// By a cursor in the body.
    #[must_use]
    pub const fn body_cursor(property: &'static [&'static str]) -> Self {
        Self::by(PageSelector::BodyCursor(property))
    }

    /// By the number of the page in the query.
    #[must_use]
    pub const fn page_number(parameter: &'static str) -> Self {
        Self::by(PageSelector::PageNumber { parameter, cursor: None })
    }

    /// By the number of the page in the body.
    #[must_use]
    pub const fn body_page_number(property: &'static [&'static str]) -> Self {
        Self::by(PageSelector::BodyPageNumber(property))
    }

    /// By scrolling.
    #[must_use]
    pub const fn scroll(parameter: &'static str) -> Self {
        Self::by(PageSelector::Scroll(parameter))
    }

    const fn by(selector: PageSelector) -> Self {
        Self { selector, items: &[], next: &[], page: &[], total_pages: &[], more: &[], size: &[], one: false }
    }

    /// Or one item instead of a page.
    #[must_use]
    pub const fn or_one(mut self) -> Self {
        self.one = true;
        self
    }

    /// Beside page numbers in the query: by a cursor of this name, where the answer gives one.
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
        /// Where the call and its answer have what a page needs.
        impl Pagination {$(
            #[doc = concat!("Sets the path `", stringify!($field), "`.")]
            #[must_use]
            pub const fn $field(mut self, path: &'static [&'static str]) -> Self {
                self.$field = path;
                self
            }
        )*}
    };
}

paths! { items next page total_pages more size }
