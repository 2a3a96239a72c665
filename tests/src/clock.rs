//! A clock that advances only when the test says so.

use std::sync::mpsc;
use std::time::Duration;

/// A guard that stops time while it exists. Tokio's paused clock alone would advance as soon as all tasks wait for a
/// socket.
#[derive(Debug)]
pub struct Stopped {
    /// The sender that keeps a blocking thread waiting, because tokio does not advance time past a blocking task.
    /// Dropping it ends the thread.
    _held: mpsc::Sender<()>,
}

impl Stopped {
    /// Stops the clock of this runtime.
    #[must_use]
    pub fn new() -> Self {
        tokio::time::pause();
        let (held, wait) = mpsc::channel::<()>();
        tokio::task::spawn_blocking(move || wait.recv());
        Self { _held: held }
    }

    /// Lets time advance by itself again.
    pub fn go_on(self) {
        tokio::time::resume();
    }

    /// Advances time and runs the tasks that waited for it. A timer counts whole milliseconds, so one more passes.
    pub async fn pass(&self, time: Duration) {
        tokio::time::advance(time + Duration::from_millis(1)).await;
    }
}

impl Default for Stopped {
    fn default() -> Self {
        Self::new()
    }
}

/// Runs other tasks until `holds` returns true.
pub async fn until(holds: impl Fn() -> bool) {
    while !holds() {
        tokio::task::yield_now().await;
    }
}
