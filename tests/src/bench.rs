//! What benchmarks share.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

/// The exit code of a benchmark; its error goes to standard error as a person reads it.
#[must_use]
pub fn ended(outcome: Result<(), Box<dyn Error>>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The median; zero of nothing.
#[must_use]
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
