//! Finds the operation that a request belongs to.

use intercom_client::registry::OperationEntry;

/// The kind of each segment of a template, in order.
type Rank = Vec<Piece>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// A parameter fills the whole segment.
    Parameter,
    /// A parameter fills a part of the segment.
    Mixed,
    Literal,
}

/// Returns the operation of a request; `path` may be a whole URL and have a query. If several templates match, the
/// first segment from the left that differs decides: a literal one wins over a parameter.
#[must_use]
pub fn operation<'t>(table: &'t [OperationEntry], method: &str, path: &str) -> Option<&'t OperationEntry> {
    let path = path_of(path);
    let same_method = table.iter().filter(|entry| entry.method.eq_ignore_ascii_case(method));
    let matching = same_method.filter_map(|entry| Some((rank(entry.path, path)?, entry)));
    matching.max_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, entry)| entry)
}

/// Returns the operation with this template, whatever the names of its parameters.
#[must_use]
pub fn same_template<'t>(table: &'t [OperationEntry], method: &str, template: &str) -> Option<&'t OperationEntry> {
    table
        .iter()
        .filter(|entry| entry.method.eq_ignore_ascii_case(method))
        .find(|entry| without_names(entry.path) == without_names(template))
}

/// Returns a URL without scheme, host, query and fragment.
fn path_of(target: &str) -> &str {
    let target = target.split(['?', '#']).next().unwrap_or_default();
    match target.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or("/"),
        None => target,
    }
}

fn rank(template: &str, path: &str) -> Option<Rank> {
    let mut rank = Rank::new();
    let (mut templates, mut segments) = (template.split('/'), path.split('/'));
    loop {
        match (templates.next(), segments.next()) {
            (Some(template), Some(segment)) => rank.push(segment_rank(template, segment)?),
            (None, None) => return Some(rank),
            _ => return None,
        }
    }
}

fn segment_rank(template: &str, segment: &str) -> Option<Piece> {
    if !template.contains('{') {
        return (template == segment).then_some(Piece::Literal);
    }
    let literals = literals(template);
    if literals.iter().all(|literal| literal.is_empty()) {
        return (!segment.is_empty()).then_some(Piece::Parameter);
    }
    fills(&literals, segment).then_some(Piece::Mixed)
}

/// Returns whether a segment consists of these literals with some text between each two.
fn fills(literals: &[&str], segment: &str) -> bool {
    let Some((first, more)) = literals.split_first() else { return false };
    let Some((last, middle)) = more.split_last() else { return segment == *first };
    let Some(mut rest) = segment.strip_prefix(first).and_then(|rest| rest.strip_suffix(last)) else { return false };
    for literal in middle {
        let found =
            rest.char_indices().skip(1).find(|(at, _)| rest.get(*at..).is_some_and(|it| it.starts_with(literal)));
        let Some(after) = found.and_then(|(at, _)| rest.get(at + literal.len()..)) else { return false };
        rest = after;
    }
    !rest.is_empty()
}

/// Returns the literals before, between and after the parameters of a segment.
fn literals(template: &str) -> Vec<&str> {
    let mut literals = Vec::new();
    let mut rest = template;
    while let Some((literal, parameter)) = rest.split_once('{') {
        literals.push(literal);
        rest = parameter.split_once('}').map_or("", |(_, rest)| rest);
    }
    literals.push(rest);
    literals
}

fn without_names(template: &str) -> String {
    literals(template).join("{}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_matched_segment_by_segment() {
        for (template, path, matches) in [
            ("/contacts/{id}", "/contacts/1", true),
            ("/contacts/{id}", "/contacts/", false),
            ("/contacts/{id}", "/contacts/1/notes", false),
            ("/contacts/{id}", "/v1/contacts/1", false),
            ("/export/{id}.csv", "/export/7.csv", true),
            ("/export/{id}.csv", "/export/.csv", false),
            ("/range/{from}-{to}", "/range/1-2", true),
            ("/range/{from}-{to}", "/range/1-", false),
            ("/", "/", true),
        ] {
            assert_eq!(rank(template, path).is_some(), matches, "{template} {path}");
        }
    }

    #[test]
    fn what_is_given_wins_from_the_left() {
        let rank = |template| rank(template, "/a/b/c");
        assert!(rank("/a/b/{x}") > rank("/a/{x}/c"));
        assert!(rank("/a/{x}/c") > rank("/a/{x}/{y}"));
        assert!(rank("/a/b{x}/c").is_none());
        assert_eq!(path_of("https://api.example.com/a/b?c=/d#e"), "/a/b");
        assert_eq!(path_of("https://api.example.com"), "/");
    }

    #[test]
    fn parameters_of_other_names_are_the_same() {
        assert_eq!(without_names("/a/{id}/b.{x}"), without_names("/a/{other}/b.{y}"));
        assert_ne!(without_names("/a/{id}"), without_names("/a/b"));
    }
}
