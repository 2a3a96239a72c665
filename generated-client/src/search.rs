//! Searches: typed filters, groups of filters, a page size and a sort order.
//!
//! ```
//! use intercom_client::search::{Number, Order, all, any, contacts, search};
//! use intercom_client::{Client, Timestamp};
//!
//! # fn run(client: &Client, since: Timestamp) {
//! let request = client.contacts().search_contacts(contacts::EMAIL.ends_with("@example.com"));
//!
//! let paying = Number::custom("seats").at_least(5);
//! let recent = contacts::LAST_SEEN_AT.after(since);
//! let active = all([contacts::ROLE.equals("user"), recent, paying]);
//! let query = search(active).sort(&contacts::CREATED_AT, Order::Ascending).per_page(50);
//! let request = client.contacts().search_contacts(query);
//! # }
//! ```
//!
//! Each searchable field that the document lists is a constant in [`contacts`], [`companies`], [`conversations`] or
//! [`tickets`]. Other fields are made from a name ([`Text::new`]), from the name of a custom attribute
//! ([`Text::custom`]) or from the id of a ticket attribute ([`Text::ticket_attribute`]). The type of a field decides
//! which operators the field has.
//!
//! The server accepts two levels: `all` and `any` make a [`Group`] of filters, or a [`NestedGroup`] of groups. A filter
//! beside a group needs a group of its own:
//!
//! ```
//! use intercom_client::search::{all, any, contacts};
//!
//! let lead = all([contacts::ROLE.equals("lead")]);
//! let country = contacts::LOCATION_COUNTRY;
//! let near = any([country.equals("Ireland"), country.equals("Portugal")]);
//! let both = all([lead, near]);
//! ```
//!
//! A third level does not compile:
//!
//! ```compile_fail
//! # use intercom_client::search::{all, any, contacts};
//! # let level = || any([all([contacts::ROLE.equals("lead")])]);
//! let third = all([level(), level()]);
//! ```
//!
//! A group has at most 15 members, so this does not compile either:
//!
//! ```compile_fail
//! # use intercom_client::search::{any, contacts};
//! # let filter = || contacts::ROLE.equals("lead");
//! let sixteen = any([
//!     filter(), filter(), filter(), filter(), filter(), filter(), filter(), filter(),
//!     filter(), filter(), filter(), filter(), filter(), filter(), filter(), filter(),
//! ]);
//! ```

use crate::models;

mod fields;
mod filter;
mod group;
mod numeric;

pub use crate::models::SingleFilterSearchRequestOperator as Operator;
pub use fields::{companies, contacts, conversations, tickets};
pub use filter::{Day, Filter, Flag, Id, Number, Teammate, TeammateId, Text, Time};
pub use group::{Group, GroupError, Groupable, Members, NestedGroup, all, any, try_all, try_any};
pub use numeric::Numeric;

/// The query of a search: a filter, a group of filters, or a group of groups.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Query {
    /// One filter.
    Filter(Filter),
    /// A group of filters.
    Group(Group),
    /// A group of groups.
    NestedGroup(NestedGroup),
}

/// A query with an optional page size and cursor, which converts to the body of each operation that takes filters.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a search is the body of an operation"]
pub struct Search {
    query: Query,
    paging: Option<models::StartingAfterPaging>,
}

/// A search with a sort order, which converts to the bodies of the searches for contacts and for companies.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a search is the body of an operation"]
pub struct SortedSearch {
    search: Search,
    field: String,
    order: Order,
}

/// The sort order of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// From the least to the greatest.
    Ascending,
    /// From the greatest to the least.
    Descending,
}

/// Creates a search from a query.
pub fn search(query: impl Into<Query>) -> Search {
    Search { query: query.into(), paging: None }
}

impl Search {
    /// Sets the number of results of a page, 150 at most. By default the server decides.
    pub fn per_page(mut self, per_page: u32) -> Self {
        self.paging = Some(self.paging.unwrap_or_default().per_page(per_page.into()));
        self
    }

    /// Starts after the page that returned this cursor.
    pub fn starting_after(mut self, cursor: impl Into<String>) -> Self {
        self.paging = Some(self.paging.unwrap_or_default().starting_after(cursor));
        self
    }

    /// Sorts the results by a field.
    pub fn sort(self, field: impl AsRef<str>, order: Order) -> SortedSearch {
        SortedSearch { search: self, field: field.as_ref().to_owned(), order }
    }
}

impl SortedSearch {
    /// Sets the number of results of a page, 150 at most. By default the server decides.
    pub fn per_page(self, per_page: u32) -> Self {
        Self { search: self.search.per_page(per_page), ..self }
    }

    /// Starts after the page that returned this cursor.
    pub fn starting_after(self, cursor: impl Into<String>) -> Self {
        Self { search: self.search.starting_after(cursor), ..self }
    }
}

impl From<Filter> for Query {
    fn from(filter: Filter) -> Self {
        Self::Filter(filter)
    }
}

impl From<Group> for Query {
    fn from(group: Group) -> Self {
        Self::Group(group)
    }
}

impl From<NestedGroup> for Query {
    fn from(groups: NestedGroup) -> Self {
        Self::NestedGroup(groups)
    }
}

/// Converts searches to the bodies of operations, which look alike but have types of their own.
macro_rules! bodies {
    ($($body:ident $query:ident,)+) => {
        $(
            impl From<Query> for models::$query {
                fn from(query: Query) -> Self {
                    match query {
                        Query::Filter(filter) => models::SingleFilterSearchRequest::from(filter).into(),
                        Query::Group(group) => models::MultipleFilterSearchRequest::from(group).into(),
                        Query::NestedGroup(groups) => models::MultipleFilterSearchRequest::from(groups).into(),
                    }
                }
            }

            impl From<Search> for models::$body {
                fn from(search: Search) -> Self {
                    let body = Self::new(search.query);
                    match search.paging {
                        Some(paging) => body.pagination(paging),
                        None => body,
                    }
                }
            }

            bodies!(@from $body Query);
            bodies!(@from $body Filter);
            bodies!(@from $body Group);
            bodies!(@from $body NestedGroup);
        )+
    };
    (@from $body:ident $part:ident) => {
        impl From<$part> for models::$body {
            fn from(part: $part) -> Self {
                search(part).into()
            }
        }
    };
    (sorted $($body:ident $sort:ident $order:ident,)+) => {
        $(
            impl From<SortedSearch> for models::$body {
                fn from(sorted: SortedSearch) -> Self {
                    let order = match sorted.order {
                        Order::Ascending => models::$order::Ascending,
                        Order::Descending => models::$order::Descending,
                    };
                    Self::from(sorted.search).sort(models::$sort::new().field(sorted.field).order(order))
                }
            }
        )+
    };
}

bodies! {
    CompanySearchRequest CompanySearchRequestQuery,
    ContactSearchRequest ContactSearchRequestQuery,
    SearchRequest SearchRequestQuery,
}

bodies! {
    sorted
    CompanySearchRequest CompanySearchRequestSort CompanySearchRequestSortOrder,
    ContactSearchRequest ContactSearchRequestSort ContactSearchRequestSortOrder,
}
