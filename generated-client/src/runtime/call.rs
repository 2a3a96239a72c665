//! A call: its attempts, the waits between them, and the span around them.

use std::pin::pin;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::clock::{self, Deadline, Instant};
use super::parts::Parts;
use super::rate_limit::{self, HoldBack};
use super::{Client, Error, ReadMode, Reply, retry, transport};

const TARGET: &str = env!("CARGO_CRATE_NAME");

/// The maximum jitter of calls that wait for the same window of the rate limit.
const SPREAD: Duration = Duration::from_millis(500);

/// A call, as each of its attempts sees it.
pub(super) struct Call<'a> {
    pub(super) client: &'a Client,
    pub(super) parts: &'a Parts,
    pub(super) mode: ReadMode,
    /// The time limit of an attempt.
    pub(super) timeout: Duration,
    deadline: Deadline,
    /// The known rate limit, in which a call to a URL outside the API has no part.
    pub(super) limit: Option<&'a HoldBack>,
}

/// Sends a request, with retries, and receives as much of the response as `mode` says.
pub(super) async fn call(client: Client, parts: Box<Parts>, mode: ReadMode) -> Result<Reply, Error> {
    let (span, start) = (span(&client, &parts), Instant::now());
    let options = &client.0.options;
    let call = Call {
        client: &client,
        parts: &parts,
        mode,
        timeout: parts.timeout.unwrap_or(options.timeout),
        deadline: Deadline::within(parts.deadline.or(options.deadline)),
        limit: options.hold_back.as_ref().filter(|_| parts.place.is_none()),
    };
    // Pinned in place: passing a future by value copies it, and this one is large.
    let attempts = pin!(call.attempts());
    let outcome = attempts.instrument(span.clone()).await;
    record(&span, start.elapsed(), &outcome);
    outcome.map(|reply| Reply { span, ..reply })
}

/// Opens the span of a call. Names follow OpenTelemetry's conventions for HTTP clients. The span contains no value of
/// the call: the path is a template, and there is no query or body.
fn span(client: &Client, parts: &Parts) -> Span {
    let (method, template) = (parts.method.as_str(), Some(parts.operation.path).filter(|path| !path.is_empty()));
    let (gap, path) = template.map_or(("", ""), |path| (" ", path));
    tracing::info_span!(
        target: TARGET,
        "call",
        "otel.kind" = "client",
        "otel.name" = %format_args!("{method}{gap}{path}"),
        operation = parts.operation.id,
        "http.request.method" = method,
        "url.template" = template,
        "server.address" = parts.place.as_ref().unwrap_or(&client.0.base_url).host_str(),
        "http.response.status_code" = Empty,
        "http.request.resend_count" = Empty,
        "error.type" = Empty,
        duration = Empty,
    )
}

fn record(span: &Span, took: Duration, outcome: &Result<Reply, Error>) {
    span.record("duration", took.as_secs_f64());
    let (attempts, status) = match outcome {
        Ok(reply) => (reply.received.attempts, Some(reply.received.status)),
        Err(error) => (error.attempts(), error.status_code()),
    };
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    if let Err(error) = outcome {
        span.record("error.type", error.type_name());
    }
}

impl Call<'_> {
    /// Makes attempts until one succeeds or no other is allowed.
    async fn attempts(&self) -> Result<Reply, Error> {
        let mut made = 0;
        let mut before = None;
        let last = loop {
            if let Err(error) = self.hold_back().await {
                break error;
            }
            let error = match self.attempt().await {
                Ok(mut reply) => {
                    self.client.0.options.budget.deposit();
                    reply.received.attempts = made + 1;
                    return Ok(reply);
                }
                Err(error) => error,
            };
            made += u32::from(error.was_sent());
            match self.wait(made, &error) {
                Some(wait) => clock::sleep(wait).await,
                None => break error,
            }
            before = Some(error);
        };
        Err(last.preceded_by(before).after(made))
    }

    async fn attempt(&self) -> Result<Reply, Error> {
        let operation = self.parts.operation.id;
        let deadline = self.deadline.before(self.timeout);
        let time = deadline.map_or(self.timeout, |(left, _)| left);
        let exchange = pin!(transport::exchange(self));
        clock::timeout(time, exchange).await.unwrap_or_else(|_| {
            Err(match deadline {
                Some((_, length)) => Error::deadline(operation, length),
                None => Error::timeout(operation, self.timeout),
            })
        })
    }

    /// Returns the wait before the next attempt, or `None` if none follows. Charges the budget, unless the server said
    /// when the rate limit ends.
    fn wait(&self, made: u32, error: &Error) -> Option<Duration> {
        let Self { client, parts, deadline, .. } = self;
        if !parts.body.is_repeatable() || !self.may_repeat(error) {
            return None;
        }
        let (operation, options) = (parts.operation.id, &client.0.options);
        let rules = parts.retry.unwrap_or(options.retry);
        let wait = rules.wait(made, error.response(), retry::random());
        let wait = wait.filter(|wait| deadline.before(*wait).is_none())?;
        let is_told =
            error.is_rate_limited() && error.headers().is_some_and(|headers| rate_limit::wait(headers).is_some());
        if !is_told && !options.budget.withdraw() {
            tracing::debug!(target: TARGET, operation, "the budget of retries is empty");
            return None;
        }
        tracing::debug!(
            target: TARGET,
            operation,
            attempts = made,
            wait = wait.as_secs_f64(),
            "error.type" = error.type_name(),
            "the call is sent again after a wait"
        );
        Some(wait)
    }

    /// Returns whether the call can be sent again after this error without the risk of another effect.
    fn may_repeat(&self, error: &Error) -> bool {
        if error.is_rate_limited() {
            let is_used_up = || error.rate_limit().is_some_and(|limit| limit.remaining == Some(0));
            !self.parts.operation.concurrency_limited || is_used_up()
        } else {
            self.parts.is_idempotent() && error.is_retryable()
        }
    }

    /// Waits while the rate limit is nearly used up.
    async fn hold_back(&self) -> Result<(), Error> {
        let operation = self.parts.operation.id;
        while let Some(wait) = self.limit.and_then(HoldBack::wait) {
            let wait = wait + SPREAD.mul_f64(retry::random());
            if let Some((_, length)) = self.deadline.before(wait) {
                return Err(Error::deadline(operation, length));
            }
            tracing::debug!(target: TARGET, operation, wait = wait.as_secs_f64(), "the rate limit is nearly used up");
            clock::sleep(wait).await;
        }
        Ok(())
    }
}
