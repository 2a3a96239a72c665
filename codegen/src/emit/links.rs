//! Types and operations in the words of doc comments, with links.

use super::prose::code;
use crate::api::{Api, Operation, Resource, Success, Type};
use crate::names;

/// The maximum number of operations or types that a doc comment lists: a reader finds the others by a search for the
/// name.
const SHOWN: usize = 8;

/// Returns a type in words, with a link if it has a name.
pub(super) fn ty(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => model(&api.types.def(*id).name),
        Type::List(item) => format!("a list of {}", several(api, item)),
        Type::Map(value) => format!("a map to {}", self::ty(api, value)),
        Type::Nullable(value) => format!("{} or null", self::ty(api, value)),
        Type::Bool => "`true` or `false`".to_owned(),
        Type::Integer => "a whole number".to_owned(),
        Type::Unsigned => "a whole number from 0".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::String => "text".to_owned(),
        Type::Timestamp => runtime("Timestamp"),
        Type::DateTime => runtime("DateTime"),
        Type::Secret => runtime("Secret"),
        Type::Date => runtime("Date"),
        Type::Base64 => runtime("Base64"),
        Type::Bytes => "bytes".to_owned(),
        Type::Json => "any JSON".to_owned(),
        Type::Object => "a JSON object".to_owned(),
    }
}

/// Returns several values of a type in words.
fn several(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Integer => "whole numbers".to_owned(),
        Type::Number => "numbers".to_owned(),
        Type::String => "texts".to_owned(),
        Type::Object => "JSON objects".to_owned(),
        Type::List(item) => format!("lists of {}", several(api, item)),
        ty => self::ty(api, ty),
    }
}

/// Returns the content of a success in words.
pub(super) fn success(api: &Api, module: &str, success: &Success) -> String {
    match success {
        Success::Json(ty) => self::ty(api, ty),
        Success::Bytes(media_type) => format!("{} of {}", runtime("Download"), code(media_type)),
        Success::Text(media_type) => format!("text as {}", code(media_type)),
        Success::Empty => "nothing".to_owned(),
        Success::Redirect => format!("the {} that it points to", runtime("Location")),
        Success::Several { name, .. } => format!("[{}](crate::resources::{module}::{name})", code(name)),
    }
}

/// Returns a link to the type of a component or of an inline schema.
pub(super) fn model(name: &str) -> String {
    format!("[{}](crate::models::{name})", code(name))
}

/// Returns a link to the method of an operation.
pub(super) fn operation(resource: &Resource, operation: &Operation) -> String {
    let (of, name) = (&resource.name, &operation.name);
    let shown = code(&format!("{of}::{}", names::identifier(name)));
    // rustdoc finds no item by a name that needs the raw form.
    if names::is_keyword(name) {
        return shown;
    }
    format!("[{shown}](crate::resources::{}::{of}::{name})", resource.module)
}

/// Returns up to `SHOWN` of `links` as a list in words; `None` if there are no links.
pub(super) fn row(links: impl IntoIterator<Item = String>) -> Option<String> {
    let mut links = links.into_iter();
    let mut shown: Vec<String> = links.by_ref().take(SHOWN).collect();
    if links.next().is_some() {
        shown.push("others".to_owned());
    }
    let last = shown.pop()?;
    Some(if shown.is_empty() { last } else { format!("{} and {last}", shown.join(", ")) })
}

fn runtime(name: &str) -> String {
    format!("[{}](crate::{name})", code(name))
}
