//! Reads templates: paths, and URLs of servers, with names in braces.

/// Returns the names in braces in a path or a URL.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

/// Returns a template without the names in braces: `/contacts/{}/notes` for `/contacts/{id}/notes`.
pub fn without_names(template: &str) -> String {
    let mut pieces = template.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |whole, piece| whole + "{}" + piece.split_once('}').map_or("", |(_, rest)| rest))
}
