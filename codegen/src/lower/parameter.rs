//! Parameters, and the fields of a multipart body.

use openapiv3::{MediaType, ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use super::resource::{Source, place};
use super::take_apart::Parts;
use super::view::{Node, View};
use super::{Context, Spot, component_name};
use crate::api::{Limits, Operation, Parameter, Place, Shape, Style, Type};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::pointer;

/// Marks a header parameter that belongs to the client and not to each call.
pub(super) const CLIENT_PARAMETER: &str = "x-client-parameter";

/// Header parameters that OpenAPI says have no effect: the media types and the security say them.
const IGNORED_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

impl<'d> Context<'d> {
    /// The parameters of the operation; its own replace those of its path that have the same name and place.
    pub(super) fn parameters(&mut self, source: &Source<'d>, operation: &Operation) -> Vec<Parameter> {
        let item = pointer::parent(&source.pointer).unwrap_or_default().to_owned();
        let own = self.resolved(&source.operation.parameters, &source.pointer);
        let shared = self.resolved(&source.item.parameters, &item);
        let key = |parameter: &'d openapiv3::Parameter| (location(parameter), &parameter.parameter_data_ref().name);
        let inherited: Vec<_> = shared
            .into_iter()
            .filter(|(parameter, _)| own.iter().all(|(known, _)| key(known) != key(parameter)))
            .collect();
        let mut parameters = Vec::new();
        for (parameter, at) in own.into_iter().chain(inherited) {
            if !belongs_elsewhere(parameter) {
                parameters.push(self.parameter(parameter, &at, operation));
            }
        }
        parameters
    }

    fn resolved(
        &mut self,
        parameters: &'d [ReferenceOr<openapiv3::Parameter>],
        owner: &str,
    ) -> Vec<(&'d openapiv3::Parameter, String)> {
        let mut resolved = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let at = pointer::below(owner, &["parameters", &index.to_string()]);
            match parameter {
                ReferenceOr::Item(parameter) => resolved.push((parameter, at)),
                ReferenceOr::Reference { reference } => {
                    let found = component_name(reference, "parameters")
                        .and_then(|name| self.components.parameters.get_key_value(&name))
                        .and_then(|(name, found)| {
                            Some((found.as_item()?, pointer::below("/components/parameters", &[name])))
                        });
                    match found {
                        Some(found) => resolved.push(found),
                        None => self.dangling(reference, &at, "parameters"),
                    }
                }
            }
        }
        resolved
    }

    fn parameter(&mut self, parameter: &'d openapiv3::Parameter, at: &str, operation: &Operation) -> Parameter {
        let data = parameter.parameter_data_ref();
        let spot = |keys: &[&str]| {
            Spot::inline(super::resource::own_type_name(operation, &data.name), pointer::below(at, keys))
        };
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some((Node::from(schema), spot(&["schema"]))),
            ParameterSchemaOrContent::Content(content) => {
                self.unsupported_content(content.keys().next().map_or("", String::as_str), at);
                None
            }
        };
        let (ty, limits) = match schema {
            Some((node, spot)) => (self.schema(node, &spot).ty, self.limits(node)),
            None => (Type::Json, Limits::default()),
        };
        let default = match &data.format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => schema.schema_data.default.clone(),
            _ => None,
        };
        let given = data.extensions.get("x-rust-name").and_then(serde_json::Value::as_str);
        let parameter_place = target(parameter);
        if parameter_place == Place::Path && !self.prints(&ty) {
            let message =
                "a list or an object in the path is not written out: the caller gives the text that stands there";
            self.warn(at, message);
        }
        Parameter {
            wire: data.name.clone(),
            name: names::value_name(given.unwrap_or(&data.name)),
            pointer: at.to_owned(),
            place: parameter_place,
            ty,
            required: data.required || parameter_place == Place::Path,
            doc: data.description.clone(),
            deprecated: data.deprecated.unwrap_or_default(),
            default,
            limits,
        }
    }

    fn unsupported_content(&mut self, media_type: &str, at: &str) {
        self.warn(
            &pointer::below(at, &["content"]),
            format!("a parameter that holds `{media_type}` takes any JSON and is written as a plain value"),
        );
    }

    /// Whether a value is one word on the wire.
    fn prints(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(id) => {
                match self.types.get(id.0).and_then(Option::as_ref).map(|definition| &definition.shape) {
                    Some(Shape::Alias(ty)) => self.prints(ty),
                    Some(shape) => !matches!(shape, Shape::Model(_)),
                    None => true,
                }
            }
            Type::List(_) | Type::Map(_) | Type::Object => false,
            _ => true,
        }
    }

    /// The fields of a multipart body.
    pub(super) fn parts(&mut self, media: &'d MediaType, at: &str, operation: &Operation) -> Vec<Parameter> {
        let at = pointer::below(at, &["schema"]);
        let mut parts = Parts::default();
        if let Some(schema) = &media.schema {
            let spot = Spot::inline(operation.marker.clone(), at.clone());
            self.take_apart(Node::from(schema), &spot, &mut parts);
        }
        let leaves = parts.leaves;
        let described = leaves.iter().any(|leaf| leaf.view.has_fields());
        if !described || leaves.iter().any(|leaf| !leaf.view.branches.1.is_empty()) {
            self.diagnostics.push(
                Diagnostic::error(at, "this multipart body is not supported")
                    .expected("a schema of type object with properties, one for each part")
                    .help("describe its parts in an overlay"),
            );
            return Vec::new();
        }
        let mut parts = Vec::new();
        for leaf in &leaves {
            for (wire, node) in &leaf.view.properties {
                let required = leaves.iter().any(|leaf| leaf.view.required.iter().any(|name| name == wire));
                parts.push(self.part(wire, *node, required, &leaf.owner.child(wire, &["properties", wire])));
            }
        }
        parts
    }

    fn part(&mut self, wire: &str, node: Node<'d>, required: bool, spot: &Spot) -> Parameter {
        let ty = self.schema(node, spot).ty;
        let data = node.data();
        let is_file = |ty: &Type| *ty == Type::Bytes;
        let file = is_file(&ty) || matches!(&ty, Type::List(item) if is_file(item));
        Parameter {
            wire: wire.to_owned(),
            name: names::value_name(node.rust_name().unwrap_or(wire)),
            pointer: spot.pointer.clone(),
            place: if file { Place::FilePart } else { Place::TextPart },
            ty,
            required,
            doc: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: match node {
                Node::Schema(schema) => View::of(schema).data.default.clone(),
                Node::Reference(_) => None,
            },
            limits: self.limits(node),
        }
    }
}

