//! The state of a forgiving read: where it is, what departed, and why it failed if it did.

use serde_json::{Map, Value};

use super::model::Table;
use super::object::ObjectReader;

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
    coercions: usize,
    /// Whether the value just read does not hold all of the raw value.
    lossy: bool,
    failure: Option<Failure>,
    /// How deep the model is that is being made up because a required value departed; zero: none is.
    empty_depth: usize,
    /// Whether several alternatives of a union are being tried.
    trying: bool,
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
    departures: usize,
    lossy: bool,
}

/// A way to read a value as a type.
pub(super) type Read<T> = for<'v> fn(&'v Value, &mut Reader<'v>) -> Option<T>;

/// Models made up deeper than this hold themselves as a required field.
const EMPTY_DEPTH: usize = 16;

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
        self.fail(format!("{found} where {expected} was expected"), false)
    }

    /// Tells that a value became one of another kind without loss, if it did.
    pub(super) fn coerced<T>(&mut self, coerced: Option<T>, expected: &str, value: &Value) -> Option<T> {
        if coerced.is_none() {
            return self.unexpected(expected, value);
        }
        self.coercions += 1;
        coerced
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
        let mark = self.departures.len();
        let part = read(value, self);
        if part.is_none() {
            self.departures.truncate(mark);
            self.depart(value);
            self.lossy = true;
        }
        self.path.pop();
        part
    }

    /// Reads the fields of an object; `None` where the value is no object.
    pub(super) fn object<'r>(&'r mut self, value: &'v Value, table: &'static Table) -> Option<ObjectReader<'v, 'r>> {
        match value {
            Value::Object(object) => Some(ObjectReader::new(object, table, self)),
            _ => self.unexpected("an object", value),
        }
    }

    /// Makes up a model from nothing, because a required value departed.
    pub(super) fn empty<T>(
        &mut self,
        table: &'static Table,
        read: impl FnOnce(ObjectReader<'_, '_>) -> Option<T>,
    ) -> Option<T> {
        if self.empty_depth >= EMPTY_DEPTH {
            return None;
        }
        let object = Map::new();
        let mut reader = Reader { empty_depth: self.empty_depth + 1, ..Reader::default() };
        read(ObjectReader::new(&object, table, &mut reader))
    }

    /// Reads a value by each of several ways and takes what departs least; the first of equals.
    pub(super) fn least_departing<T>(&mut self, value: &'v Value, ways: &[Read<T>]) -> Option<T> {
        // Inside a trial the first way is taken unseen: trials in trials would cost the product of their sizes.
        if self.trying {
            return ways.first().and_then(|read| self.attempt(value, *read));
        }
        let mut best: Option<(usize, Reader<'v>, T)> = None;
        for read in ways {
            let mut trial = Reader { path: self.path.clone(), trying: true, ..Reader::default() };
            let Some(result) = read(value, &mut trial) else { continue };
            let cost = trial.departures.len() * 1000 + trial.coercions;
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, trial, result));
            }
            if cost == 0 {
                break;
            }
        }
        let (_, trial, result) = best?;
        self.departures.extend(trial.departures);
        self.coercions += trial.coercions;
        self.lossy |= trial.lossy;
        Some(result)
    }

    /// Reads a value whole or not at all: an alternative that fails leaves no departures behind.
    pub(super) fn attempt<T>(&mut self, value: &'v Value, read: Read<T>) -> Option<T> {
        let (mark, lossy) = (self.departures.len(), self.lossy);
        let result = read(value, self);
        if result.is_none() {
            self.departures.truncate(mark);
            self.lossy = lossy;
        }
        result
    }

    /// Steps into a field.
    pub(super) fn enter(&mut self, name: &'v str) -> Frame {
        self.path.push(Step::Key(name));
        Frame { departures: self.departures.len(), lossy: std::mem::take(&mut self.lossy) }
    }

    /// Tells that the value of the field departs, and with it all that departed inside.
    pub(super) fn depart_whole(&mut self, frame: &Frame, value: &Value) {
        self.departures.truncate(frame.departures);
        self.lossy(value);
    }

    /// Steps out of a field; whether its raw value must be kept.
    pub(super) fn leave(&mut self, frame: Frame) -> bool {
        self.path.pop();
        std::mem::replace(&mut self.lossy, frame.lossy)
    }

    /// Whether a model is being made up from nothing.
    pub(super) fn is_making_up(&self) -> bool {
        self.empty_depth > 0
    }

    /// Whether what failed last did so because a value is missing altogether.
    pub(super) fn is_missing(&self) -> bool {
        self.failure.as_ref().is_some_and(|failure| failure.missing)
    }

    /// Tells that a required field is missing.
    pub(super) fn missing<T>(&mut self, name: &'v str) -> Option<T> {
        self.path.push(Step::Key(name));
        let failed = self.fail("missing".to_owned(), true);
        self.path.pop();
        failed
    }

    fn depart(&mut self, value: &Value) {
        let departure = Departure { pointer: self.pointer(), value: value.clone() };
        self.departures.push(departure);
    }

    fn fail<T>(&mut self, reason: String, missing: bool) -> Option<T> {
        self.failure = Some(Failure { pointer: self.pointer(), reason, missing });
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
