//! Schemas: the entry, and those that are no composition.

use openapiv3::{AdditionalProperties, Schema};

use super::context::{Context, DEEPEST, Spot};
use super::found::Found;
use super::view::{Node, View};
use crate::api::{Shape, Type};

impl<'d> Context<'d> {
    /// The type of what stands at `spot`.
    pub(super) fn schema(&mut self, node: Node<'d>, spot: &Spot) -> Found {
        match node {
            Node::Reference(reference) => self.reference(reference, spot),
            Node::Schema(schema) => self.inline(schema, spot),
        }
    }

    fn reference(&mut self, reference: &str, spot: &Spot) -> Found {
        let Some((name, schema)) = self.resolve(reference, &spot.pointer) else {
            return Found { ty: Type::Json, nullable: true };
        };
        let ty = self.schema_ids.get(name).map_or(Type::Json, |id| Type::Named(*id));
        Found { ty, nullable: self.allows_null(schema) }
    }

    /// Whether a component allows null itself, so that each use of it does.
    fn allows_null(&self, schema: &Schema) -> bool {
        View::of(schema).nullable()
    }

    /// The type of a schema that is written where it stands. Each is lowered once, however many components compose what
    /// holds it, and one that holds itself in the end is named before it is known.
    fn inline(&mut self, schema: &'d Schema, spot: &Spot) -> Found {
        let view = View::of(schema);
        if is_scalar(&view) {
            return Found { ty: self.simple(&view, spot), nullable: view.nullable() };
        }
        let key = std::ptr::from_ref(schema);
        match self.lowered.get(&key) {
            Some(Some(found)) => return found.clone(),
            Some(None) => return Found { ty: Type::Named(self.place(spot)), nullable: view.nullable() },
            None if self.depth >= DEEPEST => {
                self.deferred.push((schema, spot.clone()));
                return Found { ty: Type::Named(self.place(spot)), nullable: view.nullable() };
            }
            None => {}
        }
        if !view.all_of.is_empty() || !view.branches.1.is_empty() {
            // Whatever leads back to itself does so by way of a composition.
            self.lowered.insert(key, None);
        }
        self.depth += 1;
        let found = self.whole(schema, &view, spot);
        let found = self.settle(found, spot);
        self.depth -= 1;
        self.lowered.insert(key, Some(found.clone()));
        found
    }

    fn whole(&mut self, schema: &'d Schema, view: &View<'d>, spot: &Spot) -> Found {
        let nullable = view.nullable() || view.all_of.iter().any(|part| says_null_alone(*part));
        if let Some((part, pointer)) = only_part(view, &spot.pointer) {
            let found = self.schema(part, &spot.at(pointer));
            return Found { nullable: nullable || found.nullable, ..found };
        }
        let ty = if view.all_of.is_empty() && view.branches.1.is_empty() {
            self.simple(view, spot)
        } else {
            self.composition(schema, spot)
        };
        match ty {
            // A branch of it is null.
            Type::Nullable(ty) => Found { ty: *ty, nullable: true },
            ty => Found { ty, nullable },
        }
    }

    /// What was named before it was known gets its definition, whatever it is.
    fn settle(&mut self, found: Found, spot: &Spot) -> Found {
        if spot.component.is_some() || !self.is_awaited(spot) {
            return found;
        }
        let ty = self.define(spot, None, Shape::Alias(found.ty));
        Found { ty, ..found }
    }

    /// The type of a schema that composes nothing.
    pub(super) fn simple(&mut self, view: &View<'d>, spot: &Spot) -> Type {
        if view.documented_values().next().is_some() {
            return self.enumeration(view, spot);
        }
        let kind = view.ty.or(if view.has_fields() {
            Some("object")
        } else if view.items.is_some() {
            Some("array")
        } else {
            None
        });
        match kind {
            Some("boolean") => Type::Bool,
            Some("integer") if matches!(view.format, Some("date-time" | "timestamp")) => Type::Timestamp,
            Some("integer") if view.format == Some("uint64") => Type::Unsigned,
            Some("integer") => Type::Integer,
            Some("number") => Type::Number,
            Some("string") if view.format == Some("binary") => Type::Bytes,
            Some("string") if view.format == Some("date") => Type::Date,
            Some("string") if view.format == Some("date-time") => Type::DateTime,
            Some("string") if view.format == Some("byte") => Type::Base64,
            Some("string") => {
                if view.has_fields() {
                    self.warn(&spot.pointer, "a string has no properties: they are left out");
                }
                Type::String
            }
            Some("array") => match view.items {
                Some(items) => Type::List(Box::new(self.schema(items, &spot.child("item", &["items"])).nested())),
                None => Type::List(Box::new(Type::Json)),
            },
            Some("object") => self.plain_object(view, spot),
            // `required` alone still says that it is an object.
            None if !view.required.is_empty() => self.plain_object(view, spot),
            _ => Type::Json,
        }
    }

    /// The type of the values of `additionalProperties`; nothing where any value goes.
    pub(super) fn additional(&mut self, additional: &'d AdditionalProperties, spot: &Spot) -> Option<Type> {
        match additional {
            AdditionalProperties::Any(_) => None,
            AdditionalProperties::Schema(schema) => {
                let spot = spot.child("value", &["additionalProperties"]);
                match self.schema(Node::from(schema.as_ref()), &spot).nested() {
                    Type::Json => None,
                    ty => Some(ty),
                }
            }
        }
    }
}

/// The one part of an `allOf`, `oneOf` or `anyOf` that adds nothing of its own, with its pointer: it is just that part.
fn only_part<'d>(view: &View<'d>, pointer: &str) -> Option<(Node<'d>, String)> {
    if view.has_fields() || !view.required.is_empty() || !view.values.is_empty() {
        return None;
    }
    let (keyword, parts) = match (&view.all_of[..], &view.branches.1[..]) {
        (parts, []) => ("allOf", parts),
        ([], parts) => (view.branches.0, parts),
        _ => return None,
    };
    let mut telling = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| !(says_nothing(**part) || keyword == "allOf" && says_null_alone(**part)));
    let (index, part) = telling.next()?;
    telling.next().is_none().then(|| (*part, crate::pointer::below(pointer, &[keyword, &index.to_string()])))
}

/// Whether it holds no other schema, and no type of its own comes from it.
fn is_scalar(view: &View<'_>) -> bool {
    view.ty.is_some_and(|ty| ty != "object" && ty != "array")
        && view.values.is_empty()
        && view.all_of.is_empty()
        && view.branches.1.is_empty()
        && !view.has_fields()
        && !view.not
}

/// Whether a schema is `{}`, whatever its prose.
fn says_nothing(node: Node<'_>) -> bool {
    is_empty(node).is_some_and(|nullable| !nullable)
}

/// Whether a schema is `{nullable: true}`: in `allOf`, that is meant for all of it.
fn says_null_alone(node: Node<'_>) -> bool {
    is_empty(node).is_some_and(|nullable| nullable)
}

/// Whether null is allowed by a schema without any other keyword; nothing for one that has others.
fn is_empty(node: Node<'_>) -> Option<bool> {
    let Node::Schema(schema) = node else { return None };
    let view = View::of(schema);
    let empty = view.is_constraint() && view.ty.is_none() && view.required.is_empty() && !view.not;
    empty.then(|| view.nullable())
}
