//! Percent-encoding.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// [`VALUE`] without the reserved characters that neither end a value of a query nor change it.
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

/// What would end or change a path if it stood in a template.
const TEMPLATE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'\\').add(b'`').add(b'{').add(b'}');

/// A value as one piece of a path, a query or a cookie.
pub(super) fn value(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, VALUE)
}

/// A value of a query in which reserved characters stay.
pub(super) fn reserved(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, KEEP_RESERVED)
}

/// A literal part of a path template; its slashes and escapes stay.
pub(super) fn template(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, TEMPLATE)
}
