//! Media types: the form of content that each stands for, and the choice among several.

use document::pointer;
use openapiv3::MediaType;

use super::context::Context;

/// The form of content that a media type stands for.
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
        match essence(media_type).as_str() {
            "multipart/form-data" => Self::Multipart,
            "application/x-www-form-urlencoded" => Self::Form,
            // Events keep arriving, so the content is a stream of bytes.
            "text/event-stream" => Self::Bytes,
            json if json == "application/json" || json == "*/*" || json.ends_with("+json") => Self::Json,
            text if text.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the rank of a media type; the least is the best. Types with more structure come first, `application/json`
/// before other JSON types, and a range such as `text/*` after types of its form. `*/*` comes last of all.
fn rank(media_type: &str) -> (bool, Medium, bool, bool, &str) {
    let essence = essence(media_type);
    (essence == "*/*", Medium::of(media_type), essence != "application/json", essence.contains('*'), media_type)
}

/// Returns the media type for a header: `*/*`, which is read and written as JSON, becomes `application/json`.
pub(super) fn named(media_type: &str) -> &str {
    if essence(media_type) == "*/*" { "application/json" } else { media_type }
}

type Content = indexmap::IndexMap<String, MediaType>;

impl<'d> Context<'d> {
    /// Returns the best of several media types, and warns of others whose content differs.
    pub(super) fn preferred(&mut self, content: &'d Content, at: &str) -> Option<(&'d str, &'d MediaType)> {
        let (taken, media) = preferred(content)?;
        let is_other = |(name, other): &(&String, &MediaType)| {
            *name != taken && (Medium::of(name) != Medium::of(taken) || other.schema != media.schema)
        };
        let others: Vec<String> = content.iter().filter(is_other).map(|(name, _)| format!("`{name}`")).collect();
        if !others.is_empty() {
            let message = format!("of several media types `{taken}` is taken, and not {}", others.join(", "));
            self.warn(&pointer::below(at, &["content"]), message);
        }
        Some((taken, media))
    }
}

pub(super) fn preferred(content: &Content) -> Option<(&str, &MediaType)> {
    content.iter().map(|(name, media)| (name.as_str(), media)).min_by_key(|(name, _)| rank(name))
}

/// Returns the media types of a response for the `Accept` header: the one that is read, or all that are read as bytes.
pub(super) fn accepted(content: &Content) -> Vec<&str> {
    let Some((taken, _)) = preferred(content) else { return Vec::new() };
    match Medium::of(taken) {
        Medium::Bytes => content.keys().map(String::as_str).filter(|name| Medium::of(name) == Medium::Bytes).collect(),
        // JSON leaves no choice of a charset, so the parameter is left out.
        Medium::Json if !taken.contains(';') || taken.to_ascii_lowercase().contains("charset=") => {
            vec![named(taken.split(';').next().unwrap_or_default().trim())]
        }
        _ => vec![named(taken)],
    }
}
