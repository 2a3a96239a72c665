//! One operation: names, path, parameters, body.

use openapiv3::{MediaType, OpenAPI, ReferenceOr, RequestBody};

use super::context::{Context, Spot};
use super::source::Source;
use super::view::Node;
use super::{pagination, reference, tell_apart};
use crate::api::{Body, BodyKind, Limits, Operation, Parameter, Place, Segment, Type, is_safe_by_method};
use crate::diagnostic::Diagnostic;
use crate::document::extensions;
use crate::names;
use crate::pointer;

impl<'d> Context<'d> {
    pub(super) fn operation(&mut self, source: &Source<'d>, document: &'d OpenAPI) -> Operation {
        let raw = source.operation;
        let security = raw.security.as_ref().or(document.security.as_ref());
        let safe = self.is_safe(source);
        let mut parameters = self.parameters(source);
        let path = self.path(source, &mut parameters);
        let (body, parts) = self.body(source).map_or_else(Default::default, |(body, parts)| (Some(body), parts));
        parameters.extend(parts);
        parameters.sort_by(|a, b| {
            let key = |parameter: &Parameter| (parameter.place, parameter.wire.clone());
            // The order of the path is settled already.
            if a.place == Place::Path && b.place == Place::Path {
                std::cmp::Ordering::Equal
            } else {
                key(a).cmp(&key(b))
            }
        });
        let has_body = body.as_ref().is_some_and(|body| body.required && body.kind != BodyKind::Multipart);
        tell_apart::parameters(&mut parameters, has_body, &mut self.diagnostics);
        let answers = self.answers(source);
        let call = pagination::Call { parameters: &parameters, body: body.as_ref(), success: &answers.success };
        let pagination = pagination::of(source, &self.types, call, &mut self.diagnostics);
        Operation {
            id: source.id.clone(),
            name: names::value_name(&source.called),
            marker: source.marker.clone(),
            pointer: source.pointer.clone(),
            method: source.method.clone(),
            template: source.path.to_owned(),
            path,
            parameters,
            body,
            success: answers.success,
            statuses: answers.statuses,
            errors: answers.errors,
            summary: raw.summary.clone(),
            doc: raw.description.clone(),
            reference: reference::of(source, document),
            deprecated: raw.deprecated,
            authenticated: security.is_some_and(|all| !all.is_empty() && all.iter().any(|one| !one.is_empty())),
            pagination,
            safe,
            one_at_a_time: extensions::flag(&raw.extensions, extensions::ONE_AT_A_TIME).unwrap_or_default(),
        }
    }

    /// By its method, unless an overlay knows better.
    fn is_safe(&mut self, source: &Source<'d>) -> bool {
        let by_method = is_safe_by_method(&source.method);
        let marked = extensions::flag(&source.operation.extensions, extensions::SAFE);
        if marked == Some(by_method) {
            let message =
                format!("`{}` says nothing new: the method {} says the same", extensions::SAFE, source.method);
            self.warn(&source.at(&[extensions::SAFE]), message);
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
            let message = format!("the path has no `{{{}}}` for this path parameter", unused.wire);
            self.diagnostics.push(
                Diagnostic::fault(&unused.pointer, message)
                    .expected(format!("a parameter of `{}`", source.path))
                    .assumed("no such parameter"),
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

    /// The body, and the parameters that the fields of a multipart body are.
    fn body(&mut self, source: &Source<'d>) -> Option<(Body, Vec<Parameter>)> {
        let all = ("requestBodies", &self.components.request_bodies);
        let node: &'d ReferenceOr<RequestBody> = source.operation.request_body.as_ref()?;
        let (body, at) = self.component(all, node, source.at(&["requestBody"]))?;
        let (media_type, media) = preferred(body.content.iter())?;
        let at = pointer::below(&at, &["content", media_type]);
        let mut parts = Vec::new();
        let kind = match Medium::of(media_type) {
            Medium::Json => {
                // A range says what is taken, not what is sent.
                let sent = if media_type.contains('*') { "application/json" } else { media_type };
                BodyKind::Json(self.body_schema(media, &at, source), sent.to_owned())
            }
            Medium::Form => BodyKind::Form(self.body_schema(media, &at, source)),
            Medium::Text => BodyKind::Text(media_type.to_owned()),
            Medium::Bytes => BodyKind::Bytes(media_type.to_owned()),
            Medium::Multipart => {
                parts = self.parts(media, &at, source);
                BodyKind::Multipart
            }
        };
        Some((Body { kind, required: body.required, doc: body.description.clone() }, parts))
    }

    /// The type of a body that is sent. It is there or not: no caller sends null for all of it.
    fn body_schema(&mut self, media: &'d MediaType, at: &str, source: &Source<'d>) -> Type {
        match self.media_schema(media, at, source.type_name("Body")) {
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
