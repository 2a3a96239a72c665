//! Decodes one body with its typed model and encodes it again.

use std::error::Error as _;

use intercom_client::DecodeError;
use intercom_client::registry::{OperationEntry, ResponseEntry, RoundTrip};
use serde_json::Value;

use super::compare::{self, Difference};
use super::{Case, Part};

/// The result of a check.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The body was decoded and encoded again.
    Decoded {
        /// The JSON pointers of the values that do not match their type.
        mismatches: Vec<String>,
        /// The differences after decoding and encoding.
        differences: Vec<Difference>,
    },
    /// The body was not decoded.
    Refused(Difference),
}

/// Decodes and encodes the body of a case.
#[must_use]
pub fn check(case: &Case<'_>) -> Outcome {
    let Some(entry) = case.entry else { return refused("", "the client has no such operation") };
    if is_form(entry, case.part) {
        return form(entry, &case.body);
    }
    if has_no_body(entry, case.part) {
        // A recorder may write an empty text for a body that did not come.
        let came = case.body != "";
        return if came { refused("", "the client reads no body here") } else { unchanged(Vec::new()) };
    }
    if case.part.status().is_some_and(|status| !is_success(status) && response(entry, status).is_none()) {
        // The error of the call holds the body as it came.
        return unchanged(vec![String::new()]);
    }
    let (sent, is_text) = match &case.body {
        Value::String(text) if !is_json(media_type(entry, case.part)) => (text.clone().into_bytes(), true),
        value => (value.to_string().into_bytes(), false),
    };
    let RoundTrip { json, mismatches, .. } = match round_trip(entry, case.part, &sent) {
        Ok(round_trip) => round_trip,
        Err(error) => return refused_by(&error),
    };
    let mismatches: Vec<String> = mismatches.into_iter().map(|mismatch| mismatch.pointer).collect();
    let differences = if is_text { bytes(&sent, &json) } else { values(&kept(&case.body, &mismatches), &json) };
    Outcome::Decoded { mismatches, differences }
}

fn round_trip(entry: &OperationEntry, part: Part, sent: &[u8]) -> Result<RoundTrip, DecodeError> {
    match part {
        Part::Request => entry.round_trip_request(sent),
        Part::Response(status) => match response(entry, status) {
            Some(response) => (response.round_trip)(sent),
            None => entry.round_trip_response(status, sent),
        },
    }
}

/// Returns the outcome for a body that no model reads.
fn unchanged(mismatches: Vec<String>) -> Outcome {
    Outcome::Decoded { mismatches, differences: Vec::new() }
}

fn refused(pointer: &str, reason: &str) -> Outcome {
    Outcome::Refused(Difference { pointer: pointer.to_owned(), reason: reason.to_owned() })
}

fn refused_by(error: &DecodeError) -> Outcome {
    let pointer = error.pointer();
    let mut reason = error.to_string();
    // The pointer is reported separately, so it is removed from the text.
    if let Some(end) = reason.len().checked_sub(" at ".len() + pointer.len()).filter(|_| !pointer.is_empty()) {
        reason.truncate(end);
    }
    let mut source = error.source();
    while let Some(error) = source {
        reason.push_str(": ");
        reason.push_str(&error.to_string());
        source = error.source();
    }
    refused(pointer, &reason)
}

/// Returns the body without the mismatched elements of an outermost list. Such a list has no model around it to keep
/// their raw values: they are in the list of mismatches, and the caller has the raw body.
fn kept(sent: &Value, mismatches: &[String]) -> Value {
    let Value::Array(elements) = sent else { return sent.clone() };
    let mismatched = |index: usize| mismatches.contains(&format!("/{index}"));
    let stay = elements.iter().enumerate().filter(|(index, _)| !mismatched(*index));
    stay.map(|(_, element)| element.clone()).collect()
}

fn values(sent: &Value, back: &[u8]) -> Vec<Difference> {
    match serde_json::from_slice(back) {
        Ok(back) => compare::differences(sent, &back),
        Err(error) => vec![whole(format!("what the client writes is not JSON: {error}"))],
    }
}

fn bytes(sent: &[u8], back: &[u8]) -> Vec<Difference> {
    if sent == back { Vec::new() } else { vec![whole("the bytes are not the same".to_owned())] }
}

fn whole(reason: String) -> Difference {
    Difference { pointer: String::new(), reason }
}

/// Checks the fields of a multipart body: the client has a method for each, and no model of the whole.
fn form(entry: &OperationEntry, body: &Value) -> Outcome {
    let Value::Object(fields) = body else { return refused("", "an object with the fields was expected") };
    let parts = || entry.parameters.iter().filter(|parameter| parameter.place == "part");
    let pointer = |name: &str| document::pointer::join("", name);
    if let Some(name) = fields.keys().find(|name| parts().all(|part| part.name != **name)) {
        return refused(&pointer(name), "the client has no part of this name");
    }
    if let Some(part) = parts().find(|part| part.required && !fields.contains_key(part.name)) {
        return refused(&pointer(part.name), "missing");
    }
    Outcome::Decoded { mismatches: Vec::new(), differences: Vec::new() }
}

fn is_form(entry: &OperationEntry, part: Part) -> bool {
    part == Part::Request && media_type(entry, part) == "multipart/form-data"
}

/// Returns whether the client ignores the content of a success response. It always keeps that of an error.
fn has_no_body(entry: &OperationEntry, part: Part) -> bool {
    let Part::Response(status) = part else { return false };
    status < 400 && response(entry, status).is_some_and(|response| response.media_type.is_empty())
}

fn media_type(entry: &OperationEntry, part: Part) -> &'static str {
    match part {
        Part::Request => entry.request.map_or("", |body| body.media_type),
        Part::Response(status) => response(entry, status).map_or("", |response| response.media_type),
    }
}

/// Returns the response that the client reads for a status: the documented one, or for another success the only
/// documented success.
fn response(entry: &OperationEntry, status: u16) -> Option<&'static ResponseEntry> {
    let mut successes = entry.responses.iter().filter(|response| is_success(status) && is_success(response.from));
    entry.response(status).or_else(|| successes.next().filter(|_| successes.next().is_none()))
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// Returns whether a media type is JSON.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}
