//! Questions to a finished [`Api`]: what a call sends, what it receives, where a type holds itself.

mod roles;

use std::collections::BTreeSet;

pub use roles::Roles;

use crate::api::{Api, BodyKind, Operation, Resource, Shape, Success, Type, TypeId};

/// The answers, for every type at once.
#[derive(Debug, Clone)]
pub struct Usage {
    sent: Vec<bool>,
    received: Vec<bool>,
    boxed: BTreeSet<(TypeId, usize)>,
    roles: Vec<Roles>,
}

impl Usage {
    /// Walks `api` once.
    pub fn of(api: &Api) -> Self {
        let mut sent = vec![false; api.types.len()];
        let mut received = sent.clone();
        for operation in api.operations() {
            sent_by(operation).into_iter().for_each(|ty| reach(api, ty, &mut sent));
            received_by(operation).into_iter().for_each(|ty| reach(api, ty, &mut received));
        }
        for header in &api.client_headers {
            reach(api, &header.ty, &mut sent);
        }
        Self { sent, received, boxed: boxed(api), roles: Roles::of(api) }
    }

    /// Whether a call can send a value of this type.
    pub fn is_sent(&self, id: TypeId) -> bool {
        self.sent.get(id.0).copied().unwrap_or_default()
    }

    /// Whether an answer can hold a value of this type.
    pub fn is_received(&self, id: TypeId) -> bool {
        self.received.get(id.0).copied().unwrap_or_default()
    }

    /// Where a type is met.
    pub fn roles(&self, id: TypeId) -> Option<&Roles> {
        self.roles.get(id.0)
    }

    /// Whether the field or variant at `index` of `owner` needs a box, because it leads back to `owner`.
    pub fn is_boxed(&self, owner: TypeId, index: usize) -> bool {
        self.boxed.contains(&(owner, index))
    }
}

/// For every type, whether an operation of `resource` sends or receives it.
pub fn reached_by(api: &Api, resource: &Resource) -> Vec<bool> {
    let mut reached = vec![false; api.types.len()];
    for operation in &resource.operations {
        sent_by(operation).into_iter().chain(received_by(operation)).for_each(|ty| reach(api, ty, &mut reached));
    }
    reached
}

fn sent_by(operation: &Operation) -> Vec<&Type> {
    let body = operation.body.iter().filter_map(|body| match &body.kind {
        BodyKind::Json(ty, _) | BodyKind::Form(ty) => Some(ty),
        BodyKind::Text(_) | BodyKind::Bytes(_) | BodyKind::Multipart => None,
    });
    operation.parameters.iter().map(|parameter| &parameter.ty).chain(body).collect()
}

/// The types of all answers of an operation, errors among them.
pub fn received_by(operation: &Operation) -> Vec<&Type> {
    errors(operation).chain(successes(operation)).collect()
}

fn errors(operation: &Operation) -> impl Iterator<Item = &Type> {
    operation.errors.iter().filter_map(|error| error.ty.as_ref())
}

fn successes(operation: &Operation) -> Vec<&Type> {
    match &operation.success {
        Success::Json(ty) => vec![ty],
        Success::Several { answers, .. } => answers.iter().filter_map(|answer| answer.ty.as_ref()).collect(),
        Success::Bytes(_) | Success::Text(_) | Success::Empty | Success::Redirect => Vec::new(),
    }
}

/// The types that one of this shape is made of, each at the position of its field or variant.
pub(crate) fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Model(model) => model
            .fields
            .iter()
            .map(|field| &field.ty)
            .chain(model.additional.iter().map(|additional| &additional.ty))
            .collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) => vec![ty],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}

/// The type with a name that `ty` is, or is a list or a map of.
pub(crate) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// Marks the types that a value of this type can hold, itself among them; `reached` has a place for each type of `api`.
pub fn reach(api: &Api, ty: &Type, reached: &mut [bool]) {
    let mut open: Vec<TypeId> = named(ty).into_iter().collect();
    while let Some(id) = open.pop() {
        if let Some(seen @ false) = reached.get_mut(id.0) {
            *seen = true;
            open.extend(parts(&api.type_def(id).shape).into_iter().filter_map(named));
        }
    }
}

/// The types that a value holds directly: a list or a map keeps its values elsewhere.
fn held(api: &Api, ty: &Type) -> Option<TypeId> {
    match api.resolve(ty) {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(api, inner),
        _ => None,
    }
}

/// A box for each step of a walk that leads back to a type it has come through.
fn boxed(api: &Api) -> BTreeSet<(TypeId, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut boxed = BTreeSet::new();
    let mut states = vec![State::New; api.types.len()];
    for start in 0..api.types.len() {
        // A walk without recursion: a long chain of types must not end the program.
        let mut path: Vec<(TypeId, usize)> = Vec::new();
        if states.get(start) == Some(&State::New) {
            path.push((TypeId(start), 0));
        }
        while let Some((id, index)) = path.last_mut() {
            let (owner, at) = (*id, *index);
            let shape = &api.type_def(owner).shape;
            let parts = if matches!(shape, Shape::Alias(_)) { Vec::new() } else { parts(shape) };
            *index += 1;
            let Some(part) = parts.get(at) else {
                states[owner.0] = State::Done;
                path.pop();
                continue;
            };
            states[owner.0] = State::Open;
            if let Some(next) = held(api, part) {
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
