//! Exports of message data and of reporting data. One method creates the job, polls it and downloads the result.
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
//! A job continues on the server whatever happens to the client. Dropping an export does not cancel the job, and
//! neither does reaching the time limit ([`Export::within`]). The error at the time limit ([`ExportError::Unfinished`])
//! contains the identifier of the job. To continue, pass the identifier to [`Export::of_job`].
//!
//! The server runs few exports at once, so cancel an export of message data that you no longer need: call
//! [`Export::start`] first, read [`Export::job`], and pass it to
//! [`cancel_data_export`](crate::resources::data_export::DataExport::cancel_data_export).

use std::fmt;
use std::time::Duration;

use tokio::time::Instant;

use crate::models::{CreateDataExportsRequest, EnqueueReportingDataExportBody};
use crate::runtime::{Client, Download, Error, Timestamp};

mod error;
mod status;

pub use error::ExportError;
pub use status::{State, Status};

/// The default interval between two polls.
const EVERY: Duration = Duration::from_secs(10);

/// The default time limit of an export.
const WITHIN: Duration = Duration::from_secs(60 * 60);

/// Returns an export of message data, which Intercom calls content: the outcome of outbound messages that were sent
/// between two moments, both included. The result is a gzipped CSV.
pub fn content(client: &Client, from: impl Into<Timestamp>, to: impl Into<Timestamp>) -> Export {
    Export::new(client, Kind::Content(CreateDataExportsRequest::new(from, to)))
}

/// Returns an export of a reporting dataset. `app_id` is the id of the workspace (`app.id_code` of `GET /me`), and
/// `client_id` is the client id of your app, from its page in the Developer Hub. Polling the job needs both.
pub fn reporting(
    client: &Client,
    body: impl Into<EnqueueReportingDataExportBody>,
    app_id: impl Into<String>,
    client_id: impl Into<String>,
) -> Export {
    Export::new(client, Kind::Reporting { body: body.into(), app_id: app_id.into(), client_id: client_id.into() })
}

/// An export: the job to create or to continue, and how to wait for it.
#[must_use = "an export does nothing until it is started, waited for or downloaded"]
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

    /// Continues with an existing job instead of creating one.
    pub fn of_job(mut self, job: impl Into<String>) -> Self {
        self.job = Job::Named(job.into());
        self
    }

    /// Sets the interval between two polls of the job; 10 seconds by default.
    pub fn every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    /// Sets the time limit for the job to end; one hour by default. The job is polled once more when the limit is
    /// reached.
    pub fn within(mut self, within: Duration) -> Self {
        self.within = within;
        self
    }

    /// Sets a function that is called with the [`Status`] of the job: once at its creation, and after each poll.
    pub fn on_status(mut self, on_status: impl FnMut(&Status) + Send + 'static) -> Self {
        self.on_status = Box::new(on_status);
        self
    }

    /// Creates the job unless it exists. Then [`job`](Self::job) returns its identifier before the wait, so that the
    /// caller can store it or cancel the job.
    ///
    /// # Errors
    /// Fails if the call fails, or if its response has no job identifier.
    pub async fn start(mut self) -> Result<Self, ExportError> {
        if matches!(self.job, Job::ToBeMade) {
            self.job = Job::Made(self.kind.start(&self.client).await?);
        }
        Ok(self)
    }

    /// Returns the identifier of the job; `None` if it is neither created nor given.
    #[must_use]
    pub fn job(&self) -> Option<&str> {
        match &self.job {
            Job::ToBeMade => None,
            Job::Named(job) | Job::Made(Status { job, .. }) => Some(job),
        }
    }

    /// Creates the job unless it exists, waits until it has ended, and starts the download.
    ///
    /// # Errors
    /// Fails as [`wait`](Self::wait) does, or if the download fails.
    pub async fn download(mut self) -> Result<Download, ExportError> {
        let job = self.run().await?;
        self.kind.download(&self.client, &job).await.map_err(|error| ExportError::Job { job, error })
    }

    /// Creates the job unless it exists, and waits until there is something to download. Returns the identifier of the
    /// job.
    ///
    /// # Errors
    /// Fails if a call fails, or if the job fails, is canceled, finds no data, or has not ended in time.
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
                State::Pending | State::InProgress | State::Unknown(_) => {}
            }
            tokio::time::sleep(self.every.min(left)).await;
            status.state = self.kind.look(&self.client, &status.job).await?;
        }
    }
}

/// Shows neither the client nor the input of the job.
impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { every, within, .. } = self;
        let mut export = f.debug_struct("Export");
        export.field("job", &self.job()).field("every", every).field("within", within).finish_non_exhaustive()
    }
}

#[derive(Debug)]
enum Job {
    ToBeMade,
    /// The identifier of a job that the caller named.
    Named(String),
    /// The status of the job at its creation.
    Made(Status),
}

/// The kind of export, with the input of its job.
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
