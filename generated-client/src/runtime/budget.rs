//! The budget of retries of a client.

use std::sync::atomic::{AtomicU32, Ordering};

/// The retries that are left, in tenths of a retry. It counts calls and not time, so that the load on a server is
/// predictable.
pub(super) struct Budget(AtomicU32);

const RETRY: u32 = 10;
const FULL: u32 = 50 * RETRY;
/// The amount that a successful call gives back.
const SUCCESS: u32 = 1;

impl Budget {
    pub(super) const fn full() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Pays for a retry. Returns whether the budget was sufficient.
    pub(super) fn withdraw(&self) -> bool {
        let pay = |left: u32| left.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay).is_ok()
    }

    pub(super) fn deposit(&self) {
        let add = |left: u32| (left < FULL).then(|| left + SUCCESS);
        // A full budget is not written to, so that other threads need not fetch it again.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}
