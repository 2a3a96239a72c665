//! The state that the functions of this stage share. It does not leave the stage.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use document::diagnostic::Diagnostic;
use document::extensions;
use document::pointer;
use openapiv3::{Components, ReferenceOr, Schema, SchemaData};

use super::found::Found;
use super::view::Node;
use crate::api::{ClientHeader, Shape, Type, TypeDef, TypeId, Types};
use crate::names;

/// The limit on the properties that all compositions of a document join: `PROPERTIES`, and `PROPERTIES_EACH` more for
/// each component schema. No document of a large directory comes near it, but chains in which each schema composes all
/// before it would take forever.
const PROPERTIES: usize = 200_000;
const PROPERTIES_EACH: usize = 20;

/// The maximum nesting depth of schemas and expanded branches: each level takes its share of the stack.
pub(super) const DEEPEST: usize = 24;

/// The target of a reference: the component at the end of its chain, with its name. `None` if the reference dangles or
/// is part of a cycle.
type Target<'d> = Option<(&'d str, &'d Schema)>;

pub(super) struct Context<'d> {
    pub(super) components: &'d Components,
    pub(super) schema_ids: BTreeMap<&'d str, TypeId>,
    /// The IDs of the inline types, by the key of their site or else its JSON pointer.
    inline_ids: HashMap<String, TypeId>,
    /// The types, by ID. Each component has an ID before any is lowered, so that types may refer to each other.
    pub(super) types: Types,
    /// The headers that belong to the client and that operations have declared so far, by name on the wire.
    pub(super) client_headers: BTreeMap<&'d str, ClientHeader>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The result for each inline schema; `None` while it is being lowered.
    pub(super) lowered: HashMap<*const Schema, Option<Found>>,
    /// The current nesting depth of schemas and expanded branches; at most `DEEPEST`.
    pub(super) depth: usize,
    /// The schemas that are nested too deep: each has an ID, and is lowered later.
    pub(super) deferred: Vec<(&'d Schema, Site)>,
    /// The IDs of the inline types that are reserved but not defined yet.
    awaited: BTreeSet<TypeId>,
    /// The number of properties that compositions may still join.
    pub(super) budget: usize,
    /// The number of branches that the current composition has expanded.
    pub(super) expanded: usize,
    /// The target of a reference to each component schema.
    targets: HashMap<&'d str, Target<'d>>,
}

/// The site of a schema: its JSON pointer, and the name and the module of a type that is defined there.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) module: String,
    /// The component, if the schema is the component itself and not a part of it.
    pub(super) component: Option<(TypeId, String)>,
    /// The key of its type, if several compositions each define a type at this JSON pointer.
    pub(super) key: Option<String>,
}

impl Site {
    /// Returns the site of an inline schema outside of all components.
    pub(super) fn inline(name: String, pointer: String) -> Self {
        let module = names::module_name(&name);
        Self { name, pointer, module, component: None, key: None }
    }

    /// Returns the site that names the inline types of a component. It does not define the component's own type.
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

    /// Returns the site of a subschema, at `keys` below this one. `step` becomes part of its type's name.
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
        for (node, site) in context.component_sites() {
            // A placeholder until the component is lowered. One that only refers to itself keeps it; `document` has
            // reported the cycle.
            context.types.0.push(definition(&site, node.data(), Shape::Alias(Type::Json)));
        }
        context
    }

    /// Returns the components with their sites, in the order of their IDs.
    fn component_sites(&self) -> Vec<(Node<'d>, Site)> {
        let schema = |(name, id): (&&'d str, &TypeId)| {
            let node = Node::from(self.components.schemas.get(*name)?);
            Some((node, Site { component: Some((*id, (*name).to_owned())), ..Site::component(name, node) }))
        };
        self.schema_ids.iter().filter_map(schema).collect()
    }

    pub(super) fn lower_components(&mut self) {
        for (node, site) in self.component_sites() {
            let lowered = self.schema(node, &site);
            let itself = site.component.as_ref().map(|(id, _)| Type::Named(*id));
            if Some(&lowered.ty) != itself.as_ref() {
                self.define(&site, node.data(), Shape::Alias(lowered.ty));
            }
        }
        self.lower_deferred();
    }

    pub(super) fn lower_deferred(&mut self) {
        while let Some((schema, site)) = self.deferred.pop() {
            self.schema(Node::Schema(schema), &site);
        }
    }

    /// Defines the type at `site`, and returns it. An inline type keeps its first definition. Compositions that need
    /// different types at one JSON pointer have different keys.
    pub(super) fn define(&mut self, site: &Site, data: Option<&SchemaData>, shape: Shape) -> Type {
        let id = self.reserve(site);
        let is_new = self.awaited.remove(&id) || site.component.is_some();
        if let Some(place) = self.types.0.get_mut(id.0).filter(|_| is_new) {
            *place = definition(site, data, shape);
        }
        Type::Named(id)
    }

    /// Returns the ID of the type at `site`, and reserves one if it has none.
    pub(super) fn reserve(&mut self, site: &Site) -> TypeId {
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

    pub(super) fn is_awaited(&self, site: &Site) -> bool {
        let id = self.inline_ids.get(site.key.as_ref().unwrap_or(&site.pointer));
        id.is_some_and(|id| self.awaited.contains(id))
    }

    /// Returns the target of a reference to a schema. Reports the reference if it has none.
    pub(super) fn resolve(&mut self, reference: &str, pointer: &str) -> Option<(&'d str, &'d Schema)> {
        let found = self.find(reference);
        if found.is_none() {
            self.dangling(reference, pointer, "schemas");
        }
        found
    }

    /// Returns the target of a reference to a schema, without a diagnostic.
    pub(super) fn find(&self, reference: &str) -> Option<(&'d str, &'d Schema)> {
        self.targets.get(component_name(reference, "schemas")?.as_str()).copied().flatten()
    }

    /// Returns the item of `node`, which is at the JSON pointer `at`, and the item's own JSON pointer. Follows
    /// references, and reports one without a target. `kind` is a section of components other than `schemas`, and `all`
    /// has its entries.
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

/// Returns the target of `reference` among the components of one kind.
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
