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

            #[allow(deprecated, reason = "a field of a deprecated name is read too")]
            fn from_map<'de, A: $crate::runtime::macros::MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
                $($(let mut $required = None;)*)?
                $($(let mut $optional = None;)*)?
                $($(let mut $nullable = $crate::runtime::macros::absent();)*)?
                $(let mut $additional = <_>::default();)?
                let mut rest = $crate::runtime::macros::Rest::new(<Self as $crate::runtime::macros::Model>::TABLE);
                while let Some(key) = map.next_key::<$crate::runtime::macros::Key<'de>>()? {
                    match key.as_str() {
                        $($($required_name => $crate::runtime::macros::put(&mut $required, map),)*)?
                        $($($optional_name => $crate::runtime::macros::put(&mut $optional, map),)*)?
                        $($($nullable_name => $crate::runtime::macros::put(&mut $nullable, map),)*)?
                        $(name if !rest.is_constant(name) => $crate::runtime::macros::add(&mut $additional, key, map),)?
                        _ => rest.take(key, map),
                    }?;
                }
                Ok(Self {
                    $($($required: $crate::runtime::macros::present($required, $required_name)?,)*)?
                    $($($optional,)*)?
                    $($($nullable,)*)?
                    $($additional,)?
                    extra: rest.finish(),
                })
            }

            #[allow(unused_mut, reason = "a model may have no field at all")]
            #[allow(deprecated, reason = "a field of a deprecated name is read too")]
            #[inline]
            fn from_object(mut object: $crate::runtime::macros::ObjectReader<'_, '_>) -> Option<Self> {
                Some(Self {
                    $($($required: object.required($required_name)?,)*)?
                    $($($optional: object.optional($optional_name),)*)?
                    $($($nullable: object.nullable($nullable_name),)*)?
                    $($additional: object.additional(),)?
                    extra: object.finish(),
                })
            }
        }

        impl $crate::runtime::macros::Lenient for $name {
            #[inline]
            fn read<'v>(
                value: &'v $crate::runtime::macros::Value,
                reader: &mut $crate::runtime::macros::Reader<'v>,
            ) -> Option<Self> {
                $crate::runtime::macros::read(value, reader)
            }

            #[inline]
            fn fit(value: &$crate::runtime::macros::Value, _: usize) -> Option<$crate::runtime::macros::Fitness> {
                $crate::runtime::macros::fit(value, <Self as $crate::runtime::macros::Model>::TABLE)
            }

            #[inline]
            fn empty(reader: &mut $crate::runtime::macros::Reader<'_>) -> Option<Self> {
                $crate::runtime::macros::empty(reader)
            }
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
