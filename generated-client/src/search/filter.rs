//! The types of fields, and the filters that can be made from them.

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
    /// Creates a filter from any field, operator and value. Only the server checks that they fit together.
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

/// Declares a type of fields, with the method, the symbol and the operand type of each operator.
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
            /// Creates a field from its name.
            #[must_use]
            pub const fn new(name: &'static str) -> Self {
                Self(Cow::Borrowed(name))
            }

            /// Creates a field for the custom attribute of this name, of a contact or a company.
            #[must_use]
            pub fn custom(name: impl std::fmt::Display) -> Self {
                Self(Cow::Owned(format!("custom_attributes.{name}")))
            }

            /// Creates a field for the ticket attribute with this id.
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
    /// Matches if the field equals the value: `=`.
    equals: "="(one String => String::from),
    /// Matches if the field does not equal the value: `!=`.
    not_equals: "!="(one String => String::from),
    /// Matches if the field is one of the values: `IN`.
    one_of: "IN"(list String),
    /// Matches if the field is none of the values: `NIN`.
    none_of: "NIN"(list String),
    /// Matches if the field contains the value: `~`.
    contains: "~"(one String => String::from),
    /// Matches if the field does not contain the value: `!~`.
    not_contains: "!~"(one String => String::from),
    /// Matches if the field starts with the value: `^`.
    starts_with: "^"(one String => String::from),
    /// Matches if the field ends with the value: `$`.
    ends_with: "$"(one String => String::from),
    /// Matches if the field has no value: `=` null.
    is_null: "="(null),
    /// Matches if the field has a value: `!=` null.
    is_not_null: "!="(null),
}

field! {
    /// A field that holds an id, such as `tag_id`, which the server compares as a whole.
    Id
    /// Matches if the field equals the value: `=`.
    equals: "="(one String => String::from),
    /// Matches if the field does not equal the value: `!=`.
    not_equals: "!="(one String => String::from),
}

field! {
    /// A field that holds a number, with or without a fraction.
    Number
    /// Matches if the field equals the value: `=`.
    equals: "="(one Numeric => Numeric::from),
    /// Matches if the field does not equal the value: `!=`.
    not_equals: "!="(one Numeric => Numeric::from),
    /// Matches if the field is one of the values: `IN`.
    one_of: "IN"(list Numeric),
    /// Matches if the field is none of the values: `NIN`.
    none_of: "NIN"(list Numeric),
    /// Matches if the field is less than the value: `<`.
    less_than: "<"(one Numeric => Numeric::from),
    /// Matches if the field is less than or equal to the value: `<=`.
    at_most: "<="(one Numeric => Numeric::from),
    /// Matches if the field is greater than the value: `>`.
    greater_than: ">"(one Numeric => Numeric::from),
    /// Matches if the field is greater than or equal to the value: `>=`.
    at_least: ">="(one Numeric => Numeric::from),
    /// Matches if the field has no value: `=` null.
    is_null: "="(null),
    /// Matches if the field has a value: `!=` null.
    is_not_null: "!="(null),
}

field! {
    /// A field that holds a moment, which is compared by the second.
    Time
    /// Matches if the field is in the same second: `=`.
    equals: "="(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the field is in another second: `!=`.
    not_equals: "!="(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the field is before the moment: `<`.
    before: "<"(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the field is at or before the moment: `<=`.
    at_or_before: "<="(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the field is after the moment: `>`.
    after: ">"(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the field is at or after the moment: `>=`.
    at_or_after: ">="(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the field has no value: `=` null.
    is_null: "="(null),
    /// Matches if the field has a value: `!=` null.
    is_not_null: "!="(null),
}

field! {
    /// A custom attribute that holds a date. The server truncates the moment to its day in UTC.
    Day
    /// Matches if the date is that day: `=`.
    on: "="(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the date is before that day: `<`.
    before: "<"(one Timestamp => Timestamp::as_unix_seconds),
    /// Matches if the date is after that day: `>`.
    after: ">"(one Timestamp => Timestamp::as_unix_seconds),
}

field! {
    /// A field that is true or false.
    Flag
    /// Matches if the field equals the value: `=`.
    equals: "="(one bool => bool::from),
    /// Matches if the field does not equal the value: `!=`.
    not_equals: "!="(one bool => bool::from),
    /// Matches if the field has no value: `=` null.
    is_null: "="(null),
    /// Matches if the field has a value: `!=` null.
    is_not_null: "!="(null),
}

field! {
    /// A field that holds the id of a teammate. A search compares it as a number, although a contact holds it as text.
    Teammate
    /// Matches if the field equals the value: `=`.
    equals: "="(one TeammateId => Item::from),
    /// Matches if the field does not equal the value: `!=`.
    not_equals: "!="(one TeammateId => Item::from),
    /// Matches if the field is one of the values: `IN`.
    one_of: "IN"(list TeammateId),
    /// Matches if the field is none of the values: `NIN`.
    none_of: "NIN"(list TeammateId),
    /// Matches if the field has no value: `=` null.
    is_null: "="(null),
    /// Matches if the field has a value: `!=` null.
    is_not_null: "!="(null),
}

/// The id of a teammate, made from a number or from the text of a response. Numeric text is sent as a number.
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
        // Another spelling of a number, for example with leading zeros, stays text.
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
            Item::Unknown(other) => Self::Unknown(other),
        }
    }
}
