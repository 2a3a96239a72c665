//! Parses YAML text, and finds the positions of nodes in it by a walk over its events.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde::de::DeserializeSeed;
use serde_json::Value;

use crate::diagnostic::quote;
use crate::pointer;
use crate::position::{Lines, Position, Positions};
use crate::tree::{Budget, Failure, Fault, Node};

/// The maximum number of open brackets. `serde_yaml` takes time in proportion to their square.
const BRACKETS: usize = 2000;

pub(crate) fn parse(text: &str, budget: &Budget) -> Result<Value, Failure> {
    if let Some(offset) = too_many_brackets(text) {
        return Err(Failure {
            message: format!("nested too deep: more than {BRACKETS} brackets are open"),
            help: None,
            position: Some(Lines::new(text).position(offset)),
        });
    }
    Node::root(budget).deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| {
        let message = error.to_string();
        let position = error.location().map(|at| position(text, at.index()));
        if let Some(verdict) = budget.verdict() {
            return Failure { message: verdict.to_owned(), help: None, position };
        }
        // These two errors of `serde_yaml` have no position and unclear messages.
        if message.contains("more than one document") {
            return Failure {
                message: "the file holds several YAML documents".to_owned(),
                help: Some("keep one, and remove the `---` between them".to_owned()),
                position: second_document(text),
            };
        }
        if message.contains("repetition limit") {
            return Failure { message: "the aliases unfold without end".to_owned(), help: None, position: None };
        }
        let message = without_places(&message);
        Failure { message: format!("not well-formed YAML: {message}"), help: None, position }
    })
}

/// Returns a message of `serde_yaml` without positions, whose lines are counted differently.
fn without_places(message: &str) -> String {
    let mut parts = message.split(" at line ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || "column".contains(c)));
    }
    text
}

/// Returns the line and column of a character. `serde_yaml` takes more characters for line ends than an editor does.
fn position(text: &str, index: usize) -> Position {
    let before = text.chars().take(index);
    before.fold((1, 1), |(line, column), c| if c == '\n' { (line + 1, 1) } else { (line, column + 1) })
}

/// Returns the offset of the first bracket beyond the limit, if there is one. Brackets in quoted text count too; no
/// real document comes close.
fn too_many_brackets(text: &str) -> Option<usize> {
    let opens = |byte: u8| matches!(byte, b'[' | b'{');
    if text.bytes().filter(|&byte| opens(byte)).count() <= BRACKETS {
        return None;
    }
    let mut open = 0usize;
    text.bytes().position(|byte| {
        if opens(byte) {
            open += 1;
        } else if matches!(byte, b']' | b'}') {
            open = open.saturating_sub(1);
        }
        open > BRACKETS
    })
}

