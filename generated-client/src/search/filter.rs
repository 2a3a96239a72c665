//! Fields by type, and the filters that can be made of them.

use std::borrow::Cow;

use super::Numeric;
use crate::Timestamp;
use crate::models::{
    FilterValueItem as Item, SingleFilterSearchRequest, SingleFilterSearchRequestOperator as Operator,
    SingleFilterSearchRequestValue as Value,
};

/// One condition: a field, an operator and a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter(SingleFilterSearchRequest);

impl Filter {
    /// A filter of any field, operator and value. Nothing holds them together: whether the server takes them, it tells.
    #[must_use]
    pub fn unchecked(field: impl Into<String>, operator: impl Into<Operator>, value: impl Into<Value>) -> Self {
        Self(SingleFilterSearchRequest::new().field(field).operator(operator).value(value))
    }

    fn null(field: &str, operator: &str) -> Self {
        Self(SingleFilterSearchRequest::new().field(field).operator(operator).clear_value())
    }
}

impl From<Filter> for SingleFilterSearchRequest {
    fn from(filter: Filter) -> Self {
        filter.0
    }
}

/// A type of fields, and its operators: name, symbol and what they compare with.
macro_rules! field {
    (
        $(#[$doc:meta])*
        $name:ident
        $($(#[$operator_doc:meta])* $operator:ident: $symbol:literal ($($value:tt)+),)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// The field of this name.
            #[must_use]
            pub const fn new(name: &'static str) -> Self {
                Self(Cow::Borrowed(name))
            }

            /// The custom attribute of this name, of a contact or a company.
            #[must_use]
            pub fn custom(name: impl std::fmt::Display) -> Self {
                Self(Cow::Owned(format!("custom_attributes.{name}")))
            }

            /// The attribute of tickets with this id.
            #[must_use]
            pub fn ticket_attribute(id: impl std::fmt::Display) -> Self {
                Self(Cow::Owned(format!("ticket_attribute.{id}")))
            }

            $(field! { @operator $(#[$operator_doc])* $operator $symbol $($value)+ })*
        }

        impl From<String> for $name {
            fn from(name: String) -> Self {
                Self(Cow::Owned(name))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
    (@operator $(#[$doc:meta])* $operator:ident $symbol:literal one $value:ty => $convert:expr) => {
        $(#[$doc])*
        #[must_use]
        pub fn $operator(&self, value: impl Into<$value>) -> Filter {
            Filter::unchecked(&*self.0, $symbol, Value::from($convert(value.into())))
        }
    };
    (@operator $(#[$doc:meta])* $operator:ident $symbol:literal list $value:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $operator(&self, values: impl IntoIterator<Item = impl Into<$value>>) -> Filter {
            let values: Vec<Item> = values.into_iter().map(|value| Item::from(value.into())).collect();
            Filter::unchecked(&*self.0, $symbol, values)
        }
    };
    (@operator $(#[$doc:meta])* $operator:ident $symbol:literal null) => {
        $(#[$doc])*
        #[must_use]
        pub fn $operator(&self) -> Filter {
            Filter::null(&self.0, $symbol)
        }
    };
}

field! {
    /// A field that holds a text.
    Text
    /// `=`.
    equals: "="(one String => String::from),
    /// `!=`.
    not_equals: "!="(one String => String::from),
    /// `IN`: the field is one of these.
    one_of: "IN"(list String),
    /// `NIN`: the field is none of these.
    none_of: "NIN"(list String),
    /// `~`.
    contains: "~"(one String => String::from),
    /// `!~`.
    not_contains: "!~"(one String => String::from),
    /// `^`.
    starts_with: "^"(one String => String::from),
    /// `$`.
    ends_with: "$"(one String => String::from),
    /// `=` null: nothing is set.
    is_null: "="(null),
    /// `!=` null: something is set.
    is_not_null: "!="(null),
}

field! {
    /// A field that holds an id which the server compares as a whole, such as `tag_id`.
    Id
    /// `=`.
    equals: "="(one String => String::from),
    /// `!=`.
    not_equals: "!="(one String => String::from),
}

field! {
    /// A field that holds a number, whole or not.
    Number
    /// `=`.
    equals: "="(one Numeric => Numeric::from),
    /// `!=`.
    not_equals: "!="(one Numeric => Numeric::from),
    /// `IN`: the field is one of these.
    one_of: "IN"(list Numeric),
    /// `NIN`: the field is none of these.
    none_of: "NIN"(list Numeric),
    /// `<`.
    less_than: "<"(one Numeric => Numeric::from),
    /// `<=`.
    at_most: "<="(one Numeric => Numeric::from),
    /// `>`.
    greater_than: ">"(one Numeric => Numeric::from),
    /// `>=`.
    at_least: ">="(one Numeric => Numeric::from),
    /// `=` null: nothing is set.
    is_null: "="(null),
    /// `!=` null: something is set.
    is_not_null: "!="(null),
}

field! {
    /// A field that holds a moment, compared by the second.
    Time
    /// `=`: that very second.
    equals: "="(one Timestamp => Timestamp::as_unix_seconds),
    /// `!=`.
    not_equals: "!="(one Timestamp => Timestamp::as_unix_seconds),
    /// `<`.
    before: "<"(one Timestamp => Timestamp::as_unix_seconds),
    /// `<=`.
    at_or_before: "<="(one Timestamp => Timestamp::as_unix_seconds),
    /// `>`.
    after: ">"(one Timestamp => Timestamp::as_unix_seconds),
    /// `>=`.
    at_or_after: ">="(one Timestamp => Timestamp::as_unix_seconds),
    /// `=` null: nothing is set.
    is_null: "="(null),
    /// `!=` null: something is set.
    is_not_null: "!="(null),
}

field! {
    /// A custom attribute that holds a date. The server cuts the moment down to its day in UTC.
    Day
    /// `=`: on that day.
    on: "="(one Timestamp => Timestamp::as_unix_seconds),
    /// `<`: before that day began.
    before: "<"(one Timestamp => Timestamp::as_unix_seconds),
    /// `>`: after that day ended.
    after: ">"(one Timestamp => Timestamp::as_unix_seconds),
}

field! {
    /// A field that is true or false.
    Flag
    /// `=`.
    equals: "="(one bool => bool::from),
    /// `!=`.
    not_equals: "!="(one bool => bool::from),
    /// `=` null: nothing is set.
    is_null: "="(null),
    /// `!=` null: something is set.
    is_not_null: "!="(null),
}

field! {
    /// A field that holds the id of a teammate, which a search compares as a number and a contact holds as a text.
    Teammate
    /// `=`.
    equals: "="(one TeammateId => Item::from),
    /// `!=`.
    not_equals: "!="(one TeammateId => Item::from),
    /// `IN`: the field is one of these.
    one_of: "IN"(list TeammateId),
    /// `NIN`: the field is none of these.
    none_of: "NIN"(list TeammateId),
    /// `=` null: nothing is set.
    is_null: "="(null),
    /// `!=` null: something is set.
    is_not_null: "!="(null),
}

/// The id of a teammate, made of a number or of the text that an answer holds. It is sent as a number where it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct TeammateId(Item);

impl From<i64> for TeammateId {
    fn from(id: i64) -> Self {
        Self(Item::Integer(id))
    }
}

impl From<i32> for TeammateId {
    fn from(id: i32) -> Self {
        i64::from(id).into()
    }
}

impl From<&str> for TeammateId {
    fn from(id: &str) -> Self {
        // Another spelling of a number, such as one with zeros before it, is another text.
        let number = id.parse::<i64>().ok().filter(|number| number.to_string() == id);
        Self(number.map_or_else(|| Item::String(id.to_owned()), Item::Integer))
    }
}

impl From<String> for TeammateId {
    fn from(id: String) -> Self {
        id.as_str().into()
    }
}

impl From<TeammateId> for Item {
    fn from(id: TeammateId) -> Self {
        id.0
    }
}

impl From<Item> for Value {
    fn from(item: Item) -> Self {
        match item {
            Item::String(text) => Self::String(text),
            Item::Integer(number) => Self::Integer(number),
            Item::Undocumented(other) => Self::Undocumented(other),
        }
    }
}
