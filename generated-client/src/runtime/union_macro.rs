//! `union!` and `tagged_union!`.

/// Ties an enum to its alternatives; the best fit wins. The enum has a last variant `Undocumented(serde_json::Value)`.
/// `from` lists the types that convert into the enum by `From`, each behind the variant whose payload is made of it.
///
/// ```text
/// union! { Name { Variant: Payload, } from { Variant: Payload, } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    ($name:ident { $($variant:ident: $payload:ty),* $(,)? } $(from { $($from:ident: $from_payload:ty),* $(,)? })?) => {
        $crate::__union_impls! {
            $name { $($variant: $payload, <$payload as $crate::runtime::macros::Lenient>::fit;)* }
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
            $name { $($variant: $payload, |value, _| $crate::runtime::macros::fit_tag(value, $tag, &[$($value),+]);)* }
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
                    read: |value, reader| <$payload as $crate::runtime::macros::Lenient>::read(value, reader).map(Self::$variant),
                },)*
            ];

            fn undocumented(value: $crate::runtime::macros::Value) -> Self {
                Self::Undocumented(value)
            }
        }

        impl $crate::runtime::macros::Lenient for $name {
            type Kind = $crate::runtime::macros::UnionKind;
        }

        impl<'de> $crate::runtime::macros::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::runtime::macros::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::macros::deserialize_union(deserializer)
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
                Self::$from(payload.into())
            }
        })*)?
    };
}
