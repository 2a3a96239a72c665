//! Objects: the properties from all parts of a composition become the fields of one model.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use openapiv3::{AdditionalProperties, SchemaData, SchemaKind};
use serde_json::Value;

use super::context::{Context, Site};
use super::found::Found;
use super::take_apart::Leaf;
use super::view::{Node, View};
use crate::api::{Additional, Alternative, Constant, Field, Limits, Model, Shape, Type};
use crate::names;

/// The properties of an object, collected from all schemas that describe it.
#[derive(Debug, Default)]
pub(super) struct Object<'d> {
    properties: BTreeMap<&'d str, Vec<Described<'d>>>,
    /// The required properties, in the document's order, which is that of a constructor's arguments.
    required: Vec<&'d str>,
    additional: Option<(&'d AdditionalProperties, String)>,
    demands: Vec<Demand<'d>>,
}

/// The description of a property in one schema.
#[derive(Debug, Clone)]
struct Described<'d> {
    node: Node<'d>,
    /// The site of the schema that has the property.
    owner: Rc<Site>,
    /// True if that schema is one of several branches, only one of which has to match.
    in_branch: bool,
}

impl Described<'_> {
    fn site(&self, property: &str) -> Site {
        self.owner.child(property, &["properties", property])
    }

    /// Returns whether the schema may define a type of its own, or lead to a diagnostic.
    fn may_define(&self) -> bool {
        match self.node {
            Node::Reference(_) => false,
            Node::Schema(schema) => match &schema.schema_kind {
                SchemaKind::Type(openapiv3::Type::String(string)) => !string.enumeration.is_empty(),
                SchemaKind::Type(openapiv3::Type::Integer(integer)) => !integer.enumeration.is_empty(),
                SchemaKind::Type(openapiv3::Type::Number(_) | openapiv3::Type::Boolean(_)) => false,
                _ => true,
            },
        }
    }
}

/// The properties that one alternative of an object demands.
#[derive(Debug)]
pub(super) struct Demand<'d> {
    pub(super) name: Option<&'d str>,
    pub(super) required: Vec<&'d str>,
    /// The properties that have one possible value in this alternative.
    pub(super) constants: Vec<(&'d str, Value)>,
}

impl<'d> Object<'d> {
    pub(super) fn new(demands: Vec<Demand<'d>>) -> Self {
        Self { demands, ..Self::default() }
    }

    pub(super) fn add(&mut self, leaf: Leaf<'d>) {
        for (name, node) in leaf.view.properties {
            let described = Described { node, owner: Rc::clone(&leaf.owner), in_branch: leaf.in_branch };
            self.properties.entry(name).or_default().push(described);
        }
        for name in leaf.view.required {
            if !self.required.contains(&name.as_str()) {
                self.required.push(name);
            }
        }
        if let Some(additional) = leaf.view.additional {
            self.additional = Some((additional, leaf.pointer));
        }
    }
}

impl<'d> Context<'d> {
    /// Returns the type of an object without composition.
    pub(super) fn plain_object(&mut self, view: &View<'d>, site: &Site) -> Type {
        let mut object = Object::default();
        object.add(Leaf {
            view: view.clone(),
            pointer: site.pointer.clone(),
            component: None,
            of: None,
            owner: Rc::new(site.clone()),
            in_branch: false,
        });
        self.object(object, site, view.data)
    }

    /// Returns the type of `object`: a model, a map, or an object with any fields.
    pub(super) fn object(&mut self, mut object: Object<'d>, site: &Site, data: &'d SchemaData) -> Type {
        let additional =
            object.additional.take().and_then(|(additional, pointer)| self.additional(additional, &site.at(pointer)));
        let demanded = object.demands.iter().flat_map(|demand| &demand.required);
        let unnamed: Vec<&'d str> = object
            .required
            .iter()
            .chain(demanded)
            .filter(|name| !object.properties.contains_key(*name))
            .copied()
            .collect();
        if object.properties.is_empty() {
            return match additional {
                Some(ty) => Type::Map(Box::new(ty)),
                None if unnamed.is_empty() => Type::Object,
                None => self.model(object, &unnamed, None, site, data),
            };
        }
        self.model(object, &unnamed, additional, site, data)
    }

