//! Breaks cycles of types that no finite value could have, and chains that are too deep for the compiler.
//!
//! Each walk has a stack of its own and visits each type once: a document may have any number of types.

use document::diagnostic::Diagnostic;

use crate::api::{Shape, Type, TypeId, Types};

/// The maximum depth of lists and maps nested through aliases: the compiler takes a type apart to that depth.
const NESTED: usize = 64;

/// An edge of a graph of types: the position in its owner, and the index of its target.
type Edge = (usize, usize);

/// Breaks all these cycles and chains. An edge may lead to any type, so `types` must be complete.
pub(super) fn break_all(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    break_aliases(types, diagnostics);
    break_unions(types, diagnostics);
    // A union with one variant has become an alias.
    break_aliases(types, diagnostics);
    break_endless_models(types, diagnostics);
}

/// Turns an alias that leads back to itself, or nests too many lists, into any JSON, since Rust has no such alias. An
/// alias of an alias becomes one of the end of the chain.
pub(super) fn break_aliases(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    // The depth of nested lists in each alias, once it is known.
    let mut depths: Vec<Option<usize>> = vec![None; types.0.len()];
    let mut walk = vec![usize::MAX; types.0.len()];
    for start in 0..types.0.len() {
        let mut chain = Vec::new();
        let mut at = start;
        while let Some((_, next)) = alias(types, at)
            && depths[at].is_none()
            && walk[at] != start
        {
            walk[at] = start;
            chain.push(at);
            at = next;
        }
        if walk[at] == start && depths[at].is_none() {
            // The first member of the cycle by name takes any JSON, wherever the walk began.
            let first = chain.iter().position(|member| *member == at).unwrap_or_default();
            if let Some(least) = chain[first..].iter().copied().min() {
                any_json(types, least, "is made of nothing but itself", diagnostics);
            }
        }
        for at in chain.into_iter().rev() {
            let Some((levels, next)) = alias(types, at) else { continue };
            let depth = levels + depths[next].unwrap_or_default();
            if depth > NESTED {
                any_json(types, at, "nests lists too deep", diagnostics);
                depths[at] = Some(0);
                continue;
            }
            depths[at] = Some(depth);
            if let Shape::Alias(Type::Named(end)) = types.0[next].shape
                && let Shape::Alias(ty @ Type::Named(_)) = &mut types.0[at].shape
            {
                *ty = Type::Named(end);
            }
        }
    }
}

/// Returns the number of lists, maps and nulls in an alias, and the named type inside of them, if there is one.
fn alias(types: &Types, at: usize) -> Option<Edge> {
    let Shape::Alias(target) = &types.0.get(at)?.shape else { return None };
    let (mut ty, mut levels) = (target, 0);
    while let Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
        ty = inner;
        levels += 1;
    }
    if let Type::Named(next) = ty { Some((levels, next.0)) } else { None }
}

fn any_json(types: &mut Types, at: usize, why: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(definition) = types.0.get_mut(at) else { return };
    let message = format!("`{}` {why}: it takes any JSON", definition.name);
    diagnostics.push(Diagnostic::warning(&definition.pointer, message));
    definition.shape = Shape::Alias(Type::Json);
}

/// Removes a variant that leads back to its own union: reading a value would never end.
fn break_unions(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    let variants = |shape: &Shape| -> Vec<Edge> {
        let Shape::Union(union) = shape else { return Vec::new() };
        let held = union.variants.iter().enumerate().filter_map(|(index, variant)| {
            let mut ty = types.resolve(&variant.ty);
            while let Type::Nullable(inner) = ty {
                ty = types.resolve(inner);
            }
            if let Type::Named(TypeId(id)) = ty { Some((index, *id)) } else { None }
        });
        held.collect()
    };
    let edges = edges(types, variants);
    // The last position is removed first, so that the others stay valid.
    for (at, index) in back_edges(&edges).into_iter().rev() {
        let Some(definition) = types.0.get_mut(at) else { continue };
        let Shape::Union(union) = &mut definition.shape else { continue };
        let variant = union.variants.remove(index);
        let message = format!("`{}` leads back to `{}` itself: the variant is left out", variant.name, definition.name);
        diagnostics.push(Diagnostic::warning(&definition.pointer, message));
        match &union.variants[..] {
            [] => definition.shape = Shape::Alias(Type::Json),
            [only] if !matches!(only.ty, Type::Named(TypeId(id)) if id == at) => {
                definition.shape = Shape::Alias(only.ty.clone());
            }
            _ => {}
        }
    }
}

/// Makes a required field optional if it leads back to its own model through required fields alone: no value of such a
/// model could end.
fn break_endless_models(types: &mut Types, diagnostics: &mut Vec<Diagnostic>) {
    let demanded = |shape: &Shape| -> Vec<Edge> {
        let Shape::Model(model) = shape else { return Vec::new() };
        let demanded = model.fields.iter().enumerate().filter(|(_, field)| field.required && !field.nullable);
        demanded
            .filter_map(|(index, field)| match types.resolve(&field.ty) {
                Type::Named(TypeId(id)) => Some((index, *id)),
                _ => None,
            })
            .collect()
    };
    let edges = edges(types, demanded);
    for (at, index) in back_edges(&edges) {
        let Some(definition) = types.0.get_mut(at) else { continue };
        let Shape::Model(model) = &mut definition.shape else { continue };
        let Some(field) = model.fields.get_mut(index) else { continue };
        field.required = false;
        let message =
            format!("`{}` requires itself through `{}`: the field is optional here", definition.name, field.wire);
        let help = "no value could hold itself without an end: take the property out of `required` in an overlay";
        diagnostics.push(Diagnostic::warning(&definition.pointer, message).help(help));
    }
}

fn edges(types: &Types, of: impl Fn(&Shape) -> Vec<Edge>) -> Vec<Vec<Edge>> {
    types.iter().map(|(_, definition)| of(&definition.shape)).collect()
}

/// Returns edges whose removal leaves no cycle, each as its owner and position, sorted.
fn back_edges(edges: &[Vec<Edge>]) -> Vec<Edge> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut states = vec![State::New; edges.len()];
    let mut found = Vec::new();
    for start in (0..edges.len()).rev() {
        if states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        let mut path = vec![(start, 0)];
        while let Some((owner, next)) = path.last_mut() {
            let owner = *owner;
            let Some((index, target)) = edges[owner].get(*next).copied() else {
                states[owner] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match states.get(target) {
                Some(State::New) => {
                    states[target] = State::Open;
                    path.push((target, 0));
                }
                Some(State::Open) => found.push((owner, index)),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found
}
