//! A call: its attempts, the waits between them, and the span around them.

use std::pin::pin;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::clock::{self, Deadline, Instant};
use super::parts::Parts;
use super::rate_limit::HoldBack;
use super::retry::{self, Failure};
use super::{Client, Error, ReadMode, Reply, transport};

const TARGET: &str = env!("CARGO_CRATE_NAME");

/// The maximum jitter of calls that wait for the same window of the rate limit.
const SPREAD: Duration = Duration::from_millis(500);

/// Sends a request, with retries, and receives as much of the response as `mode` says.
pub(super) async fn call(client: Client, parts: Box<Parts>, mode: ReadMode) -> Result<Reply, Error> {
    let span = span(&client, &parts);
    let start = (!span.is_disabled()).then(Instant::now);
    // Pinned in place: passing a future by value copies it, and this one is large.
    let attempts = pin!(attempts(&client, &parts, mode));
    let outcome = attempts.instrument(span.clone()).await;
    if let Some(start) = start {
        record(&span, start.elapsed(), &outcome);
    }
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

/// Makes attempts until one succeeds or no other is allowed.
async fn attempts(client: &Client, parts: &Parts, mode: ReadMode) -> Result<Reply, Error> {
    let deadline = Deadline::within(parts.deadline.or(client.0.options.deadline));
    // A call to a URL outside the API has no part in the rate limit.
    let limit = client.0.hold_back.as_ref().filter(|_| parts.place.is_none());
    let mut made = 0;
    let mut before = None;
    loop {
        if let Some(limit) = limit
            && let Err(error) = hold_back(limit, parts, deadline).await
        {
            return Err(error.preceded_by(before).after(made));
        }
        let outcome = attempt(client, parts, mode, deadline).await;
        let headers = match &outcome {
            Ok(reply) => Some(&reply.received.headers),
            Err(error) => error.headers(),
        };
        if let (Some(limit), Some(headers)) = (limit, headers) {
            limit.learn(headers);
        }
        let error = match outcome {
            Ok(mut reply) => {
                client.0.budget.deposit();
                reply.received.attempts = made + 1;
                return Ok(reply);
            }
            Err(error) => error,
        };
        made += u32::from(error.was_sent());
        match wait(client, parts, deadline, made, &error) {
            Some(wait) => clock::sleep(wait).await,
            None => return Err(error.preceded_by(before).after(made)),
        }
        before = Some(error);
    }
}

async fn attempt(client: &Client, parts: &Parts, mode: ReadMode, deadline: Deadline) -> Result<Reply, Error> {
    let timeout = parts.timeout.unwrap_or(client.0.options.timeout);
    let deadline = deadline.before(timeout);
    let time = deadline.map_or(timeout, |(left, _)| left);
    let exchange = pin!(transport::exchange(client, parts, mode, timeout));
    clock::timeout(time, exchange).await.unwrap_or_else(|_| {
        let operation = parts.operation.id;
        Err(match deadline {
            Some((_, length)) => Error::deadline(operation, length),
            None => Error::timeout(operation, timeout),
        })
    })
}

/// Returns the wait before the next attempt, or `None` if none follows. Charges the budget unless the wait is `told`.
fn wait(client: &Client, parts: &Parts, deadline: Deadline, made: u32, error: &Error) -> Option<Duration> {
    if !parts.body.is_repeatable() || !error.is_retryable() {
        return None;
    }
    let rules = parts.retry.unwrap_or(client.0.options.retry);
    let operation = parts.operation;
    let (idempotent, concurrency_limited) = (parts.is_idempotent(), operation.concurrency_limited);
    let failure = Failure { attempt: made, response: error.response(), idempotent, concurrency_limited };
    let wait = rules.wait(&failure, retry::random()).filter(|wait| deadline.before(wait.length).is_none())?;
    if !wait.told && !client.0.budget.withdraw() {
        tracing::debug!(target: TARGET, operation = operation.id, "the budget of retries is empty");
        return None;
    }
    tracing::debug!(
        target: TARGET,
        operation = operation.id,
        attempts = made,
        wait = wait.length.as_secs_f64(),
        "error.type" = error.type_name(),
        "the call is sent again after a wait"
    );
    Some(wait.length)
}

/// Waits while the rate limit is nearly used up.
async fn hold_back(limit: &HoldBack, parts: &Parts, deadline: Deadline) -> Result<(), Error> {
    let operation = parts.operation.id;
    while let Some(wait) = limit.wait() {
        let wait = wait + SPREAD.mul_f64(retry::random());
        if let Some((_, length)) = deadline.before(wait) {
            return Err(Error::deadline(operation, length));
        }
        tracing::debug!(target: TARGET, operation, wait = wait.as_secs_f64(), "the rate limit is nearly used up");
        clock::sleep(wait).await;
    }
    Ok(())
}
