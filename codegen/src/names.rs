//! From names of the document to names of Rust: pure functions of the wire name and its role, so that a name never depends on
//! what else the document holds or in which order.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The name of the variant that every open enum and union ends with.
pub const CATCH_ALL: &str = "Undocumented";

/// The name of the field that keeps what the document does not name.
pub const EXTRA: &str = "extra";

/// Names that generated files use without a path: a type of that name would shadow them.
const TAKEN_TYPES: &[&str] = &[
    "AsMut", "AsRef", "Box", "Clone", "Copy", "Debug", "Default", "Display", "DoubleEndedIterator", "Drop", "Eq", "Err",
    "ExactSizeIterator", "Extend", "Extra", "Fn", "FnMut", "FnOnce", "From", "FromIterator", "Into", "IntoIterator",
    "Iterator", "None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Patch", "Result", "Self", "Send", "Sized", "Some",
    "String", "Sync", "Timestamp", "ToOwned", "ToString", "TryFrom", "TryInto", "Unpin", "Vec",
];

/// Names of the runtime that files of operations use without a path.
pub const RUNTIME_TYPES: &[&str] = &[
    "Client", "Decode", "DecodeError", "Download", "Empty", "Json", "Operation", "OperationInfo", "Part", "Piece", "Redirect",
    "Request", "Several", "Style", "Text",
];

/// Methods of a request that a parameter cannot be called.
pub const REQUEST_METHODS: &[&str] = &[
    "body", "bytes_body", "clone", "cookie", "file_part", "form", "header", "header_parameter", "headers", "into",
    "into_future", "json", "method", "new", "query", "query_pair", "send", "text_body", "text_part", "timeout", "url",
    "with_body",
];

/// Methods of the client that a tag cannot be called.
pub const CLIENT_METHODS: &[&str] = &["builder", "clone", "from_env", "into", "new", "request"];

/// `PascalCase`, for a type.
pub fn type_name(wire: &str) -> String {
    let name = pascal(wire, 'T');
    if TAKEN_TYPES.contains(&name.as_str()) { format!("{name}Model") } else { name }
}

/// `PascalCase`, for the type that stands for an operation.
pub fn marker_name(wire: &str) -> String {
    let name = type_name(wire);
    if RUNTIME_TYPES.contains(&name.as_str()) { format!("{name}Operation") } else { name }
}

/// `PascalCase`, for the type that the operations of a tag hang on.
pub fn resource_name(wire: &str) -> String {
    let name = type_name(wire);
    if RUNTIME_TYPES.contains(&name.as_str()) { format!("{name}Resource") } else { name }
}

/// The method of the client that leads to the operations in `module`.
pub fn accessor_name(module: &str) -> String {
    if CLIENT_METHODS.contains(&module) { format!("{module}_resource") } else { module.to_owned() }
}

/// The setter of a parameter.
pub fn parameter_setter_name(parameter: &str) -> String {
    if REQUEST_METHODS.contains(&parameter) { format!("{parameter}_parameter") } else { parameter.to_owned() }
}

/// `snake_case`, for a field of a model.
pub fn field_name(wire: &str) -> String {
    let name = value_name(wire);
    if name == EXTRA { format!("{name}_") } else { name }
}

/// The name of a type that is written inline: the names on the way to it, from its owner down.
pub fn inline_type_name(owner: &str, step: &str) -> String {
    let step = pascal(step, 'T');
    format!("{owner}{}", step.strip_prefix('_').unwrap_or(&step))
}

/// `PascalCase`, for a variant of an enum.
pub fn variant_name(wire: &str) -> String {
    let name = pascal(wire, 'V');
    if name == "Self" { "Self_".to_owned() } else { name }
}

/// [`variant_name`] with the punctuation and the capitals in words, for a value that another differs from in nothing else.
pub fn precise_variant_name(wire: &str) -> String {
    let punctuation = |c: char| if is_word(c) { c.to_string() } else { format!(" {} ", symbol_word(c)) };
    let spelled: String = wire.chars().map(punctuation).collect();
    let capitals = wire.chars().filter(|c| c.is_uppercase()).count();
    let capitals = match capitals {
        0 => "",
        all if all == wire.chars().filter(|c| c.is_alphabetic()).count() => "upper ",
        _ => "mixed ",
    };
    variant_name(&format!("{capitals}{spelled}"))
}

/// `snake_case`, for a field, a method or an argument; a keyword stays as it is (see [`is_keyword`]), except those that Rust
/// does not take even in raw form.
pub fn value_name(wire: &str) -> String {
    let name = spelled(wire).to_snake_case();
    let name = match name.chars().next() {
        None => "empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("_{name}"),
        Some(_) => name,
    };
    if matches!(name.as_str(), "self" | "super" | "crate" | "_") { format!("{name}_") } else { name }
}

/// The name of a module and so of a file, which has no raw form: a keyword gets an underscore.
pub fn module_name(wire: &str) -> String {
    let name = value_name(wire);
    if is_keyword(&name) || name == "mod" { format!("{name}_") } else { name }
}

