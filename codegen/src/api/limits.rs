//! The limits that a schema sets for a value beyond its type.

use std::cmp::Ordering;

use serde_json::Number;

/// The limits of a value; by default none. Generated code documents them and never checks them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// `minimum`, with `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum`, with `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`; more than one where `allOf` joins several.
    pub multiples_of: Vec<Number>,
    /// `minLength` and `maxLength`, in characters.
    pub length: Count,
    /// `pattern`; more than one where `allOf` joins several.
    pub patterns: Vec<String>,
    /// `minItems` and `maxItems`.
    pub items: Count,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties` and `maxProperties`.
    pub properties: Count,
}

/// A lower or upper bound of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The number; with `type: integer` no digit is lost.
    pub value: Number,
    /// True if the number itself is out of bounds.
    pub exclusive: bool,
}

/// A lower and an upper bound of a count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// The smallest count that is allowed.
    pub min: Option<usize>,
    /// The largest count that is allowed.
    pub max: Option<usize>,
}

impl Limits {
    /// Returns the combined limits, which demand everything that either demands.
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

    /// Returns each limit as a phrase: `from 1 to 150`, `at most 255 characters`. `quoted` formats a pattern.
    pub fn phrases(&self, quoted: impl Fn(&str) -> String) -> Vec<String> {
        let Limits { minimum, maximum, multiples_of, length, patterns, items, unique_items, properties } = self;
        let mut phrases: Vec<String> = Vec::new();
        phrases.extend(range(minimum.as_ref(), maximum.as_ref()));
        phrases.extend(multiples_of.iter().map(|step| format!("a multiple of {step}")));
        phrases.extend(count(*length, "character", "characters"));
        phrases.extend(patterns.iter().map(|pattern| format!("matches {}", quoted(pattern))));
        phrases.extend(count(*items, "item", "items"));
        phrases.extend(unique_items.then(|| "no two alike".to_owned()));
        phrases.extend(count(*properties, "property", "properties"));
        phrases
    }

    /// Returns whether these limits demand nothing that `other` does not demand.
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

/// Returns the tighter of two bounds. `order` is the result of comparing a tighter number with the other one.
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

fn range(minimum: Option<&Bound>, maximum: Option<&Bound>) -> Option<String> {
    if let (Some(Bound { value: min, exclusive: false }), Some(Bound { value: max, exclusive: false })) =
        (minimum, maximum)
    {
        return Some(if min == max { format!("only {min}") } else { format!("from {min} to {max}") });
    }
    let bound = |bound: Option<&Bound>, inclusive: &str, exclusive: &str| {
        bound.map(|bound| format!("{} {}", if bound.exclusive { exclusive } else { inclusive }, bound.value))
    };
    let phrases = [bound(minimum, "at least", "more than"), bound(maximum, "at most", "less than")];
    let phrases: Vec<String> = phrases.into_iter().flatten().collect();
    (!phrases.is_empty()).then(|| phrases.join(" and "))
}

fn count(Count { min, max }: Count, one: &str, many: &str) -> Option<String> {
    let noun = |count: usize| if count == 1 { one } else { many };
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("{max} {}", noun(max))),
        (Some(min), Some(max)) => Some(format!("from {min} to {max} {}", noun(max))),
        (Some(min), None) => Some(format!("at least {min} {}", noun(min))),
        (None, Some(max)) => Some(format!("at most {max} {}", noun(max))),
        (None, None) => None,
    }
}
