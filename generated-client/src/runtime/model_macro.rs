//! `model!`. It stands alone, so that it can be expanded in a crate of its own and lints tell what they find in it.

/// Ties a struct to its names on the wire: implements `Serialize`, `Deserialize` and the forgiving reading.
///
/// Each group may be left out, the order is fixed. The struct has a field for each name, and a field `extra` of type
/// `Extra`.
///
/// ```text
/// model! {
///     Name {
///         required { field: "wire", }       // always there: T, or Option<T> where null is allowed
///         optional { field: "wire", }       // Option<T>
///         nullable { field: "wire", }       // Patch<T>
///         constant { "wire": "value", }     // no field: text, an integer or a boolean
///         additional: field,                // a map for the fields that the document does not name
///     }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    ($name:ident {
        $(required { $($required:ident: $required_name:literal),* $(,)? })?
        $(optional { $($optional:ident: $optional_name:literal),* $(,)? })?
        $(nullable { $($nullable:ident: $nullable_name:literal),* $(,)? })?
        $(constant { $($constant_name:literal: $constant:literal),* $(,)? })?
        $(additional: $additional:ident $(,)?)?
    }) => {
        impl $crate::runtime::macros::Model for $name {
            const TABLE: &'static $crate::runtime::macros::Table = &$crate::runtime::macros::Table {
                name: stringify!($name),
                required: &[$($($required_name,)*)?],
                optional: &[$($($optional_name,)*)? $($($nullable_name,)*)?],
                constants: &[$($(($constant_name, &$constant),)*)?],
            };

            // Calls come first: after them nothing can unwind, so that nothing need be dropped.
            #[allow(deprecated, reason = "a field of a deprecated name is filled too")]
            fn blank() -> Self {
                Self {
                    $($($required: $crate::runtime::macros::Lenient::blank(),)*)?
                    $($additional: <_>::default(),)?
                    $($($optional: None,)*)?
                    $($($nullable: $crate::runtime::macros::Patch::Absent,)*)?
                    extra: $crate::runtime::macros::Extra::NONE,
                }
            }

            #[allow(unused_variables, reason = "a model may have no field at all")]
            #[allow(deprecated, reason = "a field of a deprecated name is filled too")]
            fn field<S: $crate::runtime::macros::Source>(
                &mut self,
                name: &str,
            ) -> Option<&mut dyn $crate::runtime::macros::Field<S>> {
                match name {
                    $($($required_name => Some(&mut self.$required),)*)?
                    $($($optional_name => Some(&mut self.$optional),)*)?
                    $($($nullable_name => Some(&mut self.$nullable),)*)?
                    _ => None,
                }
            }

            $(fn additional<S: $crate::runtime::macros::Source>(
                &mut self,
            ) -> Option<&mut dyn $crate::runtime::macros::AdditionalFields<S>> {
                Some(&mut self.$additional)
            })?

            fn extra_mut(&mut self) -> &mut $crate::runtime::macros::Extra {
                &mut self.extra
            }
        }

        impl $crate::runtime::macros::Lenient for $name {
            type Kind = $crate::runtime::macros::ModelKind;
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::deserialize(deserializer)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            #[allow(unused_variables, reason = "a model may have no field at all")]
            #[allow(deprecated, reason = "a field of a deprecated name is written too")]
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::macros::write(serializer, <Self as $crate::runtime::macros::Model>::TABLE, &self.extra, |object| {
                    $($(object.required($required_name, &self.$required);)*)?
                    $($(object.optional($optional_name, &self.$optional);)*)?
                    $($(object.nullable($nullable_name, &self.$nullable);)*)?
                    $(object.additional(&self.$additional);)?
                })
            }
        }
    };
}
