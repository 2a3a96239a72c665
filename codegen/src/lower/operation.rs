//! One operation: names, path, parameters, body.

use openapiv3::{MediaType, OpenAPI, ReferenceOr, RequestBody};

use super::reference;
use super::resource::{Source, operation_id, own_type_name, place};
use super::view::Node;
use super::{Context, Spot, component_name};
use crate::api::{Body, BodyKind, Limits, Operation, Parameter, Place, Segment, Success, Type};
use crate::diagnostic::Diagnostic;
use crate::names;
use crate::pointer;

/// Says whether an operation may be repeated where its method says otherwise: a search that is a `POST`.
const SAFE: &str = "x-safe";

/// Marks an operation whose status 429 may mean that an earlier one is still at work, which no waiting ends.
const ONE_AT_A_TIME: &str = "x-one-at-a-time";

impl<'d> Context<'d> {
    pub(super) fn operation(&mut self, source: &Source<'d>, tag: &str, document: &'d OpenAPI) -> Operation {
        let raw = source.operation;
        let id = operation_id(source);
        let given = raw.extensions.get("x-rust-name").and_then(serde_json::Value::as_str).unwrap_or(&id);
        let security = raw.security.as_ref().or(document.security.as_ref());
        let mut operation = Operation {
            name: names::value_name(given),
            marker: names::marker_name(given, tag),
            pointer: source.pointer.clone(),
            method: source.method,
            template: source.path.to_owned(),
            path: Vec::new(),
            parameters: Vec::new(),
            body: None,
            success: Success::Empty,
            statuses: Vec::new(),
            errors: Vec::new(),
            summary: raw.summary.clone(),
            doc: raw.description.clone(),
            reference: reference::of(source, tag, document),
            deprecated: raw.deprecated,
            authenticated: security.is_some_and(|all| !all.is_empty() && all.iter().any(|one| !one.is_empty())),
            // Found when all types are known.
            pagination: None,
            safe: self.is_safe(source),
            one_at_a_time: raw.extensions.get(ONE_AT_A_TIME).and_then(serde_json::Value::as_bool).unwrap_or_default(),
            id,
        };
        operation.parameters = self.parameters(source, &operation);
        operation.path = self.path(source, &mut operation.parameters);
        if let Some(body) = &raw.request_body {
            self.body(body, source, &mut operation);
        }
        operation.parameters.sort_by(|a, b| {
            let key = |parameter: &Parameter| (parameter.place, parameter.wire.clone());
            // The order of the path is settled already.
            if a.place == Place::Path && b.place == Place::Path {
                std::cmp::Ordering::Equal
            } else {
                key(a).cmp(&key(b))
            }
        });
        self.answers(source, &mut operation);
        operation
    }

    /// By its method, unless an overlay knows better.
    fn is_safe(&mut self, source: &Source<'d>) -> bool {
        let by_method = !matches!(source.method, "POST" | "PATCH");
        let marked = source.operation.extensions.get(SAFE).and_then(serde_json::Value::as_bool);
        if marked == Some(by_method) {
            let message = format!("`{SAFE}` says nothing new: the method {} says the same", source.method);
            self.warn(&place(source, &[SAFE]), message);
        }
        marked.unwrap_or(by_method)
    }

