//! The roles of a type: the operations that use it, and the types that it is a part of.

use crate::api::{Api, Operation, Resource, Type, TypeId};

/// The uses of one type. Only direct uses count: a type that contains this one has roles of its own.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// The types that contain this one, sorted by name.
    pub part_of: Vec<TypeId>,
    sent_by: Vec<OperationIndex>,
    answered_by: Vec<OperationIndex>,
    error_of: Vec<OperationIndex>,
}

/// The index of a resource, and the index of an operation in it.
type OperationIndex = (usize, usize);

impl Roles {
    /// Returns the roles of every type, by ID.
    pub(super) fn of(api: &Api) -> Vec<Self> {
        let mut all = vec![Self::default(); api.types.0.len()];
        let mut add = |ty: &Type, place: OperationIndex, role: fn(&mut Self) -> &mut Vec<OperationIndex>| {
            if let Some(roles) = ty.named().and_then(|id| all.get_mut(id.0)) {
                let role = role(roles);
                if role.last() != Some(&place) {
                    role.push(place);
                }
            }
        };
        for (index, resource) in api.resources.iter().enumerate() {
            for (position, operation) in resource.operations.iter().enumerate() {
                let place = (index, position);
                operation.sent().for_each(|ty| add(ty, place, |roles| &mut roles.sent_by));
                operation.successes().for_each(|ty| add(ty, place, |roles| &mut roles.answered_by));
                operation.failures().for_each(|ty| add(ty, place, |roles| &mut roles.error_of));
            }
        }
        let mut owners: Vec<TypeId> = (0..api.types.0.len()).map(TypeId).collect();
        owners.sort_by_key(|id| &api.types.def(*id).name);
        for owner in owners {
            for part in
                api.types.def(owner).shape.parts().into_iter().filter_map(Type::named).filter(|part| *part != owner)
            {
                if let Some(roles) = all.get_mut(part.0).filter(|roles| roles.part_of.last() != Some(&owner)) {
                    roles.part_of.push(owner);
                }
            }
        }
        all
    }

    /// Returns the operations that send the type.
    pub fn sent_by<'a>(&self, api: &'a Api) -> impl Iterator<Item = (&'a Resource, &'a Operation)> {
        found(api, &self.sent_by)
    }

    /// Returns the operations that have the type as a successful response.
    pub fn answered_by<'a>(&self, api: &'a Api) -> impl Iterator<Item = (&'a Resource, &'a Operation)> {
        found(api, &self.answered_by)
    }

    /// Returns the operations that have the type as an error response.
    pub fn error_of<'a>(&self, api: &'a Api) -> impl Iterator<Item = (&'a Resource, &'a Operation)> {
        found(api, &self.error_of)
    }
}

fn found<'a>(api: &'a Api, places: &[OperationIndex]) -> impl Iterator<Item = (&'a Resource, &'a Operation)> {
    places.iter().filter_map(|(index, position)| {
        let resource = api.resources.get(*index)?;
        Some((resource, resource.operations.get(*position)?))
    })
}
