//! How many retries a client may make.

use std::sync::atomic::{AtomicU32, Ordering};

/// What is left, in parts of a retry. It counts calls and not time, so what a server sees can be told beforehand.
pub(super) struct Budget(AtomicU32);

const RETRY: u32 = 10;
const FULL: u32 = 50 * RETRY;
/// What a call that succeeds gives back.
const SUCCESS: u32 = 1;

impl Budget {
    pub(super) const fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Pays for a retry, if that can be paid.
    pub(super) fn withdraw(&self) -> bool {
        let pay = |left: u32| left.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    pub(super) fn deposit(&self) {
        let add = |left: u32| (left < FULL).then(|| left + SUCCESS);
        // Where it is full, nothing is written that other threads would have to fetch again.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}
