//! Texts that describe differences.

pub(super) const DEPRECATED: &str = "deprecated now";

/// A list of differences, each a value in the form `new, was old` or the text of a flag.
#[derive(Debug, Default)]
pub(super) struct Differences(Vec<String>);

impl Differences {
    /// Adds a value if it changed, after the name `what`, which may be empty.
    pub(super) fn value(&mut self, what: &str, old: &str, new: &str) {
        if old != new {
            let what = if what.is_empty() { String::new() } else { format!("{what} ") };
            self.0.push(format!("{what}{}, was {}", code(new), code(old)));
        }
    }

    /// Adds `yes` or `no` if a condition became true or false.
    pub(super) fn flag(&mut self, (was, is): (bool, bool), yes: &str, no: &str) {
        if was != is {
            self.0.push((if is { yes } else { no }).to_owned());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&self) -> String {
        self.0.join("; ")
    }
}

/// Returns `text` as Markdown code.
pub(super) fn code(text: &str) -> String {
    // A text with backticks needs a longer fence.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

/// Returns a default value as text, or "none".
pub(super) fn default_text(default: Option<&serde_json::Value>) -> String {
    default.filter(|default| !default.is_null()).map_or("none".to_owned(), ToString::to_string)
}

/// Returns whether one name is the other with more words before or behind it, as `email` and `email_address`.
pub(super) fn are_similar(old: &str, new: &str) -> bool {
    let (long, short) = if old.len() > new.len() { (old, new) } else { (new, old) };
    let rest = long.strip_prefix(short).filter(|rest| rest.starts_with('_'));
    let before = long.strip_suffix(short).filter(|rest| rest.ends_with('_'));
    !short.is_empty() && (rest.is_some() || before.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_more_is_similar_and_another_word_is_not() {
        for (old, new, similar) in [
            ("email", "email_address", true),
            ("full_name", "name", true),
            ("email", "phone", false),
            ("mail", "email", false),
            ("id", "identity", false),
            ("", "_a", false),
        ] {
            assert_eq!(are_similar(old, new), similar, "{old} and {new}");
        }
    }
}
