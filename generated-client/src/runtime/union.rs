//! Unions: enums whose variants are the documented alternatives. A value that fits none stays what it is.
//!
//! Nothing of a value is buffered: a look at the text finds the alternatives that fit, and the one that is chosen reads the
//! text from where the value begins.

use std::any::TypeId;

use serde_json::Value;

use super::decode::Decodable;
use super::departure::Place;
use super::fit::{Fitness, Sight};
use super::reader::{Reader, Told};
use super::text::Text;
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
    /// How well a value fits; `None`: not at all.
    pub fit: fn(&Sight<'_>) -> Option<Fitness>,
    /// Reads the value as this alternative.
    pub read: fn(&mut Reader<'_>, &Place<'_>) -> (U, Told),
}

/// Any value can be read, so one that fits no alternative still fits a little.
#[must_use]
pub fn fit<U: Union>(sight: &Sight<'_>) -> Option<Fitness> {
    let fits = U::ALTERNATIVES.iter().filter_map(|alternative| (alternative.fit)(sight));
    Some(fits.max().unwrap_or(Fitness::LOOSE))
}

/// The fitness of an alternative that a tag decides.
#[must_use]
pub fn fit_tag(sight: &Sight<'_>, tag: &str, values: &[&str]) -> Option<Fitness> {
    let tag = sight.tag(tag)?;
    values.contains(&&*tag).then_some(Fitness::NAMED)
}

/// Reads a payload for [`Alternative::read`].
pub fn read_as<T: Decodable, U>(variant: fn(T) -> U, reader: &mut Reader<'_>, place: &Place<'_>) -> (U, Told) {
    let mut payload = T::blank();
    let told = payload.fill(reader, place);
    (variant(payload), told)
}

/// Reads the alternative that fits best; of several that fit alike the one that costs least; of those the first.
pub fn fill<U: Union>(union: &mut U, reader: &mut Reader<'_>, place: &Place<'_>) -> Told {
    let outermost = !reader.weighing && reader.memo.is_empty();
    let mark = reader.mark();
    let mut weigh = |index: usize, reader: &mut Reader<'_>| {
        U::ALTERNATIVES.get(index).map_or(Told::Departed, |alternative| (alternative.read)(reader, place).1)
    };
    let ways = |text: Text<'_>| {
        let sight = Sight::new(text);
        best(U::ALTERNATIVES.iter().map(|alternative| (alternative.fit)(&sight)))
    };
    let Some(Choice { index, cost, end }) = reader.choose(TypeId::of::<U>(), &ways, &mut weigh) else {
        return Told::Broken;
    };
    if reader.weighing {
        reader.cost.add(cost);
        reader.text.go_to(end);
        return Told::Whole;
    }
    let mut told = Told::Departed;
    if let Some(alternative) = index.and_then(|index| U::ALTERNATIVES.get(index)) {
        (*union, told) = (alternative.read)(reader, place);
    }
    if matches!(told, Told::Departed | Told::Missing) {
        reader.go_back(mark);
        told = match reader.tree() {
            Ok(value) => {
                *union = U::undocumented(value);
                Told::Whole
            }
            Err(told) => told,
        };
    }
    if outermost {
        reader.forget_trials();
    }
    told
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

impl Reader<'_> {
    /// Alternatives are weighed only where that can tell something: an answer whose unions are clear by their fields is read
    /// once. The place stays before the value. `None`: the text is no JSON.
    fn choose(
        &mut self,
        id: TypeId,
        ways: &dyn Fn(Text<'_>) -> Vec<usize>,
        weigh: &mut dyn FnMut(usize, &mut Self) -> Told,
    ) -> Option<Choice> {
        let mark = self.mark();
        if let Some(choice) = self.memo.choices.get(&(mark.at(), id)) {
            return Some(*choice);
        }
        let ways = ways(self.text);
        if ways.len() < 2 && !self.weighing {
            return Some(Choice { index: ways.first().copied(), cost: Cost::NONE, end: mark.at() });
        }
        let parts = self.text.skip().ok()?;
        let is_whole = self.raw(mark).starts_with(['{', '[']);
        let mut choice = Choice { index: None, cost: Cost::of_undocumented(is_whole, parts), end: self.text.at() };
        for index in ways {
            self.text.go_to(mark.at());
            let (told, cost) = self.trial(|reader| weigh(index, reader));
            if told == Told::Broken {
                return None;
            }
            if told.is_read() && (choice.index.is_none() || cost < choice.cost) {
                choice = Choice { index: Some(index), cost, ..choice };
            }
            if told.is_read() && cost == Cost::NONE {
                break;
            }
        }
        self.text.go_to(mark.at());
        // Plain values have nothing below them: to weigh them again costs less.
        if is_whole && self.remember::<Choice>() {
            self.memo.choices.insert((mark.at(), id), choice);
        }
        Some(choice)
    }
}
