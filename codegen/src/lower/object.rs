//! Objects: properties from all parts of a composition become the fields of one model.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{AdditionalProperties, SchemaData};

use super::compose::Leaf;
use super::view::{Node, View};
use super::{Context, Spot};
use crate::api::{Additional, Alternative, Constant, Field, Model, Shape, Type};
use crate::names;

/// The properties of an object, collected from everything that describes it.
#[derive(Debug, Default)]
pub(super) struct Object<'d> {
    properties: BTreeMap<&'d str, Vec<Described<'d>>>,
    required: BTreeSet<&'d str>,
    additional: Option<(&'d AdditionalProperties, String)>,
    demands: Vec<Demand<'d>>,
}

/// What one schema says of a property.
#[derive(Debug, Clone)]
struct Described<'d> {
    node: Node<'d>,
    spot: Spot,
    /// Whether it is one of several branches that says so, and not all of them.
    in_branch: bool,
}

/// The properties that one alternative of an object demands.
#[derive(Debug)]
pub(super) struct Demand<'d> {
    pub(super) name: Option<&'d str>,
    pub(super) required: BTreeSet<&'d str>,
}

impl<'d> Object<'d> {
    pub(super) fn new(demands: Vec<Demand<'d>>) -> Self {
        Self { demands, ..Self::default() }
    }

    pub(super) fn add(&mut self, leaf: Leaf<'d>) {
        for (name, node) in leaf.view.properties {
            let spot = leaf.owner.child(name, &["properties", name]);
            self.properties.entry(name).or_default().push(Described { node, spot, in_branch: leaf.in_branch });
        }
        self.required.extend(leaf.view.required.iter().map(String::as_str));
        if let Some(additional) = leaf.view.additional {
            self.additional = Some((additional, leaf.pointer));
        }
    }
}

impl<'d> Context<'d> {
    /// The type of an object that composes nothing.
    pub(super) fn plain_object(&mut self, view: &View<'d>, spot: &Spot) -> Type {
        let mut object = Object::default();
        object.add(Leaf {
            view: view.clone(),
            pointer: spot.pointer.clone(),
            component: None,
            owner: spot.clone(),
            in_branch: false,
        });
        self.object(object, spot, view.data)
    }

    /// The type of `object`: a model, a map, or an object with any fields.
    pub(super) fn object(&mut self, mut object: Object<'d>, spot: &Spot, data: &'d SchemaData) -> Type {
        let additional = object
            .additional
            .take()
            .and_then(|(additional, pointer)| self.additional(additional, &spot.at(pointer)));
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
                None => self.model(object, &unnamed, None, spot, data),
            };
        }
        self.model(object, &unnamed, additional, spot, data)
    }

    fn model(
        &mut self,
        object: Object<'d>,
        unnamed: &[&'d str],
        additional: Option<Type>,
        spot: &Spot,
        data: &'d SchemaData,
    ) -> Type {
        let Object { properties, required, demands, .. } = object;
        let always = always_required(&required, &demands);
        let mut model = Model::default();
        for (name, described) in properties {
            self.property(name, &described, always.contains(name), &mut model);
        }
        for name in unnamed.iter().collect::<BTreeSet<_>>() {
            self.warn(&spot.pointer, format!("`{name}` is required but is not among the properties: it takes any JSON"));
            model.fields.push(Field {
                wire: (*name).to_string(),
                name: names::field_name(name),
                ty: Type::Json,
                required: always.contains(*name),
                nullable: false,
                doc: None,
                deprecated: false,
                default: None,
            });
        }
        model.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
        model.additional = additional.map(|ty| Additional { name: additional_name(&model.fields), ty });
        model.alternatives = alternatives(&model.fields, &demands, &always);
        self.define(spot, Some(data), Shape::Model(model))
    }

    fn property(&mut self, name: &str, described: &[Described<'d>], required: bool, model: &mut Model) {
        let (by_branches, by_all): (Vec<_>, Vec<_>) = described.iter().cloned().partition(|described| described.in_branch);
        let Some(telling) = narrowest(&by_all).or_else(|| by_branches.last()) else { return };
        if by_branches.is_empty()
            && let Node::Schema(schema) = telling.node
            && let Some(value) = View::of(schema).constant()
        {
            model.constants.push(Constant { wire: name.to_owned(), value: value.clone() });
            return;
        }
        let data = telling.node.data();
        let found = match by_branches.iter().map(|described| string_enum(described.node)).collect::<Option<Vec<_>>>() {
            // Each branch names some of the values: the field takes all of them.
            Some(views) if views.len() > 1 => self.joined_enumeration(&views, &telling.spot),
            _ => {
                let last = by_branches.last().unwrap_or(telling);
                self.schema(last.node, &last.spot)
            }
        };
        model.fields.push(Field {
            wire: name.to_owned(),
            name: names::field_name(telling.node.rust_name().unwrap_or(name)),
            ty: found.ty,
            // What only the server writes is never asked of a caller.
            required: required && !data.is_some_and(|data| data.read_only),
            nullable: found.nullable,
            doc: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: data.and_then(|data| data.default.clone()),
        });
    }
}

/// Of what `allOf` says of one property, that which says the most: the fewest values, or else the last word.
fn narrowest<'a, 'd>(described: &'a [Described<'d>]) -> Option<&'a Described<'d>> {
    let values = |described: &&Described<'d>| match described.node {
        Node::Reference(_) => usize::MAX,
        Node::Schema(schema) => match View::of(schema).documented_values().count() {
            0 => usize::MAX,
            count => count,
        },
    };
    // `min_by_key` gives the first of equals, and the last one has the last word.
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

/// What no alternative goes without.
fn always_required<'d>(required: &BTreeSet<&'d str>, demands: &[Demand<'d>]) -> BTreeSet<&'d str> {
    let mut always = required.clone();
    if let Some((first, others)) = demands.split_first() {
        always.extend(
            first.required.iter().filter(|name| others.iter().all(|other| other.required.contains(*name))).copied(),
        );
    }
    always
}

/// One constructor for each alternative, named after what tells it from the others.
fn alternatives(fields: &[Field], demands: &[Demand<'_>], always: &BTreeSet<&str>) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::new();
    for demand in demands {
        let telling: Vec<&Field> = fields
            .iter()
            .filter(|field| demand.required.contains(field.wire.as_str()) && !always.contains(field.wire.as_str()))
            .collect();
        let name = match demand.name {
            Some(name) => names::value_name(name),
            None if telling.is_empty() => "new".to_owned(),
            None => {
                let names: Vec<&str> = telling.iter().map(|field| field.name.as_str()).collect();
                format!("with_{}", names.join("_and_"))
            }
        };
        let position = |wanted: &Field| fields.iter().position(|field| field.wire == wanted.wire);
        // What the constructor is named after comes first.
        let others = fields.iter().filter(|field| field.required);
        let indices = telling.iter().copied().chain(others).filter_map(position).collect();
        if alternatives.iter().all(|alternative| alternative.name != name) {
            alternatives.push(Alternative { name, fields: indices });
        }
    }
    alternatives
}

/// A name for the map of unnamed properties that no field has.
fn additional_name(fields: &[Field]) -> String {
    let taken = |name: &str| fields.iter().any(|field| field.name == name);
    ["additional", "additional_properties"].into_iter().find(|name| !taken(name)).unwrap_or("unnamed_properties").to_owned()
}
