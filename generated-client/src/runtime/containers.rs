//! The forgiving reading of what holds other values: options, lists, maps.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::fit::Fitness;
use super::lenient::{Kind, Lenient, Own};
use super::patch::Patch;
use super::reader::Reader;

impl<T: Lenient> Lenient for Option<T> {
    type Kind = Own;
}

impl<T: Lenient> Kind<Option<T>> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Option<T>> {
        if value.is_null() { Some(None) } else { T::read(value, reader).map(Some) }
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        if value.is_null() { Some(Fitness::KIND) } else { T::fit(value, look) }
    }

    fn blank() -> Option<T> {
        None
    }

    fn missing() -> Option<Option<T>> {
        Some(None)
    }
}

impl<T: Lenient> Lenient for Patch<T> {
    type Kind = Own;
}

impl<T: Lenient> Kind<Patch<T>> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Patch<T>> {
        Option::read(value, reader).map(Patch::from)
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        Option::<T>::fit(value, look)
    }

    fn blank() -> Patch<T> {
        Patch::Absent
    }

    fn missing() -> Option<Patch<T>> {
        Some(Patch::Absent)
    }
}

impl<T: Lenient> Lenient for Box<T> {
    type Kind = Own;
}

impl<T: Lenient> Kind<Box<T>> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Box<T>> {
        T::read(value, reader).map(Box::new)
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        T::fit(value, look)
    }

    fn blank() -> Box<T> {
        Box::new(T::blank())
    }
}

/// Elements that depart are left out; the holder keeps the raw list beside it.
impl<T: Lenient> Lenient for Vec<T> {
    type Kind = Own;
}

impl<T: Lenient> Kind<Vec<T>> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Vec<T>> {
        let Value::Array(elements) = value else { return reader.unexpected("a list", value) };
        let mut list = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            list.extend(reader.element(index, element, T::read));
        }
        Some(list)
    }

    fn fit(value: &Value, look: usize) -> Option<Fitness> {
        let first = value.as_array()?.first();
        Fitness::first(first.and_then(|first| Some(T::fit(first, look.checked_sub(1)?))))
    }

    fn blank() -> Vec<T> {
        Vec::new()
    }
}

macro_rules! map {
    ($($type:ident)*) => {$(
        /// Entries whose value departs are left out; the holder keeps the raw object beside it.
        impl<T: Lenient> Lenient for $type<String, T> {
            type Kind = Own;
        }

        impl<T: Lenient> Kind<$type<String, T>> for Own {
            fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<$type<String, T>> {
                let Value::Object(object) = value else { return reader.unexpected("an object", value) };
                reader.untyped();
                let entry = |(name, value): (&'v String, &'v Value)| Some((name.clone(), reader.entry(name, value, T::read)?));
                Some(object.iter().filter_map(entry).collect())
            }

            fn fit(value: &Value, look: usize) -> Option<Fitness> {
                let first = value.as_object()?.values().next();
                let fits = first.and_then(|first| Some(T::fit(first, look.checked_sub(1)?).is_some()));
                // A model that names what is in the object says more than a map.
                fits.unwrap_or(true).then_some(Fitness::LOOSE)
            }

            fn blank() -> $type<String, T> {
                $type::new()
            }
        }
    )*};
}

map! { BTreeMap HashMap }

impl Lenient for Map<String, Value> {
    type Kind = Own;
}

impl Kind<Map<String, Value>> for Own {
    fn read<'v>(value: &'v Value, reader: &mut Reader<'v>) -> Option<Map<String, Value>> {
        match value {
            Value::Object(object) => {
                reader.untyped();
                Some(if reader.is_weighing() { Map::new() } else { object.clone() })
            }
            _ => reader.unexpected("an object", value),
        }
    }

    fn fit(value: &Value, _: usize) -> Option<Fitness> {
        value.is_object().then_some(Fitness::LOOSE)
    }

    fn blank() -> Map<String, Value> {
        Map::new()
    }
}
