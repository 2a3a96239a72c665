//! `union!` and `tagged_union!`.

/// Ties an enum to its alternatives; the best fit wins. The enum has a last variant `Undocumented(serde_json::Value)`.
/// `from` lists the alternatives whose payload converts into the enum by `From`.
///
/// ```text
/// union! { Name { Variant: Payload, } from { Variant: Payload, } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($name:ident { $($variant:ident: $payload:ty),* $(,)? } $(from { $($from:ident: $from_payload:ty),* $(,)? })?) => {
        $crate::__union_impls! {
            $name { $($variant: $payload, <$payload as $crate::runtime::macros::Decodable>::fit;)* }
            $(from { $($from: $from_payload,)* })?
        }
    };
}

/// Ties an enum to its alternatives; the value of a field decides. The enum has a last variant
/// `Undocumented(serde_json::Value)`.
///
/// ```text
/// tagged_union! { Name by "field" { Variant: Payload = "value" | "other value", } from { Variant: Payload, } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __tagged_union {
    (
        $name:ident by $tag:literal { $($variant:ident: $payload:ty = $($value:literal)|+),* $(,)? }
        $(from { $($from:ident: $from_payload:ty),* $(,)? })?
    ) => {
        $crate::__union_impls! {
            $name { $($variant: $payload, |sight| $crate::runtime::macros::fit_tag(sight, $tag, &[$($value),+]);)* }
            $(from { $($from: $from_payload,)* })?
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_impls {
    ($name:ident { $($variant:ident: $payload:ty, $fit:expr;)* } $(from { $($from:ident: $from_payload:ty,)* })?) => {
        impl $crate::runtime::macros::Union for $name {
            const ALTERNATIVES: &'static [$crate::runtime::macros::Alternative<Self>] = &[
                $($crate::runtime::macros::Alternative {
                    fit: $fit,
                    read: |reader, place| $crate::runtime::macros::read_as(Self::$variant, reader, place),
                },)*
            ];

            fn undocumented(value: $crate::runtime::macros::Value) -> Self {
                Self::Undocumented(value)
            }
        }

        impl $crate::runtime::macros::Decodable for $name {
            fn blank() -> Self {
                Self::Undocumented($crate::runtime::macros::Value::Null)
            }

            fn fill(
                &mut self,
                reader: &mut $crate::runtime::macros::Reader<'_>,
                place: &$crate::runtime::macros::Place<'_>,
            ) -> $crate::runtime::macros::Told {
                $crate::runtime::macros::fill_union(self, reader, place)
            }

            fn fit(sight: &$crate::runtime::macros::Sight<'_>) -> Option<$crate::runtime::macros::Fitness> {
                $crate::runtime::macros::fit_union::<Self>(sight)
            }
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::deserialize(deserializer)
            }
        }

        impl $crate::runtime::macros::Serialize for $name {
            fn serialize<S: $crate::runtime::macros::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(payload) => $crate::runtime::macros::Serialize::serialize(payload, serializer),)*
                    Self::Undocumented(value) => $crate::runtime::macros::Serialize::serialize(value, serializer),
                }
            }
        }

        $($(impl From<$from_payload> for $name {
            fn from(payload: $from_payload) -> Self {
                Self::$from(payload)
            }
        })*)?
    };
}
