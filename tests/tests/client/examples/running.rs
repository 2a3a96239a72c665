//! Watches a program while it runs.

use std::io::{BufRead, BufReader, Read};
#[cfg(unix)]
use std::process::ExitStatus;
use std::process::{Child, Command, Stdio};

/// A running program, which is killed when the test ends.
pub(crate) struct Running {
    child: Child,
    lines: BufReader<Box<dyn Read + Send>>,
}

impl Running {
    /// Watches the standard output of the program.
    pub(crate) fn watch_out(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let lines = BufReader::new(Box::new(child.stdout.take().expect("a pipe")) as Box<dyn Read + Send>);
        Self { child, lines }
    }

    /// Watches the standard error of the program.
    #[cfg(unix)]
    pub(crate) fn watch_err(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        let lines = BufReader::new(Box::new(child.stderr.take().expect("a pipe")) as Box<dyn Read + Send>);
        Self { child, lines }
    }

    /// Waits for the next line; returns `None` at the end.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line).expect("text");
        (read > 0).then(|| line.trim_end().to_owned())
    }

    /// Interrupts the program like Ctrl-C.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
    }

    /// Waits until the program has ended; returns its status and the remaining lines.
    #[cfg(unix)]
    pub(crate) fn end(mut self) -> (ExitStatus, Vec<String>) {
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).expect("text");
        (self.child.wait().expect("it ends"), rest.lines().map(str::to_owned).collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The program may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
