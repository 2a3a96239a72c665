//! Builds paths from templates.

use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;

use super::{Escape, Style, style};

/// A piece of a path template.
#[derive(Clone, Copy)]
pub enum Piece<'a> {
    /// A literal part, including its slashes.
    Text(&'a str),
    /// A parameter: its name and its value. Any value stays within its path segment.
    Value(&'a str, &'a dyn Display),
    /// A parameter in another style than `simple`, or a list or an object: its name, its style and its value.
    Styled(&'a str, Style, &'a dyn ToJson),
}

/// A value that can be written as JSON, with its type erased.
pub trait ToJson {
    /// Returns the value as JSON, or null if it cannot be written.
    fn to_json(&self) -> Value;
}

impl<T: Serialize> ToJson for T {
    fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
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
        let name = match *piece {
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
                path.extend(style::text(name, style, Escape::Full, &value.to_json()));
                name
            }
        };
        if path.len() == start {
            return Err(format!("path parameter `{name}` is empty"));
        }
        parameter = Some(name);
    }
    check_segment(&path, parameter)?;
    Ok(path)
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
    check_dots(&path)?;
    Ok(path)
}

/// Returns the path with a value in place of `{name}`.
///
/// # Errors
/// Fails if the path has no such placeholder, and as [`assemble`] does.
pub(super) fn fill(path: &str, name: &str, value: &str) -> Result<String, String> {
    let place = format!("{{{name}}}");
    let place = style::template(&place);
    if !path.contains(&*place) {
        return Err(format!("the path has no place `{{{name}}}`"));
    }
    if value.is_empty() {
        return Err(format!("path parameter `{name}` is empty"));
    }
    let path = path.replace(&*place, &Escape::Full.encode(value));
    check_dots(&path)?;
    Ok(path)
}

/// Refuses the segments `.` and `..`, encoded ones included: URL resolution treats an encoded dot as a dot.
fn check_dots(path: &str) -> Result<(), String> {
    let is_dots = |segment: &str| {
        let decoded: Vec<u8> = percent_encoding::percent_decode_str(segment).collect();
        matches!(decoded.as_slice(), b"." | b"..")
    };
    match path.split('/').find(|segment| is_dots(segment)) {
        Some(segment) => Err(format!("the path has the segment `{segment}`, which would reach another endpoint")),
        None => Ok(()),
    }
}

fn check_segment(path: &str, parameter: Option<&str>) -> Result<(), String> {
    let segment = path.rsplit('/').next().unwrap_or_default();
    match parameter {
        Some(name) if matches!(segment, "." | "..") => {
            Err(format!("path parameter `{name}` makes the segment `{segment}`, which would reach another endpoint"))
        }
        _ => Ok(()),
    }
}
