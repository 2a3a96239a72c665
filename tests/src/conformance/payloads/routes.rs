//! Finds a way from a body to each type in it.

use std::collections::{HashSet, VecDeque};

use document::pointer;
use serde_json::Value;

use super::Schemas;
use super::flat::{address, union};
use crate::conformance::Part;
use crate::conformance::check::is_json;
use crate::conformance::openapi::{self, Node, Operation, list, object, reference, resolve};

/// A JSON body of an operation.
#[derive(Debug, Clone)]
pub struct Root<'d> {
    /// The id of the operation, or method and path.
    pub operation: String,
    /// The part of the operation.
    pub part: Part,
    /// The schema of the body.
    pub(super) schema: &'d Value,
    /// The JSON pointer of the schema.
    pub pointer: String,
}

/// A type, and a body that contains it.
#[derive(Debug, Clone)]
pub struct Target<'d> {
    /// The name of its component; for an inline body, the operation and its part.
    pub name: String,
    /// The body.
    pub root: Root<'d>,
    pub(super) steps: Vec<Step<'d>>,
    pub(super) schema: &'d Value,
}

impl<'d> Target<'d> {
    /// Returns the schema of the whole body.
    #[must_use]
    pub fn schema(&self) -> &'d Value {
        self.root.schema
    }
}

/// A step into a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'d> {
    Property(&'d str),
    Items,
    /// A step into a property that the document does not name.
    Additional,
    /// A choice in a union: the address of the union, and the index of the branch.
    Alternative(usize, usize),
}

impl Step<'_> {
    pub(super) fn choice(&self) -> Option<(usize, usize)> {
        if let Self::Alternative(key, index) = self { Some((*key, *index)) } else { None }
    }
}

impl<'d> Schemas<'d> {
    /// Returns every JSON body: first those of successes, then those of requests, then those of errors.
    #[must_use]
    pub fn roots(&self) -> Vec<Root<'d>> {
        let mut roots: Vec<_> =
            openapi::operations(self.tree).iter().flat_map(|operation| self.bodies(operation)).collect();
        roots.sort_by_key(|root| match root.part {
            Part::Response(status) if status < 400 => 0,
            Part::Request => 1,
            Part::Response(_) => 2,
        });
        roots
    }

    fn bodies(&self, operation: &Operation<'d>) -> Vec<Root<'d>> {
        let name = operation.id().map_or_else(|| format!("{} {}", operation.method, operation.path), str::to_owned);
        let request = operation.node.get("requestBody").map(|body| (Part::Request, body));
        let responses =
            operation.responses().filter_map(|(key, response)| Some((Part::Response(openapi::status(key)?), response)));
        let bodies = request.into_iter().chain(responses);
        bodies
            .filter_map(|(part, body)| {
                let body = body.resolve(self.tree).ok()?;
                let content = body.get("content")?;
                let (_, media) = content.members().find(|(media_type, _)| is_json(media_type))?;
                let Node { value: schema, pointer } = media.get("schema")?;
                Some(Root { operation: name.clone(), part, schema, pointer })
            })
            .collect()
    }

    /// Returns every type that a body contains, each once, by the shortest way.
    #[must_use]
    pub fn targets(&self) -> Vec<Target<'d>> {
        let mut targets: Vec<Target<'d>> = Vec::new();
        let mut seen = HashSet::new();
        let mut open = VecDeque::new();
        for root in self.roots() {
            let (name, schema) = match self.alias(root.schema) {
                Some(schema) => (name_of(root.schema), schema),
                None => (format!("{} {}", root.operation, root.part), root.schema),
            };
            open.push_back(Target { name, steps: Vec::new(), schema, root });
        }
        while let Some(target) = open.pop_front() {
            if !seen.insert(address(target.schema)) {
                continue;
            }
            let mut edges = Vec::new();
            self.edges(target.schema, &target.steps, &mut Vec::new(), &mut edges);
            open.extend(edges.into_iter().map(|(name, schema, steps)| Target {
                name,
                root: target.root.clone(),
                steps,
                schema,
            }));
            targets.push(target);
        }
        targets
    }

    /// Finds the types that a schema refers to, with the steps to them.
    fn edges(
        &self,
        schema: &'d Value,
        steps: &[Step<'d>],
        trail: &mut Vec<usize>,
        edges: &mut Vec<(String, &'d Value, Vec<Step<'d>>)>,
    ) {
        if trail.contains(&address(schema)) {
            return;
        }
        trail.push(address(schema));
        // A part of `allOf` is not a type of its own here.
        for part in list(schema, "allOf").chain(reference(schema).map(|_| schema)) {
            if let Ok(part) = resolve(self.tree, part) {
                self.edges(part, steps, trail, edges);
            }
        }
        let mut into = |step: Step<'d>, schema: &'d Value| {
            let mut steps = steps.to_vec();
            steps.push(step);
            match self.alias(schema) {
                Some(target) => edges.push((name_of(schema), target, steps)),
                None => self.edges(schema, &steps, trail, edges),
            }
        };
        for (name, property) in object(schema, "properties") {
            into(Step::Property(name), property);
        }
        if let Some(items) = schema.get("items") {
            into(Step::Items, items);
        }
        if let Some(additional) = schema.get("additionalProperties").filter(|additional| additional.is_object()) {
            into(Step::Additional, additional);
        }
        for union in ["oneOf", "anyOf"].into_iter().filter_map(|keyword| union(schema, keyword)) {
            for (index, alternative) in union.alternatives.iter().enumerate() {
                into(Step::Alternative(union.key, index), alternative.schema);
            }
        }
        trail.pop();
    }

    /// Returns whether a body may be refused because the value at `pointer` is missing or of another kind. That holds
    /// only for requests, and only if required properties of plain objects lead there.
    #[must_use]
    pub fn may_be_refused(&self, root: &Root<'d>, body: &Value, pointer: &str) -> bool {
        let mut schemas = vec![root.schema];
        let mut value = Some(body);
        for segment in pointer.split('/').skip(1) {
            let name = pointer::unescape(segment);
            let Some(Value::Object(members)) = value else { return false };
            let flat = self.flat(&schemas, &[]);
            if !flat.always_required().contains(&*name) {
                return false;
            }
            value = members.get(&*name);
            schemas = flat.properties().remove(&*name).unwrap_or_default();
        }
        root.part == Part::Request
            && value.is_none_or(|value| {
                let flat = self.flat(&schemas, &[]);
                let values = flat.values();
                let is_other = || flat.kind().map_or(!values.is_empty(), |kind| !is_of(kind, value));
                flat.format().is_some() || (is_other() && !values.contains(value))
            })
    }
}

/// Returns whether the client accepts a value for this type. It takes a number for text.
fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string() || value.is_number(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

/// Returns the last segment of the reference in a schema.
fn name_of(schema: &Value) -> String {
    let reference = reference(schema).or_else(|| reference(list(schema, "allOf").next()?)).unwrap_or_default();
    pointer::last(reference).unwrap_or_default().into_owned()
}
