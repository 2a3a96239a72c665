//! Finds awkward calls in the whole client: each finding must be fixed, or listed in `spec/awkward-reviewed.yaml` with
//! its reason.

use std::collections::BTreeSet;

use codegen::rust::{Argument, Crate, Shape, Struct, Target, Union};
use document::Document;

/// The maximum length of a type name, in letters.
const LONGEST: usize = 40;

/// Returns whether the argument takes any text: two such arguments can be swapped without a compiler error.
fn is_text(argument: &Argument<'_>) -> bool {
    matches!(argument.ty.text("").as_str(), "impl Into<String>" | "impl Display" | "String")
}

fn is_mixed_up<'a>(arguments: impl IntoIterator<Item = &'a Argument<'a>>) -> bool {
    let texts: Vec<bool> = arguments.into_iter().map(is_text).collect();
    texts.windows(2).any(|pair| pair == [true, true])
}

/// Returns the constructors that take two texts in a row and are not named after the first.
fn constructors(name: &str, of: &Struct<'_>) -> Vec<String> {
    let is_found = |given: &[&Argument<'_>], function: &str| {
        let named = given.first().is_some_and(|first| function == format!("with_{}", first.name));
        is_mixed_up(given.iter().skip(usize::from(named)).copied())
    };
    let all = of.constructors.iter().map(|constructor| {
        let given: Vec<&Argument<'_>> = of.given(constructor).map(|field| &field.argument).collect();
        (constructor.name, given)
    });
    all.filter(|(function, given)| is_found(given, function))
        .map(|(function, _)| format!("{name}::{function}"))
        .collect()
}

/// Returns the variants that a caller must write around a value.
fn wraps(name: &str, union: &Union<'_>) -> Vec<String> {
    let wrapped = union.variants.iter().filter(|variant| !variant.converts());
    wrapped.map(|variant| format!("{name}::{}", variant.of.name)).collect()
}

fn findings(of: &Crate<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for item in &of.items {
        let name = &item.of.name;
        found.extend((name.chars().count() > LONGEST).then(|| name.clone()));
        match &item.shape {
            Shape::Struct(of) => found.extend(constructors(name, of)),
            Shape::Union(union) => found.extend(wraps(name, union)),
            _ => {}
        }
    }
    for (resource, operation) in of.operations() {
        // Path parameters come in the order of the path.
        let in_path = |target: &Target<'_>| matches!(target, Target::Parameter(parameter) if parameter.place.is_path());
        let path = operation.arguments.iter().filter(|input| in_path(&input.target)).count();
        let behind = operation.arguments.iter().skip(path.saturating_sub(1)).map(|input| &input.argument);
        found.extend(is_mixed_up(behind).then(|| format!("{}::{}", resource.of.name, operation.of.name)));
    }
    found
}

#[test]
fn what_is_awkward_is_mended_or_has_its_reason() {
    let api = tests::spec::current();
    let found = findings(&Crate::of(&api));
    let file = tests::spec::root().join("spec/awkward-reviewed.yaml");
    let reviewed = Document::read(&file).expect("a list");
    let mut listed = BTreeSet::new();
    for entry in reviewed.tree().as_array().expect("a list") {
        let (reason, places) =
            (entry["reason"].as_str().expect("a reason"), entry["places"].as_array().expect("places"));
        assert!(reason.len() > 20, "say why: {entry}");
        for place in places {
            assert!(listed.insert(place.as_str().expect("a name").to_owned()), "{place} stands there twice");
        }
    }
    let unsettled: Vec<_> = found.difference(&listed).collect();
    let stale: Vec<_> = listed.difference(&found).collect();
    assert!(unsettled.is_empty() && stale.is_empty(), "not settled: {unsettled:#?}\nnot needed any more: {stale:#?}");
    // The check finds at least some of the shapes that it looks for.
    assert!(found.iter().any(|place| place.contains("::new")));
}
