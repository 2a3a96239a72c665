//! `allOf`, and `oneOf`/`anyOf` beside properties: which of the forms a composition has.
//!
//! A composition is taken apart into leaves: schemas without `allOf`, each with its branches if it has any. Then:
//!
//! | leaves | become |
//! | --- | --- |
//! | objects | one model with all properties |
//! | objects, and branches that only demand properties | one model with alternatives |
//! | objects, and branches that are plain objects | one model with the properties of all branches, and alternatives |
//! | objects, and branches of any other kind | a union in which each variant has the properties beside it |
//! | branches alone | a union |
//! | scalars | the most telling of them |

use std::rc::Rc;

use openapiv3::Schema;

use super::context::{Context, Spot};
use super::object::Object;
use super::view::{Node, View};
use crate::api::Type;
use crate::diagnostic::Diagnostic;
use crate::pointer;

/// How many components may stand one in the other before it is taken for a mistake: each takes its share of the stack.
const DEEPEST: usize = 100;

/// A schema without `allOf`, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'d> {
    pub(super) view: View<'d>,
    pub(super) pointer: String,
    /// The component that it is the whole of.
    pub(super) component: Option<&'d str>,
    /// What the types that are written inline in it are called after: its component, whoever composes it, so that they exist
    /// once.
    pub(super) owner: Rc<Spot>,
    /// Whether it is one of several branches whose properties are merged.
    pub(super) in_branch: bool,
}

impl<'d> Context<'d> {
    /// The type of a schema that composes others.
    pub(super) fn composition(&mut self, schema: &'d Schema, spot: &Spot) -> Type {
        let mut leaves = Vec::new();
        self.take_apart(Node::Schema(schema), spot, &mut Vec::new(), &mut leaves);
        self.compose(leaves, spot, View::of(schema).data)
    }

    /// Adds the leaves of `node`, which stands at `spot`. `path` holds the components that lead to it: none may come twice.
    pub(super) fn take_apart(
        &mut self,
        node: Node<'d>,
        spot: &Spot,
        path: &mut Vec<&'d str>,
        leaves: &mut Vec<Leaf<'d>>,
    ) {
        let (schema, owner, component) = match node {
            Node::Schema(schema) => (schema, spot.clone(), None),
            Node::Reference(reference) => {
                let Some((name, schema)) = self.resolve(reference, &spot.pointer) else { return };
                if path.contains(&name) {
                    self.diagnostics.push(
                        Diagnostic::error(&spot.pointer, format!("`allOf` leads from `{name}` back to `{name}`"))
                            .expected("parts that end in an object")
                            .help("remove one of the references on the way round"),
                    );
                    return;
                }
                if path.len() == DEEPEST {
                    self.diagnostics.push(
                        Diagnostic::error(
                            &spot.pointer,
                            format!("`allOf` leads through more than {DEEPEST} components"),
                        )
                        .expected("fewer steps to the objects that are composed"),
                    );
                    return;
                }
                (schema, Spot::component(name, Node::Schema(schema)), Some(name))
            }
        };
        path.extend(component);
        let before = leaves.len();
        let mut view = View::of(schema);
        for (index, part) in std::mem::take(&mut view.all_of).into_iter().enumerate() {
            let at = owner.at(pointer::below(&owner.pointer, &["allOf", &index.to_string()]));
            self.take_apart(part, &at, path, leaves);
        }
        let whole = component.filter(|_| leaves.len() == before);
        let pointer = owner.pointer.clone();
        leaves.push(Leaf { view, pointer, component: whole, owner: Rc::new(owner), in_branch: false });
        if component.is_some() {
            path.pop();
        }
    }

