//! A clock that goes on only when the test says so.

use std::sync::mpsc;
use std::time::Duration;

/// While this is there, time stands still. Tokio's paused clock alone would run ahead as soon as all wait for a socket.
#[derive(Debug)]
pub struct Stopped {
    /// What a thread waits for, since tokio does not run ahead of a blocking task. Dropping it ends the thread.
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

    /// Lets time go on by itself.
    pub fn go_on(self) {
        tokio::time::resume();
    }

    /// Lets time pass, and what waited for it run. A timer counts whole milliseconds, so one more passes.
    pub async fn pass(&self, time: Duration) {
        tokio::time::advance(time + Duration::from_millis(1)).await;
    }
}

impl Default for Stopped {
    fn default() -> Self {
        Self::new()
    }
}

/// Lets everything else run until this holds.
pub async fn until(holds: impl Fn() -> bool) {
    while !holds() {
        tokio::task::yield_now().await;
    }
}
