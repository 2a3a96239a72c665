//! Responses: the content of a success, and the documented errors.

use document::pointer;
use openapiv3::ReferenceOr;

use super::context::Context;
use super::media::{self, Medium};
use super::source::Source;
use crate::api::{ErrorResponse, Response, Status, Success, Type};
use crate::names;

pub(super) struct Responses {
    pub(super) success: Success,
    pub(super) accept: String,
    pub(super) statuses: Vec<Status>,
    pub(super) errors: Vec<ErrorResponse>,
}

/// A response of the document, with its JSON pointer.
type Documented<'d> = (Status, &'d openapiv3::Response, String);

impl<'d> Context<'d> {
    pub(super) fn responses(&mut self, source: &Source<'d>) -> Responses {
        let documented = self.documented(source);
        let class = |digit: u16| move |(status, ..): &&Documented<'d>| status.class() == Some(digit);
        let redirects = documented.iter().any(|response| class(3)(&response));
        let mut successes: Vec<&Documented<'d>> = documented.iter().filter(class(2)).collect();
        // If no success is documented, `default` counts as one.
        if successes.is_empty() && !redirects {
            successes.extend(documented.iter().filter(|(status, ..)| *status == Status::Default));
        }
        let mut errors = Vec::new();
        for (status, response, at) in &documented {
            let is_success = successes.iter().any(|(success, ..)| success == status);
            if !is_success && status.class() != Some(3) {
                let ty = match self.content(response, at, source.type_name(&format!("Response {status}"))) {
                    Success::Json(ty) => Some(ty),
                    _ => None,
                };
                errors.push(ErrorResponse { status: *status, ty, doc: response.description.clone() });
            }
        }
        let is_success = |status: Status| successes.iter().any(|(success, ..)| *success == status);
        let told = documented.iter().map(|(status, ..)| *status);
        let told = told.filter(|status| is_success(*status) || status.class() == Some(3));
        let statuses = told.map(|status| if status == Status::Default { Status::Class(2) } else { status }).collect();
        let success = if !successes.is_empty() {
            self.success(&successes, source)
        } else if redirects {
            Success::Redirect
        } else {
            self.warn(&source.at(&["responses"]), "no success is documented: its body is given as the bytes that come");
            Success::Bytes("*/*".to_owned())
        };
        let accept = accept(&success, &successes, &documented);
        Responses { success, accept, statuses, errors }
    }

    /// Returns every response, sorted by its key in the document, with `default` last.
    fn documented(&mut self, source: &Source<'d>) -> Vec<Documented<'d>> {
        let all = &source.operation.responses;
        let coded = all.responses.iter().map(|(status, response)| (Status::from(status), response));
        let mut keyed: Vec<(Status, &'d ReferenceOr<openapiv3::Response>)> = coded.collect();
        keyed.sort_by_key(|(status, _)| status.to_string());
        keyed.extend(all.default.as_ref().map(|response| (Status::Default, response)));
        let found = keyed.into_iter().filter_map(|(status, response)| {
            let at = source.at(&["responses", &status.to_string()]);
            let (response, at) = self.component(("responses", &self.components.responses), response, at)?;
            Some((status, response, at))
        });
        found.collect()
    }

    fn success(&mut self, successes: &[&Documented<'d>], source: &Source<'d>) -> Success {
        let mut responses: Vec<(Status, Success)> = Vec::new();
        // A response to HEAD has no content (RFC 9110, section 9.3.2).
        if source.method == "HEAD" {
            return Success::Empty;
        }
        for (status, response, at) in successes {
            let role = if successes.len() == 1 { "Response".to_owned() } else { format!("Response{status}") };
            let success = match status {
                // These responses have no content (RFC 9110, sections 15.3.5 and 15.3.6).
                Status::Code(204 | 205) => Success::Empty,
                _ => self.content(response, at, source.type_name(&role)),
            };
            responses.push((*status, success));
        }
        if let [(_, first), others @ ..] = &responses[..]
            && others.iter().all(|(_, other)| other == first)
        {
            return first.clone();
        }
        let response = |(status, success): (Status, Success)| Response {
            status,
            name: names::variant_name(&status_name(status)),
            text: matches!(success, Success::Text(_)),
            ty: match success {
                Success::Json(ty) => Some(ty),
                Success::Text(_) => Some(Type::String),
                Success::Bytes(_) => Some(Type::Bytes),
                Success::Empty | Success::Redirect | Success::Several { .. } => None,
            },
        };
        Success::Several {
            name: source.type_name("Response"),
            responses: responses.into_iter().map(response).collect(),
        }
    }

    fn content(&mut self, response: &'d openapiv3::Response, at: &str, name: String) -> Success {
        let Some((media_type, media)) = self.preferred(&response.content, at) else { return Success::Empty };
        let at = pointer::below(at, &["content", media_type]);
        match Medium::of(media_type) {
            Medium::Json => match self.media_schema(media, &at, name) {
                Type::Bytes => Success::Bytes(media_type.to_owned()),
                ty => Success::Json(ty),
            },
            Medium::Text => Success::Text(media_type.to_owned()),
            Medium::Form | Medium::Multipart | Medium::Bytes => Success::Bytes(media_type.to_owned()),
        }
    }
}

/// Returns the media types of the `Accept` header: those of the successes, or else that of an error.
fn accept(success: &Success, successes: &[&Documented<'_>], documented: &[Documented<'_>]) -> String {
    if matches!(success, Success::Redirect) {
        return "*/*".to_owned();
    }
    let mut accepted: Vec<&str> = Vec::new();
    for media_type in successes.iter().flat_map(|(_, response, _)| media::accepted(&response.content)) {
        if !accepted.contains(&media_type) {
            accepted.push(media_type);
        }
    }
    if accepted.is_empty() {
        match success {
            Success::Bytes(media_type) => accepted.push(media_type),
            _ => accepted
                .extend(documented.iter().find_map(|(_, error, _)| media::accepted(&error.content).first().copied())),
        }
    }
    if accepted.is_empty() { "application/json".to_owned() } else { accepted.join(", ") }
}

/// Returns a name for a status: that of HTTP for common successes.
fn status_name(status: Status) -> String {
    match status {
        Status::Code(200) => "ok".to_owned(),
        Status::Code(201) => "created".to_owned(),
        Status::Code(202) => "accepted".to_owned(),
        Status::Code(203) => "non authoritative information".to_owned(),
        Status::Code(204) => "no content".to_owned(),
        Status::Code(205) => "reset content".to_owned(),
        Status::Code(206) => "partial content".to_owned(),
        Status::Code(207) => "multi status".to_owned(),
        other => format!("status {other}"),
    }
}
