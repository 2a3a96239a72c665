//! Values that depart from their type, and where they stand.

use std::fmt::{self, Write};

use serde_json::Value;

/// A value that departed from its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// Where, as a JSON pointer from the outermost value.
    pub pointer: String,
    /// What arrived there. Where a tree of it would take many times the memory of its text, it is that text, as a string.
    pub value: Value,
}

/// The way from the outermost value to the one that is read; it lives on the stack of those who read.
#[derive(Debug, Clone, Copy)]
pub enum Place<'p> {
    /// The outermost value.
    Whole,
    /// The value under a name.
    Key(&'p Place<'p>, &'p str),
    /// The element at an index.
    Index(&'p Place<'p>, usize),
}

/// As a JSON pointer.
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Index(holder, index) => write!(f, "{holder}/{index}"),
            Self::Key(holder, name) => {
                write!(f, "{holder}/")?;
                name.chars().try_for_each(|char| match char {
                    '~' => f.write_str("~0"),
                    '/' => f.write_str("~1"),
                    char => f.write_char(char),
                })
            }
        }
    }
}