fn second_document(text: &str) -> Option<Position> {
    let starts = |event: &(Event<'_>, Span)| matches!(event.0, Event::DocumentStart(_));
    let (_, span) = Parser::new_from_str(text).map_while(Result::ok).filter(starts).nth(1)?;
    Some(start(&span))
}

fn start(span: &Span) -> Position {
    (span.start.line(), span.start.col() + 1)
}

pub(crate) fn locate(text: &str, wanted: &mut Positions<'_>) {
    walk(text, |node| {
        // A block that starts on a line after its key gets the position of the key.
        let place = match node.key {
            Some(key) if key.position.0 != node.position.0 => key.position,
            _ => node.position,
        };
        match wanted.get_mut(node.pointer) {
            Some(found) => {
                found.get_or_insert(place);
                true
            }
            None => false,
        }
    });
}

/// Finds duplicate keys, keys that are not texts, and numbers that JSON cannot hold.
pub(crate) fn faults(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut first: HashMap<String, Position> = HashMap::new();
    walk(text, |node| {
        let mut fault = |pointer: &str, message: String, expected: &str, assumed, position| {
            let expected = Some(expected.to_owned());
            faults.push(Fault { pointer: pointer.to_owned(), message, expected, assumed, position });
        };
        if let Some(key) = node.key {
            if let Some(kind) = key.odd {
                // No pointer leads to such a key, so the fault is reported at the object that holds it.
                let holder = pointer::parent(node.pointer).unwrap_or_default();
                let expected = "a text, or an integer such as a status code";
                let assumed = if key.name.is_empty() { "nothing" } else { "what it is written as" };
                fault(holder, format!("a key is {kind}"), expected, assumed, key.position);
                return false;
            }
            if let Some((line, column)) = first.get(node.pointer) {
                let message = format!("the key {} stands twice, first at {line}:{column}", quote(&key.name));
                fault(node.pointer, message, "each key once", "the last one", key.position);
                return false;
            }
            first.insert(node.pointer.to_owned(), key.position);
        }
        if let Some(scalar) = node.plain
            && is_infinite(scalar)
        {
            let message = format!("the number {scalar} has no counterpart in JSON");
            fault(node.pointer, message, "a finite number", "null", node.position);
        }
        true
    });
    faults
}

fn is_infinite(plain: &str) -> bool {
    matches!(plain.trim_start_matches(['+', '-']), ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
}

struct Visit<'n> {
    pointer: &'n str,
    position: Position,
    /// The key of the node, if an object holds it.
    key: Option<&'n Key>,
    /// The text of a plain scalar.
    plain: Option<&'n str>,
}

struct Key {
    name: String,
    position: Position,
    /// The kind of the key, if it is neither a text nor an integer.
    odd: Option<&'static str>,
}

/// An object or list that the walk is inside; `length` is the length of its pointer.
enum Frame {
    Object { length: usize, key: Option<Key> },
    List { length: usize, index: usize },
}

/// Returns the pointer of the last node that begins at or before a position, which is where the text has an error.
pub(crate) fn pointer_at(text: &str, position: Position) -> String {
    let mut innermost = String::new();
    walk(text, |node| {
        let before = node.key.map_or(node.position, |key| key.position) <= position;
        if before {
            node.pointer.clone_into(&mut innermost);
        }
        before && node.pointer.len() < LONG
    });
    innermost
}

/// The length above which no message would show a pointer in full.
const LONG: usize = 1000;

/// Walks the events of the first document and calls `visit` for each node. If `visit` returns `false` for an object or
/// list, the nodes inside are skipped. The walk ends silently where the text is not well-formed.
fn walk(text: &str, mut visit: impl FnMut(Visit<'_>) -> bool) {
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = String::new();
    let mut skipping = 0usize;
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        let opens = matches!(event, Event::MappingStart(..) | Event::SequenceStart(..));
        match &event {
            Event::MappingEnd | Event::SequenceEnd if skipping > 0 => skipping -= 1,
            Event::MappingEnd | Event::SequenceEnd => {
                frames.pop();
            }
            Event::DocumentEnd => return,
            _ if skipping > 0 => skipping += usize::from(opens),
            Event::Scalar(..) | Event::Alias(_) | Event::MappingStart(..) | Event::SequenceStart(..) => {
                if let Some(Frame::Object { key: key @ None, .. }) = frames.last_mut() {
                    *key = Some(key_of(&event, start(&span)));
                    skipping += usize::from(opens);
                    continue;
                }
                let key = enter(&mut frames, &mut at);
                let plain = match &event {
                    Event::Scalar(text, ScalarStyle::Plain, _, None) => Some(&**text),
                    _ => None,
                };
                let inside = visit(Visit { pointer: &at, position: start(&span), key: key.as_ref(), plain });
                let length = at.len();
                match event {
                    Event::MappingStart(..) if inside => frames.push(Frame::Object { length, key: None }),
                    Event::SequenceStart(..) if inside => frames.push(Frame::List { length, index: 0 }),
                    _ => skipping += usize::from(opens),
                }
            }
            _ => {}
        }
    }
}

/// Sets `at` to the pointer of the next node in the innermost frame, and takes the key of that node.
fn enter(frames: &mut [Frame], at: &mut String) -> Option<Key> {
    match frames.last_mut()? {
        Frame::Object { length, key } => {
            at.truncate(*length);
            if let Some(key) = &key {
                pointer::push(at, &key.name);
            }
            key.take()
        }
        Frame::List { length, index } => {
            at.truncate(*length);
            pointer::push(at, &index.to_string());
            *index += 1;
            None
        }
    }
}

fn key_of(event: &Event<'_>, position: Position) -> Key {
    let (name, odd) = match event {
        Event::Scalar(text, ScalarStyle::Plain, _, None) => (text.to_string(), odd_scalar(text)),
        Event::Scalar(text, ..) => (text.to_string(), None),
        Event::MappingStart(..) => (String::new(), Some("an object")),
        Event::SequenceStart(..) => (String::new(), Some("a list")),
        _ => (String::new(), None),
    };
    Key { name, position, odd }
}

fn odd_scalar(plain: &str) -> Option<&'static str> {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => Some("null"),
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Some("a truth value"),
        _ if is_infinite(plain) => Some("a number"),
        _ if plain.parse::<i128>().is_err() && plain.parse::<f64>().is_ok_and(f64::is_finite) => {
            Some("a number with a fraction")
        }
        _ => None,
    }
}
