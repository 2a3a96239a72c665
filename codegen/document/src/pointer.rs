//! Builds and splits JSON pointers (RFC 6901) as text.

use std::borrow::Cow;

/// Escapes `segment` for a pointer: `~` as `~0`, `/` as `~1`.
pub(crate) fn escape(segment: &str) -> Cow<'_, str> {
    if segment.contains(['~', '/']) {
        Cow::Owned(segment.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(segment)
    }
}

/// Unescapes a segment of a pointer: `~1` as `/`, `~0` as `~`.
pub fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

/// Appends a segment, escaped.
pub fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    pointer.push_str(&escape(segment));
}

/// Returns `pointer` with one more segment, escaped.
pub fn join(pointer: &str, segment: &str) -> String {
    let mut joined = String::with_capacity(pointer.len() + 1 + segment.len());
    joined.push_str(pointer);
    push(&mut joined, segment);
    joined
}

/// Returns `pointer` with each of `segments`, escaped.
pub fn below(pointer: &str, segments: &[&str]) -> String {
    let mut below = pointer.to_owned();
    for segment in segments {
        push(&mut below, segment);
    }
    below
}

/// Returns the pointer of the parent; `None` for the root.
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}

/// Returns the last segment, unescaped; `None` for the root.
pub fn last(pointer: &str) -> Option<Cow<'_, str>> {
    pointer.rfind('/').map(|slash| unescape(&pointer[slash + 1..]))
}

/// Returns the rest of `pointer` after `prefix`, if `prefix` is `pointer` itself or one of its ancestors.
pub fn strip_prefix<'p>(pointer: &'p str, prefix: &str) -> Option<&'p str> {
    pointer.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the section and the name in a reference to a component: `("schemas", "pet")` for `#/components/schemas/pet`.
///
/// Returns `None` for every other reference.
pub fn component(reference: &str) -> Option<(&str, Cow<'_, str>)> {
    let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (!name.contains('/')).then(|| (section, unescape(name)))
}

/// Returns the JSONPath (RFC 9535) that selects only the node at a pointer into an OpenAPI document.
pub(crate) fn json_path(pointer: &str) -> String {
    let mut path = "$".to_owned();
    let mut holder = String::new();
    for segment in pointer.split('/').skip(1) {
        let name = unescape(segment).into_owned();
        let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let item = LISTS.contains(&holder.as_str()) && name.bytes().all(|byte| byte.is_ascii_digit());
        if item {
            path.push_str(&format!("[{name}]"));
        } else if plain {
            path.push_str(&format!(".{name}"));
        } else {
            path.push_str(&format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")));
        }
        holder = name;
    }
    path
}

/// The keys of OpenAPI that hold a list. A number is an index only directly below one of them.
const LISTS: &[&str] = &[
    "allOf",
    "anyOf",
    "enum",
    "examples",
    "oneOf",
    "parameters",
    "prefixItems",
    "required",
    "security",
    "servers",
    "tags",
    "type",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_survive_escaping() {
        let path = join("/paths", "/a~b/{id}");
        assert_eq!(path, "/paths/~1a~0b~1{id}");
        assert_eq!(last(&path).as_deref(), Some("/a~b/{id}"));
        assert_eq!(parent(&path), Some("/paths"));
        assert_eq!(parent(""), None);
    }

    #[test]
    fn a_pointer_is_also_a_path() {
        let pointer = "/paths/~1a~1{id}/get/parameters/0/schema";
        assert_eq!(json_path(pointer), "$.paths['/a/{id}'].get.parameters[0].schema");
        assert_eq!(json_path("/paths/~1it's/get/responses/200"), "$.paths['/it\\'s'].get.responses['200']");
    }

    #[test]
    fn a_prefix_ends_at_a_segment() {
        assert_eq!(strip_prefix("/a/b", "/a"), Some("/b"));
        assert_eq!(strip_prefix("/ab", "/a"), None);
        assert_eq!(strip_prefix("/a", ""), Some("/a"));
    }

    #[test]
    fn a_component_has_a_section_and_a_name() {
        let (section, name) = component("#/components/schemas/a~1b").unwrap();
        assert_eq!((section, &*name), ("schemas", "a/b"));
        assert_eq!(component("#/components/schemas/a/properties/b"), None);
        assert_eq!(component("other.yaml#/components/schemas/a"), None);
    }
}
