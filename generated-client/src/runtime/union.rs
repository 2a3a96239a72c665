//! Unions: enums whose variants are the documented alternatives. A value that fits none is kept as JSON.
//!
//! No value is buffered. The tag (the discriminator) is looked up in the text; without one, each alternative is tried
//! on the text. The chosen alternative then reads the text from the beginning of the value.
//!
//! A trial keeps only the cost of a reading. Unions nest, and each may hold the next in several of its alternatives, so
//! trials inside trials would cost the product of their numbers. To prevent that, each value is tried once for each
//! type: a second trial takes the cost from the memo and does not descend. So the work grows with the number of values,
//! however deep they nest.

use std::any::TypeId;
use std::collections::HashMap;

use serde_json::Value;

use super::decode::{Decodable, Place};
use super::reader::{Failure, Fidelity, Outcome, Reader};

/// The trait that `union!` implements.
pub trait Union: Sized + 'static {
    /// The alternatives, in the order of the document.
    const ALTERNATIVES: &'static [Alternative<Self>];
    /// The name of the field that selects the alternative, if there is one.
    const TAG: Option<&'static str> = None;
    /// The values of that field for each alternative.
    const VALUES: &'static [&'static [&'static str]];

    /// Creates the variant for a value that fits no alternative.
    fn undocumented(value: Value) -> Self;
}

/// The function that reads an alternative.
pub type Alternative<U> = fn(&mut Reader<'_>, &Place<'_>) -> Result<(U, Fidelity), Failure>;

/// Reads the payload of a variant.
///
/// # Errors
/// Fails as the payload does.
pub fn read_as<T: Decodable, U>(
    variant: fn(T) -> U,
    reader: &mut Reader<'_>,
    place: &Place<'_>,
) -> Result<(U, Fidelity), Failure> {
    let mut payload = T::initial();
    let fidelity = payload.fill(reader, place)?;
    Ok((variant(payload), fidelity))
}

/// Reads the alternative that the tag names. In a union without a tag, reads the one that costs least, or the first of
/// several that cost the same. If none fits, keeps the value as JSON.
///
/// # Errors
/// Fails if the text is not JSON, or if there is no memory for the JSON.
pub fn fill<U: Union>(union: &mut U, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
    let mut read = |index: usize, reader: &mut Reader<'_>| {
        let alternative = U::ALTERNATIVES.get(index).ok_or(Failure::Mismatched)?;
        let fidelity;
        (*union, fidelity) = alternative(reader, place)?;
        Ok(fidelity)
    };
    let tag = U::TAG.map(|name| (name, U::VALUES));
    if let Some(fidelity) = reader.union(TypeId::of::<U>(), tag, U::ALTERNATIVES.len(), &mut read)? {
        return Ok(fidelity);
    }
    *union = U::undocumented(reader.tree()?);
    Ok(Fidelity::Whole)
}

type Read<'r> = &'r mut dyn FnMut(usize, &mut Reader<'_>) -> Outcome;

impl Reader<'_> {
    /// Reads an alternative. If none fits, a trial skips the value; otherwise returns `None` before the value.
    fn union(
        &mut self,
        id: TypeId,
        tag: Option<(&str, &[&[&str]])>,
        alternatives: usize,
        read: Read<'_>,
    ) -> Result<Option<Fidelity>, Failure> {
        let outermost = !self.in_trial && self.memo.taken == 0;
        let mark = self.mark();
        let index = match tag {
            Some((name, values)) => {
                let mut text = self.text;
                let there = text.seek(&[name])? && text.peek() == b'"';
                let tag = if there { Some(text.string()?) } else { None };
                tag.and_then(|tag| values.iter().position(|values| values.contains(&&*tag)))
            }
            None => {
                let choice = self.choose(id, alternatives, read)?;
                if self.in_trial {
                    return self.pass(choice).map(Some);
                }
                choice.index
            }
        };
        let outcome = index.map_or(Err(Failure::Mismatched), |index| read(index, self));
        if outermost && self.memo.taken > 0 {
            self.forget_trials();
        }
        if let Ok(_) | Err(Failure::Broken) = outcome {
            return outcome.map(Some);
        }
        self.forget(mark);
        self.text.go_to(mark.at);
        if self.in_trial { self.undocumented().map(Some) } else { Ok(None) }
    }

    /// Tries the alternatives on the next value until one costs nothing, and goes back to the beginning of the value.
    fn choose(&mut self, id: TypeId, alternatives: usize, read: Read<'_>) -> Result<Known, Failure> {
        if let Some(known) = self.known(id) {
            return Ok(known);
        }
        let mark = self.mark();
        let (outcome, cost) = self.trial(Self::undocumented);
        let mut choice = Known { outcome, index: None, cost, end: self.text.at() };
        for index in 0..alternatives {
            self.text.go_to(mark.at);
            let (outcome, cost) = self.trial(|reader| read(index, reader));
            if outcome == Err(Failure::Broken) {
                return Err(Failure::Broken);
            }
            if outcome.is_ok() && (choice.index.is_none() || cost < choice.cost) {
                choice = Known { index: Some(index), cost, ..choice };
            }
            if choice.cost == Cost::default() {
                break;
            }
        }
        self.text.go_to(mark.at);
        if self.make_room() {
            self.memo.known.insert((mark.at, id), choice);
        }
        Ok(choice)
    }

    /// Skips a value that no alternative accepts. An object or a list costs as much as a mismatch. A plain value costs
    /// less, because it may be new in the API.
    fn undocumented(&mut self) -> Outcome {
        let is_whole = matches!(self.text.peek(), b'[' | b'{');
        let parts = self.text.skip()?;
        if is_whole {
            self.add_mismatched(parts)
        } else {
            self.add_cost(CostKind::Unknown, 1)
        }
        Ok(Fidelity::Whole)
    }
}

