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
    /// The time since the wait began, or zero before it.
    pub waited: Duration,
}

/// The state of a job.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// The job has not begun: `pending`, or no state at all.
    Pending,
    /// The job runs: `in_progress`.
    InProgress,
    /// The job has ended, and there is something to download: `completed` for message data, `complete` for reporting
    /// data.
    Completed,
    /// The job has ended and found no data: `no_data`, documented for message data only.
    NoData,
    /// The job has failed: `failed`.
    Failed,
    /// The job was canceled: `canceled`, documented for message data only.
    Canceled,
    /// A state that is not named here. The job is treated as one that has not ended.
    Unknown(String),
}

impl State {
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
