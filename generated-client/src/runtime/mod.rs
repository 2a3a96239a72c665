//! The runtime below the generated code. It knows no particular API: the generated code describes the API to it.
//!
//! # From `send` to a typed value
//!
//! 1. `request`: a call is a value. [`Request::send`] passes on the call's `parts`, which do not depend on the type of
//!    the operation.
//! 2. `call` makes the attempts; `retry` and `rate_limit` decide when. `transport` makes one attempt: it sends the
//!    request, and receives as much of the response as the kind of response needs. A status that is not a success
//!    becomes an `error`.
//! 3. `response`: a [`ResponseKind`] decodes what was received to a [`Response`].
//! 4. [`decode`] starts a `reader` on a JSON body. The reader holds the position in the `text`, the mismatches so far,
//!    and the `room` for values.
//! 5. Each type reads itself at the reader's position: `scalars`, `enums`, `containers`, any model in `object` (by the
//!    table that `model!` made of it), and a `union`, which chooses a variant.
//! 6. A model keeps the values that no field takes in its [`Extra`]. The `writer` writes the fields and the extra.

#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod call;
mod client;
mod clock;
mod containers;
mod date;
mod decode;
mod disposition;
mod download;
mod enums;
mod error;
mod error_body;
mod error_kind;
mod extra;
#[cfg(feature = "fs")]
mod files;
mod model;
mod next_page;
mod object;
mod page;
mod pagination;
mod parts;
mod patch;
mod path;
mod rate_limit;
mod reader;
#[cfg(feature = "registry")]
pub mod registry;
mod request;
mod response;
pub mod retry;
mod room;
mod scalars;
mod settings;
mod style;
mod text;
mod texts;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
mod time_crates;
mod timestamp;
mod tls;
mod token;
mod transport;
mod type_macros;
mod undocumented;
mod union;
mod writer;

pub use body::{Body, Part};
pub use builder::ClientBuilder;
pub use bytes::Bytes;
pub use client::Client;
pub use date::Date;
pub use decode::{Decodable, DecodeError, Decoded, Mismatch, decode, decode_value};
pub use download::Download;
pub use error::Error;
pub use error_body::ErrorDetail;
pub use extra::Extra;
pub use http::{HeaderMap, Method, StatusCode};
pub use page::{Items, Pages};
pub use pagination::Paged;
pub use patch::Patch;
pub use rate_limit::RateLimit;
pub use request::Request;
pub use reqwest::Url;
pub use response::{Json, Response, ResponseKind};
pub use retry::Retry;
pub use serde_json::{Map, Value};
pub use settings::{Operation, OperationInfo, ServerInfo};
pub use texts::{Base64, DateTime, Secret};
pub use timestamp::{TimeError, Timestamp};
pub use undocumented::{FetchLocation, Location, Untyped};

// For generated code, and for operations that are written by hand.
#[doc(hidden)]
pub use model::empty;
#[doc(hidden)]
pub use pagination::{PageForm, PageParameter, Pagination};
#[doc(hidden)]
pub use path::Piece;
#[doc(hidden)]
pub use response::{ReadMode, Reply};
#[doc(hidden)]
pub use settings::{Credential, SecurityScheme, Settings};
#[doc(hidden)]
pub use style::{Escape, Style};

pub use crate::__integer_enum as integer_enum;
pub use crate::__model as model;
pub use crate::__string_enum as string_enum;
pub use crate::__union as union;

// Rustdoc shows a public module wherever this module is re-exported, but not a hidden re-export.
#[doc(hidden)]
pub use expanded::macros;

mod expanded {
    /// The names that the expanded macros use.
    pub mod macros {
        pub use serde::de::{Deserialize, Deserializer};
        pub use serde::ser::{Serialize, Serializer};
        pub use serde_json::Value;

        pub use crate::runtime::decode::{Decodable, Place, deserialize};
        pub use crate::runtime::enums::{IntegerEnum, StringEnum};
        pub use crate::runtime::extra::Extra;
        pub use crate::runtime::model::{Literal, Table};
        pub use crate::runtime::object::Slots;
        pub use crate::runtime::patch::Patch;
        pub use crate::runtime::reader::{Outcome, Reader};
        pub use crate::runtime::union::{Alternative, Union, fill as fill_union, read_as};
        pub use crate::runtime::writer::write;
    }
}
