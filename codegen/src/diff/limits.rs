//! Limits that changed: no compiler notices, but a server may.

use super::{Verdict, fine};
use crate::api::Limits;
use crate::outline;

/// What a value has to keep to, or that there is nothing.
pub(super) fn text(limits: &Limits) -> String {
    let phrases = outline::phrases(limits);
    if phrases.is_empty() { "none".to_owned() } else { phrases.join(", ") }
}

/// The verdict on other limits of what is sent; none where they are the same.
pub(super) fn verdict(old: &Limits, new: &Limits) -> Option<Verdict> {
    (old != new).then(|| {
        fine(if new.admit(old) {
            "the limits are wider: what was within them still is"
        } else {
            "the limits are tighter: the server may refuse what was within them"
        })
    })
}
