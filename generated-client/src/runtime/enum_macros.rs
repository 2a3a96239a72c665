//! The macros for open enums of strings and of integers: enums that keep a value that the document does not name.

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
