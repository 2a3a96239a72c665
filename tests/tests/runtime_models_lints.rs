//! Tests the lints of the runtime macros by expanding them in this crate: most lints ignore expansions of another
//! crate's macros.

#![deny(warnings, unused, missing_docs, deprecated, clippy::all)]
#![allow(unreachable_pub, reason = "the enums of a client are public, and their methods too")]

#[path = "../../generated-client/src/runtime/type_macros.rs"]
mod type_macros;

use std::collections::BTreeMap;

use intercom_client::runtime::{Extra, Patch, Value, decode};
use serde_json::json;

/// The module that the expansions of the macros refer to.
mod runtime {
    pub(crate) use intercom_client::runtime::macros;
}

/// Declares a model, then reads it from a full object, an empty one, and one that does not match.
macro_rules! check {
    ($name:ident { $($field:ident: $type:ty),* } $($groups:tt)*) => {{
        #[derive(Debug, Clone, PartialEq)]
        struct $name {
            $($field: $type,)*
            extra: Extra,
        }

        crate::__model! { $name { $($groups)* } }

        let all = json!({"r": "a", "o": "b", "n": null, "c": "d"});
        let read = decode::<$name>(all.to_string().as_bytes()).expect("decodes");
        assert_eq!(serde_json::to_value(&read.value).expect("can be written"), all, stringify!($name));
        let odd = json!({"r": "a", "o": [2], "n": [3], "c": "e", "x": [4]});
        let read = decode::<$name>(odd.to_string().as_bytes()).expect("decodes");
        assert_eq!(serde_json::to_value(&read.value).expect("can be written"), odd, stringify!($name));
        let read = decode::<$name>(br#"{"r": "a"}"#).expect("decodes");
        assert_eq!(serde_json::to_value(&read.value).expect("can be written"), json!({"r": "a"}), stringify!($name));
    }};
}

type Others = BTreeMap<String, String>;

#[test]
fn every_group_may_be_missing() {
    check!(Empty {});
    check!(A { other: Others } additional: other,);
    check!(C {} constant { "c": "d" });
    check!(Ca { other: Others } constant { "c": "d" } additional: other,);
    check!(N { n: Patch<String> } nullable { n: "n" });
    check!(Na { n: Patch<String>, other: Others } nullable { n: "n" } additional: other,);
    check!(Nc { n: Patch<String> } nullable { n: "n" } constant { "c": "d" });
    check!(Nca { n: Patch<String>, other: Others } nullable { n: "n" } constant { "c": "d" } additional: other,);
}

#[test]
fn optional_fields_go_with_every_group() {
    check!(O { o: Option<String> } optional { o: "o" });
    check!(Oa { o: Option<String>, other: Others } optional { o: "o" } additional: other,);
    check!(Oc { o: Option<String> } optional { o: "o" } constant { "c": "d" });
    check!(Oca { o: Option<String>, other: Others } optional { o: "o" } constant { "c": "d" } additional: other,);
    check!(On { o: Option<String>, n: Patch<String> } optional { o: "o" } nullable { n: "n" });
    check!(Ona { o: Option<String>, n: Patch<String>, other: Others }
        optional { o: "o" } nullable { n: "n" } additional: other,);
    check!(Onc { o: Option<String>, n: Patch<String> } optional { o: "o" } nullable { n: "n" } constant { "c": "d" });
    check!(Onca { o: Option<String>, n: Patch<String>, other: Others }
        optional { o: "o" } nullable { n: "n" } constant { "c": "d" } additional: other,);
}

#[test]
fn required_fields_go_with_every_group() {
    check!(R { r: String } required { r: "r" });
    check!(Ra { r: String, other: Others } required { r: "r" } additional: other,);
    check!(Rc { r: String } required { r: "r" } constant { "c": "d" });
    check!(Rca { r: String, other: Others } required { r: "r" } constant { "c": "d" } additional: other,);
    check!(Rn { r: String, n: Patch<String> } required { r: "r" } nullable { n: "n" });
    check!(Rna { r: String, n: Patch<String>, other: Others }
        required { r: "r" } nullable { n: "n" } additional: other,);
    check!(Rnc { r: String, n: Patch<String> } required { r: "r" } nullable { n: "n" } constant { "c": "d" });
    check!(Rnca { r: String, n: Patch<String>, other: Others }
        required { r: "r" } nullable { n: "n" } constant { "c": "d" } additional: other,);
}

#[test]
fn required_and_optional_fields_go_with_every_group() {
    check!(Ro { r: String, o: Option<String> } required { r: "r" } optional { o: "o" });
    check!(Roa { r: String, o: Option<String>, other: Others } required { r: "r" } optional { o: "o" } additional: other,);
    check!(Roc { r: String, o: Option<String> } required { r: "r" } optional { o: "o" } constant { "c": "d" });
    check!(Roca { r: String, o: Option<String>, other: Others }
        required { r: "r" } optional { o: "o" } constant { "c": "d" } additional: other,);
    check!(Ron { r: String, o: Option<String>, n: Patch<String> }
        required { r: "r" } optional { o: "o" } nullable { n: "n" });
    check!(Rona { r: String, o: Option<String>, n: Patch<String>, other: Others }
        required { r: "r" } optional { o: "o" } nullable { n: "n" } additional: other,);
    check!(Ronc { r: String, o: Option<String>, n: Patch<String> }
        required { r: "r" } optional { o: "o" } nullable { n: "n" } constant { "c": "d" });
    check!(Ronca { r: String, o: Option<String>, n: Patch<String>, other: Others }
        required { r: "r" } optional { o: "o" } nullable { n: "n" } constant { "c": "d" } additional: other,);
}

/// A model with deprecated fields, and an enum with deprecated variants.
mod old {
    #![allow(deprecated, reason = "the names are declared and derived from; the macros must do without")]

    use super::{Extra, Patch};

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Old {
        #[deprecated]
        pub(super) r: String,
        #[deprecated]
        pub(super) o: Option<String>,
        #[deprecated]
        pub(super) n: Patch<String>,
        pub(super) extra: Extra,
    }
}

use old::Old;

crate::__model! { Old { required { r: "r" } optional { o: "o" } nullable { n: "n" } } }

#[test]
fn a_deprecated_field_is_read_and_written() {
    let all = json!({"r": "a", "o": "b", "n": null});
    let read = decode::<Old>(all.to_string().as_bytes()).expect("decodes").value;
    assert!(read.extra.is_empty());
    assert_eq!(serde_json::to_value(&read).expect("can be written"), all);
}

#[derive(Debug, Clone, PartialEq)]
enum One {
    Only,
    Unknown(String),
}

crate::__string_enum! { One { Only: "only" } }

#[derive(Debug, Clone, PartialEq)]
enum Number {
    Only,
    Unknown(i64),
}

crate::__integer_enum! { Number { Only: 1 } }

#[derive(Debug, Clone, PartialEq)]
enum Either {
    One(One),
    Unknown(Value),
}

crate::__union! { Either { One: One } from { One: One } }

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Others(Others),
    Unknown(Value),
}

crate::__union! { Tagged by "kind" { Others: Others = "a" | "b" } }

#[test]
fn enums_and_unions_of_one_are_taken() {
    assert_eq!(decode::<One>(br#""only""#).expect("decodes").value, One::Only);
    assert_eq!(decode::<Number>(b"1").expect("decodes").value, Number::Only);
    assert_eq!((One::Only.as_str(), Number::Only.as_i64()), ("only", 1));
    assert_eq!(decode::<Either>(br#""only""#).expect("decodes").value, One::Only.into());
    let tagged = decode::<Tagged>(br#"{"kind": "b"}"#).expect("decodes").value;
    assert!(matches!(&tagged, Tagged::Others(others) if others.len() == 1));
}
