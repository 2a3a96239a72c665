//! The status of an export's job.

use std::fmt;
use std::time::Duration;

/// A job with its state at one moment: at its creation or after a poll.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The identifier of the job.
    pub job: String,
    /// The state of the job.
    pub state: State,
    /// The time spent waiting so far.
    pub waited: Duration,
}

/// The state of a job.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// The job has not begun.
    Pending,
    /// The job runs.
    InProgress,
    /// The job has ended, and there is something to download.
    Completed,
    /// The job has ended and found no data.
    NoData,
    /// The job has failed.
    Failed,
    /// Somebody canceled the job.
    Canceled,
    /// A state that is not named here. The job is treated as one that has not ended.
    Unknown(String),
}

impl State {
    /// Parses a state. A job without a state has not begun. The two exports name one state differently.
    pub(super) fn new(text: Option<&str>) -> Self {
        match text {
            None | Some("pending") => Self::Pending,
            Some("in_progress") => Self::InProgress,
            Some("completed" | "complete") => Self::Completed,
            Some("no_data") => Self::NoData,
            Some("failed") => Self::Failed,
            Some("canceled" | "cancelled") => Self::Canceled,
            Some(other) => Self::Unknown(other.to_owned()),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Pending => "pending",
            Self::InProgress => "in progress",
            Self::Completed => "completed",
            Self::NoData => "without data",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Unknown(other) => other,
        })
    }
}
