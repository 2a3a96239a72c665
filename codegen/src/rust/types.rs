//! Types as values: they can be compared, or written as text or tokens.

use std::fmt::Write;

use proc_macro2::TokenStream;

use crate::api::{self, Shape, TypeId, Types};

/// A Rust type in generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type<'a> {
    /// A type that contains no other.
    Plain(Plain),
    /// A type of the API, with its name.
    Api(TypeId, &'a str),
    /// The enum of the several responses of an operation, which is in the same file.
    Responses(&'a str),
    /// A type that contains another.
    Of(Holder, Box<Type<'a>>),
}

/// A type that contains no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    /// `()`.
    Unit,
    /// `bool`.
    Bool,
    /// `i64`.
    I64,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// `serde_json::Value`.
    Json,
    /// `serde_json::Map`.
    Object,
    /// `bytes::Bytes`.
    Bytes,
    /// `impl Display`.
    Display,
    /// `Timestamp` of the runtime.
    Timestamp,
    /// `DateTime` of the runtime.
    DateTime,
    /// `Secret` of the runtime.
    Secret,
    /// `Date` of the runtime.
    Date,
    /// `Base64` of the runtime.
    Base64,
    /// `Part` of the runtime.
    Part,
    /// `Download` of the runtime.
    Download,
    /// `Location` of the runtime.
    Location,
}

/// The part of a type that stands around another, such as `Vec<…>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// `Box`.
    Box,
    /// `Option`.
    Option,
    /// `Patch` of the runtime: a value, null, or absent.
    Patch,
    /// `Vec`.
    Vec,
    /// `BTreeMap` with strings as keys.
    Map,
    /// `impl Into`.
    Into,
    /// `impl IntoIterator` with values of the type.
    Each,
    /// `impl IntoIterator` with pairs of a name and a value that converts into the type.
    Pairs,
}

/// An import that a file needs for a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    /// A name of the runtime.
    Runtime(&'static str),
    /// `std::fmt::Display`.
    Display,
    /// A type of the API.
    Api(TypeId),
}

impl<'a> Type<'a> {
    /// Returns the Rust type of `ty` in JSON.
    pub fn of(types: &'a Types, ty: &api::Type) -> Self {
        let plain = match ty {
            api::Type::Bool => Plain::Bool,
            api::Type::Integer => Plain::I64,
            api::Type::Unsigned => Plain::U64,
            api::Type::Number => Plain::F64,
            // JSON has no bytes: binary content is text there.
            api::Type::String | api::Type::Bytes => Plain::String,
            api::Type::Timestamp => Plain::Timestamp,
            api::Type::DateTime => Plain::DateTime,
            api::Type::Secret => Plain::Secret,
            api::Type::Date => Plain::Date,
            api::Type::Base64 => Plain::Base64,
            api::Type::Json => Plain::Json,
            api::Type::Object => Plain::Object,
            api::Type::Named(id) => return Self::Api(*id, &types.def(*id).name),
            api::Type::List(item) => return Self::of(types, item).within(Holder::Vec),
            api::Type::Map(value) => return Self::of(types, value).within(Holder::Map),
            api::Type::Nullable(value) => return Self::of(types, value).within(Holder::Option),
        };
        Self::Plain(plain)
    }

    /// Returns [`Type::of`] with every alias resolved, so that two types are equal if Rust takes them for one.
    pub fn followed(types: &'a Types, ty: &api::Type) -> Self {
        match types.resolve(ty) {
            api::Type::List(item) => Self::followed(types, item).within(Holder::Vec),
            api::Type::Map(value) => Self::followed(types, value).within(Holder::Map),
            api::Type::Nullable(value) => Self::followed(types, value).within(Holder::Option),
            other => Self::of(types, other),
        }
    }

    /// Returns the argument type for a value of type `ty`: the most convenient one for a caller.
    pub fn argument(types: &'a Types, ty: &api::Type) -> Self {
        match types.resolve(ty) {
            // Through `Into`, Rust could not infer the type of a literal.
            api::Type::Bool | api::Type::Integer | api::Type::Unsigned | api::Type::Number => Self::of(types, ty),
            api::Type::Map(value) => Self::of(types, value).within(Holder::Pairs),
            api::Type::Object => Self::Plain(Plain::Json).within(Holder::Pairs),
            api::Type::List(item) => {
                let of = Self::of(types, item);
                let item = if converts(types, item) { of.within(Holder::Into) } else { of };
                item.within(Holder::Each)
            }
            _ => Self::of(types, ty).within(Holder::Into),
        }
    }

