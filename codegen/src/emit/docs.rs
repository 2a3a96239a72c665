//! Doc comments.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::prose::{capitalized, code};
use crate::api::{Bound, Count, Limits};
use crate::files;

/// Returns a doc comment for the item that follows.
pub(super) fn doc(text: &str) -> TokenStream {
    let text = lines(text);
    quote!(#[doc = #text])
}

/// Returns a doc comment for the file.
pub(super) fn file_doc(text: &str) -> TokenStream {
    let text = lines(text);
    quote!(#![doc = #text])
}

/// Returns `text` as a literal, with a space before each line that is not empty, as in `/// text`.
fn lines(text: &str) -> Literal {
    let lines = text.trim().lines().map(str::trim_end);
    let lines = lines.map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    let lines = lines.collect::<Vec<_>>().join(files::LINE_END);
    // Nothing in a raw string is escaped, so later stages need not unescape it character by character.
    let raw = (!lines.contains("\"#")).then(|| format!("r#\"{lines}\"#").parse().ok()).flatten();
    raw.unwrap_or_else(|| Literal::string(&lines))
}

/// Returns `text` and whatever it does not mention: the limits of a value, and the value that the server assumes where
/// it is absent.
pub(super) fn with_values(text: &str, limits: &Limits, default: Option<&Value>) -> String {
    let limits = Some(untold(text, limits)).filter(|limits| !limits.is_empty());
    let default = default.filter(|default| !default.is_null() && !text.to_lowercase().contains("default"));
    let default = default.map(|default| format!("Default: {}.", code(&default.to_string())));
    let paragraphs = [Some(text.to_owned()), limits, default];
    paragraphs.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Returns a sentence for each of `limits` that `text` does not mention; empty if there are none.
fn untold(text: &str, limits: &Limits) -> String {
    let phrases = without_told(text, limits).phrases(code).into_iter();
    phrases.map(|phrase| format!("{}.", capitalized(&phrase))).collect::<Vec<_>>().join(" ")
}

/// Returns `limits` without those whose number, pattern or keyword is in `text`.
fn without_told(text: &str, limits: &Limits) -> Limits {
    if *limits == Limits::default() {
        return Limits::default();
    }
    // `1-150` is two numbers, but `0.5` and `10,000` are one each.
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
