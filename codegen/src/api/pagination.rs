//! How the answers of an operation are pages of one list.

/// How to come from one page of a list to the next.
///
/// A path is the names of properties on the way from the outermost object; an empty one leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// What selects a page.
    pub selector: Selector,
    /// Where the answer has the items.
    pub items: Vec<String>,
    /// Where the answer tells of the next page: a cursor, a number, a link, or an object that holds one of them.
    pub next: Vec<String>,
    /// Where the answer tells its own page number.
    pub page: Vec<String>,
    /// Where the answer tells how many pages there are.
    pub total_pages: Vec<String>,
    /// Where the answer tells whether there are more pages.
    pub more: Vec<String>,
    /// Whether the answer may be the one item that was found, and no page.
    pub or_one: bool,
    /// What sets how many items a page has: the name of a query parameter, or the path of a property of the body where that
    /// selects the page too.
    pub size: Vec<String>,
}

/// What selects a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// A query parameter that holds what the answer before gave.
    Cursor(String),
    /// A property of the JSON body, by its path, that holds what the answer before gave.
    BodyCursor(Vec<String>),
    /// A query parameter that holds the number of the page.
    PageNumber {
        /// The parameter.
        parameter: String,
        /// A parameter that is sent instead where the answer gives a cursor of this name.
        cursor: Option<String>,
    },
    /// A property of the JSON body, by its path, that holds the number of the page.
    BodyPageNumber(Vec<String>),
    /// A query parameter that keeps its value: each call gives what no call gave before, the last one nothing.
    Scroll(String),
}

impl Selector {
    /// The word for it in an extension and in messages.
    pub fn form(&self) -> &'static str {
        match self {
            Self::Cursor(_) => "cursor",
            Self::BodyCursor(_) => "body-cursor",
            Self::PageNumber { .. } => "page",
            Self::BodyPageNumber(_) => "body-page",
            Self::Scroll(_) => "scroll",
        }
    }

    /// Whether a property of the body selects the page, and not a query parameter.
    pub fn is_in_body(&self) -> bool {
        matches!(self, Self::BodyCursor(_) | Self::BodyPageNumber(_))
    }

    /// Whether pages are asked for by their number.
    pub fn is_counted(&self) -> bool {
        matches!(self, Self::PageNumber { .. } | Self::BodyPageNumber(_))
    }
}
