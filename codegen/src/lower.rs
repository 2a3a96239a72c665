//! A typed document becomes an [`Api`]: references resolved, compositions merged, everything named.

mod answer;
mod check;
mod compose;
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
    let resources = resource::lower(&mut context, document);
    let api = settings::lower(&mut context, document, resources);
    let paginations = pagination::extensions(&mut context, document);
    let Context { types, mut diagnostics, .. } = context;
    let mut api = Api { types: types.into_iter().flatten().collect(), ..api };
    check::break_alias_cycles(&mut api, &mut diagnostics);
    check::break_endless_models(&mut api, &mut diagnostics);
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
}

/// Where a schema stands: what a type found there is called and which file it goes to.
#[derive(Debug, Clone)]
struct Spot {
    name: String,
    pointer: String,
    module: String,
    /// Set while the schema is the component itself and not a part of it.
    component: Option<(TypeId, String)>,
}

impl Spot {
    /// The spot of an inline schema that no component holds.
    fn inline(name: String, pointer: String) -> Self {
        let module = names::module_name(&name);
        Self { name, pointer, module, component: None }
    }

    /// A part of this spot that a type of its own may come from.
    fn child(&self, step: &str, keys: &[&str]) -> Self {
        Self {
            name: names::inline_type_name(&self.name, step),
            pointer: pointer::below(&self.pointer, keys),
            module: self.module.clone(),
            component: None,
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
        let schema_ids = names.into_iter().enumerate().map(|(index, name)| (name, TypeId(index))).collect();
        Self { components, schema_ids, inline_ids: HashMap::new(), types, diagnostics: Vec::new() }
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
        let id = match &spot.component {
            Some((id, _)) => *id,
            None => match self.inline_ids.get(&spot.pointer) {
                // Whoever composes a component gets the types that are written in it.
                Some(id) => return Type::Named(*id),
                None => {
                    let id = TypeId(self.types.len());
                    self.types.push(None);
                    self.inline_ids.insert(spot.pointer.clone(), id);
                    id
                }
            },
        };
        if let Some(place) = self.types.get_mut(id.0) {
            *place = Some(definition);
        }
        Type::Named(id)
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
        let mut name = component_name(reference, "schemas");
        // As many steps as there are schemas lead to an end or round in a circle.
        for _ in 0..=self.components.schemas.len() {
            let found = name.as_deref().and_then(|name| self.components.schemas.get_key_value(name));
            match found {
                Some((name, ReferenceOr::Item(schema))) => return Some((name, schema)),
                Some((_, ReferenceOr::Reference { reference })) => name = component_name(reference, "schemas"),
                None => break,
            }
        }
        None
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
    }
}

/// The name in `#/components/<kind>/<name>`.
fn component_name(reference: &str, kind: &str) -> Option<String> {
    let (section, name) = pointer::component(reference)?;
    (section == kind).then(|| name.into_owned())
}
