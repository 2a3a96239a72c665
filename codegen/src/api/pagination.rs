//! Pagination: the facts that join the responses of an operation into one list.

/// The way from one page of a list to the next.
///
/// A path is a list of property names, from the outermost object of the response or the body inwards. An empty path
/// means that there is no such property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The part of a request that selects a page.
    pub selector: Selector,
    /// The path of the items in the response.
    pub items: Vec<String>,
    /// The path of the next page in the response: a cursor, a number, a link, or an object that holds one of them.
    pub next: Vec<String>,
    /// The path of the page's own number in the response.
    pub page: Vec<String>,
    /// The path of the number of pages in the response.
    pub total_pages: Vec<String>,
    /// The path of a flag in the response that tells whether there are more pages.
    pub more: Vec<String>,
    /// True if the response may be the one item that was found, instead of a page.
    pub or_one: bool,
    /// The page size: a path in the body if `selector` is a property of the body, otherwise the name of a query
    /// parameter.
    pub size: Vec<String>,
}

/// The part of a request that selects a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// A query parameter that holds the cursor of the previous response.
    Cursor(String),
    /// A property of the JSON body, by its path, that holds the cursor of the previous response.
    BodyCursor(Vec<String>),
    /// A query parameter that holds the number of the page.
    PageNumber {
        /// The name of the parameter.
        parameter: String,
        /// A query parameter to send instead, if the response gives a cursor of this name.
        cursor: Option<String>,
    },
    /// A property of the JSON body, by its path, that holds the number of the page.
    BodyPageNumber(Vec<String>),
    /// A query parameter that takes the value of the previous response. The last page has no items.
    Scroll(String),
}

impl Selector {
    /// Returns the value of `form` in `x-pagination` that stands for the selector.
    pub fn form(&self) -> &'static str {
        match self {
            Self::Cursor(_) => "cursor",
            Self::BodyCursor(_) => "body-cursor",
            Self::PageNumber { .. } => "page",
            Self::BodyPageNumber(_) => "body-page",
            Self::Scroll(_) => "scroll",
        }
    }

    /// Returns whether a property of the body selects the page, instead of a query parameter.
    pub fn is_in_body(&self) -> bool {
        matches!(self, Self::BodyCursor(_) | Self::BodyPageNumber(_))
    }

    /// Returns whether a page is selected by its number.
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::PageNumber { .. } | Self::BodyPageNumber(_))
    }
}