    /// The pieces of the path. The path parameters come to the front, in the order in which the path has them.
    fn path(&mut self, source: &Source<'d>, parameters: &mut Vec<Parameter>) -> Vec<Segment> {
        let mut pieces = Vec::new();
        let mut in_path: Vec<Parameter> = Vec::new();
        let mut rest = source.path;
        while let Some((text, after)) = rest.split_once('{') {
            let Some((wire, after)) = after.split_once('}') else { break };
            if !text.is_empty() {
                pieces.push(Segment::Text(text.to_owned()));
            }
            let index = in_path.iter().position(|parameter| parameter.wire == wire).unwrap_or_else(|| {
                in_path.push(self.path_parameter(wire, source, parameters));
                in_path.len() - 1
            });
            pieces.push(Segment::Parameter(index));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Segment::Text(rest.to_owned()));
        }
        for unused in parameters.iter().filter(|parameter| parameter.place == Place::Path) {
            self.diagnostics.push(
                Diagnostic::error(
                    &unused.pointer,
                    format!("the path has no `{{{}}}` for this path parameter", unused.wire),
                )
                .expected(format!("a parameter of `{}`", source.path)),
            );
        }
        parameters.retain(|parameter| parameter.place != Place::Path);
        parameters.splice(0..0, in_path);
        pieces
    }

    /// The parameter that stands as `{wire}` in the path. One that is declared for another place is taken from there, since a
    /// call without it cannot be made.
    fn path_parameter(&mut self, wire: &str, source: &Source<'d>, parameters: &mut Vec<Parameter>) -> Parameter {
        let declared = |place: Option<Place>| {
            move |parameter: &Parameter| parameter.wire == wire && place.is_none_or(|place| parameter.place == place)
        };
        let found = parameters
            .iter()
            .position(declared(Some(Place::Path)))
            .or_else(|| parameters.iter().position(declared(None)));
        match found.map(|index| parameters.remove(index)) {
            Some(parameter) if parameter.place == Place::Path => parameter,
            Some(parameter) => {
                let message = format!(
                    "`{wire}` is declared for another place although the path holds `{{{wire}}}`: it goes there"
                );
                self.warn(&parameter.pointer, message);
                Parameter { place: Place::Path, required: true, ..parameter }
            }
            None => {
                let message =
                    format!("no parameter is declared for `{{{wire}}}` of the path: it takes anything that prints");
                self.warn(&source.pointer, message);
                Parameter {
                    wire: wire.to_owned(),
                    name: names::value_name(wire),
                    pointer: source.pointer.clone(),
                    place: Place::Path,
                    ty: Type::String,
                    required: true,
                    doc: None,
                    deprecated: false,
                    default: None,
                    limits: Limits::default(),
                }
            }
        }
    }

    fn body(&mut self, body: &'d ReferenceOr<RequestBody>, source: &Source<'d>, operation: &mut Operation) {
        let at = place(source, &["requestBody"]);
        let Some((body, at)) = self.request_body(body, at) else { return };
        let Some((media_type, media)) = preferred(body.content.iter()) else { return };
        let at = pointer::below(&at, &["content", media_type]);
        let kind = match Medium::of(media_type) {
            Medium::Json => {
                // A range says what is taken, not what is sent.
                let sent = if media_type.contains('*') { "application/json" } else { media_type };
                BodyKind::Json(self.body_schema(media, &at, operation), sent.to_owned())
            }
            Medium::Form => BodyKind::Form(self.body_schema(media, &at, operation)),
            Medium::Text => BodyKind::Text(media_type.to_owned()),
            Medium::Bytes => BodyKind::Bytes(media_type.to_owned()),
            Medium::Multipart => {
                let parts = self.parts(media, &at, operation);
                operation.parameters.extend(parts);
                BodyKind::Multipart
            }
        };
        operation.body = Some(Body { kind, required: body.required, doc: body.description.clone() });
    }

    fn request_body(&mut self, body: &'d ReferenceOr<RequestBody>, at: String) -> Option<(&'d RequestBody, String)> {
        match body {
            ReferenceOr::Item(body) => Some((body, at)),
            ReferenceOr::Reference { reference } => {
                let found = component_name(reference, "requestBodies")
                    .and_then(|name| self.components.request_bodies.get_key_value(&name))
                    .and_then(|(name, body)| {
                        Some((body.as_item()?, pointer::below("/components/requestBodies", &[name])))
                    });
                if found.is_none() {
                    self.dangling(reference, &at, "requestBodies");
                }
                found
            }
        }
    }

    /// The type of a body that is sent. It is there or not: no caller sends null for all of it.
    fn body_schema(&mut self, media: &'d MediaType, at: &str, operation: &Operation) -> Type {
        match self.media_schema(media, at, own_type_name(operation, "Body")) {
            Type::Nullable(ty) => *ty,
            ty => ty,
        }
    }

    /// The type of a body's or an answer's content; any JSON where it has no schema.
    pub(super) fn media_schema(&mut self, media: &'d MediaType, at: &str, name: String) -> Type {
        match &media.schema {
            Some(schema) => {
                self.schema(Node::from(schema), &Spot::inline(name, pointer::below(at, &["schema"]))).nested()
            }
            None => Type::Json,
        }
    }
}

/// How a media type is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Medium {
    Json,
    Multipart,
    Form,
    Text,
    Bytes,
}

impl Medium {
    pub(super) fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "multipart/form-data" => Self::Multipart,
            "application/x-www-form-urlencoded" => Self::Form,
            // Events keep coming: they are read as they come.
            "text/event-stream" => Self::Bytes,
            json if json == "application/json" || json == "*/*" || json.ends_with("+json") => Self::Json,
            text if text.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// Of several media types the one that carries the most structure.
pub(super) fn preferred<'d>(
    content: impl Iterator<Item = (&'d String, &'d MediaType)>,
) -> Option<(&'d str, &'d MediaType)> {
    content.map(|(name, media)| (name.as_str(), media)).min_by_key(|(name, _)| (Medium::of(name), *name))
}
