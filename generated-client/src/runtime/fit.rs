//! How well a JSON value fits a type: what a union without a tag goes by.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::model::{Literal, Table};
use super::text::{Broken, Text, Worth};

/// How many lists and maps deep a look goes: a union of lists of itself would else be looked at to its end, at each level
/// again.
const LOOK: usize = 3;

/// How many entries of an object are looked at, so that a look takes little memory.
const ENTRIES: usize = 1000;

/// How well a value fits a type. The greater fits better; what comes first weighs most.
///
/// It looks at the value itself and at the first element of a list, a few lists deep, so that nested unions stay linear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fitness {
    /// Constants that match less those that differ, and required fields that are there.
    sure: i32,
    /// Optional fields that are there.
    known: i32,
    /// Minus the fields that the document does not name.
    unknown: i32,
}

impl Fitness {
    /// The value is of a kind that the type takes, and that is all that is known.
    pub const KIND: Self = Self { sure: 1, known: 0, unknown: 0 };
    /// The value is one of those that the type names.
    pub const NAMED: Self = Self { sure: 3, known: 0, unknown: 0 };
    /// The value is of the kind, but not one of those that the type names; or the type takes any value.
    pub const LOOSE: Self = Self { sure: -1, known: 0, unknown: 0 };

    /// `KIND` where the value is of the kind.
    pub(super) fn kind(is: bool) -> Option<Self> {
        is.then_some(Self::KIND)
    }

    /// How well a value of the right kind fits an enum.
    #[must_use]
    pub fn of_enum(documented: bool) -> Self {
        if documented { Self::NAMED } else { Self::LOOSE }
    }

    /// The fitness of a container whose first element fits as told: no better than a bare kind says.
    pub(super) fn first(element: Option<Option<Self>>) -> Option<Self> {
        element.unwrap_or(Some(Self::KIND))
    }
}

/// A look at the value that comes next in a text, before it is read.
#[derive(Debug)]
pub struct Sight<'t> {
    text: Text<'t>,
    first: u8,
    /// How many lists and maps deep it may go yet.
    look: usize,
    /// The entries of an object with their values, when somebody asks.
    entries: OnceCell<Vec<(Cow<'t, str>, Text<'t>)>>,
}

impl<'t> Sight<'t> {
    pub(super) fn new(text: Text<'t>) -> Self {
        Self::at(text, LOOK)
    }

    fn at(mut text: Text<'t>, look: usize) -> Self {
        let first = text.peek();
        Self { text, first, look, entries: OnceCell::new() }
    }

    pub(super) const fn first_byte(&self) -> u8 {
        self.first
    }

    pub(super) const fn is_null(&self) -> bool {
        self.first == b'n'
    }

    pub(super) const fn is_string(&self) -> bool {
        self.first == b'"'
    }

    pub(super) const fn is_list(&self) -> bool {
        self.first == b'['
    }

    pub(super) const fn is_object(&self) -> bool {
        self.first == b'{'
    }

    pub(super) fn string(&self) -> Option<Cow<'t, str>> {
        let mut text = self.text;
        self.is_string().then(|| text.string().ok()).flatten()
    }

    pub(super) fn number(&self) -> Option<Worth> {
        let mut text = self.text;
        matches!(self.first, b'-' | b'0'..=b'9').then(|| text.number().ok()).flatten().map(|number| number.worth)
    }

    /// The first element of a list, or value of an object, if the look goes so far.
    pub(super) fn first(&self) -> Option<Self> {
        let look = self.look.checked_sub(1)?;
        let (mut text, mut first) = (self.text, true);
        text.open().ok()?;
        let some =
            if self.is_list() { text.element(&mut first) } else { text.key(&mut first).map(|key| key.is_some()) };
        matches!(some, Ok(true)).then(|| Self::at(text, look))
    }

    /// The text of a field, as far as it is one. The first of its name counts, so that the look ends there.
    pub(super) fn tag(&self, name: &str) -> Option<Cow<'t, str>> {
        let (mut text, mut first) = (self.text, true);
        if !self.is_object() {
            return None;
        }
        text.open().ok()?;
        while let Some(key) = text.key(&mut first).ok()? {
            if key == name {
                return (text.peek() == b'"').then(|| text.string().ok()).flatten();
            }
            text.skip().ok()?;
        }
        None
    }

    fn entries(&self) -> &[(Cow<'t, str>, Text<'t>)] {
        self.entries.get_or_init(|| {
            let mut entries = Vec::new();
            // What is no JSON, the reading finds out.
            let _ = collect(self.text, &mut entries);
            entries
        })
    }

    /// How well an object fits a model. It does not fit where a required field is missing.
    #[must_use]
    pub fn object(&self, table: &Table) -> Option<Fitness> {
        if !self.is_object() {
            return None;
        }
        let entries = self.entries();
        let value = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
        let (required, optional) = table.fields.split_at(table.required.min(table.fields.len()));
        if required.iter().any(|name| value(name).is_none()) {
            return None;
        }
        let known = optional.iter().filter(|name| value(name).is_some()).count();
        let (mut matching, mut differing) = (0, 0);
        for (name, constant) in table.constants {
            match value(name).map(|mut value| constant.literal().is_next(&mut value)) {
                Some(Ok(true)) => matching += 1,
                Some(_) => differing += 1,
                None => {}
            }
        }
        let unknown = entries.len().saturating_sub(required.len() + known + matching + differing);
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX / 8);
        Some(Fitness {
            sure: count(required.len()).saturating_add(count(3 * matching)).saturating_sub(count(5 * differing)),
            known: count(known),
            unknown: -count(unknown),
        })
    }
}

fn collect<'t>(mut text: Text<'t>, entries: &mut Vec<(Cow<'t, str>, Text<'t>)>) -> Result<(), Broken> {
    let mut first = true;
    text.open()?;
    while let Some(key) = text.key(&mut first)? {
        if entries.len() == ENTRIES {
            break;
        }
        entries.push((key, text));
        text.skip()?;
    }
    Ok(())
}

impl Literal<'_> {
    /// Passes a value; whether it is this one.
    pub(super) fn is_next(self, text: &mut Text<'_>) -> Result<bool, Broken> {
        match (self, text.peek()) {
            (Self::Text(literal), b'"') => Ok(text.string()? == literal),
            (Self::Integer(literal), b'-' | b'0'..=b'9') => Ok(match text.number()?.worth {
                Worth::Natural(number) => i64::try_from(number) == Ok(literal),
                Worth::Negative(number) => number == literal,
                Worth::Float(_) => false,
            }),
            (Self::Flag(true), b't') => text.word("true").map(|()| true),
            (Self::Flag(false), b'f') => text.word("false").map(|()| true),
            _ => text.skip().map(|_| false),
        }
    }
}
