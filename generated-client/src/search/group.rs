//! Groups of filters, and groups of groups.

use std::fmt;

use super::filter::Filter;
use crate::models::{
    MultipleFilterSearchRequest, MultipleFilterSearchRequestOperator as Operator, MultipleFilterSearchRequestValue,
    SingleFilterSearchRequest,
};

/// The maximum number of members in a group.
const MOST: usize = 15;

/// A group of filters, of which all or any must match.
#[derive(Debug, Clone, PartialEq)]
pub struct Group(MultipleFilterSearchRequest);

/// A group of groups, of which all or any must match.
#[derive(Debug, Clone, PartialEq)]
pub struct NestedGroup(MultipleFilterSearchRequest);

/// Creates a group of which all members must match: `AND`.
#[must_use]
pub fn all<M: Members>(members: M) -> M::Group {
    members.join(Operator::And)
}

/// Creates a group of which at least one member must match: `OR`.
#[must_use]
pub fn any<M: Members>(members: M) -> M::Group {
    members.join(Operator::Or)
}

/// Creates a group of which all members must match (`AND`), for a number of members that is not known at compile time.
///
/// # Errors
/// Fails if there is no member, or if there are more than 15.
pub fn try_all<T: Groupable>(members: impl IntoIterator<Item = T>) -> Result<T::Group, GroupError> {
    counted(members).map(|members| T::group(Operator::And, members))
}

/// Creates a group of which at least one member must match (`OR`), for a number of members that is not known at compile
/// time.
///
/// # Errors
/// Fails if there is no member, or if there are more than 15.
pub fn try_any<T: Groupable>(members: impl IntoIterator<Item = T>) -> Result<T::Group, GroupError> {
    counted(members).map(|members| T::group(Operator::Or, members))
}

fn counted<T>(members: impl IntoIterator<Item = T>) -> Result<Vec<T>, GroupError> {
    let members: Vec<T> = members.into_iter().collect();
    if members.is_empty() || members.len() > MOST { Err(GroupError { members: members.len() }) } else { Ok(members) }
}

/// The error for a group without members, or with more than the server accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupError {
    members: usize,
}

impl fmt::Display for GroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a group holds 1 to {MOST} filters or groups, not {}", self.members)
    }
}

impl std::error::Error for GroupError {}

/// A possible member of a group: a [`Filter`] or a [`Group`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a group",
    note = "a search has two levels: groups of filters, and groups of those"
)]
pub trait Groupable: Sized + sealed::Join {
    /// The type of a group of such members.
    type Group;

    #[doc(hidden)]
    fn group(operator: Operator, members: Vec<Self>) -> Self::Group;
}

/// The members of a group as an array: 1 to 15 filters, or 1 to 15 groups.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no array of 1 to 15 filters or groups",
    note = "`try_all` and `try_any` take any number of members, and refuse too many when they run"
)]
pub trait Members: sealed::Join {
    /// The type of a group of these members.
    type Group;

    #[doc(hidden)]
    fn join(self, operator: Operator) -> Self::Group;
}

impl Groupable for Filter {
    type Group = Group;

    fn group(operator: Operator, members: Vec<Self>) -> Group {
        let members: Vec<SingleFilterSearchRequest> = members.into_iter().map(Into::into).collect();
        Group(request(operator, members))
    }
}

impl Groupable for Group {
    type Group = NestedGroup;

    fn group(operator: Operator, members: Vec<Self>) -> NestedGroup {
        let members: Vec<MultipleFilterSearchRequest> = members.into_iter().map(Into::into).collect();
        NestedGroup(request(operator, members))
    }
}

fn request(operator: Operator, members: impl Into<MultipleFilterSearchRequestValue>) -> MultipleFilterSearchRequest {
    MultipleFilterSearchRequest::new().operator(operator).value(members)
}

impl From<Group> for MultipleFilterSearchRequest {
    fn from(group: Group) -> Self {
        group.0
    }
}

impl From<NestedGroup> for MultipleFilterSearchRequest {
    fn from(groups: NestedGroup) -> Self {
        groups.0
    }
}

mod sealed {
    /// The seal of [`Groupable`](super::Groupable) and [`Members`](super::Members): the server limits depth and number.
    pub trait Join {}
}

impl sealed::Join for Filter {}
impl sealed::Join for Group {}

macro_rules! members {
    ($($count:literal)+) => {
        $(
            impl<T: Groupable> sealed::Join for [T; $count] {}

            impl<T: Groupable> Members for [T; $count] {
                type Group = T::Group;

                fn join(self, operator: Operator) -> T::Group {
                    T::group(operator, self.into())
                }
            }
        )+
    };
}

members! { 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 }
