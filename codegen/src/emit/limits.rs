//! Limits in words, which are the same in the documentation, in the outline and in a difference.

use super::docs::{capitalized, code};
use crate::api::{Bound, Count, Limits};

/// What `limits` demand, for plain text on one line: `from 1 to 150`, `at most 255 characters`.
pub(crate) fn plain(limits: &Limits) -> Vec<String> {
    phrases(limits, |pattern| format!("{pattern:?}"))
}

/// What `limits` demand and `text` does not say, each in a sentence; nothing where `text` says it all.
pub(super) fn untold(text: &str, limits: &Limits) -> String {
    let phrases = phrases(&without_told(text, limits), code).into_iter();
    phrases.map(|phrase| format!("{}.", capitalized(&phrase))).collect::<Vec<_>>().join(" ")
}

fn phrases(limits: &Limits, quoted: impl Fn(&str) -> String) -> Vec<String> {
    let Limits { minimum, maximum, multiples_of, length, patterns, items, unique_items, properties } = limits;
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

/// `limits` without those whose number, pattern or word stands in `text`.
fn without_told(text: &str, limits: &Limits) -> Limits {
    if *limits == Limits::default() {
        return Limits::default();
    }
    // `1-150` has two numbers, `0.5` and `10,000` are one each.
    let words: Vec<String> = text
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',' | '_')))
        .map(|word| word.trim_matches(['.', ',']).replace(',', ""))
        .collect();
    let tells = |number: &str| words.iter().any(|word| word == number.trim_start_matches('-'));
    let tells_of_unique = words.iter().any(|word| word.eq_ignore_ascii_case("unique"));
    let bound = |bound: &Option<Bound>| bound.clone().filter(|bound| !tells(&bound.value.to_string()));
    let count = |count: Count| {
        let keep = |count: Option<usize>| count.filter(|count| !tells(&count.to_string()));
        Count { min: keep(count.min), max: keep(count.max) }
    };
    Limits {
        minimum: bound(&limits.minimum),
        maximum: bound(&limits.maximum),
        multiples_of: limits.multiples_of.iter().filter(|step| !tells(&step.to_string())).cloned().collect(),
        length: count(limits.length),
        patterns: limits.patterns.iter().filter(|pattern| !text.contains(&code(pattern))).cloned().collect(),
        items: count(limits.items),
        unique_items: limits.unique_items && !tells_of_unique,
        properties: count(limits.properties),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_to(min: i64, max: i64) -> Limits {
        let bound = |value: i64| Some(Bound { value: value.into(), exclusive: false });
        Limits { minimum: bound(min), maximum: bound(max), ..Limits::default() }
    }

    #[test]
    fn a_bound_that_the_description_tells_is_not_told_again() {
        for (text, limits, untold) in [
            ("How many.", from_to(1, 150), "From 1 to 150."),
            ("How many, at most 150.", from_to(1, 150), "At least 1."),
            ("How many: 1-150", from_to(1, 150), ""),
            ("From page 1500 of v1.150 on", from_to(1, 150), "From 1 to 150."),
            ("Up to 10,000 of them", from_to(1, 10_000), "At least 1."),
            ("-5 is the lowest", from_to(-5, 5), ""),
            ("Is `field_1`", from_to(1, 1), "Only 1."),
        ] {
            assert_eq!(super::untold(text, &limits), untold, "{text}");
        }
    }
}
