//! The state of a forgiving read: where it is, what departed, and why it failed if it did.

use std::any::TypeId;
use std::borrow::Cow;

use serde_json::{Map, Value};

use super::weigh::{Cost, Scales, weight};

/// A value that departed from its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Departure {
    /// Where, as a JSON pointer from the outermost value.
    pub pointer: String,
    /// What arrived there.
    pub value: Value,
}

/// The state of a forgiving read.
#[derive(Debug, Default)]
pub struct Reader<'v> {
    path: Vec<Step<'v>>,
    departures: Vec<Departure>,
    /// What departed and the like, counted.
    pub(super) scales: Scales,
    /// Whether the value just read does not hold all of the raw value.
    lossy: bool,
    failure: Option<Failure>,
}

/// Why a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) pointer: String,
    pub(super) reason: String,
    /// Whether a value is missing altogether, not merely of another kind.
    pub(super) missing: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

/// What to go back to when a field has been read.
#[derive(Debug)]
pub(super) struct Frame {
    mark: Mark,
    lossy: bool,
}

/// What had departed up to a point of the read.
#[derive(Debug, Clone, Copy)]
struct Mark {
    departures: usize,
    cost: Cost,
}

/// A way to read a value as a type.
pub(super) type Read<T> = for<'v> fn(&'v Value, &mut Reader<'v>) -> Option<T>;

impl<'v> Reader<'v> {
    pub(super) fn finish(self) -> (Vec<Departure>, Option<Failure>) {
        (self.departures, self.failure)
    }

    /// Tells that a value is not what its type takes.
    pub fn unexpected<T>(&mut self, expected: &str, value: &Value) -> Option<T> {
        let found = match value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.fail(|| format!("{found} where {expected} was expected"), false)
    }

    /// Tells that a value became one of another kind without loss, if it did.
    pub(super) fn coerced<T>(&mut self, coerced: Option<T>, expected: &str, value: &Value) -> Option<T> {
        if coerced.is_none() {
            return self.unexpected(expected, value);
        }
        self.scales.cost.coerced = self.scales.cost.coerced.saturating_add(1);
        coerced
    }

