//! Values of one type: valid ones, and ones with a single mistake.

use serde_json::{Map, Value, json};

use super::flat::{Choice, Flat, address, members};
use super::sample::Mode;
use super::{Schemas, Target};

/// A value of a type.
#[derive(Debug, Clone)]
pub struct Variation {
    /// The name of the variation.
    pub label: String,
    /// The value.
    pub value: Value,
    /// True if the document allows the value, apart from an unknown enum value or an unnamed property.
    pub is_documented: bool,
}

/// The depth to which types are filled in the fullest value.
const FULL: usize = 4;

/// Returns values most of which have another type than the expected one.
fn odd_values() -> Vec<Value> {
    let numbers = [json!(0), json!(-1), json!(1.0), json!(2.75), json!(1e300), json!(-0.0)];
    let large = [json!(9_007_199_254_740_993_i64), json!(i64::MIN), json!(u64::MAX), json!(1_700_000_000_123_i64)];
    let texts =
        ["", "text", "true", "null", "12", "007", "+1", "2.50", "2.5", "1e3", "-0", " 1", "NaN", "9007199254740993"];
    let times =
        ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.5+05:30", "2024-02-29", "1700000000", "2024-02-30T12:00:00Z"];
    let mut values =
        vec![json!(true), json!(false), json!([]), json!({}), json!(1_700_000_000.0), json!(1_700_000_000.5)];
    values.extend([json!([null, 1, "text", [], {}]), json!({"any": null, "other": {"deep": [1]}})]);
    values.extend(numbers.into_iter().chain(large));
    values.extend(texts.into_iter().chain(times).map(Value::from));
    values
}

/// Puts a variation inside another value, and its place before its label.
fn inside(place: &str, variation: Variation, wrap: impl FnOnce(Value) -> Value) -> Variation {
    let Variation { label, value, is_documented } = variation;
    Variation { label: format!("{place}: {label}"), value: wrap(value), is_documented }
}

fn documented(label: impl Into<String>, value: Value) -> Variation {
    Variation { label: label.into(), value, is_documented: true }
}

fn wrong(label: impl Into<String>, value: Value) -> Variation {
    Variation { label: label.into(), value, is_documented: false }
}

