//! Changes of limits: the compiler does not notice them, but a server may.

use super::{Verdict, fine};
use crate::api::Limits;
use crate::outline;

/// Returns the limits of a value as text, or "none".
pub(super) fn text(limits: &Limits) -> String {
    let phrases = outline::phrases(limits);
    if phrases.is_empty() { "none".to_owned() } else { phrases.join(", ") }
}

/// Returns the verdict on a change of the limits of a sent value, or `None` if they are the same.
pub(super) fn verdict(old: &Limits, new: &Limits) -> Option<Verdict> {
    (old != new).then(|| {
        fine(if new.admit(old) {
            "the limits are wider: what was within them still is"
        } else {
            "the limits are tighter: the server may refuse what was within them"
        })
    })
}
