//! The leaves of a composition: the schemas that its `allOf` joins, with references resolved.

use std::collections::BTreeSet;
use std::rc::Rc;

use document::diagnostic::Diagnostic;
use document::pointer;

use super::context::{Context, Site};
use super::view::{Node, View};

/// A schema without `allOf`, and its place.
#[derive(Debug, Clone)]
pub(super) struct Leaf<'d> {
    pub(super) view: View<'d>,
    pub(super) pointer: String,
    /// The component, if the leaf is all of it.
    pub(super) component: Option<&'d str>,
    /// The component, if the leaf is all of it or all but its `allOf`.
    pub(super) of: Option<&'d str>,
    /// The site that the leaf's inline types are named after. A component keeps its own site, whichever schema composes
    /// the component, so that each type exists once.
    pub(super) owner: Rc<Site>,
    /// True if the leaf is one of several branches whose properties are merged.
    pub(super) in_branch: bool,
}

/// The parts of a composition.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts<'d> {
    /// The leaves; later ones take precedence.
    pub(super) leaves: Vec<Leaf<'d>>,
    /// The components among the leaves.
    pub(super) seen: BTreeSet<&'d str>,
}

impl<'d> Parts<'d> {
    /// Returns the parts of the schema at `site`: no leaves yet, and the component that the schema is.
    pub(super) fn of(context: &Context<'d>, site: &Site) -> Self {
        Self { leaves: Vec::new(), seen: context.component_at(site).into_iter().collect() }
    }
}

enum Step<'d> {
    Open(Node<'d>, Site),
    /// The parts of a schema are done, and the leaf beside them follows.
    Close(Leaf<'d>, Option<&'d str>),
}

impl<'d> Context<'d> {
    /// Adds the leaves of `node`, which is at `site`, to `parts`. Each component is added once.
    ///
    /// The function keeps a stack of its own, since a document can have any number of components that compose one
    /// another.
    pub(super) fn take_apart(&mut self, node: Node<'d>, site: &Site, parts: &mut Parts<'d>) {
        let root = self.component_at(site);
        let mut under_way: BTreeSet<&'d str> = root.into_iter().collect();
        let mut steps = vec![Step::Open(node, site.clone())];
        while let Some(step) = steps.pop() {
            let (node, site) = match step {
                Step::Open(node, site) => (node, site),
                Step::Close(leaf, component) => {
                    under_way.remove(component.unwrap_or_default());
                    parts.leaves.push(leaf);
                    continue;
                }
            };
            let (schema, owner, component) = match node {
                Node::Schema(schema) => (schema, site, None),
                Node::Reference(reference) => {
                    let Some((name, schema)) = self.resolve(reference, &site.pointer) else { continue };
                    if under_way.contains(name) {
                        self.round(name, &site);
                        continue;
                    }
                    if !parts.seen.insert(name) {
                        continue;
                    }
                    under_way.insert(name);
                    (schema, Site::component(name, Node::Schema(schema)), Some(name))
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

    pub(super) fn component_at(&self, site: &Site) -> Option<&'d str> {
        let (_, name) = site.component.as_ref()?;
        self.schema_ids.get_key_value(name.as_str()).map(|(name, _)| *name)
    }

    /// Returns the component that a node refers to, even with a description beside the reference.
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

    fn round(&mut self, name: &str, site: &Site) {
        self.diagnostics.push(
            Diagnostic::fault(&site.pointer, format!("`allOf` leads back to `{name}`"))
                .expected("parts that end in an object")
                .assumed("what is on the way round is joined once")
                .removed(),
        );
    }

    /// Takes `count` properties out of the budget for compositions. Returns whether the budget had enough.
    pub(super) fn spend(&mut self, count: usize, site: &Site) -> bool {
        let left = self.budget.checked_sub(count);
        match left {
            Some(left) => self.budget = left,
            None if self.budget > 0 => {
                self.budget = 0;
                let message = "the compositions of the document multiply: from here on parts of them are left out";
                let help = "let fewer schemas compose one another, in an overlay";
                self.diagnostics.push(Diagnostic::warning(&site.pointer, message).help(help));
            }
            None => {}
        }
        left.is_some()
    }
}
