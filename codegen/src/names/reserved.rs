//! The names that Rust, the runtime or Windows already uses.

/// The names in the source of the runtime: its types, and the methods of the types to which generated code adds more.
mod runtime {
    include!(concat!(env!("OUT_DIR"), "/runtime.rs"));
}

pub(crate) use runtime::FILES as RUNTIME_FILES;

/// The types and traits of Rust's prelude, and those of the standard library that generated files import.
const PRELUDE: &str = "AsMut AsRef Box Clone Copy Debug Default Display DoubleEndedIterator Drop Eq Err ExactSizeIterator \
    Extend Fn FnMut FnOnce From FromIterator Into IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Self \
    Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec";

/// The types of the runtime that files of models import.
const VALUES: [&str; 7] = ["Base64", "Date", "DateTime", "Extra", "Patch", "Secret", "Timestamp"];

/// Methods of common traits: a method of the same name would hide them.
const TRAIT_METHODS: [&str; 7] = ["borrow", "clone", "from", "into", "to_owned", "try_from", "try_into"];

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Returns whether `name` must be written as `r#name`.
pub fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

/// Returns whether Windows reserves the name for a device, so that no file can have it.
pub(super) fn is_device(name: &str) -> bool {
    let port = |name: &str| matches!(name.as_bytes(), [b'1'..=b'9']);
    matches!(name, "aux" | "con" | "nul" | "prn")
        || name.strip_prefix("com").or(name.strip_prefix("lpt")).is_some_and(port)
}

/// Returns whether a file of models uses a type of this name that does not belong to the API.
pub(super) fn is_in_model_scope(name: &str) -> bool {
    VALUES.contains(&name) || PRELUDE.split(' ').any(|taken| taken == name)
}

/// Returns whether a file of operations uses a type of this name from elsewhere.
pub(super) fn is_in_resource_scope(name: &str) -> bool {
    runtime::TYPES.contains(&name)
}

/// Returns whether `Client` has a method of this name.
pub(super) fn is_client_method(name: &str) -> bool {
    runtime::CLIENT_METHODS.contains(&name) || TRAIT_METHODS.contains(&name)
}

/// Returns whether `ClientBuilder` has a method of this name.
pub(super) fn is_builder_method(name: &str) -> bool {
    runtime::CLIENTBUILDER_METHODS.contains(&name) || name == "server" || TRAIT_METHODS.contains(&name)
}

/// Returns whether every `Request` has a method of this name.
pub(super) fn is_request_method(name: &str) -> bool {
    runtime::REQUEST_METHODS.contains(&name) || name == "with_body" || TRAIT_METHODS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }

    #[test]
    fn what_the_runtime_has_is_taken() {
        assert!(is_in_resource_scope("Piece") && !is_in_resource_scope("Contact"));
        assert!(is_client_method("builder") && is_builder_method("base_url"));
        assert!(is_request_method("with_header") || is_request_method("header"));
    }
}
