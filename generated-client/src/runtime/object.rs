//! Reading the fields of a model from an object that departs from it.

use serde_json::{Map, Value};

use super::decode::Decodable;
use super::extra::Extra;
use super::model::{Model, Source, Table};
use super::reader::Reader;

/// Reads a model. `None`: a required value is missing altogether, and only required fields lead to it.
pub(super) fn read<'v, T: Model>(object: &'v Map<String, Value>, reader: &mut Reader<'v>) -> Option<T> {
    let table = T::TABLE;
    let mut model = T::blank();
    let mut extra = Extra::NONE;
    for name in table.required {
        let field = model.field::<Entry<'v, '_>>(name)?;
        match object.get(*name) {
            Some(value) => {
                field.fill(&mut Entry { name, value, role: Role::Required, reader, extra: &mut extra }).ok()?
            }
            None if field.fill_missing() => {}
            None => return reader.missing(name),
        }
    }
    for name in table.optional {
        if let Some(value) = object.get(*name)
            && let Some(field) = model.field::<Entry<'v, '_>>(name)
        {
            field.fill(&mut Entry { name, value, role: Role::Optional, reader, extra: &mut extra }).ok()?;
        }
    }
    let mut open = false;
    for (name, value) in object.iter().filter(|(name, _)| !table.names(name)) {
        let Some(additional) = model.additional::<Entry<'v, '_>>() else { break };
        open = true;
        let mut entry = Entry { name, value, role: Role::Additional, reader, extra: &mut extra };
        // One that departs is left out of the map and kept beside it.
        let _ = additional.add(name.clone(), &mut entry);
    }
    keep_rest(object, table, open, reader, &mut extra);
    *model.extra_mut() = extra;
    Some(model)
}

/// Keeps what has no place in the fields.
fn keep_rest(object: &Map<String, Value>, table: &Table, open: bool, reader: &mut Reader<'_>, extra: &mut Extra) {
    for (name, value) in object {
        let constant = table.constant(name);
        let unnamed = constant.is_none() && !open && !table.names(name);
        let differs = constant.is_some_and(|constant| !constant.is(value));
        if unnamed {
            reader.unnamed();
        }
        if differs {
            reader.undocumented();
        }
        if (unnamed || differs) && !reader.is_weighing() {
            extra.insert(name.as_str(), value.clone());
        }
    }
    for (name, _) in table.constants.iter().filter(|(name, _)| !object.contains_key(*name)) {
        extra.mark_absent(name);
    }
}

/// An entry of an object, as the value of a field.
struct Entry<'v, 'r> {
    name: &'v str,
    value: &'v Value,
    role: Role,
    reader: &'r mut Reader<'v>,
    /// Where the raw value of one that departs is kept.
    extra: &'r mut Extra,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Required,
    Optional,
    Additional,
}

/// There is no value for the field: one is missing altogether below it, or it departs and the field can be left out.
struct NoValue;

impl Source for Entry<'_, '_> {
    type Error = NoValue;

    /// A value of another kind never fails the answer; one that is missing inside a required one does.
    fn value<T: Decodable>(&mut self) -> Result<T, NoValue> {
        let Self { name, value, role, reader, extra } = self;
        let frame = reader.enter(name);
        let mut read = T::read(value, reader);
        if read.is_none() && !(*role == Role::Required && reader.is_missing()) {
            read = (*role != Role::Additional).then(T::blank);
            reader.depart_whole(&frame, value);
        }
        if reader.leave(frame) && !reader.is_weighing() {
            extra.insert(*name, value.clone());
        }
        read.ok_or(NoValue)
    }
}
