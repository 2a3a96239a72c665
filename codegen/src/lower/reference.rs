//! The page of the API's own reference that describes an operation.

use document::diagnostic::steers;
use document::extensions;
use openapiv3::OpenAPI;

use super::source::Source;
use crate::names;

/// Returns the page that the operation names itself, or else the one that the template leads to.
pub(super) fn of(source: &Source<'_>, document: &OpenAPI) -> Option<String> {
    let own = source.operation.external_docs.as_ref().map(|docs| docs.url.clone());
    own.filter(|url| is_web(url)).or_else(|| {
        let template = extensions::text(&document.info.extensions, extensions::REFERENCE_URL)?;
        let operation = source.operation.operation_id.as_deref()?;
        let url = template.replace("{tag}", &names::slug(&source.tag)).replace("{operation}", &names::slug(operation));
        is_web(&url).then_some(url)
    })
}

/// Returns whether a link can use the URL: a relative one would lead into the documentation of the client.
fn is_web(url: &str) -> bool {
    let scheme = url.starts_with("https://") || url.starts_with("http://");
    scheme && !url.contains(|c: char| c.is_whitespace() || steers(c) || matches!(c, '<' | '>' | '\\'))
}
