//! `oneOf` and `anyOf` whose branches are types.

use std::collections::{BTreeMap, BTreeSet};

use document::pointer;
use openapiv3::SchemaData;

use super::context::{Context, Site, component_name};
use super::take_apart::Parts;
use super::view::{Node, View};
use crate::api::{Shape, Type, Union, UnionVariant};
use crate::names;

impl<'d> Context<'d> {
    /// Returns the type of a value that is one of `branches`, each joined with the leaves of `beside`.
    pub(super) fn union(
        &mut self,
        branches: &[(Node<'d>, String)],
        beside: &Parts<'d>,
        site: &Site,
        data: &'d SchemaData,
    ) -> Type {
        if let Some(ty) = self.strings(branches, site) {
            return ty;
        }
        let names = variant_names(branches);
        let mut tags = self.tags(branches, data, site);
        let mut variants: Vec<UnionVariant> = Vec::new();
        let mut nullable = false;
        for ((index, (branch, pointer)), name) in branches.iter().enumerate().zip(names) {
            let at = site.child(&name, &[]).at(pointer.clone());
            let ty = if beside.leaves.is_empty() {
                let found = self.schema(*branch, &at);
                nullable |= found.nullable;
                found.ty
            } else {
                self.expand(*branch, beside, &at, data, site)
            };
            let tags = tags.remove(&index).unwrap_or_default();
            match variants.iter_mut().find(|variant| variant.ty == ty) {
                Some(same) => same.tags.extend(tags),
                None => {
                    let doc = branch.data().and_then(|data| data.description.clone());
                    variants.push(UnionVariant { name, ty, tags, doc });
                }
            }
        }
        // Any JSON among the variants accepts everything that the others accept.
        if variants.iter().any(|variant| variant.ty == Type::Json) {
            return Type::Json;
        }
        let ty = match &variants[..] {
            [only] => only.ty.clone(),
            _ => {
                let tag = data.discriminator.as_ref().map(|discriminator| discriminator.property_name.clone());
                // The discriminator could never select a variant without a tag: the content decides then instead.
                let tag = tag.filter(|_| variants.iter().all(|variant| !variant.tags.is_empty()));
                self.define(site, Some(data), Shape::Union(Union { tag, variants }))
            }
        };
        if nullable && site.component.is_none() { Type::Nullable(Box::new(ty)) } else { ty }
    }

    /// Returns the type of branches that are all strings: an enum of their values, or a plain string if they have none.
    fn strings(&mut self, branches: &[(Node<'d>, String)], site: &Site) -> Option<Type> {
        let mut views = Vec::new();
        for (branch, _) in branches {
            let Node::Schema(schema) = branch else { return None };
            let view = View::of(schema);
            let text = view.ty.is_none_or(|ty| ty == "string")
                && view.is_plain_string()
                && (view.ty.is_some() || !view.values.is_empty());
            if !text {
                return None;
            }
            views.push(view);
        }
        let named = views.iter().any(|view| view.documented_values().next().is_some());
        Some(if named { self.string_enumeration(&views, site) } else { Type::String })
    }

    /// Returns the values of the discriminator that select each branch.
    fn tags(
        &mut self,
        branches: &[(Node<'d>, String)],
        data: &SchemaData,
        site: &Site,
    ) -> BTreeMap<usize, Vec<String>> {
        let mut tags: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let Some(discriminator) = &data.discriminator else { return tags };
        let targets: Vec<Option<String>> = branches.iter().map(|(branch, _)| referenced(*branch)).collect();
        let mut mapping: Vec<(&String, &String)> = discriminator.mapping.iter().collect();
        mapping.sort();
        for (tag, target) in mapping {
            let name = component_name(target, "schemas").unwrap_or_else(|| target.clone());
            match targets.iter().position(|target| target.as_deref() == Some(name.as_str())) {
                Some(index) => tags.entry(index).or_default().push(tag.clone()),
                None => {
                    let place = pointer::below(&site.pointer, &["discriminator", "mapping", tag]);
                    self.warn(
                        &place,
                        format!("`{target}` is none of the branches: a value with this tag reads as undocumented"),
                    );
                }
            }
        }
        // Without a mapping, the tag is the name of the schema; for an inline schema, it is the only value of the
        // property.
        for (index, (target, (branch, _))) in targets.into_iter().zip(branches).enumerate() {
            if let Some(tag) = target.or_else(|| constant(*branch, &discriminator.property_name)) {
                tags.entry(index).or_insert_with(|| vec![tag]);
            }
        }
        tags
    }
}

impl View<'_> {
    fn is_plain_string(&self) -> bool {
        self.all_of.is_empty()
            && self.branches.1.is_empty()
            && !self.has_fields()
            && self.items.is_none()
            && self.format != Some("binary")
            && self.documented_values().all(serde_json::Value::is_string)
    }
}

/// Returns the text of a property in a branch, if it is the only one that is allowed.
fn constant(branch: Node<'_>, property: &str) -> Option<String> {
    let Node::Schema(schema) = branch else { return None };
    let view = View::of(schema);
    let (_, node) = view.properties.iter().find(|(name, _)| *name == property)?;
    node.constant()?.as_str().map(str::to_owned)
}

/// Returns the component that a branch refers to, even with a description beside the reference.
fn referenced(node: Node<'_>) -> Option<String> {
    match node {
        Node::Reference(reference) => component_name(reference, "schemas"),
        Node::Schema(schema) => {
            let view = View::of(schema);
            match view.all_of[..] {
                [Node::Reference(reference)] if !view.has_fields() => component_name(reference, "schemas"),
                _ => None,
            }
        }
    }
}

/// Returns a name for each branch. A name that several branches would share gets the position of the branch.
fn variant_names(branches: &[(Node<'_>, String)]) -> Vec<String> {
    let names: Vec<String> =
        branches.iter().map(|(branch, _)| names::variant_name(&branch_name(*branch, branches))).collect();
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<&str> = names.iter().map(String::as_str).filter(|name| !seen.insert(*name)).collect();
    let named = |(index, name): (usize, &String)| {
        if twice.contains(name.as_str()) { format!("{name}{}", index + 1) } else { name.clone() }
    };
    names.iter().enumerate().map(named).collect()
}

fn branch_name(branch: Node<'_>, branches: &[(Node<'_>, String)]) -> String {
    if let Some(name) = branch.rust_name() {
        return name.to_owned();
    }
    if let Some(name) = referenced(branch) {
        return name;
    }
    let Node::Schema(schema) = branch else { return "value".to_owned() };
    let view = View::of(schema);
    if let Some(title) = &view.data.title {
        return title.clone();
    }
    match view.ty {
        Some("array") => match view.items {
            Some(items) => format!("{} list", branch_name(items, &[])),
            None => "list".to_owned(),
        },
        Some("object") | None if view.has_fields() => object_name(&view, branches),
        Some(ty) => ty.to_owned(),
        None => "value".to_owned(),
    }
}

/// Returns a name that distinguishes an object from its siblings: a constant, a required property, or another property
/// that only this object has.
fn object_name(view: &View<'_>, branches: &[(Node<'_>, String)]) -> String {
    let constant = view.properties.iter().find_map(|(_, node)| node.constant()?.as_str().map(str::to_owned));
    if let Some(constant) = constant {
        return constant;
    }
    let has = |node: &Node<'_>, wanted: &str| match node {
        Node::Schema(schema) => View::of(schema).properties.iter().any(|(name, _)| *name == wanted),
        Node::Reference(_) => false,
    };
    let only_here = |name: &&str| branches.iter().filter(|(branch, _)| has(branch, name)).count() < 2;
    let required = view.required.iter().map(String::as_str).find(|name| only_here(name));
    let property = || view.properties.iter().map(|(name, _)| *name).find(|name| only_here(name));
    required.or_else(property).unwrap_or("object").to_owned()
}
