//! A typed document becomes an [`Api`]: references resolved, compositions merged, everything named.

mod answer;
mod check;
mod compose;
mod cycles;
mod enumeration;
mod limits;
mod object;
mod operation;
mod pagination;
mod parameter;
mod reference;
mod resource;
mod schema;
mod settings;
mod take_apart;
mod union;
mod view;

use std::collections::{BTreeMap, HashMap};

use openapiv3::{Components, OpenAPI, ReferenceOr, Schema};

use crate::api::{Api, Shape, Type, TypeDef, TypeId};
use crate::diagnostic::{Diagnostic, Severity};
use crate::names;
use crate::pointer;

/// The extension by which an overlay names the type of a schema.
const TYPE_NAME: &str = "x-rust-type";

/// How many properties the compositions of a document may join, and how many more for each of its schemas. Of the documents
/// of a large directory none comes near; chains in which each schema composes all before it would take without end.
const PROPERTIES: usize = 200_000;
const PROPERTIES_EACH: usize = 20;

/// An API and what the person who brings the document in should know about it.
#[derive(Debug)]
pub struct Lowered {
    /// The API.
    pub api: Api,
    /// Warnings, in the order of the document.
    pub warnings: Vec<Diagnostic>,
}

/// Lowers `document`.
///
/// # Errors
///
/// Every error of the document, not only the first: a reference that leads nowhere, a name that two things want, a construct
/// that is not supported.
pub fn lower(document: &OpenAPI) -> Result<Lowered, Vec<Diagnostic>> {
    let no_components = Components::default();
    let mut context = Context::new(document.components.as_ref().unwrap_or(&no_components));
    context.lower_components();
    cycles::break_aliases(&mut context.types, &mut context.diagnostics);
    let resources = resource::lower(&mut context, document);
    let api = settings::lower(&mut context, document, resources);
    let paginations = pagination::extensions(&mut context, document);
    context.lower_deferred();
    cycles::break_all(&mut context.types, &mut context.diagnostics);
    let Context { types, mut diagnostics, .. } = context;
    let mut api = Api { types: types.into_iter().flatten().collect(), ..api };
    check::settle_inline_names(&mut api, &mut diagnostics);
    check::names_are_unique(&api, &mut diagnostics);
    pagination::settle(&mut api, &paginations, &mut diagnostics);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(diagnostics);
    }
    Ok(Lowered { api, warnings: diagnostics })
}

/// What the functions of this stage share. It does not leave the stage.
struct Context<'d> {
    components: &'d Components,
    schema_ids: BTreeMap<&'d str, TypeId>,
    /// The inline types by where they stand.
    inline_ids: HashMap<String, TypeId>,
    /// Reserved for each component before any is lowered, so that they may refer to each other.
    types: Vec<Option<TypeDef>>,
    diagnostics: Vec<Diagnostic>,
    /// What each inline schema has become; nothing while it is under way.
    lowered: HashMap<*const Schema, Option<schema::Found>>,
    /// How many of them are under way.
    depth: usize,
    /// Those that were met too deep within others, and only named so far.
    deferred: Vec<(&'d Schema, Spot)>,
    /// How many properties compositions may still join.
    budget: usize,
    /// How many branches the composition under way has expanded.
    expanded: usize,
    /// Where the reference that each component is leads in the end.
    targets: HashMap<&'d str, Option<(&'d str, &'d Schema)>>,
}

/// Where a schema stands: what a type found there is called and which file it goes to.
#[derive(Debug, Clone)]
struct Spot {
    name: String,
    pointer: String,
    module: String,
    /// Set while the schema is the component itself and not a part of it.
    component: Option<(TypeId, String)>,
    /// What tells its type from others of the same place, where several compositions have one each.
    key: Option<String>,
}

impl Spot {
    /// The spot of an inline schema that no component holds.
    fn inline(name: String, pointer: String) -> Self {
        let module = names::module_name(&name);
        Self { name, pointer, module, component: None, key: None }
    }

    /// A part of this spot that a type of its own may come from.
    fn child(&self, step: &str, keys: &[&str]) -> Self {
        Self {
            name: names::inline_type_name(&self.name, step),
            pointer: pointer::below(&self.pointer, keys),
            module: self.module.clone(),
            component: None,
            key: None,
        }
    }

    /// The same spot, further down in the document.
    fn at(&self, pointer: String) -> Self {
        Self { pointer, ..self.clone() }
    }
}

impl<'d> Context<'d> {
    fn new(components: &'d Components) -> Self {
        let mut names: Vec<&'d str> = components.schemas.keys().map(String::as_str).collect();
        names.sort_unstable();
        let types = names.iter().map(|_| None).collect();
        let budget = PROPERTIES + names.len().saturating_mul(PROPERTIES_EACH);
        let schema_ids = names.into_iter().enumerate().map(|(index, name)| (name, TypeId(index))).collect();
        Self {
            components,
            schema_ids,
            inline_ids: HashMap::new(),
            types,
            diagnostics: Vec::new(),
            lowered: HashMap::new(),
            depth: 0,
            deferred: Vec::new(),
            budget,
            expanded: 0,
            targets: targets(components),
        }
    }

