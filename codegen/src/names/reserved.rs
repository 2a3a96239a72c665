//! Names that something else has already.

/// Names that generated files use without a path: a type of that name would shadow them.
pub(super) const TAKEN_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Base64",
    "Box",
    "Clone",
    "Copy",
    "Date",
    "Debug",
    "Default",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Extra",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Patch",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names of the runtime that files of operations use without a path.
pub const RUNTIME_TYPES: &[&str] = &[
    "Client",
    "Decode",
    "DecodeError",
    "Decoded",
    "Download",
    "Empty",
    "Json",
    "Operation",
    "OperationInfo",
    "Paged",
    "Pagination",
    "Part",
    "Piece",
    "Redirect",
    "Request",
    "Several",
    "Style",
    "Text",
];

/// Methods of a request that a parameter cannot be called.
pub const REQUEST_METHODS: &[&str] = &[
    "body",
    "bytes_body",
    "call",
    "call_response",
    "clone",
    "cookie",
    "deadline",
    "file_part",
    "form",
    "header",
    "header_parameter",
    "headers",
    "into",
    "into_future",
    "items",
    "json",
    "json_as",
    "method",
    "multipart",
    "new",
    "page_size",
    "pages",
    "path_value",
    "query",
    "query_pair",
    "retry",
    "safe_to_retry",
    "send",
    "text_body",
    "text_part",
    "timeout",
    "url",
    "with_body",
];

/// Methods of the client's builder that a header of the client cannot be called, beside those of a request.
pub(super) const BUILDER_METHODS: &[&str] = &[
    "allow_plain_http",
    "base_url",
    "body_limit",
    "build",
    "client_header",
    "from_env",
    "hold_back",
    "http_client",
    "server",
    "token_source",
    "user_agent",
    "with_settings",
];

/// Methods of the client that a tag cannot be called.
pub const CLIENT_METHODS: &[&str] = &["base_url", "builder", "clone", "from_env", "into", "new", "request"];

/// Whether `name` must be written as `r#name`.
pub fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "static"
            | "struct"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}
