//! Parameters, and the fields of a multipart body.

use openapiv3::{MediaType, ParameterSchemaOrContent, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::context::{Context, Spot};
use super::source::Source;
use super::take_apart::Parts;
use super::view::{Node, View};
use crate::api::{ClientHeader, Limits, Parameter, Place, Shape, Style, Type};
use crate::diagnostic::Diagnostic;
use crate::document::extensions;
use crate::names;
use crate::pointer;

/// Header parameters that OpenAPI says have no effect: the media types and the security say them.
const IGNORED_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

impl<'d> Context<'d> {
    /// The parameters of the operation; its own replace those of its path that have the same name and place. Those of the
    /// client are put aside.
    pub(super) fn parameters(&mut self, source: &Source<'d>) -> Vec<Parameter> {
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
            let data = parameter.parameter_data_ref();
            let is_header = matches!(parameter, openapiv3::Parameter::Header { .. });
            if is_header && extensions::flag(&data.extensions, extensions::CLIENT_PARAMETER) == Some(true) {
                self.client_header(data, &at);
            } else if !(is_header && IGNORED_HEADERS.contains(&data.name.to_ascii_lowercase().as_str())) {
                parameters.push(self.parameter(parameter, &at, source));
            }
        }
        parameters
    }

    fn resolved(
        &mut self,
        parameters: &'d [ReferenceOr<openapiv3::Parameter>],
        owner: &str,
    ) -> Vec<(&'d openapiv3::Parameter, String)> {
        let all = ("parameters", &self.components.parameters);
        let at = |index: usize| pointer::below(owner, &["parameters", &index.to_string()]);
        let found = parameters.iter().enumerate();
        found.filter_map(|(index, parameter)| self.component(all, parameter, at(index))).collect()
    }

    /// Keeps a header of the client, where no operation has declared it before.
    fn client_header(&mut self, data: &'d openapiv3::ParameterData, at: &str) {
        if self.client_headers.contains_key(data.name.as_str()) {
            return;
        }
        let ParameterSchemaOrContent::Schema(schema) = &data.format else { return };
        let node = Node::from(schema);
        let spot = Spot::inline(names::type_name(&data.name), pointer::below(at, &["schema"]));
        let ty = self.schema(node, &spot).ty;
        // A union prints for a caller of the path, who passes what it likes; here its type is that of the setter.
        let is_union = |ty| matches!(ty, &Type::Named(id) if matches!(self.types.def(id).shape, Shape::Union(_)));
        let is_text =
            self.prints(&ty) && !is_union(self.types.resolve(&ty)) && *self.types.resolve(&ty) != Type::Base64;
        if !is_text {
            self.warn(
                at,
                "a list or an object in a header of the client is not written out: the caller gives its text",
            );
        }
        let header = ClientHeader {
            wire: data.name.clone(),
            name: names::client_header_name(extensions::text(&data.extensions, extensions::NAME).unwrap_or(&data.name)),
            pointer: at.to_owned(),
            ty: if is_text { ty } else { Type::String },
            default: self.default_text(node, &spot.pointer),
            doc: data.description.clone(),
        };
        self.client_headers.insert(&data.name, header);
    }

    fn default_text(&mut self, node: Node<'d>, at: &str) -> Option<String> {
        let schema = match node {
            Node::Schema(schema) => schema,
            Node::Reference(reference) => self.resolve(reference, at)?.1,
        };
        match View::of(schema).data.default.as_ref()? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            _ => None,
        }
    }

    fn parameter(&mut self, parameter: &'d openapiv3::Parameter, at: &str, source: &Source<'d>) -> Parameter {
        let data = parameter.parameter_data_ref();
        let spot = |keys: &[&str]| Spot::inline(source.type_name(&data.name), pointer::below(at, keys));
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
        let given = extensions::text(&data.extensions, extensions::NAME);
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
        match self.types.resolve(ty) {
            Type::Named(id) => !matches!(self.types.def(*id).shape, Shape::Model(_)),
            Type::List(_) | Type::Map(_) | Type::Object => false,
            _ => true,
        }
    }

    /// The fields of a multipart body.
    pub(super) fn parts(&mut self, media: &'d MediaType, at: &str, source: &Source<'d>) -> Vec<Parameter> {
        let at = pointer::below(at, &["schema"]);
        let mut parts = Parts::default();
        if let Some(schema) = &media.schema {
            let spot = Spot::inline(source.marker.clone(), at.clone());
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
