//! Makes values that a schema describes.

use serde_json::{Map, Value, json};

use super::Schemas;
use super::flat::{Choice, Flat, address, members};
use super::routes::Step;

/// The kind of value to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A value with only the required properties.
    Least,
    /// A value with every property; properties that are types of their own are filled to this depth.
    Full(usize),
}

/// The maximum depth of values whose required properties lead back to themselves.
const DEPTH: usize = 24;

/// The number of values after which only required properties are added.
const VALUES: usize = 2000;

impl<'d> Schemas<'d> {
    /// Returns a value that satisfies all `schemas`.
    pub(super) fn value(&self, schemas: &[&'d Value], choice: &Choice, mode: Mode) -> Value {
        self.left.set(VALUES);
        self.of(&self.flat(schemas, choice), mode, 0)
    }

    fn of(&self, flat: &Flat<'d>, mode: Mode, depth: usize) -> Value {
        self.made.borrow_mut().extend(flat.parts.iter().map(|part| address(part.schema)));
        self.left.set(self.left.get().saturating_sub(1));
        if let Some(value) = flat.values().into_iter().next() {
            return value;
        }
        match flat.kind() {
            _ if depth >= DEPTH => Value::Null,
            Some("boolean") => json!(true),
            Some("integer") => integer(flat),
            Some("number") => json!(12.5),
            Some("string") => string(flat),
            Some("array") if mode == Mode::Least => json!([]),
            Some("array") => match self.below(&flat.items(), mode, depth) {
                Value::Null => json!([]),
                item => json!([item]),
            },
            Some("object") => self.object(flat, mode, depth),
            _ => anything(),
        }
    }

    /// Returns a value inside another. In [`Mode::Full`], a type of its own takes one level of the depth.
    fn below(&self, schemas: &[&'d Value], mode: Mode, depth: usize) -> Value {
        let is_own = schemas.iter().any(|schema| self.alias(schema).is_some());
        let mode = match mode {
            Mode::Full(levels) if is_own => levels.checked_sub(1).map_or(Mode::Least, Mode::Full),
            _ if self.left.get() == 0 => Mode::Least,
            mode => mode,
        };
        self.of(&self.flat(schemas, &[]), mode, depth + 1)
    }

    fn object(&self, flat: &Flat<'d>, mode: Mode, depth: usize) -> Value {
        let required = flat.required();
        let mut members = Map::new();
        for (name, schemas) in flat.properties() {
            if mode != Mode::Least || required.contains(name) {
                members.insert(name.to_owned(), self.below(&schemas, mode, depth));
            }
        }
        let tags = flat.tags.iter().map(|(tag, value)| ((*tag).to_owned(), json!(value)));
        members.extend(tags);
        if mode != Mode::Least {
            let name = || "any key é".to_owned();
            match flat.additional() {
                Some(schema) => members.extend([(name(), self.below(&[schema], mode, depth))]),
                None if flat.is_free() => members.extend([(name(), anything())]),
                None => {}
            }
        }
        Value::Object(members)
    }

    /// Returns the least body that has `value` at the end of `steps`.
    pub(super) fn place(&self, schemas: &[&'d Value], steps: &[Step<'d>], value: &Value) -> Value {
        let is_choice = |step: &&Step<'_>| matches!(step, Step::Alternative(..));
        let (choice, rest) = steps.split_at(steps.iter().take_while(is_choice).count());
        let choice: Vec<_> = choice.iter().filter_map(|step| step.choice()).collect();
        let mut flat = self.flat(schemas, &choice);
        let Some((step, rest)) = rest.split_first() else {
            // The value replaces the branch; the properties beside the union are added.
            flat.parts.retain(|part| !part.is_foreign);
            return self.beside(&flat, value);
        };
        let mut around = members(self.object(&flat, Mode::Least, 0));
        match step {
            Step::Items => json!([self.place(&flat.items(), rest, value)]),
            Step::Property(name) => {
                let schemas = flat.properties().remove(name).unwrap_or_default();
                around.insert((*name).to_owned(), self.place(&schemas, rest, value));
                around.into()
            }
            Step::Additional => {
                let schemas: Vec<_> = flat.additional().into_iter().collect();
                around.insert("any key é".to_owned(), self.place(&schemas, rest, value));
                around.into()
            }
            Step::Alternative(..) => value.clone(),
        }
    }

    fn beside(&self, flat: &Flat<'d>, value: &Value) -> Value {
        match value {
            Value::Object(own) if !flat.unions.is_empty() => {
                let mut members = members(self.object(flat, Mode::Least, 0));
                members.extend(own.clone());
                members.into()
            }
            _ => value.clone(),
        }
    }
}

fn integer(flat: &Flat<'_>) -> Value {
    if matches!(flat.format(), Some("date-time" | "timestamp")) {
        return json!(1_700_000_007);
    }
    json!(7.min(flat.bound("maximum").unwrap_or(i64::MAX)).max(flat.bound("minimum").unwrap_or(i64::MIN)))
}

fn string(flat: &Flat<'_>) -> Value {
    json!(match flat.format() {
        Some("date-time") => "2026-03-04T05:06:07.089Z",
        Some("timestamp") => "2026-03-04T05:06:07Z",
        Some("date") => "2026-03-04",
        Some("email") => "a.b+c@example.com",
        Some("uri") => "https://example.com/a?b=c&d=%20e",
        Some("uuid") => "0b6f1a52-0000-4000-8000-000000000123",
        Some("byte") => "YSDDqQ==",
        _ => "a/b \"c\" \\ é \u{1F600}",
    })
}

/// Returns a value for a schema without constraints.
fn anything() -> Value {
    json!({ "any": [1, 2.5, "three é", null, { "deep": [[true]] }] })
}
