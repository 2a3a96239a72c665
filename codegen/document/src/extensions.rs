//! Defines the extensions of the generator: the objects that each may stand in, and the type of its value.
//!
//! OpenAPI allows any `x-` key anywhere. Without a check, a misplaced extension would be ignored silently, and the
//! overlay that added it would have no effect.

use indexmap::IndexMap;
use serde_json::Value;

use crate::grammar::Kind;

/// The name of the environment variable that holds the base URL of another server.
pub const BASE_URL_VARIABLE: &str = "x-base-url-variable";
/// The flag of a header parameter that belongs to the client and not to each call.
pub const CLIENT_PARAMETER: &str = "x-client-parameter";
/// The name of the crate.
pub const CRATE_NAME: &str = "x-crate-name";
/// The flag of an API whose responses may lack properties that their schemas require.
pub const INCOMPLETE_RESPONSES: &str = "x-incomplete-responses";
/// The Rust name of an operation, a parameter, a server, a property, a branch or a constructor.
pub const NAME: &str = "x-rust-name";
/// The Rust names of the values of an `enum`, by value.
pub const NAMES: &str = "x-rust-names";
/// The flag of an operation that the server may refuse with status 429 while it processes an earlier call.
pub const CONCURRENCY_LIMITED: &str = "x-concurrency-limited";
/// The pagination of an operation whose responses are pages of a list.
pub const PAGINATION: &str = "x-pagination";
/// The URL template of the page about an operation: `{tag}` and `{operation}` stand for the two names, written as in a
/// URL.
pub const REFERENCE_URL: &str = "x-reference-url";
/// The flag that declares an operation idempotent or not, contrary to its method, such as a search that is a `POST`.
pub const IDEMPOTENT: &str = "x-idempotent";
/// The name of the environment variable that holds the token.
pub const TOKEN_VARIABLE: &str = "x-token-variable";
/// The name of the Rust type of a schema.
pub const TYPE_NAME: &str = "x-rust-type";

/// The type of the value of an extension.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    Text,
    Flag,
    /// An object, which the stage that uses it reads and checks.
    Object,
}

/// All extensions, each with the kinds of object that it may stand in and the type of its value.
const ALL: &[(&str, &[Kind], Holds)] = &[
    (BASE_URL_VARIABLE, &[Kind::Info], Holds::Text),
    (CLIENT_PARAMETER, &[Kind::Parameter], Holds::Flag),
    (CRATE_NAME, &[Kind::Info], Holds::Text),
    (INCOMPLETE_RESPONSES, &[Kind::Info], Holds::Flag),
    (NAME, &[Kind::Operation, Kind::Parameter, Kind::Schema, Kind::Server], Holds::Text),
    (NAMES, &[Kind::Schema], Holds::Object),
    (CONCURRENCY_LIMITED, &[Kind::Operation], Holds::Flag),
    (PAGINATION, &[Kind::Operation], Holds::Object),
    (REFERENCE_URL, &[Kind::Info], Holds::Text),
    (IDEMPOTENT, &[Kind::Operation], Holds::Flag),
    (TOKEN_VARIABLE, &[Kind::Info], Holds::Text),
    (TYPE_NAME, &[Kind::Schema], Holds::Text),
];

/// Returns the row of [`ALL`] for the extension `name`, if the generator knows it.
pub(crate) fn known(name: &str) -> Option<(&'static [Kind], Holds)> {
    ALL.iter().find(|(known, ..)| *known == name).map(|(_, kinds, holds)| (*kinds, *holds))
}

/// Returns the text of the extension `name`.
pub fn text<'d>(extensions: &'d IndexMap<String, Value>, name: &str) -> Option<&'d str> {
    extensions.get(name)?.as_str()
}

/// Returns the value of the flag `name`; `None` if it is absent.
pub fn flag(extensions: &IndexMap<String, Value>, name: &str) -> Option<bool> {
    extensions.get(name)?.as_bool()
}
