//! Helpers that the benchmarks share.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

/// Returns the exit code of a benchmark, and prints its error to standard error.
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

/// Returns the median; zero if there are no times.
#[must_use]
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
