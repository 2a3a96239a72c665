//! Writes the difference as an entry of a changelog.

use std::fmt;

use super::differences::code;
use super::{Change, Difference};

/// The maximum width of a line, in characters, as far as words allow.
const WIDTH: usize = 140;

/// Returns the entries of a changelog: the number of all changes, and each breaking change. `source` says in a few
/// words where the document is from. Returns an empty text if nothing changed for a caller.
pub fn entry(difference: &Difference, source: &str) -> String {
    if difference.changes.is_empty() {
        return String::new();
    }
    let mut text = wrapped(&format!("The document is {source}: {}.", difference.summary()));
    let breaking: Vec<String> =
        difference.changes.iter().filter(|change| change.breaking).map(ToString::to_string).collect();
    if !breaking.is_empty() {
        text.push_str(&wrapped(&format!("Changed: {}.", breaking.join("; "))));
    }
    text
}

/// Writes the change in one line: ``field `Brand.name` renamed: was `title` ``.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.subject, code(&self.place), self.kind)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

/// Returns the text as an item of a list, with its later lines indented. Neither a word nor code is broken.
fn wrapped(text: &str) -> String {
    let (mut lines, mut line, mut word) = (String::new(), "-".to_owned(), String::new());
    let mut in_code = false;
    for character in text.chars().chain([' ']) {
        in_code ^= character == '`';
        if character != ' ' || in_code {
            word.push(character);
        } else if !word.is_empty() {
            if line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push_str(&format!("{line}\n"));
                line = " ".to_owned();
            }
            line.push(' ');
            line.push_str(&word);
            word.clear();
        }
    }
    // A backtick without a partner keeps the rest of the text in `word`.
    if !word.is_empty() {
        line.push(' ');
        line.push_str(word.trim_end());
    }
    format!("{lines}{line}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_not_in_code() {
        let text = format!("{} `{}` end", "word ".repeat(26), "a b ".repeat(5));
        let wrapped = wrapped(&text);
        let lines: Vec<&str> = wrapped.lines().collect();
        assert!(lines[0].starts_with("- word") && lines[0].ends_with("word"), "{wrapped}");
        assert_eq!(lines[1], "  `a b a b a b a b a b ` end");
        assert_eq!(super::wrapped("an odd ` tick"), "- an odd ` tick\n");
    }
}
