//! The state that the functions of this stage share. It does not leave the stage.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use openapiv3::{Components, ReferenceOr, Schema, SchemaData};

use super::found::Found;
use super::view::Node;
use crate::api::{ClientHeader, Shape, Type, TypeDef, TypeId, Types};
use crate::diagnostic::Diagnostic;
use crate::document::extensions;
use crate::names;
use crate::pointer;

/// The number of properties that the compositions of a document may join, and the number that each of its schemas adds.
/// No document of a large directory comes near, but chains in which each schema composes all before it would take
/// forever.
const PROPERTIES: usize = 200_000;
const PROPERTIES_EACH: usize = 20;

/// The maximum depth of nested branches and of nested schemas: each level takes its share of the stack.
pub(super) const DEEPEST: usize = 24;

/// The end of a chain of references: a component that is no reference, with its name.
type Target<'d> = Option<(&'d str, &'d Schema)>;

pub(super) struct Context<'d> {
    pub(super) components: &'d Components,
    pub(super) schema_ids: BTreeMap<&'d str, TypeId>,
    /// The inline types by JSON pointer, or by the key of their site.
    inline_ids: HashMap<String, TypeId>,
    /// The types. Each component has one before any is lowered, so that they may refer to each other.
    pub(super) types: Types,
    /// The headers that belong to the client and that operations have declared so far, by name on the wire.
    pub(super) client_headers: BTreeMap<&'d str, ClientHeader>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The result for each inline schema; none while it is being lowered.
    pub(super) lowered: HashMap<*const Schema, Option<Found>>,
    /// The number of schemas that are being lowered.
    pub(super) depth: usize,
    /// The schemas that are nested too deep, and only have a name so far.
    pub(super) deferred: Vec<(&'d Schema, Site)>,
    /// The types that have a name but no definition yet.
    awaited: BTreeSet<TypeId>,
    /// The number of properties that compositions may still join.
    pub(super) budget: usize,
    /// The number of branches that the current composition has expanded.
    pub(super) expanded: usize,
    /// The target of each component schema.
    targets: HashMap<&'d str, Target<'d>>,
}

/// The place of a schema: the name and the file of a type that is defined there.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) module: String,
    /// The component, if the schema is the component itself and not a part of it.
    pub(super) component: Option<(TypeId, String)>,
    /// The key that distinguishes its type from others of the same place, if several compositions have one each.
    pub(super) key: Option<String>,
}

impl Site {
    /// Returns the site of an inline schema outside of all components.
    pub(super) fn inline(name: String, pointer: String) -> Self {
        let module = names::module_name(&name);
        Self { name, pointer, module, component: None, key: None }
    }

    /// Returns the site of a component, as a part of a composition.
    pub(super) fn component(name: &str, schema: Node<'_>) -> Self {
        let given = schema.data().and_then(|data| extensions::text(&data.extensions, extensions::TYPE_NAME));
        let called = given.unwrap_or(name);
        Self {
            name: names::type_name(called),
            module: names::module_name(called),
            pointer: pointer::below("/components/schemas", &[name]),
            component: None,
            key: None,
        }
    }

    /// Returns the site of a part that may define a type of its own.
    pub(super) fn child(&self, step: &str, keys: &[&str]) -> Self {
        Self {
            name: names::inline_type_name(&self.name, step),
            pointer: pointer::below(&self.pointer, keys),
            module: self.module.clone(),
            component: None,
            key: None,
        }
    }

    /// Returns the same site at another JSON pointer.
    pub(super) fn at(&self, pointer: String) -> Self {
        Self { pointer, ..self.clone() }
    }
}

impl<'d> Context<'d> {
    pub(super) fn new(components: &'d Components) -> Self {
        let mut names: Vec<&'d str> = components.schemas.keys().map(String::as_str).collect();
        names.sort_unstable();
        let schema_ids: BTreeMap<_, _> =
            names.into_iter().enumerate().map(|(index, name)| (name, TypeId(index))).collect();
        let mut context = Self {
            components,
            schema_ids,
            inline_ids: HashMap::new(),
            types: Types::default(),
            client_headers: BTreeMap::new(),
            diagnostics: Vec::new(),
            lowered: HashMap::new(),
            depth: 0,
            deferred: Vec::new(),
            awaited: BTreeSet::new(),
            budget: PROPERTIES + components.schemas.len().saturating_mul(PROPERTIES_EACH),
            expanded: 0,
            targets: targets(components),
        };
        for site in context.component_spots() {
            // A component that only refers to itself keeps this definition; `document` has reported the cycle.
            context.types.0.push(definition(&site.1, site.0.data(), Shape::Alias(Type::Json)));
        }
        context
    }

    /// Returns the components with their sites, in the order of their types.
    fn component_spots(&self) -> Vec<(Node<'d>, Site)> {
        let schema = |(name, id): (&&'d str, &TypeId)| {
            let node = Node::from(self.components.schemas.get(*name)?);
            Some((node, Site { component: Some((*id, (*name).to_owned())), ..Site::component(name, node) }))
        };
        self.schema_ids.iter().filter_map(schema).collect()
    }

    pub(super) fn lower_components(&mut self) {
        for (node, site) in self.component_spots() {
            let lowered = self.schema(node, &site);
            let itself = site.component.as_ref().map(|(id, _)| Type::Named(*id));
            if Some(&lowered.ty) != itself.as_ref() {
                self.define(&site, node.data(), Shape::Alias(lowered.ty));
            }
        }
        self.lower_deferred();
    }

    /// Lowers the schemas that only have a name so far, since they are nested too deep.
    pub(super) fn lower_deferred(&mut self) {
        while let Some((schema, site)) = self.deferred.pop() {
            self.schema(Node::Schema(schema), &site);
        }
    }

