//! Builds paths from templates.

use std::fmt::Display;

use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::{Value, to_value};

use super::{Escape, Style, style};

/// A piece of a path template.
#[derive(Clone)]
pub enum Piece<'a> {
    /// A literal part, including its slashes.
    Text(&'a str),
    /// A parameter: its name and its value. Any value stays within its path segment.
    Value(&'a str, &'a dyn Display),
    /// A parameter in another style than `simple`, or a list or an object: its name, its style and its value.
    Styled(&'a str, Style, Value),
}

impl<'a> Piece<'a> {
    /// Creates a [`Styled`](Self::Styled) piece. A value that cannot be written as JSON is null.
    pub fn styled(name: &'a str, style: Style, value: &impl Serialize) -> Self {
        Self::Styled(name, style, to_value(value).unwrap_or_default())
    }
}

/// Returns the encoded path.
///
/// # Errors
/// Fails on an empty value, and on a value that makes a segment `.` or `..`: they would reach another endpoint.
pub(super) fn assemble(pieces: &[Piece<'_>]) -> Result<String, String> {
    let mut path = String::new();
    // The last parameter within the current segment.
    let mut parameter = None;
    for piece in pieces {
        let start = path.len();
        let name = match piece {
            Piece::Text(text) => {
                for (index, part) in text.split('/').enumerate() {
                    if index > 0 {
                        check_segment(&path, parameter.take())?;
                        path.push('/');
                    }
                    path.push_str(&style::template(part));
                }
                continue;
            }
            Piece::Value(name, value) => {
                Escape::Full.write(&value.to_string(), &mut path);
                name
            }
            Piece::Styled(name, style, value) => {
                path.extend(style::text(name, *style, Escape::Full, value));
                name
            }
        };
        if path.len() == start {
            return Err(format!("path parameter `{name}` is empty"));
        }
        parameter = Some(name);
    }
    check_segment(&path, parameter).map(|()| path)
}

/// Encodes a path that the caller wrote. Placeholders such as `{name}` are encoded, too, and filled later.
///
/// # Errors
/// Fails if the path does not begin with one slash, has a query or a fragment, or has a segment `.` or `..`.
pub(super) fn literal(path: &str) -> Result<String, String> {
    let rest = path.strip_prefix('/').filter(|rest| !rest.starts_with('/'));
    let Some(rest) = rest else { return Err("the path must begin with one slash: no URL can stand here".to_owned()) };
    if rest.contains(['?', '#']) {
        return Err("the path must hold no query and no fragment: set query pairs of the request".to_owned());
    }
    let path = style::template(path).into_owned();
    check_dots(&path).map(|()| path)
}

/// Returns the path with a value in place of `{name}`.
///
/// # Errors
/// Fails if the path has no such placeholder, and as [`assemble`] does.
pub(super) fn fill(path: &str, name: &str, value: &str) -> Result<String, String> {
    let place = style::template(&format!("{{{name}}}")).into_owned();
    if !path.contains(&place) {
        return Err(format!("the path has no place `{{{name}}}`"));
    }
    if value.is_empty() {
        return Err(format!("path parameter `{name}` is empty"));
    }
    let path = path.replace(&place, &Escape::Full.encode(value));
    check_dots(&path).map(|()| path)
}

/// Refuses the segments `.` and `..`, encoded ones included: URL resolution treats an encoded dot as a dot.
fn check_dots(path: &str) -> Result<(), String> {
    let is = |segment: &str, dots: &[u8]| percent_decode_str(segment).eq(dots.iter().copied());
    match path.split('/').find(|segment| is(segment, b".") || is(segment, b"..")) {
        Some(segment) => Err(format!("the path has the segment `{segment}`, which would reach another endpoint")),
        None => Ok(()),
    }
}

/// Refuses such a last segment if a parameter is in it.
fn check_segment(path: &str, parameter: Option<&str>) -> Result<(), String> {
    let Some(name) = parameter else { return Ok(()) };
    let segment = path.rsplit('/').next().unwrap_or_default();
    check_dots(segment).map_err(|error| format!("path parameter `{name}`: {error}"))
}
