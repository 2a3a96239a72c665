//! The two exports, each as one call: the job is made, looked at until it ends, and downloaded.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use intercom_client::{Client, Timestamp, export};
//!
//! # async fn run(client: Client, monday: Timestamp, sunday: Timestamp) -> Result<(), Box<dyn std::error::Error>> {
//! let export = export::content(&client, monday, sunday)
//!     .within(Duration::from_secs(20 * 60))
//!     .on_status(|status| println!("{} is {}", status.job, status.state));
//! let csv = export.download().await?.bytes_up_to(100_000_000).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A job that has begun goes on at the server whatever happens here: an export that is dropped, or that takes longer than
//! one wants to wait, does not cancel it, since waiting can go on later and nothing is lost. The error names the job. To go
//! on, give it to [`Export::of_job`]; to give up, name it with [`Export::start`] and call
//! [`cancel_data_export`](crate::resources::data_export::DataExport::cancel_data_export), because the server runs few exports
//! at once.

use std::fmt;
use std::time::Duration;

use tokio::time::Instant;

use crate::models::{CreateDataExportsRequest, EnqueueReportingDataExportBody};
use crate::runtime::{Client, Download, Error, Timestamp};

mod error;
mod status;

pub use error::ExportError;
pub use status::{State, Status};

/// How long between two looks, where nothing else is set.
const EVERY: Duration = Duration::from_secs(10);

/// How long an export is waited for, where nothing else is set.
const WITHIN: Duration = Duration::from_secs(60 * 60);

/// The export of what became of the outbound messages that were sent between two moments, both included: a gzipped CSV.
pub fn content(client: &Client, from: impl Into<Timestamp>, to: impl Into<Timestamp>) -> Export {
    Export::new(client, Kind::Content(CreateDataExportsRequest::new(from, to)))
}

/// The export of a dataset for reports. The ids of the workspace and of the client are what looking at the job takes.
pub fn reporting(
    client: &Client,
    body: impl Into<EnqueueReportingDataExportBody>,
    app_id: impl Into<String>,
    client_id: impl Into<String>,
) -> Export {
    Export::new(client, Kind::Reporting { body: body.into(), app_id: app_id.into(), client_id: client_id.into() })
}

/// An export to be made.
#[must_use = "an export does nothing until it is waited for or downloaded"]
pub struct Export {
    client: Client,
    kind: Kind,
    job: Job,
    every: Duration,
    within: Duration,
    on_status: Box<dyn FnMut(&Status) + Send>,
}

impl Export {
    fn new(client: &Client, kind: Kind) -> Self {
        let client = client.clone();
        Self { client, kind, job: Job::ToBeMade, every: EVERY, within: WITHIN, on_status: Box::new(|_| ()) }
    }

    /// Goes on with a job that was made before instead of making one.
    pub fn of_job(mut self, job: impl Into<String>) -> Self {
        self.job = Job::Named(job.into());
        self
    }

    /// How long to wait between two looks at the job; 10 seconds where it is not set.
    pub fn every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    /// How long to wait for the job altogether; an hour where it is not set. A last look is taken at the end of it.
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// Calls this with what each look shows.
    pub fn on_status(mut self, on_status: impl FnMut(&Status) + Send + 'static) -> Self {
        self.on_status = Box::new(on_status);
        self
    }

    /// Makes the job, so that [`job`](Self::job) names it before it is waited for: to write it down, or to be able to cancel it.
    ///
    /// # Errors
    /// The call failed, or its answer names no job.
    pub async fn start(mut self) -> Result<Self, ExportError> {
        if matches!(self.job, Job::ToBeMade) {
            self.job = Job::Made(self.kind.start(&self.client).await?);
        }
        Ok(self)
    }

    /// The identifier of the job, once it was made or given.
    #[must_use]
    pub fn job(&self) -> Option<&str> {
        match &self.job {
            Job::ToBeMade => None,
            Job::Named(job) | Job::Made(Status { job, .. }) => Some(job),
        }
    }

