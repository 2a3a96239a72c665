//! Where the API's own reference describes an operation.

use openapiv3::OpenAPI;
use serde_json::Value;

use super::resource::Source;
use crate::names;

/// The address of the page of any operation: `{tag}` and `{operation}` stand for the names in the words of an address.
const TEMPLATE: &str = "x-reference-url";

/// The page that the operation names itself, or else the one that the template leads to.
pub(super) fn of(source: &Source<'_>, tag: &str, document: &OpenAPI) -> Option<String> {
    let own = source.operation.external_docs.as_ref().map(|docs| docs.url.clone());
    own.filter(|url| is_web(url)).or_else(|| {
        let template = document.info.extensions.get(TEMPLATE).and_then(Value::as_str)?;
        let operation = source.operation.operation_id.as_deref()?;
        let url = template.replace("{tag}", &names::slug(tag)).replace("{operation}", &names::slug(operation));
        is_web(&url).then_some(url)
    })
}

/// Whether a link can lead there: a relative address would lead into the documentation of the client.
fn is_web(url: &str) -> bool {
    let scheme = url.starts_with("https://") || url.starts_with("http://");
    scheme && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
}
