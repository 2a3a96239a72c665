//! Percent-encoding.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All characters but the unreserved ones of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// [`VALUE`] without the reserved characters that neither end nor change a value of a query.
const KEEP_RESERVED: &AsciiSet = &VALUE
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The characters that would end or change a path if they stood in a template.
const TEMPLATE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'`').add(b'{').add(b'}');

/// Encodes a value as one piece of a path, a query or a cookie.
pub(super) fn value(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, VALUE)
}

/// Encodes a value of a query, in which reserved characters stay.
pub(super) fn reserved(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, KEEP_RESERVED)
}

/// Encodes a literal part of a path template, in which slashes and escapes stay.
pub(super) fn template(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, TEMPLATE)
}
