//! Reads templates: paths, and URLs of servers, with names in braces.

/// Returns the names in braces in a path or a URL.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}