/// The kinds of cost of reading a value as a type, the heaviest first.
#[derive(Debug, Clone, Copy)]
pub(super) enum CostKind {
    /// Constants of a model that have another value.
    Denied,
    /// Values that do not match their type, with their parts, and expected fields that did not arrive.
    Mismatched,
    /// Plain values that an open enum or union accepts but does not name.
    Unknown,
    /// Fields that a model does not name.
    Unnamed,
    /// Values that were converted from another kind without loss.
    Coerced,
    /// Values whose type accepts many others, such as any text. A map, and a type that accepts any JSON, count twice.
    Untyped,
}

/// The amount of each kind of cost. The smaller of two is the better fit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost([u32; 6]);

impl Cost {
    /// Returns the cost of values that do not match and of fields without a name.
    pub(super) fn lost(self) -> usize {
        let [_, mismatched, _, unnamed, ..] = self.0;
        mismatched.saturating_add(unnamed) as usize
    }
}

/// The results of trials, by the position of the value in the text and the type that it was read as.
#[derive(Debug, Default)]
pub(super) struct Memo {
    pub(super) known: HashMap<(usize, TypeId), Known>,
    /// The memory that the results take, in bytes.
    taken: usize,
}

/// The result of a trial.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) outcome: Outcome,
    /// The index of the alternative that a union is read as, if any.
    pub(super) index: Option<usize>,
    pub(super) cost: Cost,
    /// The position at which the value ends.
    pub(super) end: usize,
}

impl Reader<'_> {
    /// Reads without keeping the value, and returns the outcome and the cost.
    pub(super) fn trial(&mut self, read: impl FnOnce(&mut Self) -> Outcome) -> (Outcome, Cost) {
        let before = (self.in_trial, self.strict, std::mem::take(&mut self.cost));
        (self.in_trial, self.strict) = (true, true);
        let outcome = read(self);
        let cost = self.cost;
        (self.in_trial, self.strict, self.cost) = before;
        (outcome, cost)
    }

    /// Returns whether a reading loses less than half of this many parts. The position is behind the value then.
    pub(super) fn keeps_most(&mut self, parts: usize, read: impl FnOnce(&mut Self) -> Outcome) -> bool {
        let (outcome, cost) = self.trial(read);
        if !self.in_trial {
            self.forget_trials();
        }
        outcome.is_ok() && cost.lost().saturating_mul(2) < parts
    }

    pub(super) fn forget_trials(&mut self) {
        let Memo { taken, .. } = std::mem::take(&mut self.memo);
        self.room.give_back(taken);
    }

    /// Returns the result of an earlier trial of the next value as a type.
    pub(super) fn known(&mut self, id: TypeId) -> Option<Known> {
        let at = self.mark().at;
        self.memo.known.get(&(at, id)).copied()
    }

    /// Skips the next value and adds its known cost, as if it had been tried again.
    pub(super) fn pass(&mut self, Known { outcome, cost, end, .. }: Known) -> Outcome {
        self.cost.0.iter_mut().zip(cost.0).for_each(|(kind, more)| *kind = kind.saturating_add(more));
        self.text.go_to(end);
        outcome
    }

    /// Takes memory for the result of a trial, and returns whether there was any. If not, an object is not tried,
    /// because the result could not be remembered.
    pub(super) fn make_room(&mut self) -> bool {
        // A hash map has up to twice as many slots as entries, and half as many again while it grows.
        let bytes = 4 * size_of::<((usize, TypeId), Known)>();
        let is_room = self.room.take(bytes);
        self.memo.taken += if is_room { bytes } else { 0 };
        is_room
    }

    #[inline]
    pub(super) fn add_cost(&mut self, kind: CostKind, by: u32) {
        if let Some(cost) = self.cost.0.get_mut(kind as usize) {
            *cost = cost.saturating_add(by);
        }
    }

    /// Adds the cost of a value that does not match: one, and one for each part, so that a container costs more than
    /// its parts one by one.
    pub(super) fn add_mismatched(&mut self, parts: usize) {
        self.add_cost(CostKind::Mismatched, u32::try_from(parts).unwrap_or(u32::MAX).saturating_add(1));
    }
}