    fn lower_components(&mut self) {
        let ids: Vec<(&'d str, TypeId)> = self.schema_ids.iter().map(|(name, id)| (*name, *id)).collect();
        for (name, id) in ids {
            let Some(schema) = self.components.schemas.get(name) else { continue };
            let node = view::Node::from(schema);
            let spot = Spot { component: Some((id, name.to_owned())), ..component_spot(name, node) };
            let lowered = self.schema(node, &spot);
            if lowered.ty != Type::Named(id) {
                self.define(&spot, node.data(), Shape::Alias(lowered.ty));
            } else if self.types.get(id.0).is_none_or(Option::is_none) {
                // A component that is only itself: `check` has reported the circle.
                self.define(&spot, node.data(), Shape::Alias(Type::Json));
            }
        }
        self.lower_deferred();
    }

    fn lower_deferred(&mut self) {
        while let Some((schema, spot)) = self.deferred.pop() {
            self.schema(view::Node::Schema(schema), &spot);
        }
    }

    /// Puts a definition at its reserved place, or at the end where it has none.
    fn define(&mut self, spot: &Spot, data: Option<&openapiv3::SchemaData>, shape: Shape) -> Type {
        let given = data.and_then(|data| data.extensions.get(TYPE_NAME)).and_then(serde_json::Value::as_str);
        let definition = TypeDef {
            name: given.map_or_else(|| spot.name.clone(), names::type_name),
            module: spot.module.clone(),
            component: spot.component.as_ref().map(|(_, name)| name.clone()),
            pointer: spot.pointer.clone(),
            title: data.and_then(|data| data.title.clone()),
            doc: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            shape,
        };
        let id = self.place(spot);
        if let Some(place) = self.types.get_mut(id.0)
            // Whoever composes a component gets the types that are written in it.
            && (place.is_none() || spot.component.is_some())
        {
            *place = Some(definition);
        }
        Type::Named(id)
    }

    /// The place of the type at `spot`, which is reserved here unless it was before.
    fn place(&mut self, spot: &Spot) -> TypeId {
        if let Some((id, _)) = &spot.component {
            return *id;
        }
        let key = spot.key.as_ref().unwrap_or(&spot.pointer);
        match self.inline_ids.get(key) {
            Some(id) => *id,
            None => {
                let id = TypeId(self.types.len());
                self.types.push(None);
                self.inline_ids.insert(key.clone(), id);
                id
            }
        }
    }

    /// Whether the type at `spot` has a place and no definition.
    fn is_awaited(&self, spot: &Spot) -> bool {
        let id = self.inline_ids.get(spot.key.as_ref().unwrap_or(&spot.pointer));
        id.and_then(|id| self.types.get(id.0)).is_some_and(Option::is_none)
    }

    /// The schema behind a reference, with the name of its component.
    fn resolve(&mut self, reference: &str, pointer: &str) -> Option<(&'d str, &'d Schema)> {
        let found = self.find(reference);
        if found.is_none() {
            self.dangling(reference, pointer, "schemas");
        }
        found
    }

    /// The same, without a word where there is none.
    fn find(&self, reference: &str) -> Option<(&'d str, &'d Schema)> {
        let name = component_name(reference, "schemas")?;
        self.targets.get(name.as_str()).copied().flatten()
    }

    fn dangling(&mut self, reference: &str, pointer: &str, kind: &str) {
        self.diagnostics.push(
            Diagnostic::error(pointer::below(pointer, &["$ref"]), format!("`{reference}` leads to nothing"))
                .expected(format!("the name of one of `#/components/{kind}`")),
        );
    }

    fn warn(&mut self, pointer: &str, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(pointer, message));
    }
}

/// Where each component schema leads: to itself, or along the references that it is.
fn targets(components: &Components) -> HashMap<&str, Option<(&str, &Schema)>> {
    let mut targets: HashMap<&str, Option<(&str, &Schema)>> = HashMap::new();
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

/// Where a component stands and what it is called.
fn component_spot(name: &str, schema: view::Node<'_>) -> Spot {
    let called = schema
        .data()
        .and_then(|data| data.extensions.get(TYPE_NAME))
        .and_then(serde_json::Value::as_str)
        .unwrap_or(name);
    Spot {
        name: names::type_name(called),
        module: names::module_name(called),
        pointer: pointer::below("/components/schemas", &[name]),
        component: None,
        key: None,
    }
}

/// The name in `#/components/<kind>/<name>`.
fn component_name(reference: &str, kind: &str) -> Option<String> {
    let (section, name) = pointer::component(reference)?;
    (section == kind).then(|| name.into_owned())
}
