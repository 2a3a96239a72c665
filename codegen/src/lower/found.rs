//! The result of lowering a schema.

use crate::api::Type;

/// A type, and whether null is allowed in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Found {
    /// Returns the type for a place that has no field to record that null is allowed.
    pub(super) fn nested(self) -> Type {
        match self.ty {
            // Any JSON includes null already.
            Type::Json => Type::Json,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}
