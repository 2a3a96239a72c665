//! Schemas: the entry point, and schemas without composition.

use openapiv3::{AdditionalProperties, Schema};

use super::context::{Context, DEEPEST, Site};
use super::found::Found;
use super::view::{Node, View};
use crate::api::{Shape, Type};

impl<'d> Context<'d> {
    /// Returns the type of the schema at `site`.
    pub(super) fn schema(&mut self, node: Node<'d>, site: &Site) -> Found {
        match node {
            Node::Reference(reference) => self.reference(reference, site),
            Node::Schema(schema) => self.inline(schema, site),
        }
    }

    fn reference(&mut self, reference: &str, site: &Site) -> Found {
        let Some((name, schema)) = self.resolve(reference, &site.pointer) else {
            return Found { ty: Type::Json, nullable: true };
        };
        let ty = self.schema_ids.get(name).map_or(Type::Json, |id| Type::Named(*id));
        Found { ty, nullable: View::of(schema).nullable() }
    }

    /// Returns the type of an inline schema. Each is lowered once, however many components compose its owner. A schema
    /// that contains itself gets an ID before it is lowered.
    fn inline(&mut self, schema: &'d Schema, site: &Site) -> Found {
        let view = View::of(schema);
        if is_scalar(&view) {
            return Found { ty: self.simple(&view, site), nullable: view.nullable() };
        }
        let key = std::ptr::from_ref(schema);
        match self.lowered.get(&key) {
            Some(Some(found)) => return found.clone(),
            Some(None) => return Found { ty: Type::Named(self.reserve(site)), nullable: view.nullable() },
            None if self.depth >= DEEPEST => {
                self.deferred.push((schema, site.clone()));
                return Found { ty: Type::Named(self.reserve(site)), nullable: view.nullable() };
            }
            None => {}
        }
        if !view.all_of.is_empty() || !view.branches.1.is_empty() {
            // Every cycle of inline schemas passes through a composition.
            self.lowered.insert(key, None);
        }
        self.depth += 1;
        let found = self.whole(schema, &view, site);
        let found = self.settle(found, site);
        self.depth -= 1;
        self.lowered.insert(key, Some(found.clone()));
        found
    }

    fn whole(&mut self, schema: &'d Schema, view: &View<'d>, site: &Site) -> Found {
        let nullable = view.nullable() || view.all_of.iter().any(|part| says_null_alone(*part));
        if let Some((part, pointer)) = only_part(view, &site.pointer) {
            let found = self.schema(part, &site.at(pointer));
            return Found { nullable: nullable || found.nullable, ..found };
        }
        let ty = if view.all_of.is_empty() && view.branches.1.is_empty() {
            self.simple(view, site)
        } else {
            self.composition(schema, site)
        };
        match ty {
            // One of the branches allows null.
            Type::Nullable(ty) => Found { ty: *ty, nullable: true },
            ty => Found { ty, nullable },
        }
    }

    /// Defines the type at `site` as an alias, if it is an inline type with an ID and no definition yet.
    fn settle(&mut self, found: Found, site: &Site) -> Found {
        if site.component.is_some() || !self.is_awaited(site) {
            return found;
        }
        let ty = self.define(site, None, Shape::Alias(found.ty));
        Found { ty, ..found }
    }

    /// Returns the type of a schema without composition.
    pub(super) fn simple(&mut self, view: &View<'d>, site: &Site) -> Type {
        if view.documented_values().next().is_some() {
            return self.enumeration(view, site);
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
            Some("string") if matches!(view.format, Some("date-time" | "timestamp")) => Type::DateTime,
            Some("string") if view.format == Some("byte") => Type::Base64,
            Some("string") if view.format == Some("password") => Type::Secret,
            Some("string") => {
                if view.has_fields() {
                    self.warn(&site.pointer, "a string has no properties: they are left out");
                }
                Type::String
            }
            Some("array") => match view.items {
                Some(items) => Type::List(Box::new(self.schema(items, &site.child("item", &["items"])).nested())),
                None => Type::List(Box::new(Type::Json)),
            },
            Some("object") => self.plain_object(view, site),
            // `required` alone still implies an object.
            None if !view.required.is_empty() => self.plain_object(view, site),
            _ => Type::Json,
        }
    }

    /// Returns the type of the values of `additionalProperties`; none for any JSON and for a boolean.
    pub(super) fn additional(&mut self, additional: &'d AdditionalProperties, site: &Site) -> Option<Type> {
        match additional {
            AdditionalProperties::Any(_) => None,
            AdditionalProperties::Schema(schema) => {
                let site = site.child("value", &["additionalProperties"]);
                match self.schema(Node::from(schema.as_ref()), &site).nested() {
                    Type::Json => None,
                    ty => Some(ty),
                }
            }
        }
    }
}

/// Returns the only meaningful part of an `allOf`, `oneOf` or `anyOf` with nothing beside it, and its pointer.
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
    telling.next().is_none().then(|| (*part, document::pointer::below(pointer, &[keyword, &index.to_string()])))
}

/// Returns whether a schema contains no other schema and defines no type of its own.
fn is_scalar(view: &View<'_>) -> bool {
    view.ty.is_some_and(|ty| ty != "object" && ty != "array")
        && view.values.is_empty()
        && view.all_of.is_empty()
        && view.branches.1.is_empty()
        && !view.has_fields()
        && !view.not
}

/// Returns whether a schema is `{}`, whatever its description.
fn says_nothing(node: Node<'_>) -> bool {
    is_empty(node).is_some_and(|nullable| !nullable)
}

/// Returns whether a schema is `{nullable: true}`, which applies to the whole `allOf`.
fn says_null_alone(node: Node<'_>) -> bool {
    is_empty(node).is_some_and(|nullable| nullable)
}

/// Returns whether a schema without any other keyword allows null; none if it has others.
fn is_empty(node: Node<'_>) -> Option<bool> {
    let Node::Schema(schema) = node else { return None };
    let view = View::of(schema);
    let empty = view.is_constraint() && view.ty.is_none() && view.required.is_empty() && !view.not;
    empty.then(|| view.nullable())
}