    /// A text; a number becomes one. A boolean does not: as text it would go back as another value.
    pub fn text(&mut self, value: &'v Value) -> Option<Cow<'v, str>> {
        let text = match value {
            Value::String(text) => return Some(Cow::Borrowed(text)),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        self.coerced(text, "a string", value).map(Cow::Owned)
    }

    /// Tells that an open enum took a value that it does not name.
    pub fn undocumented(&mut self) {
        self.scales.cost.undocumented = self.scales.cost.undocumented.saturating_add(1);
    }

    /// Tells that the type takes anything, or more than it need.
    pub(super) fn untyped(&mut self) {
        self.scales.cost.untyped = self.scales.cost.untyped.saturating_add(1);
    }

    /// Tells that a model does not name a field.
    pub(super) fn unnamed(&mut self) {
        self.scales.cost.unnamed = self.scales.cost.unnamed.saturating_add(1);
    }

    /// Tells that the value is read, but not the whole of it.
    pub(super) fn lossy(&mut self, value: &Value) {
        self.depart(value);
        self.lossy = true;
    }

    /// Reads an element of a list; one that departs makes the list lossy.
    pub(super) fn element<T>(&mut self, index: usize, value: &'v Value, read: Read<T>) -> Option<T> {
        self.part(Step::Index(index), value, read)
    }

    /// Reads an entry of a map; one that departs makes the map lossy.
    pub(super) fn entry<T>(&mut self, name: &'v str, value: &'v Value, read: Read<T>) -> Option<T> {
        self.part(Step::Key(name), value, read)
    }

    fn part<T>(&mut self, step: Step<'v>, value: &'v Value, read: Read<T>) -> Option<T> {
        self.path.push(step);
        let mark = self.mark();
        let part = read(value, self);
        if part.is_none() {
            self.back_to(mark);
            self.depart(value);
            self.lossy = true;
        }
        self.path.pop();
        part
    }

    /// Reads a value as a model. In a trial that comes by a second time the model stays blank: nobody looks at it.
    pub(super) fn model<T: 'static>(
        &mut self,
        value: &'v Value,
        read: impl FnOnce(&'v Map<String, Value>, &mut Self) -> Option<T>,
        blank: impl FnOnce() -> T,
    ) -> Option<T> {
        let Value::Object(object) = value else { return self.unexpected("an object", value) };
        let id = TypeId::of::<T>();
        match self.scales.model(value, id) {
            Some(Ok(cost)) => {
                self.scales.cost.add(cost);
                return Some(blank());
            }
            Some(Err(missing)) => return self.fail(String::new, missing),
            None => {}
        }
        let before = std::mem::take(&mut self.scales.cost);
        let model = read(object, self);
        let cost = std::mem::replace(&mut self.scales.cost, before);
        self.scales.put_model(value, id, if model.is_some() { Ok(cost) } else { Err(self.is_missing()) });
        self.scales.cost.add(cost);
        model
    }

    /// What it costs to read a value; `None` where it cannot be read. Nothing else of the read is kept.
    pub(super) fn weigh<T>(&mut self, value: &'v Value, read: Read<T>) -> Option<Cost> {
        let before =
            (std::mem::replace(&mut self.scales.weighing, true), std::mem::take(&mut self.scales.cost), self.lossy);
        let is_read = read(value, self).is_some();
        let cost = self.scales.cost;
        (self.scales.weighing, self.scales.cost, self.lossy) = before;
        is_read.then_some(cost)
    }

    /// Reads a value whole or not at all: an alternative that fails leaves no departures behind.
    pub(super) fn attempt<T>(&mut self, value: &'v Value, read: Read<T>) -> Option<T> {
        let (mark, lossy) = (self.mark(), self.lossy);
        let result = read(value, self);
        if result.is_none() {
            self.back_to(mark);
            self.lossy = lossy;
        }
        result
    }

    /// Steps into a field.
    pub(super) fn enter(&mut self, name: &'v str) -> Frame {
        self.path.push(Step::Key(name));
        Frame { mark: self.mark(), lossy: std::mem::take(&mut self.lossy) }
    }

    /// Tells that the value of the field departs, and with it all that departed inside.
    pub(super) fn depart_whole(&mut self, frame: &Frame, value: &Value) {
        self.back_to(frame.mark);
        self.lossy(value);
    }

    /// Steps out of a field; whether its raw value must be kept.
    pub(super) fn leave(&mut self, frame: Frame) -> bool {
        self.path.pop();
        std::mem::replace(&mut self.lossy, frame.lossy)
    }

    /// Whether the read is a trial, of which nothing is kept but what it costs.
    pub(super) fn is_weighing(&self) -> bool {
        self.scales.weighing
    }

    /// Whether what failed last did so because a value is missing altogether.
    pub(super) fn is_missing(&self) -> bool {
        self.failure.as_ref().is_some_and(|failure| failure.missing)
    }

    /// Tells that a required field is missing.
    pub(super) fn missing<T>(&mut self, name: &'v str) -> Option<T> {
        self.path.push(Step::Key(name));
        let failed = self.fail(|| "missing".to_owned(), true);
        self.path.pop();
        failed
    }

    fn depart(&mut self, value: &Value) {
        self.scales.cost.departed = self.scales.cost.departed.saturating_add(weight(value));
        if !self.is_weighing() {
            let departure = Departure { pointer: self.pointer(), value: value.clone() };
            self.departures.push(departure);
        }
    }

    fn mark(&self) -> Mark {
        Mark { departures: self.departures.len(), cost: self.scales.cost }
    }

    fn back_to(&mut self, mark: Mark) {
        self.departures.truncate(mark.departures);
        self.scales.cost = mark.cost;
    }

    fn fail<T>(&mut self, reason: impl FnOnce() -> String, missing: bool) -> Option<T> {
        let (pointer, reason) = if self.is_weighing() { Default::default() } else { (self.pointer(), reason()) };
        self.failure = Some(Failure { pointer, reason, missing });
        None
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path {
            pointer.push('/');
            match step {
                Step::Key(name) => pointer.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => pointer.push_str(&index.to_string()),
            }
        }
        pointer
    }
}
