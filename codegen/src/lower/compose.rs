//! Compositions: determines what a schema with `allOf`, `oneOf` or `anyOf` becomes.
//!
//! The branches of a schema are the members of its `oneOf` or `anyOf`. A composition is taken apart into leaves:
//! schemas without `allOf`, each with its branches if it has any. Then:
//!
//! | leaves | become |
//! | --- | --- |
//! | objects without branches | one model with all properties |
//! | a leaf with a single branch | the leaves of the branch too, as if it were a member of `allOf` |
//! | inline branches that only require properties | one model with alternatives |
//! | properties, and inline branches that are plain objects | one model with the properties of all, and alternatives |
//! | properties, and branches of any other kind, such as references | a union: each variant has the properties, too |
//! | any other branches | a union |
//! | schemas that are not objects | the first leaf with `enum`, else the first that is not an object |
//!
//! A component counts once in a composition, however many paths lead to it. If a branch is a component that is joined
//! already, the branches are skipped, since the choice is made: this happens when a parent lists the children that
//! extend it.

use std::collections::BTreeSet;
use std::rc::Rc;

use document::diagnostic::Diagnostic;
use document::pointer;
use openapiv3::{Schema, SchemaData};

use super::context::{Context, DEEPEST, Site};
use super::object::{Demand, Object};
use super::take_apart::{Leaf, Parts};
use super::view::{Node, View};
use crate::api::Type;

/// The maximum number of branches in one composition that are expanded with the other leaves: the branches of several
/// leaves multiply.
const EXPANDED: usize = 256;

impl<'d> Context<'d> {
    pub(super) fn composition(&mut self, schema: &'d Schema, site: &Site) -> Type {
        let mut parts = Parts::of(self, site);
        self.take_apart(Node::Schema(schema), site, &mut parts);
        let outer = std::mem::take(&mut self.expanded);
        let ty = self.compose(parts, site, View::of(schema).data);
        self.expanded = outer;
        ty
    }

    /// Returns the type of all `parts` together. `data` belongs to the schema at `site`.
    fn compose(&mut self, mut parts: Parts<'d>, site: &Site, data: &'d SchemaData) -> Type {
        // The loop ends: each round removes the branches of one leaf, and `seen` lets each component add its leaves
        // only once.
        let mut alternatives = Vec::new();
        while let Some(at) = parts.leaves.iter().position(|leaf| !leaf.view.branches.1.is_empty()) {
            let Some(leaf) = parts.leaves.get_mut(at) else { break };
            let (keyword, branches) = std::mem::take(&mut leaf.view.branches);
            let (pointer, owner, of) = (leaf.pointer.clone(), Rc::clone(&leaf.owner), leaf.of);
            let mut branches: Vec<(Node<'d>, String)> = branches
                .into_iter()
                .enumerate()
                .map(|(index, branch)| (branch, pointer::below(&pointer, &[keyword, &index.to_string()])))
                .collect();
            self.without_itself(of, &mut branches);
            if branches.iter().any(|(branch, _)| self.target(*branch).is_some_and(|name| parts.seen.contains(name))) {
                continue;
            }
            let beside = parts.leaves.iter().any(|leaf| leaf.view.has_fields());
            match form(&branches, beside) {
                Form::Nothing => {}
                Form::Constraints => alternatives.extend(branches.iter().filter_map(|(branch, _)| demanded(*branch))),
                Form::Merged => {
                    alternatives.extend(branches.iter().filter_map(|(branch, _)| demanded(*branch)));
                    parts.leaves.extend(branches.into_iter().filter_map(|branch| merged(branch, &owner)));
                }
                Form::Part(branch, pointer) => self.take_apart(branch, &owner.at(pointer), &mut parts),
                Form::Union => {
                    parts.leaves.retain(|leaf| !leaf.view.is_constraint() || !leaf.view.branches.1.is_empty());
                    return self.union(&branches, &parts, site, data);
                }
            }
        }
        self.without_branches(parts.leaves, alternatives, site, data)
    }

    /// Returns the type of `branch`, which is at `at`, joined with the leaves of `beside`.
    pub(super) fn expand(
        &mut self,
        branch: Node<'d>,
        beside: &Parts<'d>,
        at: &Site,
        data: &'d SchemaData,
        site: &Site,
    ) -> Type {
        if self.adds_nothing(beside, branch, at) {
            return self.schema(branch, at).ty;
        }
        let beside_it = beside.leaves.iter().map(|leaf| 1 + leaf.view.properties.len()).sum();
        if self.expanded == EXPANDED || self.depth == DEEPEST || !self.spend(beside_it, at) {
            let message = "the branches multiply: from here on they are without the properties that stand beside them";
            let help = "let fewer of the composed schemas have branches, in an overlay";
            self.diagnostics.push(Diagnostic::warning(&site.pointer, message).help(help));
            return self.schema(branch, at).ty;
        }
        self.expanded += 1;
        self.depth += 1;
        let mut parts = beside.clone();
        self.take_apart(branch, at, &mut parts);
        // The other leaves depend on the composing schema, so the key of the branch's type names both schemas.
        let own = pointer::strip_prefix(&at.pointer, &site.pointer).is_some() && site.key.is_none();
        let key = (!own).then(|| format!("{} {}", site.key.as_ref().unwrap_or(&site.pointer), at.pointer));
        let ty = self.compose(parts, &Site { key, ..at.clone() }, branch.data().unwrap_or(data));
        self.depth -= 1;
        ty
    }

    /// Returns whether a branch already has all leaves of `beside`, such as a child that extends the parent that lists
    /// it.
    fn adds_nothing(&mut self, beside: &Parts<'d>, branch: Node<'d>, at: &Site) -> bool {
        if beside.leaves.is_empty() {
            return true;
        }
        if self.target(branch).is_none() {
            return false;
        }
        let mut own = Parts::default();
        self.take_apart(branch, at, &mut own);
        let held: BTreeSet<*const SchemaData> =
            own.leaves.iter().map(|leaf| std::ptr::from_ref(leaf.view.data)).collect();
        let joined = |leaf: &Leaf<'d>| {
            let mut branches = leaf.view.branches.1.iter();
            branches.any(|branch| self.target(*branch).is_some_and(|name| own.seen.contains(name)))
        };
        beside.leaves.iter().all(|leaf| {
            held.contains(&std::ptr::from_ref(leaf.view.data))
                || (joined(leaf) && View { branches: ("oneOf", Vec::new()), ..leaf.view.clone() }.is_constraint())
        })
    }