    /// Makes the job, waits until it has ended, and starts the download.
    ///
    /// # Errors
    /// Those of [`wait`](Self::wait), and those of the download.
    pub async fn download(mut self) -> Result<Download, ExportError> {
        let job = self.run().await?;
        self.kind.download(&self.client, &job).await.map_err(|error| ExportError::Job { job, error })
    }

    /// Makes the job and waits until there is something to download. Gives the identifier of the job.
    ///
    /// # Errors
    /// A call failed, or the job did, was canceled, found no data, or has not ended in time.
    pub async fn wait(mut self) -> Result<String, ExportError> {
        self.run().await
    }

    async fn run(&mut self) -> Result<String, ExportError> {
        let begin = Instant::now();
        let mut status = match std::mem::replace(&mut self.job, Job::ToBeMade) {
            Job::Made(status) => status,
            Job::Named(job) => Status { state: self.kind.look(&self.client, &job).await?, job, waited: Duration::ZERO },
            Job::ToBeMade => self.kind.start(&self.client).await?,
        };
        loop {
            status.waited = begin.elapsed();
            (self.on_status)(&status);
            let left = self.within.saturating_sub(status.waited);
            match status.state {
                State::Completed => return Ok(status.job),
                State::NoData => return Err(ExportError::NoData { job: status.job }),
                State::Failed => return Err(ExportError::Failed { job: status.job }),
                State::Canceled => return Err(ExportError::Canceled { job: status.job }),
                _ if left.is_zero() => return Err(ExportError::Unfinished(status)),
                State::Pending | State::InProgress | State::Undocumented(_) => {}
            }
            tokio::time::sleep(self.every.min(left)).await;
            status.state = self.kind.look(&self.client, &status.job).await?;
        }
    }
}

/// Shows nothing of what is exported.
impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { every, within, .. } = self;
        let mut export = f.debug_struct("Export");
        export.field("job", &self.job()).field("every", every).field("within", within).finish_non_exhaustive()
    }
}

/// What is known of the job.
#[derive(Debug)]
enum Job {
    ToBeMade,
    /// By the caller.
    Named(String),
    Made(Status),
}

/// Which of the two, with what its job is made of.
enum Kind {
    Content(CreateDataExportsRequest),
    Reporting { body: EnqueueReportingDataExportBody, app_id: String, client_id: String },
}

impl Kind {
    async fn start(&self, client: &Client) -> Result<Status, ExportError> {
        let (job, state) = match self {
            Self::Content(body) => {
                let job = client.data_export().create_data_export(body.clone()).await.map_err(ExportError::start)?;
                (job.job_identifier, State::new(job.status.as_ref().map(|status| status.as_str())))
            }
            Self::Reporting { body, .. } => {
                let enqueued = client.reporting_data_export().enqueue_reporting_data_export(body.clone()).await;
                let job = enqueued.map_err(ExportError::start)?;
                (job.job_identifier, State::new(job.status.as_deref()))
            }
        };
        let job = job.filter(|job| !job.is_empty()).ok_or(ExportError::NoJob)?;
        Ok(Status { job, state, waited: Duration::ZERO })
    }

    async fn look(&self, client: &Client, job: &str) -> Result<State, ExportError> {
        let failed = |error| ExportError::Job { job: job.to_owned(), error };
        match self {
            Self::Content(_) => {
                let shown = client.data_export().get_data_export(job).await.map_err(failed)?;
                Ok(State::new(shown.status.as_ref().map(|status| status.as_str())))
            }
            Self::Reporting { app_id, client_id, .. } => {
                let reports = client.reporting_data_export();
                let shown = reports.show_reporting_data_export(job, app_id, client_id).await.map_err(failed)?;
                Ok(State::new(shown.status.as_deref()))
            }
        }
    }

    async fn download(&self, client: &Client, job: &str) -> Result<Download, Error> {
        match self {
            Self::Content(_) => client.data_export().download_data_export(job).await,
            Self::Reporting { app_id, .. } => {
                client.reporting_data_export().download_reporting_data_export(job, app_id).await
            }
        }
    }
}