    /// Returns this type inside of `holder`.
    pub fn within(self, holder: Holder) -> Self {
        Self::Of(holder, Box::new(self))
    }

    /// Returns the type as Rust text; `path` precedes the name of a type of the API.
    pub fn text(&self, path: &str) -> String {
        let mut text = String::new();
        self.write(path, &mut text);
        text
    }

    /// Returns the type as tokens, with `path` as in [`Type::text`].
    pub fn tokens(&self, path: &str) -> TokenStream {
        // The text is always a valid type: names are identifiers, and brackets are closed.
        self.text(path).parse().unwrap_or_default()
    }

    fn write(&self, path: &str, text: &mut String) {
        // Writing to a `String` does not fail.
        let _ = match self {
            Self::Plain(plain) => text.write_str(plain.text()),
            Self::Api(_, name) => write!(text, "{path}{name}"),
            Self::Responses(name) => text.write_str(name),
            Self::Of(holder, inner) => {
                let (before, after) = holder.around();
                text.push_str(before);
                inner.write(path, text);
                text.write_str(after)
            }
        };
    }

    /// Returns whether a function with an argument of this type is generic: the type begins with `impl`.
    pub fn is_generic(&self) -> bool {
        matches!(self, Self::Plain(Plain::Display) | Self::Of(Holder::Into | Holder::Each | Holder::Pairs, _))
    }

    /// Calls `each` with every import that this type needs.
    pub fn imports(&self, each: &mut dyn FnMut(Import)) {
        match self {
            Self::Plain(Plain::Display) => each(Import::Display),
            Self::Plain(plain) => plain.runtime().into_iter().for_each(|name| each(Import::Runtime(name))),
            Self::Api(id, _) => each(Import::Api(*id)),
            Self::Responses(_) => {}
            Self::Of(holder, inner) => {
                if *holder == Holder::Patch {
                    each(Import::Runtime("Patch"));
                }
                inner.imports(each);
            }
        }
    }
}

/// Returns whether another type converts into this one with `Into`.
pub(super) fn converts(types: &Types, ty: &api::Type) -> bool {
    match types.resolve(ty) {
        api::Type::String | api::Type::Bytes | api::Type::Secret | api::Type::Json => true,
        api::Type::Timestamp | api::Type::DateTime | api::Type::Base64 => true,
        api::Type::Named(id) => !matches!(types.def(*id).shape, Shape::Model(_)),
        _ => false,
    }
}

impl Plain {
    fn text(self) -> &'static str {
        match self {
            Self::Unit => "()",
            Self::Bool => "bool",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::F64 => "f64",
            Self::String => "String",
            Self::Json => "serde_json::Value",
            Self::Object => "serde_json::Map<String, serde_json::Value>",
            Self::Bytes => "bytes::Bytes",
            Self::Display => "impl Display",
            _ => self.runtime().unwrap_or_default(),
        }
    }

    /// Returns the name of the type in the runtime, if it has one.
    fn runtime(self) -> Option<&'static str> {
        Some(match self {
            Self::Timestamp => "Timestamp",
            Self::DateTime => "DateTime",
            Self::Secret => "Secret",
            Self::Date => "Date",
            Self::Base64 => "Base64",
            Self::Part => "Part",
            Self::Download => "Download",
            Self::Location => "Location",
            _ => return None,
        })
    }
}

impl Holder {
    fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Box => ("Box<", ">"),
            Self::Option => ("Option<", ">"),
            Self::Patch => ("Patch<", ">"),
            Self::Vec => ("Vec<", ">"),
            Self::Map => ("std::collections::BTreeMap<String, ", ">"),
            Self::Into => ("impl Into<", ">"),
            Self::Each => ("impl IntoIterator<Item = ", ">"),
            Self::Pairs => ("impl IntoIterator<Item = (impl Into<String>, impl Into<", ">)>"),
        }
    }
}
