//! Applies random changes at random places to bodies made from the schemas.

use std::cell::Cell;

use intercom_client::registry::OPERATIONS;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::{Map, Value, json};
use tests::conformance::check::{Outcome, check};
use tests::conformance::payloads::{self, Schemas, Target, Variation};

/// The number of bodies. Their random numbers are the same in each run.
const BODIES: u32 = 20_000;

/// A change at a place.
#[derive(Debug, Clone)]
enum Change {
    Drop,
    Replace(Value),
    Add(String, Value),
    /// A move of a part of the body to another place.
    Move(Index),
    /// A second copy of an item of a list.
    Double,
}

fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i16>().prop_map(|number| json!(f64::from(number) / 8.0)),
        any::<f64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| json!(number.to_string())),
        any::<f32>().prop_map(|number| json!(number.to_string())),
        (0_i64..4_000_000_000, 0_u16..3).prop_map(|(seconds, fraction)| {
            let time = jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default();
            json!(if fraction == 0 { time } else { time.replace('Z', &format!(".{fraction}+02:00")) })
        }),
        ".{0,8}".prop_map(Value::from),
    ];
    scalar.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Returns names that models have, and others.
fn name() -> impl Strategy<Value = String> {
    let known = ["type", "id", "name", "data", "value", "created_at", "custom_attributes", "errors"];
    prop_oneof![prop::sample::select(known.to_vec()).prop_map(str::to_owned), ".{0,6}"]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => Just(Change::Drop),
        4 => any_value().prop_map(Change::Replace),
        2 => (name(), any_value()).prop_map(|(name, value)| Change::Add(name, value)),
        1 => any::<Index>().prop_map(Change::Move),
        1 => Just(Change::Double),
    ]
}

#[test]
fn random_mutations_come_through() {
    let document = payloads::document().expect("the repository's document is sound");
    let schemas = Schemas::new(document.tree());
    let pool: Vec<(Target<'_>, Variation)> = schemas
        .targets()
        .into_iter()
        .flat_map(|target| schemas.whole_values(&target).into_iter().map(move |variation| (target.clone(), variation)))
        .collect();
    assert!(pool.len() > 1_000, "{}", pool.len());
    let (decoded, mismatched) = (Cell::new(0_u32), Cell::new(0_u32));
    let strategy = (any::<Index>(), prop::collection::vec((any::<Index>(), change()), 1..6));
    // No file is needed: the same numbers find the same failure again.
    let config = Config { cases: BODIES, failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let result = TestRunner::new_with_rng(config, random).run(&strategy, |(body, changes)| {
        let (target, variation) = body.get(&pool);
        let mut case = schemas.case(OPERATIONS, target, variation);
        for (place, change) in &changes {
            apply(&mut case.body, place, change);
        }
        match check(&case) {
            Outcome::Decoded { differences, mismatches } if differences.is_empty() => {
                decoded.set(decoded.get() + 1);
                mismatched.set(mismatched.get() + u32::from(!mismatches.is_empty()));
                Ok(())
            }
            Outcome::Refused(place) if schemas.may_be_refused(&target.root, &case.body, &place.pointer) => Ok(()),
            outcome => {
                let said = format!("{} {} ({}): {outcome:?}\n{}", case.operation, case.part, case.source, case.body);
                Err(TestCaseError::fail(said))
            }
        }
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(decoded.get() > BODIES / 2 && mismatched.get() > BODIES / 10, "{decoded:?} {mismatched:?}");
}

/// Changes a body at one of its places. The body as a whole keeps its kind, which is not tested here.
fn apply(body: &mut Value, place: &Index, change: &Change) {
    let mut pointers = Vec::new();
    collect(body, &mut String::new(), &mut pointers);
    let Some(pointer) = pointers.get(place.index(pointers.len().max(1))).cloned() else { return };
    let moved = match change {
        Change::Move(from) => body.pointer(from.get::<String>(&pointers)).cloned(),
        _ => None,
    };
    if let Change::Drop | Change::Double = change {
        let Some((parent, last)) = pointer.rsplit_once('/') else { return };
        let last = document::pointer::unescape(last);
        match (body.pointer_mut(parent), change) {
            (Some(Value::Object(members)), Change::Drop) => drop(members.remove(&*last)),
            (Some(Value::Array(items)), change) => {
                let index = last.parse().unwrap_or(0);
                match change {
                    Change::Drop => drop(items.remove(index)),
                    _ => items.push(items[index].clone()),
                }
            }
            _ => {}
        }
        return;
    }
    let Some(value) = body.pointer_mut(&pointer) else { return };
    match (change, value) {
        (Change::Replace(new), value) => *value = new.clone(),
        (Change::Add(name, new), Value::Object(members)) => drop(members.insert(name.clone(), new.clone())),
        (Change::Add(_, new), Value::Array(items)) => items.push(new.clone()),
        (Change::Move(_), value) => *value = moved.unwrap_or_default(),
        _ => {}
    }
}

/// Collects the JSON pointers of all values in a body except the root.
fn collect(value: &Value, pointer: &mut String, pointers: &mut Vec<String>) {
    let mut into = |segment: &str, value: &Value| {
        let length = pointer.len();
        document::pointer::push(pointer, segment);
        pointers.push(pointer.clone());
        collect(value, pointer, pointers);
        pointer.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| into(name, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| into(&index.to_string(), value)),
        _ => {}
    }
}
