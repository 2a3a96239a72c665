//! Holds one text with its name. It is parsed once, and walked again only when a diagnostic needs a line number.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::pointer;
use crate::position::{Lines, Position, Positions};
use crate::{METHODS, json, tree, yaml};

/// The text of a document or an overlay, under the name that the caller uses for it.
#[derive(Clone)]
pub struct Source {
    pub(crate) name: String,
    pub(crate) text: String,
    format: Format,
}

impl fmt::Debug for Source {
    /// Omits the text, which can be megabytes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).field("format", &self.format).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

impl Source {
    /// Reads a file as UTF-8 and removes a byte order mark.
    pub(crate) fn read(path: &Path) -> Result<Self, Diagnostics> {
        let name = path.display().to_string();
        let start = |line, column| Location::new(name.clone(), line, column);
        let bytes = std::fs::read(path)
            .map_err(|error| Diagnostic::error("", format!("cannot read the file: {error}")).at(start(1, 1)))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let end = error.utf8_error().valid_up_to();
            let (line, column) = Lines::new(&String::from_utf8_lossy(error.as_bytes())).position(end);
            Diagnostic::error("", "the file is not UTF-8").expected("text in UTF-8").at(start(line, column))
        })?;
        Ok(Self::new(&name, text))
    }

    /// Wraps a text and removes a byte order mark.
    pub fn new(name: &str, mut text: String) -> Self {
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let format = if looks_like_json(&text) { Format::Json } else { Format::Yaml };
        Self { name: name.to_owned(), text, format }
    }

    /// Parses the text into an untyped tree, and returns it with the faults of the text.
    ///
    /// # Errors
    ///
    /// Returns diagnostics with locations if the text is not well-formed.
    pub fn parse(&self) -> Result<(Value, Diagnostics), Diagnostics> {
        if self.text.trim().is_empty() {
            return Err(self.error(&[], None, "the file is empty").expected("a YAML or JSON object").into());
        }
        let budget = tree::Budget::new(self.text.len());
        let parsed = match self.format {
            Format::Json => json::parse(&self.text, &budget),
            Format::Yaml => yaml::parse(&self.text, &budget),
        };
        match parsed {
            Ok(value) if !budget.has_faults() => Ok((value, Diagnostics::new())),
            Ok(value) => match self.faults() {
                faults if faults.has_errors() => Err(faults),
                faults => Ok((value, faults)),
            },
            Err(failure) => Err(self.failure(failure).into()),
        }
    }

    fn failure(&self, failure: tree::Failure) -> Diagnostic {
        let mut diagnostic = self.error(&self.lines(), failure.position, failure.message);
        if let (Some(position), Format::Yaml) = (failure.position, self.format) {
            diagnostic.pointer = yaml::pointer_at(&self.text, position);
        }
        match failure.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// Returns the faults that the parse noticed, with their locations.
    fn faults(&self) -> Diagnostics {
        let faults = match self.format {
            Format::Json => json::faults(&self.text),
            Format::Yaml => yaml::faults(&self.text),
        };
        let lines = self.lines();
        let mut found: Diagnostics = faults
            .into_iter()
            .map(|fault| {
                let mut diagnostic = self.error(&lines, Some(fault.position), fault.message);
                if !two_operations(&fault.pointer) {
                    diagnostic = Diagnostic { severity: Severity::Fault, ..diagnostic }.assumed(fault.assumed);
                }
                diagnostic.pointer = fault.pointer;
                diagnostic.expected = fault.expected;
                diagnostic
            })
            .collect();
        if found.is_empty() {
            let odd = self.error(&lines, None, "a key stands twice, or a key or number has no counterpart in JSON");
            found.push(Diagnostic { severity: Severity::Fault, ..odd });
        }
        found
    }

    /// Returns all lines of the text, to be shared by the locations that are shown.
    fn lines(&self) -> Vec<&str> {
        self.text.split('\n').collect()
    }

    fn error(&self, lines: &[&str], position: Option<Position>, message: impl Into<String>) -> Diagnostic {
        let (line, column) = position.unwrap_or((1, 1));
        Diagnostic::error("", message).at(Location::within(&self.name, lines, line, column))
    }

    /// Returns the location of each pointer, or of its nearest ancestor in the text.
    pub fn locate<'p>(&self, pointers: impl IntoIterator<Item = &'p str>) -> HashMap<&'p str, Location> {
        let asked: Vec<&str> = pointers.into_iter().collect();
        let mut wanted = Positions::new();
        for &asked in &asked {
            let mut next = Some(asked);
            while let Some(place) = next
                && wanted.insert(place, None).is_none()
            {
                next = pointer::parent(place);
            }
        }
        match self.format {
            Format::Json => json::locate(&self.text, &mut wanted),
            Format::Yaml => yaml::locate(&self.text, &mut wanted),
        }
        let lines = self.lines();
        asked.into_iter().map(|asked| (asked, self.nearest(asked, &wanted, &lines))).collect()
    }

    fn nearest(&self, asked: &str, found: &Positions<'_>, lines: &[&str]) -> Location {
        let mut next = Some(asked);
        while let Some(place) = next {
            if let Some(&Some((line, column))) = found.get(place) {
                return Location::within(&self.name, lines, line, column);
            }
            next = pointer::parent(place);
        }
        Location::within(&self.name, lines, 1, 1)
    }
}

/// Returns whether the pointer is that of an operation. A duplicate operation is an error, because nobody can tell
/// which of the two is meant.
fn two_operations(pointer: &str) -> bool {
    let mut segments = pointer.split('/').skip(1);
    let (section, _, method) = (segments.next(), segments.next(), segments.next());
    section == Some("paths") && method.is_some_and(|method| METHODS.contains(&method)) && segments.next().is_none()
}

/// Returns whether a text is taken for JSON: it opens with `[`, or with `{` and then a quote or `}`, which is unlikely
/// in the flow style of YAML.
fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    match text.strip_prefix('{') {
        Some(rest) => rest.trim_start().starts_with(['"', '}']),
        None => text.starts_with('['),
    }
}
