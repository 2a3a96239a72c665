//! Models of each kind, declared with the macros as a user of the crate declares them.

use std::collections::BTreeMap;

use intercom_client::runtime::{Extra, Patch, Timestamp, Value, integer_enum, model, string_enum, union};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) boss: Option<String>,
    pub(crate) age: Option<i64>,
    pub(crate) rate: Option<f64>,
    pub(crate) active: Option<bool>,
    pub(crate) seen_at: Option<Timestamp>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) home: Option<Address>,
    pub(crate) friends: Option<Vec<Person>>,
    pub(crate) nick: Patch<String>,
    pub(crate) extra: Extra,
}

model! {
    Person {
        required { id: "id", boss: "boss", }
        optional {
            age: "age", rate: "rate", active: "active", seen_at: "seen-at", tags: "tags", home: "home",
            friends: "friends",
        }
        nullable { nick: "nick", }
        constant { "type": "person", "version": 2, "public": true, }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Address {
    pub(crate) city: String,
    pub(crate) extra: Extra,
}

// This field has the same name in Rust and on the wire.
model! { Address { required { city } } }

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Open {
    pub(crate) name: Option<String>,
    pub(crate) counts: BTreeMap<String, i64>,
    pub(crate) extra: Extra,
}

model! { Open { optional { name: "name" } constant { "type": "open" } additional: counts, } }

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Escaped {
    pub(crate) inches: Option<i64>,
    pub(crate) length: Option<i64>,
    pub(crate) extra: Extra,
}

// The first name is raw JSON that looks like two entries.
model! { Escaped { optional { inches: r#"in":1,"x"#, length: "a\\b" } } }

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Nothing {
    pub(crate) extra: Extra,
}

model! { Nothing {} }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Priority {
    Low,
    VeryHigh,
    Unknown(String),
}

string_enum! { Priority { Low: "low", VeryHigh: "very high", } }

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Size {
    Small,
    Large,
    Unknown(i64),
}

integer_enum! { Size { Small: 1, Large: -2, } }

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Owner {
    Person(Box<Person>),
    Address(Address),
    Name(String),
    Names(Vec<String>),
    Number(i64),
    Priority(Priority),
    Unknown(Value),
}

union! {
    Owner {
        Person: Box<Person>,
        Address: Address,
        Name: String,
        Names: Vec<String>,
        Number: i64,
        Priority: Priority,
    }
    from { Address: Address, Number: i64, }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) text: Option<String>,
    pub(crate) extra: Extra,
}

model! { Text { optional { text: "text" } constant { "kind": "text" } } }

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pick {
    pub(crate) options: Vec<String>,
    pub(crate) extra: Extra,
}

model! { Pick { required { options: "options" } } }

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Question {
    Text(Text),
    Pick(Pick),
    Unknown(Value),
}

union! { Question by "kind" { Text: Text = "text", Pick: Pick = "pick" | "picks", } from { Text: Text, } }

/// A union inside a model, in which mismatches are found as well.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Form {
    pub(crate) questions: Option<Vec<Question>>,
    pub(crate) owner: Option<Owner>,
    pub(crate) extra: Extra,
}

model! { Form { optional { questions: "questions", owner: "owner" } } }

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Count {
    pub(crate) count: i64,
    pub(crate) extra: Extra,
}

model! { Count { required { count } } }

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Task {
    pub(crate) due: Option<i64>,
    pub(crate) note: Option<String>,
    pub(crate) extra: Extra,
}

model! { Task { expected { due } optional { note } } }

/// Declares a model with these fields.
macro_rules! wide {
    ($($field:ident)*) => {
        #[derive(Debug, Clone, PartialEq, Default)]
        pub(crate) struct Wide {
            $(pub(crate) $field: Option<i64>,)*
            pub(crate) extra: Extra,
        }

        model! { Wide { optional { $($field),* } } }
    };
}

wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30
    a31 a32 a33 a34 a35 a36 a37 a38 a39 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13 b14 b15 b16 b17 b18 b19 b20 b21
    b22 b23 b24 b25 b26 b27 b28 b29 b30 b31 b32 b33 b34 b35 b36 b37 b38 b39 b40 b41 b42 b43 b44 b45 b46 b47 b48 b49
    b50 b51 b52 b53 b54 b55 b56 b57 b58 b59 b60 b61 b62 b63 b64 b65
}
