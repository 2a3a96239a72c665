//! The file name in a `Content-Disposition` header (RFC 6266).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Returns the file name that the header proposes, made safe, or `None` if it proposes none.
pub(super) fn file_name(header: &str) -> Option<String> {
    let parameters = parameters(header);
    let value = |wanted: &str| {
        let mut pairs = parameters.iter().filter_map(|parameter| parameter.split_once('='));
        pairs.rfind(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    };
    safe(&value("filename*").and_then(decoded).or_else(|| value("filename").map(Cow::Borrowed))?)
}

/// Splits a header at its semicolons, except those in quotes, and removes the quotes and the escapes in them.
fn parameters(header: &str) -> Vec<String> {
    let (mut parameters, mut parameter) = (Vec::new(), String::new());
    let mut quoted = false;
    let mut characters = header.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => parameter.extend(characters.next()),
            ';' if !quoted => parameters.push(std::mem::take(&mut parameter)),
            _ => parameter.push(c),
        }
    }
    parameters.push(parameter);
    parameters
}

/// Decodes a value such as `UTF-8'en'a%20b`. Returns `None` for other charsets, so that the plain name is used.
fn decoded(value: &str) -> Option<Cow<'_, str>> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, text) = rest.split_once('\'')?;
    percent_decode_str(text).decode_utf8().ok().filter(|_| charset.eq_ignore_ascii_case("utf-8"))
}

/// The maximum length of a name, in bytes. File systems take 255, and a suffix such as `.part` may be appended.
const LONGEST: usize = 240;

/// Makes a name safe to join to a folder on Linux, macOS and Windows, and free of misleading characters. Returns `None`
/// if nothing of it is left.
fn safe(name: &str) -> Option<String> {
    // A path is cut to its last segment, so that the name cannot lead out of the folder it is joined to.
    let last = name.rsplit(['/', '\\']).next()?;
    let named = |c: char| match c {
        // Windows gives these characters a meaning of their own: a colon, for example, begins the name of a stream.
        '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
        c => c,
    };
    let shown: String = last.chars().filter(|c| !is_unseen(*c)).map(named).collect();
    // Windows removes trailing dots and spaces.
    let shown = shown.trim().trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    let mut safe = shown.to_owned();
    if safe.starts_with('.') || is_device(&safe) {
        // A name that begins with a dot is hidden, and may be read by a program at its start.
        safe.insert(0, '_');
    }
    (!shown.is_empty()).then(|| shortened(safe))
}

/// Returns whether a character is a control, or is invisible: writing directions, zero-width characters, tags.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether Windows takes a name for a device, whatever follows its first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || matches!(port, Some("0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
}

/// Shortens a name to [`LONGEST`] bytes. Keeps the extension and cuts off the end of the stem, unless the extension has
/// half of these bytes or more.
fn shortened(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let (stem, extension) = match name.rfind('.').map(|dot| name.split_at(dot)) {
        Some((stem, extension)) if extension.len() < LONGEST / 2 => (stem, extension),
        _ => (name.as_str(), ""),
    };
    let stem = (0..=LONGEST - extension.len()).rev().find_map(|end| stem.get(..end)).unwrap_or_default();
    format!("{stem}{extension}").trim_end_matches(|c: char| c == '.' || c.is_whitespace()).to_owned()
}
