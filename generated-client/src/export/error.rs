//! The errors of an export.

use std::fmt;

use super::status::Status;
use crate::runtime::Error;

/// The reason why an export has no result.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExportError {
    /// No job was created, because the server already runs as many as it can. The status is 429, but waiting for the
    /// rate limit does not help: another job must end, or be canceled.
    Busy(Error),
    /// No job was created.
    Start(Error),
    /// The response has no identifier of the created job.
    NoJob,
    /// Polling the job, or downloading its result, failed. The job may still run.
    Job {
        /// The identifier of the job.
        job: String,
        /// The cause of the failure.
        error: Error,
    },
    /// The job has not ended within the time limit. It still runs.
    Unfinished(Status),
    /// There was nothing to export.
    NoData {
        /// The identifier of the job.
        job: String,
    },
    /// The job failed.
    Failed {
        /// The identifier of the job.
        job: String,
    },
    /// Somebody canceled the job.
    Canceled {
        /// The identifier of the job.
        job: String,
    },
}

impl ExportError {
    /// Returns the identifier of the job, if there is one.
    #[must_use]
    pub fn job(&self) -> Option<&str> {
        match self {
            Self::Busy(_) | Self::Start(_) | Self::NoJob => None,
            Self::Unfinished(status) => Some(&status.job),
            Self::Job { job, .. } | Self::NoData { job } | Self::Failed { job } | Self::Canceled { job } => Some(job),
        }
    }

    /// Takes a status 429 for the limit of jobs, unless the headers say that the rate limit is used up.
    pub(super) fn start(error: Error) -> Self {
        let limited = error.rate_limit().is_some_and(|limit| limit.remaining == Some(0));
        if error.is_rate_limited() && !limited { Self::Busy(error) } else { Self::Start(error) }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(error) => write!(f, "another export must end first: {error}"),
            Self::Start(error) => write!(f, "the export could not be started: {error}"),
            Self::NoJob => f.write_str("the export could not be started: the response names no job"),
            Self::Job { job, error } => write!(f, "export {job}: {error}"),
            Self::Unfinished(Status { job, state, waited }) => write!(f, "export {job} is {state} after {waited:?}"),
            Self::NoData { job } => write!(f, "export {job} found no data"),
            Self::Failed { job } => write!(f, "export {job} failed"),
            Self::Canceled { job } => write!(f, "export {job} was canceled"),
        }
    }
}

impl std::error::Error for ExportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Busy(error) | Self::Start(error) | Self::Job { error, .. } => Some(error),
            Self::NoJob | Self::Unfinished(_) | Self::NoData { .. } | Self::Failed { .. } | Self::Canceled { .. } => {
                None
            }
        }
    }
}
