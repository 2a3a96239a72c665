//! Splits names on the wire into words that Rust accepts.

use heck::ToUpperCamelCase;

pub(super) fn pascal(wire: &str, digit_prefix: char) -> String {
    // `2.10` and `21.0` are different names: the dot between digits stays visible.
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

/// Returns `wire` with each character that no identifier can have as a word or as a gap between words.
pub(super) fn spelled(wire: &str) -> String {
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
            // `+1` and `-1` differ only in the sign.
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

pub(super) fn is_word(c: char) -> bool {
    c != '_' && unicode_ident::is_xid_continue(c) && c.is_alphanumeric()
}

pub(super) fn symbol_word(symbol: char) -> String {
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
