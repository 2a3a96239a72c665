//! The macro `union!`.

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
