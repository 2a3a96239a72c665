//! What the functions of this stage share. It does not leave the stage.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use openapiv3::{Components, ReferenceOr, Schema, SchemaData};

use super::found::Found;
use super::view::Node;
use crate::api::{ClientHeader, Shape, Type, TypeDef, TypeId, Types};
use crate::diagnostic::Diagnostic;
use crate::document::extensions;
use crate::names;
use crate::pointer;

/// How many properties the compositions of a document may join, and how many more for each of its schemas. Of the documents
/// of a large directory none comes near; chains in which each schema composes all before it would take without end.
const PROPERTIES: usize = 200_000;
const PROPERTIES_EACH: usize = 20;

/// How many branches may be expanded within each other, and compositions be made while others are: each takes its share of
/// the stack.
pub(super) const DEEPEST: usize = 24;

/// Where a reference leads in the end: a component that is no reference, with its name.
type Target<'d> = Option<(&'d str, &'d Schema)>;

pub(super) struct Context<'d> {
    pub(super) components: &'d Components,
    pub(super) schema_ids: BTreeMap<&'d str, TypeId>,
    /// The inline types by where they stand.
    inline_ids: HashMap<String, TypeId>,
    /// One for each component before any is lowered, so that they may refer to each other.
    pub(super) types: Types,
    /// The headers that belong to the client, by name on the wire, as far as operations have declared them.
    pub(super) client_headers: BTreeMap<&'d str, ClientHeader>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What each inline schema has become; nothing while it is under way.
    pub(super) lowered: HashMap<*const Schema, Option<Found>>,
    /// How many of them are under way.
    pub(super) depth: usize,
    /// Those that were met too deep within others, and only named so far.
    pub(super) deferred: Vec<(&'d Schema, Spot)>,
    /// The types that are named and not defined yet.
    awaited: BTreeSet<TypeId>,
    /// How many properties compositions may still join.
    pub(super) budget: usize,
    /// How many branches the composition under way has expanded.
    pub(super) expanded: usize,
    /// Where each component schema leads.
    targets: HashMap<&'d str, Target<'d>>,
}

/// Where a schema stands: what a type found there is called and which file it goes to.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) module: String,
    /// Set while the schema is the component itself and not a part of it.
    pub(super) component: Option<(TypeId, String)>,
    /// What tells its type from others of the same place, where several compositions have one each.
    pub(super) key: Option<String>,
}

impl Spot {
    /// The spot of an inline schema that no component holds.
    pub(super) fn inline(name: String, pointer: String) -> Self {
        let module = names::module_name(&name);
        Self { name, pointer, module, component: None, key: None }
    }

    /// The spot of a component, as a part of what composes it.
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

    /// A part of this spot that a type of its own may come from.
    pub(super) fn child(&self, step: &str, keys: &[&str]) -> Self {
        Self {
            name: names::inline_type_name(&self.name, step),
            pointer: pointer::below(&self.pointer, keys),
            module: self.module.clone(),
            component: None,
            key: None,
        }
    }

