//! The macro `model!`. It has a file of its own, so that a test can define the macro in its own crate: most lints
//! ignore the expansions of another crate's macros.

/// Implements `Serialize`, `Deserialize` and tolerant reading for a struct, from its names on the wire.
///
/// Each group may be left out; the order is fixed. The struct has a field for each name, and a field `extra` of type
/// `Extra`. A field whose name is also its name on the wire may stand alone: `field,`.
///
/// ```text
/// model! {
///     Name {
///         required { field: "wire", }       // always there: T, or Option<T> where null is allowed
///         expected { field: "wire", }       // Option<T>: a response should have it
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
        $(required { $($required:ident $(: $required_name:literal)?),* $(,)? })?
        $(expected { $($expected:ident $(: $expected_name:literal)?),* $(,)? })?
        $(optional { $($optional:ident $(: $optional_name:literal)?),* $(,)? })?
        $(nullable { $($nullable:ident $(: $nullable_name:literal)?),* $(,)? })?
        $(constant { $($constant_name:literal: $constant:literal),* $(,)? })?
        $(additional: $additional:ident $(,)?)?
    }) => {
        const _: () = {
            static TABLE: $crate::runtime::macros::Table = $crate::runtime::macros::Table::new(
                &[
                    $($($crate::__wire_name!($required $($required_name)?),)*)?
                    $($($crate::__wire_name!($expected $($expected_name)?),)*)?
                    $($($crate::__wire_name!($optional $($optional_name)?),)*)?
                    $($($crate::__wire_name!($nullable $($nullable_name)?),)*)?
                ],
                <[&str]>::len(&[$($(stringify!($required),)*)?]),
                <[&str]>::len(&[$($(stringify!($expected),)*)?]),
                &[$($(($constant_name, &$constant),)*)?],
            );

            // Fields whose initial value is a call come first: nothing after them can panic, so no drop code is compiled.
            #[allow(deprecated, reason = "a field of a deprecated name is filled too")]
            impl $crate::runtime::macros::Decodable for $name {
                #[inline]
                fn initial() -> Self {
                    Self {
                        $($($required: $crate::runtime::macros::Decodable::initial(),)*)?
                        $($additional: <_>::default(),)?
                        $($($expected: None,)*)?
                        $($($optional: None,)*)?
                        $($($nullable: $crate::runtime::macros::Patch::Absent,)*)?
                        extra: $crate::runtime::macros::Extra::NONE,
                    }
                }

                #[allow(unused_mut, reason = "most models have no map for further fields")]
                #[inline]
                fn fill(&mut self, reader: &mut $crate::runtime::macros::Reader<'_>, place: &$crate::runtime::macros::Place<'_>) -> $crate::runtime::macros::Outcome {
                    let mut slots = $crate::runtime::macros::Slots {
                        fields: &mut [
                            $($(&mut self.$required,)*)?
                            $($(&mut self.$expected,)*)?
                            $($(&mut self.$optional,)*)?
                            $($(&mut self.$nullable,)*)?
                        ],
                        additional: None,
                        extra: &mut self.extra,
                    };
                    $(slots.additional = Some(&mut self.$additional);)?
                    reader.object(std::any::TypeId::of::<Self>(), &TABLE, slots, place)
                }
            }

            $crate::__deserialize! { $name }

            impl $crate::runtime::macros::Serialize for $name {
                #[allow(unused_variables, reason = "a model may have no field at all")]
                #[allow(deprecated, reason = "a field of a deprecated name is written too")]
                #[inline]
                fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::runtime::macros::write(serializer, &TABLE, &self.extra, |object| {
                        $($(object.required($crate::__wire_name!($required $($required_name)?), &self.$required);)*)?
                        $($(object.optional($crate::__wire_name!($expected $($expected_name)?), &self.$expected);)*)?
                        $($(object.optional($crate::__wire_name!($optional $($optional_name)?), &self.$optional);)*)?
                        $($(object.nullable($crate::__wire_name!($nullable $($nullable_name)?), &self.$nullable);)*)?
                        $(object.additional(&self.$additional);)?
                    })
                }
            }
        };
    };
}

/// Expands to the name of a field on the wire: the literal beside the field's name, else that name itself.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