/// The name of an operation without an `operationId`: its method and its path.
pub fn operation_id(method: &str, path: &str) -> String {
    let mut name = method.to_lowercase();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let by = if segment.contains('{') { "_by_" } else { "_" };
        name.push_str(by);
        name.push_str(&value_name(segment));
    }
    name
}

/// The name of a server that the document gives none: the labels of its host, and its path.
pub fn server_name(url: &str) -> String {
    let place = url.split_once("://").map_or(url, |(_, rest)| rest);
    let name = pascal(place, 'S');
    if name.is_empty() { "Default".to_owned() } else { name }
}

/// Whether `name` must be written as `r#name`.
pub fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "abstract" | "as" | "async" | "await" | "become" | "box" | "break" | "const" | "continue" | "do" | "dyn" | "else"
            | "enum" | "extern" | "false" | "final" | "fn" | "for" | "gen" | "if" | "impl" | "in" | "let" | "loop" | "macro"
            | "match" | "mod" | "move" | "mut" | "override" | "priv" | "pub" | "ref" | "return" | "static" | "struct"
            | "trait" | "true" | "try" | "type" | "typeof" | "unsafe" | "unsized" | "use" | "virtual" | "where" | "while"
            | "yield"
    )
}

fn pascal(wire: &str, digit_prefix: char) -> String {
    // `2.10` and `21.0` are two names: the dot between digits stays visible.
    let chunks: Vec<String> = digit_dots(&spelled(wire)).map(|chunk| chunk.to_upper_camel_case()).collect();
    let name = chunks.join("_");
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("{digit_prefix}{name}"),
        Some(_) => name,
    }
}

fn digit_dots(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut start = 0;
    let mut cuts: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('.') {
        if digit(at.checked_sub(1)) && digit(Some(at + 1)) {
            cuts.extend(text.get(start..at));
            start = at + 1;
        }
    }
    cuts.extend(text.get(start..));
    cuts.into_iter()
}

/// `wire` with everything that cannot stand in an identifier either as a word or as a gap between words.
fn spelled(wire: &str) -> String {
    if !wire.chars().any(is_word) {
        return wire.chars().map(symbol_word).collect::<Vec<_>>().join(" ");
    }
    let mut text = String::with_capacity(wire.len());
    let mut before = None;
    let mut rest = wire.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_digit);
        let starts_word = before.is_none_or(|before| !is_word(before) && before != '.');
        match c {
            // `+1` and `-1` differ in nothing but the sign.
            '+' if starts_word && digit_follows => text.push_str(" plus "),
            '-' if starts_word && digit_follows => text.push_str(" minus "),
            '.' => text.push('.'),
            '\'' | '’' => {}
            c if is_word(c) => text.push(c),
            _ => text.push(' '),
        }
        before = Some(c);
    }
    text
}

fn is_word(c: char) -> bool {
    c != '_' && unicode_ident::is_xid_continue(c) && c.is_alphanumeric()
}

fn symbol_word(symbol: char) -> String {
    let word = match symbol {
        '=' => "equal",
        '!' => "not",
        '<' => "less",
        '>' => "greater",
        '~' => "tilde",
        '^' => "caret",
        '$' => "dollar",
        '*' => "asterisk",
        '+' => "plus",
        '-' => "minus",
        '.' => "dot",
        ',' => "comma",
        '/' => "slash",
        '\\' => "backslash",
        '|' => "bar",
        '&' => "and",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        ' ' => "space",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '(' => "open",
        ')' => "close",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_wire() {
        for (wire, expected) in [
            ("pt-BR", "pt_br"), ("+1", "plus_1"), ("-1", "minus_1"), ("type", "type"), ("self", "self_"), ("2fa", "_2fa"),
            ("OAuth2Token", "o_auth2_token"), ("a.b", "a_b"), ("", "empty"), ("…", "u2026"), ("user's", "users"),
        ] {
            assert_eq!(value_name(wire), expected, "{wire}");
        }
        for (wire, expected) in [
            ("2.10", "V2_10"), ("21.0", "V21_0"), ("!=", "NotEqual"), ("3rd_party_error", "V3rdPartyError"), ("self", "Self_"),
            ("", "Empty"), ("utf-8", "Utf8"), ("Back-office", "BackOffice"), ("contact.list", "ContactList"),
        ] {
            assert_eq!(variant_name(wire), expected, "{wire}");
        }
    }

    #[test]
    fn no_name_leaves_its_place() {
        for wire in ["../../etc/passwd", "a\"b", "*/", "r#fn", "a b\nc", "\u{202e}x", "{}", "é", "名", "٣", "\u{301}a"] {
            for name in [type_name(wire), variant_name(wire), value_name(wire), module_name(wire)] {
                assert!(syn::parse_str::<syn::Ident>(&name).is_ok() || is_keyword(&name), "{wire:?} became {name:?}");
            }
        }
    }
}
