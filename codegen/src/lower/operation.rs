//! Operations: their names, paths, parameters and bodies.

use document::diagnostic::Diagnostic;
use document::extensions;
use document::pointer;
use openapiv3::{MediaType, OpenAPI, ReferenceOr, RequestBody};

use super::context::{Context, Site};
use super::media::{self, Medium};
use super::security::Schemes;
use super::source::Source;
use super::view::Node;
use super::{pagination, reference, tell_apart};
use crate::api::{
    Body, BodyKind, Operation, Parameter, ParameterLocation, Segment, Server, Style, Type, is_idempotent_by_method,
};
use crate::names;

/// The default style of a path parameter.
const PLAIN: Style = Style::Simple { explode: false };

impl<'d> Context<'d> {
    pub(super) fn operation(&mut self, source: &Source<'d>, schemes: &Schemes<'d>, document: &'d OpenAPI) -> Operation {
        let raw = source.operation;
        let idempotent = self.is_idempotent(source);
        let mut parameters = self.parameters(source);
        let (in_path, in_query) = self.split(source);
        let query = query(in_query, &mut parameters);
        let path = self.path(source, in_path, &mut parameters);
        let (body, parts) = self.body(source).map_or_else(Default::default, |(body, parts)| (Some(body), parts));
        parameters.extend(parts);
        parameters.sort_by(|a, b| {
            let key = |parameter: &Parameter| (parameter.place, parameter.wire.clone());
            // The order of the path is settled already.
            if a.place.is_path() && b.place.is_path() { std::cmp::Ordering::Equal } else { key(a).cmp(&key(b)) }
        });
        let has_body = body.as_ref().is_some_and(|body| body.required && body.kind != BodyKind::Multipart);
        tell_apart::parameters(&mut parameters, has_body, &mut self.diagnostics);
        let responses = self.responses(source);
        let call = pagination::Call { parameters: &parameters, body: body.as_ref(), success: &responses.success };
        let pagination = pagination::of(source, &self.types, call, &mut self.diagnostics);
        Operation {
            id: source.id.clone(),
            name: names::value_name(&source.called),
            marker: source.marker.clone(),
            pointer: source.pointer.clone(),
            method: source.method.clone(),
            template: source.path.to_owned(),
            path,
            query,
            parameters,
            body,
            success: responses.success,
            accept: responses.accept,
            statuses: responses.statuses,
            errors: responses.errors,
            summary: raw.summary.clone().or_else(|| source.item.summary.clone()),
            doc: raw.description.clone().or_else(|| source.item.description.clone()),
            reference: reference::of(source, document),
            deprecated: raw.deprecated,
            security: schemes.of_operation(source, document, &mut self.diagnostics),
            server: self.own_server(source, document),
            pagination,
            idempotent,
            concurrency_limited: extensions::flag(&raw.extensions, extensions::CONCURRENCY_LIMITED).unwrap_or_default(),
        }
    }

    /// Returns whether the operation is idempotent: its method decides, unless an overlay says otherwise.
    fn is_idempotent(&mut self, source: &Source<'d>) -> bool {
        let by_method = is_idempotent_by_method(&source.method);
        let marked = extensions::flag(&source.operation.extensions, extensions::IDEMPOTENT);
        if marked == Some(by_method) {
            let message =
                format!("`{}` says nothing new: the method {} says the same", extensions::IDEMPOTENT, source.method);
            self.warn(&source.at(&[extensions::IDEMPOTENT]), message);
        }
        marked.unwrap_or(by_method)
    }

    /// Returns the path of the operation, and the query that some documents have behind it.
    fn split(&mut self, source: &Source<'d>) -> (&'d str, &'d str) {
        let (sent, fragment) = source.path.split_once('#').unwrap_or((source.path, ""));
        if !fragment.is_empty() {
            self.warn(
                &source.pointer,
                format!("the path has a fragment, which no call can send: `#{fragment}` is left out"),
            );
        }
        sent.split_once('?').unwrap_or((sent, ""))
    }

    /// Returns the server that the operation or its path item has for itself.
    fn own_server(&mut self, source: &Source<'d>, document: &'d OpenAPI) -> Option<Server> {
        let item = pointer::parent(&source.pointer).unwrap_or_default().to_owned();
        let (servers, owner) = match (&source.operation.servers[..], &source.item.servers[..]) {
            ([], shared) => (shared, item),
            (own, _) => (own, source.pointer.clone()),
        };
        if servers == document.servers {
            return None;
        }
        if servers.len() > 1 {
            self.warn(
                &pointer::below(&owner, &["servers"]),
                "of several servers of an operation the first is called; a client can replace it",
            );
        }
        self.servers(servers, &owner).into_iter().next().filter(|server| !server.url.is_empty())
    }