impl<'d> Schemas<'d> {
    /// Returns the variations of a value that satisfies all `schemas`.
    #[must_use]
    pub fn variations(&self, schemas: &[&'d Value]) -> Vec<Variation> {
        let mut found = vec![documented("the fullest", self.value(schemas, &[], Mode::Full(FULL)))];
        found.extend(self.own_variations(schemas));
        found
    }

    /// Returns the values of a target that are completely valid: the least, and those with every property.
    #[must_use]
    pub fn whole_values(&self, target: &Target<'d>) -> Vec<Variation> {
        let modes = [("the least", Mode::Least), ("every property", Mode::Full(0)), ("the fullest", Mode::Full(FULL))];
        modes.into_iter().map(|(label, mode)| documented(label, self.value(&[target.schema], &[], mode))).collect()
    }

    /// Like [`variations`](Self::variations), without the fullest value, because other types are varied on their own.
    fn own_variations(&self, schemas: &[&'d Value]) -> Vec<Variation> {
        let mut found = vec![
            documented("the least", self.value(schemas, &[], Mode::Least)),
            documented("every property", self.value(schemas, &[], Mode::Full(0))),
        ];
        self.vary(schemas, &[], &[], &mut found);
        found
    }

    /// Varies the parts that the chosen branches add to the parts in `done`, then each further branch.
    fn vary(&self, schemas: &[&'d Value], choice: &Choice, done: &[&Flat<'d>], found: &mut Vec<Variation>) {
        let flat = self.flat(schemas, choice);
        let is_done = |address_of: usize| {
            done.iter().any(|done| done.parts.iter().any(|part| address(part.schema) == address_of))
        };
        let mut own = self.flat(schemas, choice);
        own.parts.retain(|part| !part.is_foreign && !is_done(address(part.schema)));
        let whole = |mode| self.value(schemas, choice, mode);
        self.vary_parts(&own, &flat, &whole(Mode::Full(0)), found);
        let met = |key: usize| done.iter().any(|done| done.unions.iter().any(|union| union.key == key));
        for union in flat.unions.iter().filter(|union| !met(union.key)) {
            for index in 1..union.alternatives.len() {
                let choice: Vec<_> = choice.iter().copied().chain([(union.key, index)]).collect();
                for (label, mode) in [("least", Mode::Least), ("full", Mode::Full(1))] {
                    found.push(documented(format!("alternative {index}, {label}"), self.value(schemas, &choice, mode)));
                }
                let done: Vec<_> = done.iter().copied().chain([&flat]).collect();
                self.vary(schemas, &choice, &done, found);
            }
        }
    }

    /// Varies the constraints of `own`; `base` is a value with every property.
    fn vary_parts(&self, own: &Flat<'d>, flat: &Flat<'d>, base: &Value, found: &mut Vec<Variation>) {
        vary_enum(own, found);
        match flat.kind() {
            Some("array") if !own.items().is_empty() => self.vary_items(&flat.items(), found),
            Some("object") => self.vary_members(own, flat, &members(base.clone()), found),
            _ => {}
        }
    }

    fn vary_items(&self, items: &[&'d Value], found: &mut Vec<Variation>) {
        let item = self.value(items, &[], Mode::Least);
        found.push(documented("two items", json!([item, item])));
        for variation in self.variations_below(items) {
            found.push(inside("item", variation, |value| json!([item, value])));
        }
        for odd in odd_values().into_iter().chain([Value::Null]) {
            found.push(wrong(format!("item {odd}"), json!([item, odd, item])));
        }
    }

    fn vary_members(&self, own: &Flat<'d>, flat: &Flat<'d>, base: &Map<String, Value>, found: &mut Vec<Variation>) {
        let with = |name: &str, value: Value| {
            let mut members = base.clone();
            members.insert(name.to_owned(), value);
            Value::Object(members)
        };
        let all = flat.properties();
        for name in own.properties().into_keys() {
            let schemas = all.get(name).map(Vec::as_slice).unwrap_or_default();
            for variation in self.variations_below(schemas) {
                found.push(inside(name, variation, |value| with(name, value)));
            }
            let mut without = base.clone();
            without.remove(name);
            let is_optional = !flat.required().contains(name);
            let dropped =
                Variation { label: format!("{name} dropped"), value: without.into(), is_documented: is_optional };
            found.push(dropped);
            let is_nullable = self.flat(schemas, &[]).is_nullable();
            let null = with(name, Value::Null);
            found.push(Variation { label: format!("{name} null"), value: null, is_documented: is_nullable });
            for odd in odd_values() {
                found.push(wrong(format!("{name} {odd}"), with(name, odd)));
            }
        }
        self.vary_additional(own, flat, with, found);
    }

    fn vary_additional(
        &self,
        own: &Flat<'d>,
        flat: &Flat<'d>,
        with: impl Fn(&str, Value) -> Value,
        found: &mut Vec<Variation>,
    ) {
        const NAME: &str = "undocumented/~ property";
        let odd = json!({"any": [1, null, {"deep": "text"}]});
        if let Some(additional) = own.additional() {
            for variation in self.variations_below(&[additional]) {
                found.push(inside("another property", variation, |value| with(NAME, value)));
            }
            let odd = odd_values().into_iter().chain([Value::Null]);
            found.extend(odd.map(|odd| wrong(format!("another property {odd}"), with(NAME, odd))));
        } else if flat.additional().is_none() {
            found.push(documented("undocumented property", with(NAME, odd)));
            found.push(documented("undocumented null", with(NAME, Value::Null)));
        }
    }

    /// Returns the variations of a schema inside another. A named type is varied on its own.
    fn variations_below(&self, schemas: &[&'d Value]) -> Vec<Variation> {
        if schemas.iter().any(|schema| self.alias(schema).is_some()) {
            return vec![documented("full", self.value(schemas, &[], Mode::Full(1)))];
        }
        self.own_variations(schemas)
    }
}

fn vary_enum(own: &Flat<'_>, found: &mut Vec<Variation>) {
    let values = own.values();
    let largest = values.iter().filter_map(Value::as_i64).max();
    let unknown = match values.first() {
        Some(Value::Bool(flag)) if values.len() == 1 => vec![json!(!flag)],
        Some(Value::Number(_)) => vec![json!(largest.unwrap_or(0) + 1)],
        Some(Value::String(_)) => vec![json!("an undocumented \"value\""), json!("")],
        _ => Vec::new(),
    };
    found.extend(values.into_iter().map(|value| documented(format!("value {value}"), value)));
    found.extend(unknown.into_iter().map(|value| documented(format!("undocumented value {value}"), value)));
}