    /// Sets the definition of the type at `site`. An inline type of a component is defined once, and all compositions
    /// share it.
    pub(super) fn define(&mut self, site: &Site, data: Option<&SchemaData>, shape: Shape) -> Type {
        let id = self.place(site);
        let is_new = self.awaited.remove(&id) || site.component.is_some();
        if let Some(place) = self.types.0.get_mut(id.0).filter(|_| is_new) {
            *place = definition(site, data, shape);
        }
        Type::Named(id)
    }

    /// Returns the ID of the type at `site`, and reserves one if it has none.
    pub(super) fn place(&mut self, site: &Site) -> TypeId {
        if let Some((id, _)) = &site.component {
            return *id;
        }
        let key = site.key.as_ref().unwrap_or(&site.pointer);
        if let Some(id) = self.inline_ids.get(key) {
            return *id;
        }
        let id = TypeId(self.types.0.len());
        self.types.0.push(definition(site, None, Shape::Alias(Type::Json)));
        self.inline_ids.insert(key.clone(), id);
        self.awaited.insert(id);
        id
    }

    /// Returns whether the type at `site` has an ID but no definition.
    pub(super) fn is_awaited(&self, site: &Site) -> bool {
        let id = self.inline_ids.get(site.key.as_ref().unwrap_or(&site.pointer));
        id.is_some_and(|id| self.awaited.contains(id))
    }

    /// Returns the schema behind a reference, with the name of its component.
    pub(super) fn resolve(&mut self, reference: &str, pointer: &str) -> Option<(&'d str, &'d Schema)> {
        let found = self.find(reference);
        if found.is_none() {
            self.dangling(reference, pointer, "schemas");
        }
        found
    }

    /// Resolves a reference as [`resolve`](Self::resolve) does, but without a diagnostic.
    pub(super) fn find(&self, reference: &str) -> Option<(&'d str, &'d Schema)> {
        self.targets.get(component_name(reference, "schemas")?.as_str()).copied().flatten()
    }

    /// Returns `node`, which is at `at`, or the component that it refers to, with its JSON pointer. `kind` is any but
    /// schemas.
    pub(super) fn component<T>(
        &mut self,
        (kind, all): (&'static str, &'d indexmap::IndexMap<String, ReferenceOr<T>>),
        node: &'d ReferenceOr<T>,
        at: String,
    ) -> Option<(&'d T, String)> {
        let reference = match node {
            ReferenceOr::Item(item) => return Some((item, at)),
            ReferenceOr::Reference { reference } => reference,
        };
        let found = find(kind, all, reference);
        if found.is_none() {
            self.dangling(reference, &at, kind);
        }
        found.map(|(name, item)| (item, pointer::below("/components", &[kind, name])))
    }

    fn dangling(&mut self, reference: &str, pointer: &str, kind: &str) {
        self.diagnostics.push(
            Diagnostic::error(pointer::below(pointer, &["$ref"]), format!("`{reference}` leads to nothing"))
                .expected(format!("the name of one of `#/components/{kind}`")),
        );
    }

    pub(super) fn warn(&mut self, pointer: &str, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(pointer, message));
    }
}

/// Returns the target of each component schema: itself, or the end of its chain of references.
fn targets(components: &Components) -> HashMap<&str, Target<'_>> {
    let mut targets: HashMap<&str, Target<'_>> = HashMap::new();
    for start in components.schemas.keys() {
        let mut chain = Vec::new();
        let mut next = Some(start.clone());
        let mut end = None;
        while let Some((name, schema)) = next.and_then(|name| components.schemas.get_key_value(&name)) {
            if let Some(known) = targets.get(name.as_str()) {
                end = *known;
                break;
            }
            // There is no target as long as the chain may be a cycle.
            targets.insert(name, None);
            chain.push(name.as_str());
            next = match schema {
                ReferenceOr::Item(schema) => {
                    end = Some((name.as_str(), schema));
                    None
                }
                ReferenceOr::Reference { reference } => component_name(reference, "schemas"),
            };
        }
        targets.extend(chain.into_iter().map(|name| (name, end)));
    }
    targets
}

/// Returns the component that `reference` leads to, with its name.
fn find<'d, T>(
    kind: &str,
    all: &'d indexmap::IndexMap<String, ReferenceOr<T>>,
    reference: &str,
) -> Option<(&'d str, &'d T)> {
    let mut name = component_name(reference, kind);
    // After as many steps as there are components, the chain has ended or is a cycle.
    for _ in 0..=all.len() {
        match all.get_key_value(name.as_deref()?)? {
            (name, ReferenceOr::Item(item)) => return Some((name, item)),
            (_, ReferenceOr::Reference { reference }) => name = component_name(reference, kind),
        }
    }
    None
}

/// Returns the name in `#/components/<kind>/<name>`.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let (section, name) = pointer::component(reference)?;
    (section == kind).then(|| name.into_owned())
}

fn definition(site: &Site, data: Option<&SchemaData>, shape: Shape) -> TypeDef {
    let given = data.and_then(|data| extensions::text(&data.extensions, extensions::TYPE_NAME));
    TypeDef {
        name: given.map_or_else(|| site.name.clone(), names::type_name),
        module: site.module.clone(),
        component: site.component.as_ref().map(|(_, name)| name.clone()),
        pointer: site.pointer.clone(),
        title: data.and_then(|data| data.title.clone()),
        doc: data.and_then(|data| data.description.clone()),
        deprecated: data.is_some_and(|data| data.deprecated),
        shape,
    }
}