/// Whether a parameter is no argument of the call.
fn belongs_elsewhere(parameter: &openapiv3::Parameter) -> bool {
    let data = parameter.parameter_data_ref();
    matches!(parameter, openapiv3::Parameter::Header { .. })
        && (is_client_parameter(data) || IGNORED_HEADERS.contains(&data.name.to_ascii_lowercase().as_str()))
}

/// Whether an overlay made the parameter one of the client.
pub(super) fn is_client_parameter(data: &openapiv3::ParameterData) -> bool {
    data.extensions.get(CLIENT_PARAMETER).and_then(serde_json::Value::as_bool).unwrap_or_default()
}

/// Every header parameter of the client that the operations at `source` declare, with its place in the document.
pub(super) fn client_parameters<'d>(
    context: &mut Context<'d>,
    source: &Source<'d>,
) -> Vec<(&'d openapiv3::ParameterData, String)> {
    let own = context.resolved(&source.operation.parameters, &place(source, &[]));
    let headers = own.into_iter().filter(|(parameter, _)| matches!(parameter, openapiv3::Parameter::Header { .. }));
    headers
        .map(|(parameter, at)| (parameter.parameter_data_ref(), at))
        .filter(|(data, _)| is_client_parameter(data))
        .collect()
}

fn location(parameter: &openapiv3::Parameter) -> &'static str {
    match parameter {
        openapiv3::Parameter::Query { .. } => "query",
        openapiv3::Parameter::Header { .. } => "header",
        openapiv3::Parameter::Path { .. } => "path",
        openapiv3::Parameter::Cookie { .. } => "cookie",
    }
}

fn target(parameter: &openapiv3::Parameter) -> Place {
    match parameter {
        openapiv3::Parameter::Header { .. } => Place::Header,
        openapiv3::Parameter::Path { .. } => Place::Path,
        openapiv3::Parameter::Cookie { .. } => Place::Cookie,
        openapiv3::Parameter::Query { parameter_data, style, .. } => Place::Query(match style {
            // `form` is the one style that is exploded unless the document says otherwise.
            QueryStyle::Form => Style::Form { explode: parameter_data.explode.unwrap_or(true) },
            QueryStyle::SpaceDelimited if parameter_data.explode == Some(true) => Style::Form { explode: true },
            QueryStyle::PipeDelimited if parameter_data.explode == Some(true) => Style::Form { explode: true },
            QueryStyle::SpaceDelimited => Style::SpaceDelimited,
            QueryStyle::PipeDelimited => Style::PipeDelimited,
            QueryStyle::DeepObject => Style::DeepObject,
        }),
    }
}
