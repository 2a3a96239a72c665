//! How an export stands.

use std::fmt;
use std::time::Duration;

/// What a look at a job shows.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The identifier of the job.
    pub job: String,
    /// How it stands.
    pub state: State,
    /// How long the export was waited for.
    pub waited: Duration,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// It has not begun.
    Pending,
    /// It runs.
    InProgress,
    /// There is something to download.
    Completed,
    /// It has ended and found nothing.
    NoData,
    /// It has failed.
    Failed,
    /// Somebody canceled it.
    Canceled,
    /// A state that is not named here; it is waited for like one that has not ended.
    Undocumented(String),
}

impl State {
    /// A job of which nothing is told has not begun. The two exports call one state by two names.
    pub(super) fn new(text: Option<&str>) -> Self {
        match text {
            None | Some("pending") => Self::Pending,
            Some("in_progress") => Self::InProgress,
            Some("completed" | "complete") => Self::Completed,
            Some("no_data") => Self::NoData,
            Some("failed") => Self::Failed,
            Some("canceled" | "cancelled") => Self::Canceled,
            Some(other) => Self::Undocumented(other.to_owned()),
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
            Self::Undocumented(other) => other,
        })
    }
}
