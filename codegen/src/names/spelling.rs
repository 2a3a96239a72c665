//! Splits names on the wire into words that Rust accepts.

use heck::ToUpperCamelCase;
use icu_normalizer::ComposingNormalizerBorrowed;

/// The maximum number of bytes in the name of a type or module: this program and rustdoc name files after types and
/// modules, and file systems allow 255.
const LONGEST: usize = 200;

pub(super) fn pascal(wire: &str, digit_prefix: char) -> String {
    // `2.10` and `21.0` are different names: a dot between digits becomes an underscore.
    let chunks: Vec<String> = digit_dots(&spelled(wire)).map(|chunk| chunk.to_upper_camel_case()).collect();
    let name = fitting(composed(chunks.join("_")), "H");
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("{digit_prefix}{name}"),
        Some(_) => name,
    }
}

/// Returns `name` in NFC, as the compiler compares it: two spellings that Unicode treats as one are one name.
pub(super) fn composed(name: String) -> String {
    if name.is_ascii() { name } else { ComposingNormalizerBorrowed::new_nfc().normalize(&name).into_owned() }
}

/// Returns `name`; if it is too long for a file name, returns its start with `mark` and a hash of the whole name.
pub(super) fn fitting(name: String, mark: &str) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a: the same in every run and on every machine.
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    let end = (0..=LONGEST - CUT).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    let kept = name.get(..end).unwrap_or_default().trim_end_matches('_');
    let hash = format!("{mark}{hash:0DIGITS$X}");
    kept.to_owned() + &if mark == "_" { hash.to_lowercase() } else { hash }
}

/// The number of digits of the hash behind a cut, and the number of bytes of the hash with its mark.
const DIGITS: usize = 16;
const CUT: usize = DIGITS + 1;

/// Returns whether `name` ends with a mark and a hash, as a name that is cut does.
pub(crate) fn is_cut(name: &str) -> bool {
    let number = |text: &str| text.starts_with(['H', '_']) && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit());
    // A name is cut between characters, so it can be some bytes shorter than the maximum.
    name.len() + 8 > LONGEST && name.len().checked_sub(CUT).and_then(|at| name.get(at..)).is_some_and(number)
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

/// Returns `wire` with a gap in place of each character that no identifier can have; with words if it has no others.
/// A sign before a number becomes a word, a dot stays, and an apostrophe goes.
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
