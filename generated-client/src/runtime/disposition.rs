//! The file name in a `Content-Disposition` header (RFC 6266).

use percent_encoding::percent_decode_str;

/// The name that a server proposes for a file, without any folder: `None` where it proposes none.
pub(super) fn file_name(header: &str) -> Option<String> {
    let mut plain = None;
    let mut extended = None;
    for parameter in parameters(header) {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        match name.trim().to_ascii_lowercase().as_str() {
            "filename" => plain = Some(unquoted(value.trim())),
            "filename*" => extended = decoded(value.trim()),
            _ => {}
        }
    }
    safe(&extended.or(plain)?)
}

/// What stands between semicolons; one in quotes is none.
fn parameters(header: &str) -> Vec<&str> {
    let mut parameters = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (place, c) in header.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                parameters.extend(header.get(start..place));
                start = place + 1;
            }
            _ => {}
        }
    }
    parameters.extend(header.get(start..));
    parameters
}

fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else { return value.to_owned() };
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => break,
            '\\' => text.extend(characters.next()),
            _ => text.push(c),
        }
    }
    text
}

/// `UTF-8'en'a%20b`; other charsets are left to the plain name beside it.
fn decoded(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, text) = rest.split_once('\'')?;
    let text = percent_decode_str(text).decode_utf8().ok()?;
    charset.eq_ignore_ascii_case("utf-8").then(|| text.into_owned())
}

/// The last segment: a name that leads out of the folder it is joined to is none.
fn safe(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    let last: String = last.chars().filter(|c| !c.is_control()).collect();
    let last = last.trim();
    (!matches!(last, "" | "." | "..")).then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_read_and_lead_nowhere() {
        for (header, name) in [
            ("attachment; filename=calls.csv", Some("calls.csv")),
            ("attachment; FileName = \"a; b.csv\" ; size=3", Some("a; b.csv")),
            (r#"attachment; filename="a \"b\".csv""#, Some("a \"b\".csv")),
            ("attachment; filename=\"plain\"; filename*=UTF-8''r%C3%A9sum%C3%A9.gz", Some("résumé.gz")),
            ("attachment; filename*=UTF-8'en'x.gz; filename=y", Some("x.gz")),
            ("attachment; filename*=KOI8-R''%C1; filename=y", Some("y")),
            ("attachment; filename*=UTF-8''%FF; filename=y", Some("y")),
            ("attachment; filename=../../etc/passwd", Some("passwd")),
            (r#"attachment; filename="C:\\temp\\x.csv""#, Some("x.csv")),
            ("attachment; filename=\"..\"", None),
            ("attachment; filename=", None),
            ("attachment; filename=\"open", Some("open")),
            ("inline", None),
            ("", None),
            (";;=;\"", None),
        ] {
            assert_eq!(file_name(header).as_deref(), name, "{header}");
        }
    }
}
