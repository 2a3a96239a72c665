//! What a schema demands of a value beyond its type.

use std::cmp::Ordering;

use serde_json::Number;

/// What a schema demands of a value beyond its type; by default nothing. It is told, and checked nowhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// `minimum`, with `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum`, with `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`: more than one where `allOf` joins several.
    pub multiples_of: Vec<Number>,
    /// `minLength` and `maxLength`, in characters.
    pub length: Count,
    /// `pattern`: more than one where `allOf` joins several.
    pub patterns: Vec<String>,
    /// `minItems` and `maxItems`.
    pub items: Count,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties` and `maxProperties`.
    pub properties: Count,
}

/// The smallest or the biggest number.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The number as the document has it: one of 64 bits keeps all its digits.
    pub value: Number,
    /// Whether the number itself is out already.
    pub exclusive: bool,
}

/// How many there may be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// The least.
    pub min: Option<usize>,
    /// The most.
    pub max: Option<usize>,
}

impl Limits {
    /// What keeps to both.
    pub fn and(&self, other: &Self) -> Self {
        Self {
            minimum: tighter(&self.minimum, &other.minimum, Ordering::Greater),
            maximum: tighter(&self.maximum, &other.maximum, Ordering::Less),
            multiples_of: joined(&self.multiples_of, &other.multiples_of),
            length: self.length.and(other.length),
            patterns: joined(&self.patterns, &other.patterns),
            items: self.items.and(other.items),
            unique_items: self.unique_items || other.unique_items,
            properties: self.properties.and(other.properties),
        }
    }

    /// Whether all that keeps to `other` keeps to these.
    pub fn admit(&self, other: &Self) -> bool {
        other.and(self) == *other
    }
}

impl Count {
    fn and(self, other: Self) -> Self {
        let max = [self.max, other.max].into_iter().flatten().min();
        Self { min: self.min.max(other.min), max }
    }
}

/// The bound of both that leaves less; `order` is that of the tighter number to the other one.
fn tighter(a: &Option<Bound>, b: &Option<Bound>, order: Ordering) -> Option<Bound> {
    let (Some(a), Some(b)) = (a, b) else { return a.clone().or_else(|| b.clone()) };
    let is_tighter = match compared(&b.value, &a.value) {
        Ordering::Equal => b.exclusive && !a.exclusive,
        other => other == order,
    };
    Some(if is_tighter { b } else { a }.clone())
}

fn compared(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}

fn joined<T: Clone + PartialEq>(a: &[T], b: &[T]) -> Vec<T> {
    let new = b.iter().filter(|demand| !a.contains(demand));
    a.iter().chain(new).cloned().collect()
}
