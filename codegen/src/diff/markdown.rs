//! Writes the difference for a pull request or a terminal.

use super::Difference;
use super::differences::code;

/// Returns the difference as Markdown: the summary, the kind of release by semantic versioning, then the changes by
/// section, breaking ones first.
pub fn markdown(difference: &Difference) -> String {
    let mut text = format!("{}\n", sentence(&difference.summary()));
    if !difference.changes.is_empty() {
        text.push_str(&format!("\nBy semantic versioning: **{}**.\n", difference.release()));
    }
    for (section, changes) in difference.sections() {
        text.push_str(&format!("\n## {}\n\n", escaped(&section.to_string())));
        let (breaking, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.breaking);
        for change in breaking.into_iter().chain(others) {
            let mark = if change.breaking { "**breaking** " } else { "" };
            let detail =
                if change.detail.is_empty() { String::new() } else { format!(": {}", escaped(&change.detail)) };
            text.push_str(&format!(
                "- {mark}{} {} {}{detail} ({})\n",
                change.subject,
                code(&change.place),
                change.kind,
                escaped(&change.reason),
            ));
        }
    }
    text
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

/// Returns the text with backslashes before the characters that are special in Markdown outside of code.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut in_code = false;
    for character in text.chars() {
        match character {
            '`' => in_code = !in_code,
            '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '\\' | '&' if !in_code => escaped.push('\\'),
            _ => {}
        }
        escaped.push(character);
    }
    escaped
}
