//! Parameters: their place, their style, their type.

use document::extensions;
use document::pointer;
use openapiv3::{ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::context::{Context, Site};
use super::media::{Medium, preferred};
use super::source::Source;
use super::view::{Node, View};
use crate::api::{ClientHeader, Limits, Parameter, ParameterLocation, Shape, Style, Type};
use crate::names;

/// The header parameters that OpenAPI ignores: media types and security requirements describe these headers.
const IGNORED_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

impl<'d> Context<'d> {
    /// Returns the parameters of the operation. Its own replace those of its path item that have the same name and
    /// place. Those that belong to the client are put aside.
    pub(super) fn parameters(&mut self, source: &Source<'d>) -> Vec<Parameter> {
        let item = pointer::parent(&source.pointer).unwrap_or_default().to_owned();
        let own = self.resolved(&source.operation.parameters, &source.pointer);
        let shared = self.resolved(&source.item.parameters, &item);
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
            } else if data.name.eq_ignore_ascii_case("authorization") {
                self.warn(&at, "OpenAPI gives a header parameter of this name no effect: a security scheme says how a call proves itself");
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
        let mut found: Vec<(&'d openapiv3::Parameter, String)> = Vec::new();
        for (index, parameter) in parameters.iter().enumerate() {
            let Some((parameter, place)) = self.component(all, parameter, at(index)) else { continue };
            // A reference may lead to a parameter that the list has already.
            if found.iter().any(|(known, _)| key(known) == key(parameter)) {
                self.warn(&at(index), "a parameter that the list has already counts once");
            } else {
                found.push((parameter, place));
            }
        }
        found
    }

    /// Keeps a header that belongs to the client, unless an operation has declared it before.
    fn client_header(&mut self, data: &'d openapiv3::ParameterData, at: &str) {
        if self.client_headers.contains_key(data.name.as_str()) {
            return;
        }
        let ParameterSchemaOrContent::Schema(schema) = &data.format else { return };
        let node = Node::from(schema);
        let site = Site::inline(names::type_name(&data.name), pointer::below(at, &["schema"]));
        let ty = self.schema(node, &site).ty;
        // `is_word` admits a union, since a path takes any value that the caller can print. The setter of a header
        // takes the union itself, which does not print.
        let is_union = |ty| matches!(ty, &Type::Named(id) if matches!(self.types.def(id).shape, Shape::Union(_)));
        let is_text =
            self.types.is_word(&ty) && !is_union(self.types.resolve(&ty)) && *self.types.resolve(&ty) != Type::Base64;
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
            default: self.default_text(node, &site.pointer),
            doc: data.description.clone(),
        };
        self.client_headers.insert(&data.name, header);
    }

    pub(super) fn default_text(&mut self, node: Node<'d>, at: &str) -> Option<String> {
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
        let site = |keys: &[&str]| Site::inline(source.type_name(&data.name), pointer::below(at, keys));
        let (schema, is_json) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (Some((Node::from(schema), site(&["schema"]))), false),
            ParameterSchemaOrContent::Content(content) => match preferred(content) {
                Some((name, media)) => {
                    let site = site(&["content", name, "schema"]);
                    let is_json = Medium::of(name) == Medium::Json;
                    if !is_json && Medium::of(name) != Medium::Text {
                        let message = format!("a parameter that holds `{name}` is written as a plain value");
                        self.warn(&pointer::below(at, &["content"]), message);
                    }
                    (media.schema.as_ref().map(|schema| (Node::from(schema), site)), is_json)
                }
                None => (None, false),
            },
        };
        let (ty, limits) = match schema {
            Some((node, site)) => (self.schema(node, &site).ty, self.limits(node)),
            None => (Type::Json, Limits::default()),
        };
        let place = if is_json { in_json(target(parameter)) } else { target(parameter) };
        let default = match &data.format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => schema.schema_data.default.clone(),
            _ => None,
        };
        let given = extensions::text(&data.extensions, extensions::NAME);
        Parameter {
            wire: data.name.clone(),
            name: names::value_name(given.unwrap_or(&data.name)),
            pointer: at.to_owned(),
            place,
            ty,
            required: data.required || place.is_path(),
            doc: data.description.clone(),
            deprecated: data.deprecated.unwrap_or_default(),
            default,
            limits,
            keeps_reserved: matches!(parameter, openapiv3::Parameter::Query { allow_reserved: true, .. }),
            media_type: None,
            headers: Vec::new(),
        }
    }
}

/// Returns the location and the name of a parameter, which identify it in a call.
fn key(parameter: &openapiv3::Parameter) -> (&'static str, &str) {
    (location(parameter), &parameter.parameter_data_ref().name)
}

fn location(parameter: &openapiv3::Parameter) -> &'static str {
    match parameter {
        openapiv3::Parameter::Query { .. } => "query",
        openapiv3::Parameter::Header { .. } => "header",
        openapiv3::Parameter::Path { .. } => "path",
        openapiv3::Parameter::Cookie { .. } => "cookie",
    }
}

/// Returns the place of a parameter, with its style.
fn target(parameter: &openapiv3::Parameter) -> ParameterLocation {
    let explode = |otherwise: bool| parameter.parameter_data_ref().explode.unwrap_or(otherwise);
    match parameter {
        openapiv3::Parameter::Header { .. } => ParameterLocation::Header(Style::Simple { explode: explode(false) }),
        openapiv3::Parameter::Path { style, .. } => ParameterLocation::Path(match style {
            PathStyle::Simple => Style::Simple { explode: explode(false) },
            PathStyle::Label => Style::Label { explode: explode(false) },
            PathStyle::Matrix => Style::Matrix { explode: explode(false) },
        }),
        // `form` is the one style that is exploded unless the document says otherwise.
        openapiv3::Parameter::Cookie { .. } => ParameterLocation::Cookie(Style::Form { explode: explode(true) }),
        openapiv3::Parameter::Query { style, parameter_data, .. } => {
            ParameterLocation::Query(query_style(style, parameter_data.explode))
        }
    }
}

/// Returns the style of a query parameter or of a form field. With `explode`, a delimiter has no effect.
pub(super) fn query_style(style: &QueryStyle, explode: Option<bool>) -> Style {
    match style {
        QueryStyle::Form => Style::Form { explode: explode.unwrap_or(true) },
        QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited if explode == Some(true) => {
            Style::Form { explode: true }
        }
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// Returns `place` for a value that is written as JSON.
fn in_json(place: ParameterLocation) -> ParameterLocation {
    match place {
        ParameterLocation::Path(_) => ParameterLocation::Path(Style::Json),
        ParameterLocation::Query(_) => ParameterLocation::Query(Style::Json),
        ParameterLocation::Header(_) => ParameterLocation::Header(Style::Json),
        ParameterLocation::Cookie(_) => ParameterLocation::Cookie(Style::Json),
        part => part,
    }
}
