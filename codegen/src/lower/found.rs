//! What a schema becomes.

use crate::api::Type;

/// A type, and whether null is allowed in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Found {
    /// The type where no field can say that null is allowed.
    pub(super) fn nested(self) -> Type {
        match self.ty {
            // Null is one of the values that these hold anyway.
            Type::Json => Type::Json,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}
