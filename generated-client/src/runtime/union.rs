//! Unions: enums whose variants are the documented alternatives. A value that fits none stays what it is.

use std::any::TypeId;

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::fit::{Fitness, LOOK};
use super::lenient::Kind;
use super::reader::{Read, Reader};
use super::weigh::{Choice, Cost};

/// What `union!` and `tagged_union!` implement.
pub trait Union: Sized + 'static {
    /// The alternatives in the order of the document.
    const ALTERNATIVES: &'static [Alternative<Self>];

    /// A value that fits no alternative.
    fn undocumented(value: Value) -> Self;
}

/// An alternative of a union.
#[derive(Debug)]
pub struct Alternative<U> {
    /// How well a value fits, seen so many lists deep; `None`: not at all.
    pub fit: fn(&Value, usize) -> Option<Fitness>,
    /// Reads the value as this alternative.
    pub read: Read<U>,
}

/// The kind of all unions.
#[derive(Debug)]
pub enum UnionKind {}

impl<U: Union> Kind<U> for UnionKind {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<U> {
        Some(read(value, reader))
    }

    /// Any value can be read, so one that fits no alternative still fits a little.
    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        let fits = U::ALTERNATIVES.iter().filter_map(|alternative| (alternative.fit)(value, look));
        Some(fits.max().unwrap_or(Fitness::LOOSE))
    }

    fn blank() -> U {
        U::undocumented(Value::Null)
    }
}

/// Reads the alternative that fits best; of several that fit alike the one that costs least; of those the first.
fn read<'v, U: Union>(value: &'v Value, reader: &mut Reader<'v>) -> U {
    let Choice { index, cost } = choose::<U>(value, reader);
    if reader.is_weighing() {
        reader.scales.cost.add(cost);
        return U::undocumented(Value::Null);
    }
    let alternative = index.and_then(|index| U::ALTERNATIVES.get(index));
    let read = alternative.and_then(|alternative| reader.attempt(value, alternative.read));
    read.unwrap_or_else(|| U::undocumented(value.clone()))
}

/// Alternatives are weighed only where that can tell something: an answer whose unions are clear by their fields is read
/// once.
fn choose<'v, U: Union>(value: &'v Value, reader: &mut Reader<'v>) -> Choice {
    let id = TypeId::of::<U>();
    if let Some(choice) = reader.scales.choice(value, id) {
        return choice;
    }
    let ways = best(U::ALTERNATIVES.iter().map(|alternative| (alternative.fit)(value, LOOK)));
    if ways.len() < 2 && !reader.is_weighing() {
        return Choice { index: ways.first().copied(), cost: Cost::NONE };
    }
    let mut choice = Choice { index: None, cost: Cost::of_undocumented(value) };
    for index in ways {
        let Some(alternative) = U::ALTERNATIVES.get(index) else { continue };
        let Some(cost) = reader.weigh(value, alternative.read) else { continue };
        if choice.index.is_none() || cost < choice.cost {
            choice = Choice { index: Some(index), cost };
        }
        if cost == Cost::NONE {
            break;
        }
    }
    reader.scales.put_choice(value, id, choice);
    choice
}

/// The places of the greatest; none where nothing fits.
fn best(fits: impl Iterator<Item = Option<Fitness>>) -> Vec<usize> {
    let mut best = None;
    let mut places = Vec::new();
    for (place, fit) in fits.enumerate().filter(|(_, fit)| fit.is_some()) {
        if fit > best {
            best = fit;
            places.clear();
        }
        if fit == best {
            places.push(place);
        }
    }
    places
}

/// Reads a union from any format.
///
/// # Errors
/// Where something inside the chosen alternative departs.
pub fn deserialize<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let mut reader = Reader::default();
    let union = read(&value, &mut reader);
    let (departures, _) = reader.finish();
    match departures.first() {
        None => Ok(union),
        Some(departure) => {
            Err(D::Error::custom(format_args!("a value departs from its type at {:?}", departure.pointer)))
        }
    }
}

/// The fitness of an alternative that a tag decides.
#[must_use]
pub fn fit_tag(value: &Value, tag: &str, values: &[&str]) -> Option<Fitness> {
    let tag = value.get(tag)?.as_str()?;
    values.contains(&tag).then_some(Fitness::NAMED)
}
