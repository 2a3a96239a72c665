//! The short report of a run, which shows each kind of warning once.

use std::collections::BTreeMap;
use std::fmt;

use super::{Diagnostic, Diagnostics, Severity, counted, shown};

/// The maximum number of places that are named for one kind of warning.
const PLACES: usize = 3;

/// A short report: errors one by one, and warnings grouped by kind, with their number and their first places.
#[derive(Debug)]
pub struct Report<'d>(pub &'d Diagnostics);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.sorted();
        let mut kinds: BTreeMap<(Severity, String), Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in &all {
            if diagnostic.severity == Severity::Error {
                write!(f, "{diagnostic}\n\n")?;
            } else {
                kinds.entry((diagnostic.severity, diagnostic.kind())).or_default().push(diagnostic);
            }
        }
        for ((_, kind), alike) in kinds {
            match &alike[..] {
                [only] => one(only, f)?,
                _ => several(&kind, &alike, f)?,
            }
        }
        write!(f, "{}", counted(&all))
    }
}

fn one(only: &Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "warning: {}{}, at {}", shown(&only.message, super::LINE), assumed(only), place(only))
}

fn several(kind: &str, alike: &[&Diagnostic], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "warning: {} times: {}", alike.len(), shown(kind, super::LINE))?;
    if let Some(first) = alike.first() {
        write!(f, "{}", assumed(first))?;
    }
    let places: Vec<String> = alike.iter().take(PLACES).map(|diagnostic| place(diagnostic)).collect();
    write!(f, ", at {}", places.join(", "))?;
    match alike.len().saturating_sub(PLACES) {
        0 => writeln!(f),
        more => writeln!(f, " and {more} more"),
    }
}

fn assumed(diagnostic: &Diagnostic) -> String {
    diagnostic.assumed.as_ref().map(|assumed| format!(" ({})", shown(assumed, super::LINE))).unwrap_or_default()
}

fn place(diagnostic: &Diagnostic) -> String {
    match &diagnostic.location {
        Some(location) => location.to_string(),
        None => shown(&diagnostic.pointer, super::LINE),
    }
}

impl Diagnostic {
    /// Returns the message with `…` for the parts that differ from one place to the next: names, values and numbers.
    pub fn kind(&self) -> String {
        let mut kind = String::with_capacity(self.message.len());
        let mut rest = self.message.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '`' | '"' => {
                    while rest.next().is_some_and(|inner| inner != c) {}
                    kind.push('…');
                }
                '0'..='9' => {
                    while rest.next_if(|next| next.is_ascii_digit() || *next == '.').is_some() {}
                    kind.push('…');
                }
                c => kind.push(c),
            }
        }
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warnings_of_one_kind_are_one_line() {
        let warning = |name: &str| {
            Diagnostic::fault(format!("/{name}"), format!("`{name}` is the number 5"))
                .assumed(format!("the text \"{name}\""))
        };
        let all: Diagnostics = ["a", "b", "c", "d"].map(warning).into_iter().collect();
        let text = Report(&all).to_string();
        assert_eq!(
            text,
            "warning: 4 times: … is the number … (the text \"a\"), at /a, /b, /c and 1 more\n0 errors, 4 warnings (4 faults of the document)"
        );
    }

    #[test]
    fn a_single_warning_keeps_its_names() {
        let all = Diagnostics::from(Diagnostic::warning("/a", "`a` is odd"));
        assert_eq!(Report(&all).to_string(), "warning: `a` is odd, at /a\n0 errors, 1 warning");
    }
}
