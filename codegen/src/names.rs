//! Turns names of the document into names of Rust. Each function depends on its arguments alone, so a name does not
//! depend on the order of the document.

mod reserved;
mod spelling;

use heck::ToSnakeCase;

pub(crate) use reserved::RUNTIME_FILES;
pub use reserved::is_keyword;
use reserved::{
    is_builder_method, is_client_method, is_device, is_in_model_scope, is_in_resource_scope, is_request_method,
};
pub(crate) use spelling::is_cut;
use spelling::{composed, fitting, is_word, pascal, spelled, symbol_word};

/// The name of the variant that every open enum and union ends with.
pub const CATCH_ALL: &str = "Unknown";

/// The name of the field that keeps the properties that are not in the document.
pub const EXTRA: &str = "extra";

/// Returns a name as a Rust identifier, such as `r#type`.
pub fn identifier(name: &str) -> String {
    if is_keyword(name) { format!("r#{name}") } else { name.to_owned() }
}

/// Returns a name in `PascalCase`, for a type.
pub fn type_name(wire: &str) -> String {
    let name = pascal(wire, 'T');
    if is_in_model_scope(&name) { format!("{name}Model") } else { name }
}

/// Returns a name in `PascalCase`, for the marker type of an operation with this tag.
pub fn marker_name(wire: &str, tag: &str) -> String {
    let name = type_name(wire);
    let taken = is_in_resource_scope(&name) || name == resource_name(tag);
    if taken { format!("{name}Operation") } else { name }
}

/// Returns a name in `PascalCase`, for the type that has the operations of a tag.
pub fn resource_name(wire: &str) -> String {
    let name = type_name(wire);
    if is_in_resource_scope(&name) { format!("{name}Resource") } else { name }
}

/// Returns the name of the client's method that returns the operations in `module`.
pub fn accessor_name(module: &str) -> String {
    if is_client_method(module) { format!("{module}_resource") } else { module.to_owned() }
}

/// Returns the name of a parameter's setter; `is_taken` returns whether a name is that of a client header's setter.
pub fn parameter_setter_name(parameter: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let names = [parameter.to_owned(), format!("{parameter}_parameter"), format!("set_{parameter}")];
    let is_free = |name: &&String| !is_taken(name) && !is_request_method(name);
    names.iter().find(is_free).cloned().unwrap_or_else(|| format!("set_{parameter}_parameter"))
}

/// Returns the name of the two setters of a client header: for all calls, and for a single call.
pub fn client_header_name(wire: &str) -> String {
    let name = value_name(wire);
    if is_builder_method(&name) || is_request_method(&name) { format!("{name}_header") } else { name }
}

/// Returns the name of the setter for the credential of a security scheme.
pub fn credential_name(wire: &str) -> String {
    let name = value_name(wire);
    let name = name.strip_suffix("_credential").unwrap_or(&name);
    format!("{name}_credential")
}

/// Returns the name of the setter for a variable in the URLs of servers.
pub fn server_variable_name(wire: &str) -> String {
    format!("server_{}", value_name(wire).trim_start_matches('_'))
}

/// Returns a name in `snake_case`, for a field of a model.
pub fn field_name(wire: &str) -> String {
    let name = value_name(wire);
    if name == EXTRA { format!("{name}_") } else { name }
}

/// Returns the name of an inline type: the name of its owner, then `step`.
pub fn inline_type_name(owner: &str, step: &str) -> String {
    let step = pascal(step, 'T');
    fitting(composed(format!("{owner}{}", step.strip_prefix('_').unwrap_or(&step))), "H")
}

/// Returns a name in `PascalCase`, for a variant of an enum.
pub fn variant_name(wire: &str) -> String {
    match pascal(wire, 'V') {
        name if name == "Self" => "Self_".to_owned(),
        name if name == CATCH_ALL => format!("{name}Value"),
        name => name,
    }
}

/// Returns [`variant_name`] for a value whose plain name another value has: with punctuation and case in words, or with
/// the code points of non-ASCII characters in words if it has neither.
pub fn precise_variant_name(wire: &str) -> String {
    let case = if wire.contains(char::is_uppercase) { capitals(wire) } else { "" };
    let precise = variant_name(&format!("{case} {}", spelled_out(wire)));
    if precise == variant_name(wire) { variant_name(&spelled_out(&coded(wire))) } else { precise }
}

/// Returns spellings of `wire` that show how it differs from a similar name: with punctuation in words, then with its
/// case too, and last with the code points of non-ASCII characters instead.
pub fn told_apart(wire: &str) -> Vec<String> {
    let spelled = spelled_out(wire);
    vec![spelled.clone(), format!("{} {spelled}", capitals(wire)), spelled_out(&coded(wire))]
}

/// Returns `wire` with the code point of each non-ASCII character as a word: normalisation may make two of them equal.
fn coded(wire: &str) -> String {
    wire.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!(" u{:x} ", u32::from(c)) }).collect()
}

fn spelled_out(wire: &str) -> String {
    wire.chars().map(|c| if is_word(c) { c.to_string() } else { format!(" {} ", symbol_word(c)) }).collect()
}

fn capitals(wire: &str) -> &'static str {
    match wire.chars().filter(|c| c.is_uppercase()).count() {
        0 => "lower",
        all if all == wire.chars().filter(|c| c.is_alphabetic()).count() => "upper",
        _ => "mixed",
    }
}

/// Returns a name in `snake_case`, for a field, a method or an argument. A keyword stays as it is (see [`is_keyword`]),
/// unless Rust rejects it even in raw form.
pub fn value_name(wire: &str) -> String {
    let name = if is_snake_case(wire) { wire.to_owned() } else { composed(spelled(wire).to_snake_case()) };
    let name = match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("_{name}"),
        Some(_) => name,
    };
    if matches!(name.as_str(), "self" | "super" | "crate" | "_") { format!("{name}_") } else { name }
}

/// Returns whether `wire` is in snake case already, as most names are.
fn is_snake_case(wire: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    wire.starts_with(|c: char| c.is_ascii_lowercase()) && wire.split('_').all(word)
}

/// Returns the name of a module, which is also its file: in ASCII, which every file system accepts. A keyword, `mod`
/// and the name of a Windows device get an underscore.
pub fn module_name(wire: &str) -> String {
    let name = fitting(value_name(&deunicode::deunicode(wire)), "_");
    if is_keyword(&name) || name == "mod" || is_device(&name) { format!("{name}_") } else { name }
}

/// Returns the name of an operation without an `operationId`, made of its method and its path.
pub fn operation_id(method: &str, path: &str) -> String {
    let mut name = method.to_lowercase();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let by = if segment.contains('{') { "_by_" } else { "_" };
        name.push_str(by);
        name.push_str(&value_name(segment));
    }
    name
}

/// Returns the name of a crate: in lower case, with hyphens, and with a letter at the start.
pub fn crate_name(title: &str) -> String {
    let name = slug(title);
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("api-{name}") }
}

/// Returns `text` as a part of a URL: its letters and digits in lower case, with a hyphen for anything between them.
pub fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// Returns the name of a server that has none in the document, made of the labels of its host and its path.
pub fn server_name(url: &str) -> String {
    match pascal(url.split_once("://").map_or(url, |(_, rest)| rest), 'S') {
        name if name == "Self" => "Self_".to_owned(),
        name => name,
    }
}