    /// Removes the branches of the component `of` that refer to `of` itself, since they offer no choice.
    fn without_itself(&mut self, of: Option<&'d str>, branches: &mut Vec<(Node<'d>, String)>) {
        let Some(of) = of else { return };
        branches.retain(|(branch, pointer)| {
            let itself = self.target(*branch) == Some(of);
            if itself {
                self.warn(pointer, format!("`{of}` is one of the branches of `{of}`: passed over"));
            }
            !itself
        });
    }

    fn without_branches(
        &mut self,
        leaves: Vec<Leaf<'d>>,
        alternatives: Vec<Demand<'d>>,
        site: &Site,
        data: &'d SchemaData,
    ) -> Type {
        let scalar = |leaf: &&Leaf<'d>| !leaf.view.is_plain_object() || leaf.view.items.is_some();
        let fields = leaves.iter().any(|leaf| leaf.view.has_fields() || !leaf.view.required.is_empty());
        if let Some(first) = leaves.iter().find(scalar) {
            if fields {
                self.warn(
                    &site.pointer,
                    "`allOf` joins an object with a schema that is not an object: only the latter is kept",
                );
            }
            // A list of values is more specific than a bare type.
            let leaf = leaves.iter().find(|leaf| !leaf.view.values.is_empty()).unwrap_or(first).clone();
            if let Some(id) = leaf.component.and_then(|name| self.schema_ids.get(name)) {
                return Type::Named(*id);
            }
            return self.simple(&leaf.view, &site.at(leaf.pointer));
        }
        let object_alone = leaves.iter().any(|leaf| leaf.view.ty == Some("object"));
        if !fields && !object_alone && alternatives.is_empty() {
            return Type::Json;
        }
        let mut object = Object::new(alternatives);
        for leaf in leaves {
            object.add(leaf);
        }
        self.object(object, site, data)
    }
}

/// The form of the branches of a leaf.
enum Form<'d> {
    Nothing,
    /// Inline branches that only require properties of other leaves.
    Constraints,
    /// Inline branches that add properties to those of other leaves.
    Merged,
    /// A single branch, with its JSON pointer.
    Part(Node<'d>, String),
    /// Branches that are types of their own.
    Union,
}

fn form<'d>(branches: &[(Node<'d>, String)], beside: bool) -> Form<'d> {
    match branches {
        [] => return Form::Nothing,
        [(only, pointer)] => return Form::Part(*only, pointer.clone()),
        _ => {}
    }
    let views = || branches.iter().map(|(branch, _)| plain(*branch));
    if views().all(|view| view.is_some_and(|view| view.is_constraint())) {
        return Form::Constraints;
    }
    if beside && views().all(|view| view.is_some_and(|view| view.is_plain_object())) {
        return Form::Merged;
    }
    Form::Union
}

fn merged<'d>((branch, pointer): (Node<'d>, String), owner: &Site) -> Option<Leaf<'d>> {
    let mut view = plain(branch)?;
    // A property that one branch requires is optional in the model of all branches.
    view.required = &[];
    let owner = Rc::new(owner.at(pointer.clone()));
    Some(Leaf { view, pointer, component: None, of: None, owner, in_branch: true })
}

fn plain(node: Node<'_>) -> Option<View<'_>> {
    match node {
        Node::Reference(_) => None,
        Node::Schema(schema) => Some(View::of(schema)),
    }
}

/// Returns the required properties and the constants of an inline branch, with the name that an overlay gives it.
fn demanded(branch: Node<'_>) -> Option<Demand<'_>> {
    let view = plain(branch)?;
    Some(Demand {
        name: branch.rust_name(),
        required: view.required.iter().map(String::as_str).collect(),
        constants: view.properties.iter().filter_map(|(name, node)| Some((*name, node.constant()?))).collect(),
    })
}
