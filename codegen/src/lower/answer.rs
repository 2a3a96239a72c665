//! Answers: what a success carries, and which errors are documented.

use openapiv3::{ReferenceOr, Response, StatusCode};

use super::operation::{Medium, preferred};
use super::resource::{Source, own_type_name, place};
use super::{Context, component_name};
use crate::api::{Answer, ErrorAnswer, Operation, Success, Type};
use crate::names;
use crate::pointer;

impl<'d> Context<'d> {
    pub(super) fn answers(&mut self, source: &Source<'d>, operation: &mut Operation) {
        let responses = &source.operation.responses;
        let mut documented: Vec<(&StatusCode, &'d ReferenceOr<Response>)> = responses.responses.iter().collect();
        documented.sort_by_key(|(status, _)| status.to_string());
        let mut successes = Vec::new();
        let mut redirects = false;
        for (status, response) in documented {
            let at = place(source, &["responses", &status.to_string()]);
            let Some((response, at)) = self.response(response, at) else { continue };
            if matches!(first_digit(status), 2 | 3) {
                operation.statuses.push(status_number(status));
            }
            match first_digit(status) {
                2 => successes.push((status.clone(), response, at)),
                3 => redirects = true,
                _ => {
                    let error = self.error(status.to_string(), response, &at, operation);
                    operation.errors.push(error);
                }
            }
        }
        let fallback = responses.default.as_ref().and_then(|response| {
            let at = place(source, &["responses", "default"]);
            self.response(response, at)
        });
        // Where nothing else is documented, `default` is the success.
        let alone = successes.is_empty() && !redirects && operation.errors.is_empty();
        if let Some((response, at)) = fallback {
            if alone {
                operation.success = self.content(response, &at, own_type_name(operation, "Response"));
                operation.statuses.push(2);
                return;
            }
            let error = self.error("default".to_owned(), response, &at, operation);
            operation.errors.push(error);
        }
        operation.success = if !successes.is_empty() {
            self.success(successes, operation)
        } else if redirects {
            Success::Redirect
        } else {
            self.warn(
                &place(source, &["responses"]),
                "no success is documented: its body is given as the bytes that come",
            );
            Success::Bytes("*/*".to_owned())
        };
    }

    fn error(&mut self, status: String, response: &'d Response, at: &str, operation: &Operation) -> ErrorAnswer {
        let name = own_type_name(operation, &format!("Response {status}"));
        let ty = match self.content(response, at, name) {
            Success::Json(ty) => Some(ty),
            _ => None,
        };
        ErrorAnswer { status, ty, doc: response.description.clone() }
    }

    fn response(&mut self, response: &'d ReferenceOr<Response>, at: String) -> Option<(&'d Response, String)> {
        match response {
            ReferenceOr::Item(response) => Some((response, at)),
            ReferenceOr::Reference { reference } => {
                let found = component_name(reference, "responses")
                    .and_then(|name| self.components.responses.get_key_value(&name))
                    .and_then(|(name, response)| {
                        Some((response.as_item()?, pointer::below("/components/responses", &[name])))
                    });
                if found.is_none() {
                    self.dangling(reference, &at, "responses");
                }
                found
            }
        }
    }

    fn success(&mut self, successes: Vec<(StatusCode, &'d Response, String)>, operation: &Operation) -> Success {
        let alone = successes.len() == 1;
        let mut answers: Vec<(StatusCode, Success)> = Vec::new();
        for (status, response, at) in successes {
            let role = if alone { "Response".to_owned() } else { format!("Response{status}") };
            answers.push((status, self.content(response, &at, own_type_name(operation, &role))));
        }
        if let [(_, first), others @ ..] = &answers[..]
            && others.iter().all(|(_, other)| other == first)
        {
            return first.clone();
        }
        let answer = |(status, success): (StatusCode, Success)| Answer {
            status: status_number(&status),
            name: names::variant_name(&status_name(&status)),
            text: matches!(success, Success::Text(_)),
            ty: match success {
                Success::Json(ty) => Some(ty),
                Success::Text(_) => Some(Type::String),
                Success::Bytes(_) => Some(Type::Bytes),
                Success::Empty | Success::Redirect | Success::Several { .. } => None,
            },
        };
        Success::Several {
            name: own_type_name(operation, "Answer"),
            answers: answers.into_iter().map(answer).collect(),
        }
    }

    fn content(&mut self, response: &'d Response, at: &str, name: String) -> Success {
        let Some((media_type, media)) = preferred(response.content.iter()) else { return Success::Empty };
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

/// The status, or its first digit for a range.
fn status_number(status: &StatusCode) -> u16 {
    match status {
        StatusCode::Code(code) => *code,
        StatusCode::Range(digit) => *digit,
    }
}

fn first_digit(status: &StatusCode) -> u16 {
    match status {
        StatusCode::Code(code) => code / 100,
        StatusCode::Range(digit) => *digit,
    }
}

/// A name for a status: that of HTTP for the common successes.
fn status_name(status: &StatusCode) -> String {
    match status {
        StatusCode::Code(200) => "ok".to_owned(),
        StatusCode::Code(201) => "created".to_owned(),
        StatusCode::Code(202) => "accepted".to_owned(),
        StatusCode::Code(203) => "non authoritative information".to_owned(),
        StatusCode::Code(204) => "no content".to_owned(),
        StatusCode::Code(205) => "reset content".to_owned(),
        StatusCode::Code(206) => "partial content".to_owned(),
        StatusCode::Code(207) => "multi status".to_owned(),
        other => format!("status {other}"),
    }
}