    /// Returns the segments of the path. Its parameters move to the front of `parameters`, in the order of the path.
    fn path(&mut self, source: &Source<'d>, path: &'d str, parameters: &mut Vec<Parameter>) -> Vec<Segment> {
        let mut pieces = Vec::new();
        let mut in_path: Vec<Parameter> = Vec::new();
        let mut rest = path;
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
        for unused in parameters.iter().filter(|parameter| parameter.place.is_path()) {
            let message = format!("the path has no `{{{}}}` for this path parameter", unused.wire);
            self.diagnostics.push(
                Diagnostic::fault(&unused.pointer, message)
                    .expected(format!("a parameter of `{}`", source.path))
                    .assumed("no such parameter"),
            );
        }
        parameters.retain(|parameter| !parameter.place.is_path());
        parameters.splice(0..0, in_path);
        pieces
    }

    /// Returns the parameter for `{wire}` in the path. A parameter that is declared for another place moves to the
    /// path, since no call can do without it.
    fn path_parameter(&mut self, wire: &str, source: &Source<'d>, parameters: &mut Vec<Parameter>) -> Parameter {
        let declared = |parameter: &Parameter| parameter.wire == wire;
        let found = parameters
            .iter()
            .position(|parameter| declared(parameter) && parameter.place.is_path())
            .or_else(|| parameters.iter().position(declared));
        match found.map(|index| parameters.remove(index)) {
            Some(parameter) if parameter.place.is_path() => parameter,
            Some(parameter) => {
                let message = format!(
                    "`{wire}` is declared for another place although the path holds `{{{wire}}}`: it goes there"
                );
                self.warn(&parameter.pointer, message);
                Parameter { place: ParameterLocation::Path(PLAIN), required: true, ..parameter }
            }
            None => {
                let message =
                    format!("no parameter is declared for `{{{wire}}}` of the path: it takes anything that prints");
                self.warn(&source.pointer, message);
                let pointer = source.pointer.clone();
                let name = names::value_name(wire);
                let undeclared =
                    Parameter::new(wire.to_owned(), name, pointer, ParameterLocation::Path(PLAIN), Type::String);
                Parameter { required: true, ..undeclared }
            }
        }
    }

    /// Returns the body, and the parameters for the fields of a multipart body.
    fn body(&mut self, source: &Source<'d>) -> Option<(Body, Vec<Parameter>)> {
        let all = ("requestBodies", &self.components.request_bodies);
        let node: &'d ReferenceOr<RequestBody> = source.operation.request_body.as_ref()?;
        let (body, at) = self.component(all, node, source.at(&["requestBody"]))?;
        let (media_type, media) = self.preferred(&body.content, &at)?;
        let at = pointer::below(&at, &["content", media_type]);
        let mut parts = Vec::new();
        let kind = match Medium::of(media_type) {
            Medium::Json => BodyKind::Json(self.body_schema(media, &at, source), media::named(media_type).to_owned()),
            Medium::Form => BodyKind::Form(self.body_schema(media, &at, source), self.form_fields(media, &at)),
            Medium::Text => BodyKind::Text(media_type.to_owned()),
            Medium::Bytes => {
                if media_type.starts_with("multipart/") {
                    self.warn(&at, format!("the parts of `{media_type}` are not made: the body is bytes, and their boundary is not told"));
                }
                BodyKind::Bytes(media_type.to_owned())
            }
            Medium::Multipart => {
                parts = self.parts(media, &at, source);
                BodyKind::Multipart
            }
        };
        Some((Body { kind, required: body.required, doc: body.description.clone() }, parts))
    }

    /// Returns the type of a request body, without null: no caller sends null for a whole body.
    fn body_schema(&mut self, media: &'d MediaType, at: &str, source: &Source<'d>) -> Type {
        match self.media_schema(media, at, source.type_name("Body")) {
            Type::Nullable(ty) => *ty,
            ty => ty,
        }
    }

    /// Returns the type of the content of a body or a response; any JSON if it has no schema.
    pub(super) fn media_schema(&mut self, media: &'d MediaType, at: &str, name: String) -> Type {
        match &media.schema {
            Some(schema) => {
                self.schema(Node::from(schema), &Site::inline(name, pointer::below(at, &["schema"]))).nested()
            }
            None => Type::Json,
        }
    }
}

/// Returns the pairs that every call sends. A pair such as `name={parameter}` instead puts the parameter in the query,
/// under this name.
fn query(text: &str, parameters: &mut [Parameter]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let place = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let is_placed = |parameter: &&mut Parameter| {
            Some(parameter.wire.as_str()) == place
                && matches!(parameter.place, ParameterLocation::Path(_) | ParameterLocation::Query(_))
        };
        match parameters.iter_mut().find(is_placed) {
            Some(parameter) => {
                if parameter.place.is_path() {
                    parameter.place = ParameterLocation::Query(Style::Form { explode: true });
                }
                parameter.wire = decoded(name);
            }
            None => pairs.push((decoded(name), decoded(value))),
        }
    }
    pairs
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