    /// The type of all `leaves` together. `data` is that of the schema at `spot`.
    pub(super) fn compose(&mut self, mut leaves: Vec<Leaf<'d>>, spot: &Spot, data: &'d openapiv3::SchemaData) -> Type {
        // Each round settles the branches of one leaf, so it ends.
        let mut alternatives = Vec::new();
        while let Some(at) = leaves.iter().position(|leaf| !leaf.view.branches.1.is_empty()) {
            let Some(leaf) = leaves.get_mut(at) else { break };
            let (keyword, branches) = std::mem::take(&mut leaf.view.branches);
            let (pointer, owner) = (leaf.pointer.clone(), Rc::clone(&leaf.owner));
            let branches: Vec<(Node<'d>, String)> = branches
                .into_iter()
                .enumerate()
                .map(|(index, branch)| (branch, pointer::below(&pointer, &[keyword, &index.to_string()])))
                .collect();
            let beside = leaves.iter().any(|leaf| leaf.view.has_fields());
            match form(&branches, beside) {
                Form::Constraints => alternatives.extend(branches.iter().filter_map(|(branch, _)| demanded(*branch))),
                Form::Merged => {
                    alternatives.extend(branches.iter().filter_map(|(branch, _)| demanded(*branch)));
                    for (branch, pointer) in branches {
                        let Node::Schema(schema) = branch else { continue };
                        let mut view = View::of(schema);
                        // What one branch demands is no demand on all.
                        view.required = &[];
                        let owner = Rc::new(owner.at(pointer.clone()));
                        leaves.push(Leaf { view, pointer, component: None, owner, in_branch: true });
                    }
                }
                Form::Part(branch, pointer) => {
                    self.take_apart(branch, &owner.at(pointer), &mut Vec::new(), &mut leaves);
                }
                Form::Union => {
                    leaves.retain(|leaf| !leaf.view.is_constraint() || !leaf.view.branches.1.is_empty());
                    return self.union(&branches, &leaves, spot, data);
                }
            }
        }
        self.without_branches(leaves, alternatives, spot, data)
    }

    fn without_branches(
        &mut self,
        leaves: Vec<Leaf<'d>>,
        alternatives: Vec<super::object::Demand<'d>>,
        spot: &Spot,
        data: &'d openapiv3::SchemaData,
    ) -> Type {
        let scalar = |leaf: &&Leaf<'d>| !leaf.view.is_plain_object() || leaf.view.items.is_some();
        let fields = leaves.iter().any(|leaf| leaf.view.has_fields() || !leaf.view.required.is_empty());
        if let Some(first) = leaves.iter().find(scalar) {
            if fields {
                self.warn(&spot.pointer, "`allOf` joins an object with what is no object: only the latter is kept");
            }
            // A list of values says more than a bare type.
            let leaf = leaves.iter().find(|leaf| !leaf.view.values.is_empty()).unwrap_or(first).clone();
            if let Some(id) = leaf.component.and_then(|name| self.schema_ids.get(name)) {
                return Type::Named(*id);
            }
            return self.simple(&leaf.view, &spot.at(leaf.pointer));
        }
        let object_alone = leaves.iter().any(|leaf| leaf.view.ty == Some("object"));
        if !fields && !object_alone && alternatives.is_empty() {
            return Type::Json;
        }
        let mut object = Object::new(alternatives);
        for leaf in leaves {
            object.add(leaf);
        }
        self.object(object, spot, data)
    }
}

/// What the branches of a leaf are.
enum Form<'d> {
    /// They only demand properties that stand beside them.
    Constraints,
    /// They bring properties of their own to those beside them.
    Merged,
    /// There is only one.
    Part(Node<'d>, String),
    /// Each is a type.
    Union,
}

fn form<'d>(branches: &[(Node<'d>, String)], beside: bool) -> Form<'d> {
    if let [(only, pointer)] = branches {
        return Form::Part(*only, pointer.clone());
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

fn plain(node: Node<'_>) -> Option<View<'_>> {
    match node {
        Node::Reference(_) => None,
        Node::Schema(schema) => Some(View::of(schema)),
    }
}

/// What a branch demands, with the name that an overlay gave it.
fn demanded(branch: Node<'_>) -> Option<super::object::Demand<'_>> {
    let view = plain(branch)?;
    Some(super::object::Demand {
        name: branch.rust_name(),
        required: view.required.iter().map(String::as_str).collect(),
        constants: view.properties.iter().filter_map(|(name, node)| Some((*name, node.constant()?))).collect(),
    })
}
