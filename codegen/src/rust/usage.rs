//! The uses of types: the types that calls send and receive, and the fields and variants that need a box.

use std::collections::BTreeSet;

use crate::api::{Api, Resource, Shape, Type, TypeId, Types};

#[derive(Debug, Clone)]
pub(super) struct Usage {
    sent: Vec<bool>,
    received: Vec<bool>,
    boxed: BTreeSet<(TypeId, usize)>,
    incomplete: bool,
}

impl Usage {
    pub(super) fn of(api: &Api) -> Self {
        let mut sent = vec![false; api.types.0.len()];
        let mut received = sent.clone();
        for operation in api.operations() {
            operation.sent().for_each(|ty| api.types.reach(ty, &mut sent));
            operation.received().for_each(|ty| api.types.reach(ty, &mut received));
        }
        for header in &api.client_headers {
            api.types.reach(&header.ty, &mut sent);
        }
        Self { sent, received, boxed: boxed(&api.types), incomplete: api.incomplete_responses }
    }

    /// Returns whether a call can send a value of this type, alone or inside another value.
    pub(super) fn is_sent(&self, id: TypeId) -> bool {
        self.sent.get(id.0).copied().unwrap_or_default()
    }

    /// Returns whether a value of this type may lack what the document demands of it.
    pub(super) fn is_incomplete(&self, id: TypeId) -> bool {
        self.incomplete && !self.is_sent(id)
    }

    pub(super) fn is_received(&self, id: TypeId) -> bool {
        self.received.get(id.0).copied().unwrap_or_default()
    }

    /// Returns whether the field or variant at `index` of `owner` needs a box, because it leads back to `owner` or ends
    /// a long chain.
    pub(super) fn is_boxed(&self, owner: TypeId, index: usize) -> bool {
        self.boxed.contains(&(owner, index))
    }
}

/// Returns, for each type, the only tag that uses it, if there is only one.
pub(super) fn tags(api: &Api) -> Vec<Option<&str>> {
    let mut users: Vec<Vec<&str>> = vec![Vec::new(); api.types.0.len()];
    for resource in &api.resources {
        for (users, reached) in users.iter_mut().zip(reached_by(api, resource)) {
            if reached {
                users.push(&resource.tag);
            }
        }
    }
    users.into_iter().map(|users| <[&str; 1]>::try_from(users).ok().map(|[only]| only)).collect()
}

/// Returns whether an operation of `resource` sends or receives each type.
fn reached_by(api: &Api, resource: &Resource) -> Vec<bool> {
    let mut reached = vec![false; api.types.0.len()];
    for operation in &resource.operations {
        operation.sent().chain(operation.received()).for_each(|ty| api.types.reach(ty, &mut reached));
    }
    reached
}

/// Returns the type that a value holds directly: the values of a list or a map are stored elsewhere.
fn held(types: &Types, ty: &Type) -> Option<TypeId> {
    match types.resolve(ty) {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(types, inner),
        _ => None,
    }
}

/// The maximum number of values that hold one another without a box. The compiler follows what a value holds to a depth
/// of 128, and each value takes several levels.
const LONGEST: usize = 16;

/// Returns the edges to box: each one that closes a cycle, and each one at which a chain of types that hold one another
/// becomes too long.
fn boxed(types: &Types) -> BTreeSet<(TypeId, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut boxed = BTreeSet::new();
    let mut states = vec![State::New; types.0.len()];
    // The number of values that a value of each type holds one inside the other, without a box.
    let mut lengths = vec![0; types.0.len()];
    for start in 0..types.0.len() {
        // The walk does not recurse, so that a long chain of types cannot overflow the stack.
        let mut path: Vec<(TypeId, usize)> = Vec::new();
        if states.get(start) == Some(&State::New) {
            path.push((TypeId(start), 0));
        }
        while let Some((id, index)) = path.last_mut() {
            let (owner, at) = (*id, *index);
            let shape = &types.def(owner).shape;
            let parts = if matches!(shape, Shape::Alias(_)) { Vec::new() } else { shape.parts() };
            *index += 1;
            let Some(part) = parts.get(at) else {
                for (at, next) in parts.iter().enumerate().filter_map(|(at, part)| Some((at, held(types, part)?))) {
                    match lengths[next.0] + 1 {
                        _ if boxed.contains(&(owner, at)) => {}
                        LONGEST => _ = boxed.insert((owner, at)),
                        length => lengths[owner.0] = lengths[owner.0].max(length),
                    }
                }
                states[owner.0] = State::Done;
                path.pop();
                continue;
            };
            states[owner.0] = State::Open;
            if let Some(next) = held(types, part) {
                match states[next.0] {
                    State::New => path.push((next, 0)),
                    State::Open => {
                        boxed.insert((owner, at));
                    }
                    State::Done => {}
                }
            }
        }
    }
    boxed
}
