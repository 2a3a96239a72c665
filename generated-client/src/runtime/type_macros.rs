//! The macros that implement reading and writing for models, enums and unions. They have a file of their own, so that a
//! test can define them in its own crate: most lints ignore the expansions of another crate's macros.

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
                &[$($(($constant_name, $crate::runtime::macros::Literal::new(concat!($constant), stringify!($constant))),)*)?],
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
                        $($(object.field($crate::__wire_name!($required $($required_name)?), &self.$required);)*)?
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

/// Implements reading, writing and conversions for an enum of strings that has a variant `Unknown(String)`.
///
/// ```text
/// string_enum! { Name { Variant: "wire", } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($name:ident { $($variant:ident: $text:literal),* $(,)? }) => {
        impl $name {
            /// Returns the text on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl $crate::runtime::macros::StringEnum for $name {
            const TEXTS: &'static [&'static str] = &[$($text),*];
            const VARIANTS: &'static [Self] = &[$(Self::$variant),*];

            #[inline]
            fn undocumented(text: String) -> Self {
                Self::Unknown(text)
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::runtime::macros::StringEnum::from_text(text.into())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                $crate::runtime::macros::StringEnum::from_text(text.into())
            }
        }

        $crate::__written_as! { $name: as_str }
        $crate::__decodable! { $name: Self::Unknown(String::new()), $crate::runtime::macros::StringEnum::fill }
    };
}

/// Implements reading, writing and conversions for an enum of integers that has a variant `Unknown(i64)`.
///
/// ```text
/// integer_enum! { Name { Variant: 1, } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    ($name:ident { $($variant:ident: $number:literal),* $(,)? }) => {
        impl $name {
            /// Returns the number on the wire.
            #[must_use]
            #[inline]
            pub const fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(number) => *number,
                }
            }
        }

        impl $crate::runtime::macros::IntegerEnum for $name {
            const VALUES: &'static [(i64, Self)] = &[$(($number, Self::$variant)),*];
        }

        impl From<i64> for $name {
            #[inline]
            fn from(number: i64) -> Self {
                $crate::runtime::macros::IntegerEnum::from_number(number).unwrap_or(Self::Unknown(number))
            }
        }

        $crate::__written_as! { $name: as_i64 }
        $crate::__decodable! { $name: Self::from(0), $crate::runtime::macros::IntegerEnum::fill }
    };
}

/// Implements `Display` and `Serialize` for an enum, by the method that returns its value on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __written_as {
    ($name:ident: $value:ident) => {
        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.$value(), f)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::macros::Serialize::serialize(&self.$value(), serializer)
            }
        }
    };
}

/// Implements `Decodable` and `Deserialize` for a type, from its initial value and the function that fills it.
#[doc(hidden)]
#[macro_export]
macro_rules! __decodable {
    ($name:ident: $initial:expr, $fill:expr) => {
        impl $crate::runtime::macros::Decodable for $name {
            #[inline]
            fn initial() -> Self {
                $initial
            }

            #[inline]
            fn fill(
                &mut self,
                reader: &mut $crate::runtime::macros::Reader<'_>,
                place: &$crate::runtime::macros::Place<'_>,
            ) -> $crate::runtime::macros::Outcome {
                $fill(self, reader, place)
            }
        }

        $crate::__deserialize! { $name }
    };
}

/// Implements `Deserialize` for types that are `Decodable`.
#[doc(hidden)]
#[macro_export]
macro_rules! __deserialize {
    ($($name:ident)*) => {$(
        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::deserialize(deserializer)
            }
        }
    )*};
}

/// Implements reading and writing for a union. The enum has a last variant `Unknown(serde_json::Value)`. `by` names the
/// discriminator, whose values stand after the variants; without one, the alternative that fits best is read. `from`
/// lists the types that convert into the enum by `From`, each after the variant whose payload is made from it.
///
/// ```text
/// union! { Name { Variant: Payload, } from { Variant: Payload, } }
/// union! { Name by "field" { Variant: Payload = "value" | "other value", } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $name:ident $(by $tag:literal)? { $($variant:ident: $payload:ty $(= $($value:literal)|+)?),* $(,)? }
        $(from { $($from:ident: $from_payload:ty),* $(,)? })?
    ) => {
        impl $crate::runtime::macros::Union for $name {
            const ALTERNATIVES: &'static [$crate::runtime::macros::Alternative<Self>] =
                &[$(|reader, place| $crate::runtime::macros::read_as::<$payload, _>(Self::$variant, reader, place)),*];
            const VALUES: &'static [&'static [&'static str]] = &[$(&[$($($value),+)?]),*];
            $(const TAG: Option<&'static str> = Some($tag);)?

            #[inline]
            fn undocumented(value: $crate::runtime::macros::Value) -> Self {
                Self::Unknown(value)
            }
        }

        $crate::__decodable! { $name: Self::Unknown($crate::runtime::macros::Value::Null), $crate::runtime::macros::fill_union }

        impl $crate::runtime::macros::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(payload) => $crate::runtime::macros::Serialize::serialize(payload, serializer),)*
                    Self::Unknown(value) => $crate::runtime::macros::Serialize::serialize(value, serializer),
                }
            }
        }

        $($(impl From<$from_payload> for $name {
            #[inline]
            fn from(payload: $from_payload) -> Self {
                Self::$from(payload.into())
            }
        })*)?
    };
}