    fn model(
        &mut self,
        object: Object<'d>,
        unnamed: &[&'d str],
        additional: Option<Type>,
        site: &Site,
        data: &'d SchemaData,
    ) -> Type {
        let Object { properties, required, demands, .. } = object;
        let always = always_required(&required, &demands);
        let mut model = Model::default();
        for (name, described) in properties {
            self.property(name, &described, always.contains(&name), &mut model);
        }
        for name in unnamed.iter().collect::<BTreeSet<_>>() {
            self.warn(
                &site.pointer,
                format!("`{name}` is required but is not among the properties: it takes any JSON, and may be absent"),
            );
            model.fields.push(Field {
                wire: (*name).to_string(),
                name: names::field_name(name),
                ty: Type::Json,
                required: false,
                nullable: true,
                write_only: false,
                doc: None,
                deprecated: false,
                default: None,
                limits: Limits::default(),
            });
        }
        model.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
        model.additional = additional.map(|ty| Additional { name: additional_name(&model.fields), ty });
        model.required = in_order(&model.fields, &always);
        model.alternatives = alternatives(&model.fields, &demands, &always);
        self.define(site, Some(data), Shape::Model(model))
    }

    fn property(&mut self, name: &str, described: &[Described<'d>], required: bool, model: &mut Model) {
        let (by_branches, by_all): (Vec<_>, Vec<_>) =
            described.iter().cloned().partition(|described| described.in_branch);
        let Some(telling) = narrowest(&by_all).or_else(|| by_branches.last()) else { return };
        let data = telling.node.data();
        let limits = if by_all.is_empty() {
            self.common_limits(by_branches.iter().map(|described| described.node))
        } else {
            by_all.iter().fold(Limits::default(), |limits, described| limits.and(&self.limits(described.node)))
        };
        let constant = telling.node.constant().filter(|_| by_branches.is_empty());
        let is_named = !by_all.is_empty() && string_enum(telling.node).is_some();
        let found = match by_branches.iter().map(|described| string_enum(described.node)).collect::<Option<Vec<_>>>() {
            // Each branch has some of the values, and the field takes all of them. An enum outside the branches has
            // every value already.
            Some(views) if views.len() > 1 && !is_named => self.joined_enumeration(&views, &telling.site(name)),
            _ if constant.is_some() => {
                let nullable = matches!(telling.node, Node::Schema(schema) if View::of(schema).nullable());
                Found { ty: constant.as_ref().map_or(Type::Json, type_of), nullable }
            }
            _ => {
                let last = by_branches.last().filter(|_| !is_named).unwrap_or(telling);
                // Most properties define no type, and the name of a type is the most expensive step here.
                let site = if last.may_define() { &last.site(name) } else { &*last.owner };
                self.schema(last.node, site)
            }
        };
        let field = Field {
            wire: name.to_owned(),
            name: names::field_name(telling.node.rust_name().unwrap_or(name)),
            ty: found.ty,
            // A property that only the server writes is never required of a caller.
            required: required && !data.is_some_and(|data| data.read_only),
            nullable: found.nullable,
            write_only: data.is_some_and(|data| data.write_only),
            doc: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
            limits,
        };
        match constant {
            Some(value) => model.constants.push(Constant { field, value }),
            None => model.fields.push(field),
        }
    }
}

fn type_of(value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Number(_) => Type::Integer,
        _ => Type::String,
    }
}

/// Returns the most specific of several descriptions in `allOf`: the one with the fewest enum values, or else the last.
fn narrowest<'a, 'd>(described: &'a [Described<'d>]) -> Option<&'a Described<'d>> {
    let values = |described: &&Described<'d>| match described.node {
        Node::Reference(_) => usize::MAX,
        Node::Schema(schema) => match View::of(schema).documented_values().count() {
            0 => usize::MAX,
            count => count,
        },
    };
    // `min_by_key` returns the first of equals: reversed, that is the last description.
    described.iter().rev().min_by_key(values)
}

fn string_enum(node: Node<'_>) -> Option<View<'_>> {
    match node {
        Node::Reference(_) => None,
        Node::Schema(schema) => {
            let view = View::of(schema);
            let texts = !view.values.is_empty() && view.documented_values().all(serde_json::Value::is_string);
            texts.then_some(view)
        }
    }
}

/// Returns `required`, and the properties that every alternative requires.
fn always_required<'d>(required: &[&'d str], demands: &[Demand<'d>]) -> Vec<&'d str> {
    let mut always = required.to_vec();
    if let Some((first, others)) = demands.split_first() {
        let everywhere = |name: &&str| others.iter().all(|other| other.required.contains(name));
        always.extend(first.required.iter().filter(|name| everywhere(name) && !required.contains(name)));
    }
    always
}

/// Returns the positions of the required fields among `fields`, in the order of `names`.
fn in_order(fields: &[Field], names: &[&str]) -> Vec<usize> {
    let position = |name: &&str| fields.iter().position(|field| field.required && field.wire == **name);
    names.iter().filter_map(position).collect()
}

/// Returns the alternatives, each named by an overlay, after its constant, or after the properties that distinguish it.
/// An alternative whose name an earlier one has is left out.
fn alternatives(fields: &[Field], demands: &[Demand<'_>], always: &[&str]) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for demand in demands {
        let position = |name: &&str| fields.iter().position(|field| field.wire == **name);
        let is_field = |name: &str| fields.iter().any(|field| field.name == name);
        let is_constant = |name: &&str| demand.constants.iter().any(|(constant, _)| constant == name);
        let given = demand.required.iter().filter(|name| !is_constant(name));
        let telling: Vec<usize> = given.filter(|name| !always.contains(name)).filter_map(position).collect();
        let constants: Vec<(usize, Value)> =
            demand.constants.iter().filter_map(|(name, value)| Some((position(name)?, value.clone()))).collect();
        let names: Vec<&str> =
            telling.iter().filter_map(|index| fields.get(*index)).map(|field| field.name.as_str()).collect();
        let told = || constant_name(&constants).filter(|name| !is_field(name));
        let name = match demand.name.map(names::value_name).or_else(told) {
            Some(name) => name,
            None if names.is_empty() => "new".to_owned(),
            None => format!("with_{}", names.join("_and_")),
        };
        let is_written = |index: &usize| constants.iter().any(|(constant, _)| constant == index);
        let always = in_order(fields, always).into_iter().filter(|index| !is_written(index));
        let fields = telling.into_iter().chain(always).collect();
        if alternatives.iter().all(|alternative| alternative.name != name) {
            alternatives.push(Alternative { name, fields, constants });
        }
    }
    alternatives
}

/// Returns the name of an alternative in which a property has one possible text.
fn constant_name(constants: &[(usize, Value)]) -> Option<String> {
    constants.iter().find_map(|(_, value)| value.as_str()).map(names::value_name)
}

/// Returns a name that no field has, for the map of unnamed properties.
fn additional_name(fields: &[Field]) -> String {
    let taken = |name: &str| fields.iter().any(|field| field.name == name);
    ["additional", "additional_properties"]
        .into_iter()
        .find(|name| !taken(name))
        .unwrap_or("unnamed_properties")
        .to_owned()
}