    /// The same spot, further down in the document.
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
        for spot in context.component_spots() {
            // What a component is that is only itself: `document` has reported the circle.
            context.types.0.push(definition(&spot.1, spot.0.data(), Shape::Alias(Type::Json)));
        }
        context
    }

    /// The components with their spots, in the order of their types.
    fn component_spots(&self) -> Vec<(Node<'d>, Spot)> {
        let schema = |(name, id): (&&'d str, &TypeId)| {
            let node = Node::from(self.components.schemas.get(*name)?);
            Some((node, Spot { component: Some((*id, (*name).to_owned())), ..Spot::component(name, node) }))
        };
        self.schema_ids.iter().filter_map(schema).collect()
    }

    pub(super) fn lower_components(&mut self) {
        for (node, spot) in self.component_spots() {
            let lowered = self.schema(node, &spot);
            let itself = spot.component.as_ref().map(|(id, _)| Type::Named(*id));
            if Some(&lowered.ty) != itself.as_ref() {
                self.define(&spot, node.data(), Shape::Alias(lowered.ty));
            }
        }
        self.lower_deferred();
    }

    /// Lowers the schemas that were only named, since they were met too deep within others.
    pub(super) fn lower_deferred(&mut self) {
        while let Some((schema, spot)) = self.deferred.pop() {
            self.schema(Node::Schema(schema), &spot);
        }
    }

    /// Puts a definition at its place. Whoever composes a component gets the types that are written in it as they are.
    pub(super) fn define(&mut self, spot: &Spot, data: Option<&SchemaData>, shape: Shape) -> Type {
        let id = self.place(spot);
        let is_new = self.awaited.remove(&id) || spot.component.is_some();
        if let Some(place) = self.types.0.get_mut(id.0).filter(|_| is_new) {
            *place = definition(spot, data, shape);
        }
        Type::Named(id)
    }

    /// The place of the type at `spot`, which is reserved here unless it was before.
    pub(super) fn place(&mut self, spot: &Spot) -> TypeId {
        if let Some((id, _)) = &spot.component {
            return *id;
        }
        let key = spot.key.as_ref().unwrap_or(&spot.pointer);
        if let Some(id) = self.inline_ids.get(key) {
            return *id;
        }
        let id = TypeId(self.types.0.len());
        self.types.0.push(definition(spot, None, Shape::Alias(Type::Json)));
        self.inline_ids.insert(key.clone(), id);
        self.awaited.insert(id);
        id
    }

    /// Whether the type at `spot` has a place and no definition.
    pub(super) fn is_awaited(&self, spot: &Spot) -> bool {
        let id = self.inline_ids.get(spot.key.as_ref().unwrap_or(&spot.pointer));
        id.is_some_and(|id| self.awaited.contains(id))
    }

    /// The schema behind a reference, with the name of its component.
    pub(super) fn resolve(&mut self, reference: &str, pointer: &str) -> Option<(&'d str, &'d Schema)> {
        let found = self.find(reference);
        if found.is_none() {
            self.dangling(reference, pointer, "schemas");
        }
        found
    }

    /// Like [`resolve`](Self::resolve), without a diagnostic.
    pub(super) fn find(&self, reference: &str) -> Option<(&'d str, &'d Schema)> {
        self.targets.get(component_name(reference, "schemas")?.as_str()).copied().flatten()
    }

    /// A component of any `kind` but schemas, with its place in the document; `node` stands at `at`.
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

/// Where each component schema leads: to itself, or along the references that it is.
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
            // Nothing, as long as it may lead round in a circle.
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

/// What `reference` leads to among the components of a kind, with its name.
pub(super) fn find<'d, T>(
    kind: &str,
    all: &'d indexmap::IndexMap<String, ReferenceOr<T>>,
    reference: &str,
) -> Option<(&'d str, &'d T)> {
    let mut name = component_name(reference, kind);
    // As many steps as there are components lead to an end or round in a circle.
    for _ in 0..=all.len() {
        match all.get_key_value(name.as_deref()?)? {
            (name, ReferenceOr::Item(item)) => return Some((name, item)),
            (_, ReferenceOr::Reference { reference }) => name = component_name(reference, kind),
        }
    }
    None
}

/// The name in `#/components/<kind>/<name>`.
pub(super) fn component_name(reference: &str, kind: &str) -> Option<String> {
    let (section, name) = pointer::component(reference)?;
    (section == kind).then(|| name.into_owned())
}

fn definition(spot: &Spot, data: Option<&SchemaData>, shape: Shape) -> TypeDef {
    let given = data.and_then(|data| extensions::text(&data.extensions, extensions::TYPE_NAME));
    TypeDef {
        name: given.map_or_else(|| spot.name.clone(), names::type_name),
        module: spot.module.clone(),
        component: spot.component.as_ref().map(|(_, name)| name.clone()),
        pointer: spot.pointer.clone(),
        title: data.and_then(|data| data.title.clone()),
        doc: data.and_then(|data| data.description.clone()),
        deprecated: data.is_some_and(|data| data.deprecated),
        shape,
    }
}
