//! The extensions of the generator: where each stands, and what it holds.
//!
//! OpenAPI lets any `x-` key stand anywhere. A misplaced one would be passed over without a word, and what the overlay means to
//! mend would stay as it was.

use indexmap::IndexMap;
use serde_json::Value;

use super::grammar::Kind;

/// The variable of the environment that holds the address of another server.
pub(crate) const BASE_URL_VARIABLE: &str = "x-base-url-variable";
/// Marks a header parameter that belongs to the client and not to each call.
pub(crate) const CLIENT_PARAMETER: &str = "x-client-parameter";
/// The name of the crate.
pub(crate) const CRATE_NAME: &str = "x-crate-name";
/// Says that answers may lack what their schemas demand.
pub(crate) const INCOMPLETE_ANSWERS: &str = "x-incomplete-answers";
/// The name in Rust of an operation, a parameter, a server, a property, a branch or a constructor.
pub(crate) const NAME: &str = "x-rust-name";
/// The names in Rust of the values of an `enum`, by value.
pub(crate) const NAMES: &str = "x-rust-names";
/// Marks an operation whose status 429 may mean that an earlier one is still at work, which no waiting ends.
pub(crate) const CONCURRENCY_LIMITED: &str = "x-concurrency-limited";
/// How the answers of an operation are pages of a list.
pub(crate) const PAGINATION: &str = "x-pagination";
/// The address of the page of any operation: `{tag}` and `{operation}` stand for the names in the words of an address.
pub(crate) const REFERENCE_URL: &str = "x-reference-url";
/// Says whether an operation may be repeated where its method says otherwise: a search that is a `POST`.
pub(crate) const IDEMPOTENT: &str = "x-idempotent";
/// The variable of the environment that holds the token.
pub(crate) const TOKEN_VARIABLE: &str = "x-token-variable";
/// The name of the type that a schema becomes.
pub(crate) const TYPE_NAME: &str = "x-rust-type";

/// What an extension holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    Text,
    Flag,
    /// An object that is read where it is used.
    Object,
}

/// Every extension with the kinds of object that it stands in.
const ALL: &[(&str, &[Kind], Holds)] = &[
    (BASE_URL_VARIABLE, &[Kind::Info], Holds::Text),
    (CLIENT_PARAMETER, &[Kind::Parameter], Holds::Flag),
    (CRATE_NAME, &[Kind::Info], Holds::Text),
    (INCOMPLETE_ANSWERS, &[Kind::Info], Holds::Flag),
    (NAME, &[Kind::Operation, Kind::Parameter, Kind::Schema, Kind::Server], Holds::Text),
    (NAMES, &[Kind::Schema], Holds::Object),
    (CONCURRENCY_LIMITED, &[Kind::Operation], Holds::Flag),
    (PAGINATION, &[Kind::Operation], Holds::Object),
    (REFERENCE_URL, &[Kind::Info], Holds::Text),
    (IDEMPOTENT, &[Kind::Operation], Holds::Flag),
    (TOKEN_VARIABLE, &[Kind::Info], Holds::Text),
    (TYPE_NAME, &[Kind::Schema], Holds::Text),
];

/// The kinds of object that the extension `name` stands in, and what it holds; none where the generator knows no such.
pub(crate) fn known(name: &str) -> Option<(&'static [Kind], Holds)> {
    ALL.iter().find(|(known, ..)| *known == name).map(|(_, kinds, holds)| (*kinds, *holds))
}

/// The text that the extension `name` holds.
pub(crate) fn text<'d>(extensions: &'d IndexMap<String, Value>, name: &str) -> Option<&'d str> {
    extensions.get(name)?.as_str()
}

/// Whether the extension `name` is set or denied; none where it is absent.
pub(crate) fn flag(extensions: &IndexMap<String, Value>, name: &str) -> Option<bool> {
    extensions.get(name)?.as_bool()
}
