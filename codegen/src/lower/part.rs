//! Forms: the parts of a multipart body, and the serialization of the fields of an urlencoded one.

use document::diagnostic::Diagnostic;
use document::pointer;
use openapiv3::{AdditionalProperties, Encoding, MediaType, ParameterSchemaOrContent, QueryStyle};
use serde_json::Value;

use super::context::{Context, Site};
use super::media::Medium;
use super::parameter::query_style;
use super::source::Source;
use super::take_apart::Parts;
use super::view::{Node, View};
use crate::api::{FormField, Parameter, ParameterLocation, Style, Type};
use crate::names;

impl<'d> Context<'d> {
    /// Returns a parameter for each field of a multipart body.
    pub(super) fn parts(&mut self, media: &'d MediaType, at: &str, source: &Source<'d>) -> Vec<Parameter> {
        let content = at;
        let at = pointer::below(at, &["schema"]);
        let mut parts = Parts::default();
        if let Some(schema) = &media.schema {
            let site = Site::inline(source.marker.clone(), at.clone());
            self.take_apart(Node::from(schema), &site, &mut parts);
        }
        let leaves = parts.leaves;
        let described = leaves.iter().any(|leaf| leaf.view.has_fields());
        if !described || leaves.iter().any(|leaf| !leaf.view.branches.1.is_empty()) {
            let message = "not every part of this multipart body is described: a caller sets the others with `text_part` and `file_part`";
            self.diagnostics.push(Diagnostic::warning(at, message).help("describe its parts in an overlay"));
        }
        let mut parts = Vec::new();
        for leaf in &leaves {
            for (wire, node) in &leaf.view.properties {
                let required = leaves.iter().any(|leaf| leaf.view.required.iter().any(|name| name == wire));
                let mut part = self.part(wire, *node, required, &leaf.owner.child(wire, &["properties", wire]));
                if let Some(encoding) = media.encoding.get(*wire) {
                    self.encode(&mut part, encoding, &pointer::below(content, &["encoding", wire]));
                }
                parts.push(part);
            }
            parts.extend(leaf.view.additional.and_then(|additional| self.named_files(additional, &leaf.owner)));
        }
        parts
    }

    /// Returns the parameter for files whose names the caller gives; none unless `additionalProperties` is binary.
    fn named_files(&mut self, additional: &'d AdditionalProperties, owner: &Site) -> Option<Parameter> {
        let ty = self.additional(additional, owner).filter(|ty| *ty == Type::Bytes)?;
        let pointer = pointer::below(&owner.pointer, &["additionalProperties"]);
        let (wire, name, ty) = (String::new(), "named_files".to_owned(), Type::Map(Box::new(ty)));
        Some(Parameter::new(wire, name, pointer, ParameterLocation::FilePart, ty))
    }

    /// Applies an encoding object to a part.
    fn encode(&mut self, part: &mut Parameter, encoding: &'d Encoding, at: &str) {
        // A list or a range of media types leaves the choice to the caller.
        part.media_type = encoding.content_type.clone().filter(|it| !it.contains([',', '*']));
        for (name, header) in &encoding.headers {
            let place = pointer::below(at, &["headers", name]);
            let Some((header, _)) = self.component(("headers", &self.components.headers), header, place.clone()) else {
                continue;
            };
            let value = match &header.format {
                ParameterSchemaOrContent::Schema(schema) => self.only_text(Node::from(schema), &place),
                ParameterSchemaOrContent::Content(_) => None,
            };
            match value {
                _ if name.eq_ignore_ascii_case("content-type") => {}
                Some(value) if part.place == ParameterLocation::FilePart => part.headers.push((name.clone(), value)),
                _ if part.place == ParameterLocation::FilePart => {
                    self.warn(
                        &place,
                        "the value of this header is not documented: a caller sets it with `Part::header`",
                    );
                }
                _ => self.warn(&place, "a header is sent only with a part that is a file"),
            }
        }
    }

    /// Returns the serialization of each form field that has an encoding object.
    pub(super) fn form_fields(&mut self, media: &'d MediaType, at: &str) -> Vec<FormField> {
        let field = |(wire, encoding): (&String, &Encoding)| {
            let media_type = encoding.content_type.as_deref().unwrap_or("text/plain");
            let style = match &encoding.style {
                None if Medium::of(media_type) == Medium::Json => Style::Json,
                style => query_style(style.as_ref().unwrap_or(&QueryStyle::Form), Some(encoding.explode)),
            };
            FormField { wire: wire.clone(), style, keeps_reserved: encoding.allow_reserved }
        };
        for (wire, encoding) in &media.encoding {
            let is_known = |it: &str| matches!(Medium::of(it), Medium::Json | Medium::Text);
            if encoding.content_type.as_deref().is_some_and(|it| !is_known(it)) {
                let at = pointer::below(at, &["encoding", wire, "contentType"]);
                self.warn(&at, "a field of a form is written as text or as JSON, and not in this media type");
            }
        }
        media.encoding.iter().map(field).collect()
    }

    /// Returns the text of the only value that a schema allows, or else of its default.
    fn only_text(&mut self, node: Node<'d>, at: &str) -> Option<String> {
        match node.constant() {
            Some(Value::String(text)) => Some(text),
            Some(value) => Some(value.to_string()),
            None => self.default_text(node, at),
        }
    }

    fn part(&mut self, wire: &str, node: Node<'d>, required: bool, site: &Site) -> Parameter {
        let ty = self.schema(node, site).ty;
        let data = node.data();
        let is_file = |ty: &Type| *ty == Type::Bytes;
        let file = is_file(&ty) || matches!(&ty, Type::List(of) | Type::Map(of) if is_file(of));
        let place = if file { ParameterLocation::FilePart } else { ParameterLocation::TextPart };
        let name = names::value_name(node.rust_name().unwrap_or(wire));
        Parameter {
            required,
            doc: data.and_then(|data| data.description.clone()),
            deprecated: data.is_some_and(|data| data.deprecated),
            default: match node {
                Node::Schema(schema) => View::of(schema).data.default.clone(),
                Node::Reference(_) => None,
            },
            limits: self.limits(node),
            ..Parameter::new(wire.to_owned(), name, site.pointer.clone(), place, ty)
        }
    }
}
