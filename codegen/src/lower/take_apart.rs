//! The leaves of a composition: the schemas that its `allOf` joins, references followed.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::context::{Context, Spot};
use super::view::{Node, View};
use crate::diagnostic::Diagnostic;
use crate::pointer;

/// A schema without `allOf`, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'d> {
    pub(super) view: View<'d>,
    pub(super) pointer: String,
    /// The component that it is the whole of.
    pub(super) component: Option<&'d str>,
    /// The component that it is what stands beside the `allOf` of.
    pub(super) of: Option<&'d str>,
    /// What the types that are written inline in it are called after: its component, whoever composes it, so that they exist
    /// once.
    pub(super) owner: Rc<Spot>,
    /// Whether it is one of several branches whose properties are merged.
    pub(super) in_branch: bool,
}

/// What a composition was taken apart into.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts<'d> {
    /// What comes later has the last word.
    pub(super) leaves: Vec<Leaf<'d>>,
    /// The components among them.
    pub(super) seen: BTreeSet<&'d str>,
}

impl<'d> Parts<'d> {
    /// Those of what stands at `spot`: none yet, but for the component that it is.
    pub(super) fn of(context: &Context<'d>, spot: &Spot) -> Self {
        Self { leaves: Vec::new(), seen: context.component_at(spot).into_iter().collect() }
    }
}

/// What is still to be done, the last first.
enum Step<'d> {
    Open(Node<'d>, Spot),
    /// The parts of a schema have been taken: what stands beside them follows.
    Close(Leaf<'d>, Option<&'d str>),
}

impl<'d> Context<'d> {
    /// Adds the leaves of `node`, which stands at `spot`, to `parts`. A component is added once.
    ///
    /// A stack of its own, since a document can have any number of components that compose one another.
    pub(super) fn take_apart(&mut self, node: Node<'d>, spot: &Spot, parts: &mut Parts<'d>) {
        let root = self.component_at(spot);
        let mut under_way: BTreeSet<&'d str> = root.into_iter().collect();
        let mut steps = vec![Step::Open(node, spot.clone())];
        while let Some(step) = steps.pop() {
            let (node, spot) = match step {
                Step::Open(node, spot) => (node, spot),
                Step::Close(leaf, component) => {
                    under_way.remove(component.unwrap_or_default());
                    parts.leaves.push(leaf);
                    continue;
                }
            };
            let (schema, owner, component) = match node {
                Node::Schema(schema) => (schema, spot, None),
                Node::Reference(reference) => {
                    let Some((name, schema)) = self.resolve(reference, &spot.pointer) else { continue };
                    if under_way.contains(name) {
                        self.round(name, &spot);
                        continue;
                    }
                    if !parts.seen.insert(name) {
                        continue;
                    }
                    under_way.insert(name);
                    (schema, Spot::component(name, Node::Schema(schema)), Some(name))
                }
            };
            let mut view = View::of(schema);
            if !self.spend(1 + view.properties.len(), &owner) {
                under_way.remove(component.unwrap_or_default());
                continue;
            }
            let all_of = std::mem::take(&mut view.all_of);
            let inner: Vec<Step<'d>> = all_of
                .into_iter()
                .enumerate()
                .map(|(index, part)| {
                    Step::Open(part, owner.at(pointer::below(&owner.pointer, &["allOf", &index.to_string()])))
                })
                .collect();
            let whole = component.filter(|_| inner.is_empty());
            let of = component.or(self.component_at(&owner));
            let pointer = owner.pointer.clone();
            let leaf = Leaf { view, pointer, component: whole, of, owner: Rc::new(owner), in_branch: false };
            steps.push(Step::Close(leaf, component));
            steps.extend(inner.into_iter().rev());
        }
    }

    /// The component that `spot` is.
    pub(super) fn component_at(&self, spot: &Spot) -> Option<&'d str> {
        let (_, name) = spot.component.as_ref()?;
        self.schema_ids.get_key_value(name.as_str()).map(|(name, _)| *name)
    }

    /// The component that a node refers to, also with prose beside the reference.
    pub(super) fn target(&self, node: Node<'d>) -> Option<&'d str> {
        let reference = match node {
            Node::Reference(reference) => reference,
            Node::Schema(schema) => {
                let view = View::of(schema);
                match view.all_of[..] {
                    [Node::Reference(reference)] if !view.has_fields() => reference,
                    _ => return None,
                }
            }
        };
        self.find(reference).map(|(name, _)| name)
    }

    fn round(&mut self, name: &str, spot: &Spot) {
        self.diagnostics.push(
            Diagnostic::fault(&spot.pointer, format!("`allOf` leads back to `{name}`"))
                .expected("parts that end in an object")
                .assumed("what is on the way round is joined once")
                .removed(),
        );
    }

    /// Whether the compositions of the document may still grow by `count` properties.
    pub(super) fn spend(&mut self, count: usize, spot: &Spot) -> bool {
        let left = self.budget.checked_sub(count);
        match left {
            Some(left) => self.budget = left,
            None if self.budget > 0 => {
                self.budget = 0;
                let message = "the compositions of the document multiply: from here on parts of them are left out";
                let help = "let fewer schemas compose one another, in an overlay";
                self.diagnostics.push(Diagnostic::warning(&spot.pointer, message).help(help));
            }
            None => {}
        }
        left.is_some()
    }
}
