//! A file of models: a component, and the inline types in it.

use document::pointer;
use proc_macro2::TokenStream;

use super::docs::doc;
use super::file::File;
use super::prose::{capitalized, code, said, said_in_line};
use super::{enumeration, links, structs, union};
use crate::api::{self, Api, Model, Operation, Resource, TypeId};
use crate::files::Chunk;
use crate::rust::{Crate, Item, Roles, Shape};
use quote::quote;

pub(super) fn file(of: &Crate<'_>, ids: &[TypeId]) -> Vec<Chunk> {
    let file = File::of_models(of);
    let definitions: Vec<Chunk> = ids.iter().flat_map(|id| definition(of.api, &file, of.item(*id))).collect();
    let mut chunks = vec![Chunk::Items(file.imports_beside(ids))];
    chunks.extend(definitions);
    chunks
}

fn definition(api: &Api, file: &File<'_>, item: &Item<'_>) -> Vec<Chunk> {
    let (name, doc) = (&item.of.name, type_doc(api, item));
    match &item.shape {
        Shape::Struct(of) => structs::chunks(file, name, &doc, of),
        Shape::StringEnum(variants) => enumeration::strings(file, name, &doc, variants),
        Shape::IntegerEnum(variants) => enumeration::integers(file, name, &doc, variants),
        Shape::Union(of) => union::chunks(api, file, name, &doc, of),
        Shape::Alias(ty) => {
            let (name, ty) = (super::tokens::ident(name), file.ty(ty));
            vec![Chunk::Items(quote! {
                #doc
                pub type #name = #ty;
            })]
        }
    }
}

/// Returns the doc comment of a type: its description, and its uses.
fn type_doc(api: &Api, item: &Item<'_>) -> TokenStream {
    let definition = item.of;
    let place = Place::of(&definition.pointer);
    let owner = owner(api, item, &place);
    let title = said_in_line(definition.title.as_deref());
    let said = match (&definition.component, said(definition.doc.as_deref())) {
        (Some(_), Some(doc)) => match title {
            Some(title) => format!("{title}.\n\n{doc}"),
            None => doc,
        },
        (Some(component), None) => {
            title.map_or_else(|| format!("The schema {}.", code(component)), |title| format!("{title}."))
        }
        // The description of a property is about the field, so the doc comment says first that the type is the field's.
        (None, Some(doc)) if place.property.is_some() => format!("{}\n\n{doc}", inline(item, &place, owner)),
        (None, Some(doc)) => doc,
        (None, None) => inline(item, &place, owner),
    };
    let deprecated = definition.deprecated.then(|| "Deprecated.".to_owned());
    let paragraphs = [Some(said), deprecated, used(api, &item.roles, owner)];
    doc(&paragraphs.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

/// The place of an inline schema.
struct Place {
    /// The innermost property that contains the schema.
    property: Option<String>,
    /// The steps of the JSON pointer after the property, or all steps.
    behind: Vec<String>,
}

impl Place {
    fn of(pointer: &str) -> Self {
        let mut steps: Vec<String> = pointer.split('/').map(|step| pointer::unescape(step).into_owned()).collect();
        let property = steps.iter().rposition(|step| step == "properties").filter(|at| at + 1 < steps.len());
        let behind = steps.split_off(property.map_or(0, |at| at + 2));
        Self { property: steps.pop(), behind }
    }
}

/// Returns the name of the model whose field alone has this type; `None` if several types contain it.
fn owner<'a>(api: &'a Api, item: &Item<'_>, place: &Place) -> Option<&'a str> {
    let ([owner], Some(property)) = (&item.roles.part_of[..], &place.property) else { return None };
    let owner = api.types.def(*owner);
    let is_field = |model: &Model| model.fields.iter().any(|field| field.wire == *property);
    matches!(&owner.shape, api::Shape::Model(model) if is_field(model)).then_some(&owner.name)
}

/// Returns a description of an inline schema, made of its place.
fn inline(item: &Item<'_>, place: &Place, owner: Option<&str>) -> String {
    let is_in = |step: &str| place.behind.iter().any(|behind| behind == step);
    let name = match &place.property {
        Some(name) => code(name) + &owner.map(|owner| format!(" in {}", links::model(owner))).unwrap_or_default(),
        None if is_in("requestBody") => "the body of a request".to_owned(),
        None if is_in("responses") => "the body of a response".to_owned(),
        None if is_in("parameters") => "a parameter".to_owned(),
        None => "a schema".to_owned(),
    };
    let is_form = ["oneOf", "anyOf", "allOf"].into_iter().any(is_in);
    match () {
        () if is_in("items") => format!("An element of {name}."),
        () if is_in("additionalProperties") => format!("A value in {name}."),
        () if is_form => format!("One of the forms of {name}."),
        () if place.property.is_none() => format!("{}.", capitalized(&name)),
        () if matches!(item.shape, Shape::StringEnum(_) | Shape::IntegerEnum(_)) => format!("The values of {name}."),
        () => format!("The value of {name}."),
    }
}

/// Returns a list of the uses of a type, without the owner that its description names.
fn used(api: &Api, roles: &Roles, owner: Option<&str>) -> Option<String> {
    let row = |operations: &mut dyn Iterator<Item = (&Resource, &Operation)>| {
        links::row(operations.map(|(resource, operation)| links::operation(resource, operation)))
    };
    let owners = roles.part_of.iter().filter(|_| owner.is_none()).map(|id| links::model(&api.types.def(*id).name));
    let used = [
        ("Sent by", row(&mut roles.sent_by(api))),
        ("Returned by", row(&mut roles.answered_by(api))),
        ("The error of", row(&mut roles.error_of(api))),
        ("Used in", links::row(owners)),
    ];
    let lines: Vec<String> = used.into_iter().filter_map(|(role, row)| Some(format!("- {role} {}", row?))).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
