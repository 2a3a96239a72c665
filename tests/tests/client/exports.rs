//! Tests exports as one call, over a real socket.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use intercom_client::export::{self, Export, ExportError, State, Status};
use intercom_client::models::EnqueueReportingDataExportBody;
use intercom_client::{Client, Timestamp};
use tests::clock::{Stopped, until};
use tests::server::{Reply, Server};

async fn start(replies: Vec<Reply>) -> (Server, Client) {
    let server = Server::start(replies).await.expect("a free port");
    let client = Client::builder("sesame-open").base_url(server.url()).build().expect("a client");
    (server, client)
}

fn job(status: &str) -> Reply {
    Reply::json(&format!(r#"{{"job_identifier": "job-17", "status": "{status}"}}"#))
}

fn csv() -> Reply {
    Reply::new("200 OK", &[("content-type", "application/octet-stream")], "name,opened\n")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("seconds")
}

fn content(client: &Client) -> Export {
    export::content(client, at(1_700_000_000), at(1_700_600_000))
}

/// Returns an export that does not wait between polls.
fn hasty(client: &Client) -> Export {
    content(client).every(Duration::ZERO)
}

/// The statuses of an export so far.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<Status>>>);

impl Seen {
    fn watch(&self, export: Export) -> Export {
        let seen = self.clone();
        export.on_status(move |status| seen.0.lock().expect("no panic").push(status.clone()))
    }

    fn all(&self) -> Vec<Status> {
        self.0.lock().expect("no panic").clone()
    }

    /// Returns each state of the job with the seconds that had passed.
    fn states(&self) -> Vec<(State, u64)> {
        self.all().into_iter().map(|status| (status.state, status.waited.as_secs())).collect()
    }
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| format!("{} {}", request.method, request.target)).collect()
}

#[tokio::test]
async fn an_export_is_made_looked_at_and_downloaded() {
    let replies = vec![job("pending"), job("pending"), job("in_progress"), job("completed"), csv()];
    let (server, client) = start(replies).await;
    let clock = Stopped::new();
    let seen = Seen::default();
    let every = Duration::from_secs(10);
    let running = tokio::spawn(seen.watch(content(&client)).download());
    for looks in 1..=3 {
        until(|| seen.all().len() == looks).await;
        clock.pass(every - Duration::from_secs(1)).await;
        assert_eq!(server.requests().len(), looks, "it waits the whole time");
        clock.pass(Duration::from_secs(1)).await;
    }
    let download = running.await.expect("no panic").expect("a download");
    assert_eq!(download.bytes_up_to(100).await.expect("all"), "name,opened\n");
    assert_eq!(
        seen.states(),
        [(State::Pending, 0), (State::Pending, 10), (State::InProgress, 20), (State::Completed, 30)]
    );
    assert!(seen.all().iter().all(|status| status.job == "job-17"));
    let look = "GET /export/content/data/job-17";
    let calls = ["POST /export/content/data", look, look, look, "GET /download/content/data/job-17"];
    assert_eq!(targets(&server), calls);
    let made = server.requests().first().map(|request| request.text()).expect("a request");
    assert_eq!(made, r#"{"created_at_after":1700000000,"created_at_before":1700600000}"#);
}

#[tokio::test]
async fn an_export_that_takes_too_long_is_named_and_can_be_gone_on_with() {
    let (server, client) = start(vec![job("pending")]).await;
    let clock = Stopped::new();
    let seen = Seen::default();
    let export = seen.watch(content(&client)).every(Duration::from_secs(10)).within(Duration::from_secs(25));
    let running = tokio::spawn(export.wait());
    for (looks, pass) in [(1, 10), (2, 10), (3, 5)] {
        until(|| seen.all().len() == looks).await;
        clock.pass(Duration::from_secs(pass)).await;
    }
    let error = running.await.expect("no panic").expect_err("never completes");
    assert!(matches!(&error, ExportError::Unfinished(status) if status.state == State::Pending), "{error}");
    assert_eq!(error.job(), Some("job-17"));
    assert!(error.to_string().starts_with("export job-17 is pending after 25"), "{error}");
    assert_eq!(seen.all().len(), 4, "the last look is at the end");
    assert_eq!(targets(&server).len(), 4, "the job is not canceled");

    clock.go_on();
    let (server, client) = start(vec![job("in_progress"), job("completed"), csv()]).await;
    let later = hasty(&client).of_job(error.job().expect("a job")).download().await.expect("a download");
    assert_eq!(later.bytes_up_to(100).await.expect("all"), "name,opened\n");
    let look = "GET /export/content/data/job-17";
    assert_eq!(targets(&server), [look, look, "GET /download/content/data/job-17"]);
}

#[tokio::test]
async fn an_export_that_ends_without_data_says_how() {
    for (status, expected, text) in [
        ("failed", State::Failed, "export job-17 failed"),
        ("no_data", State::NoData, "export job-17 found no data"),
        ("canceled", State::Canceled, "export job-17 was canceled"),
        ("cancelled", State::Canceled, "export job-17 was canceled"),
    ] {
        let (server, client) = start(vec![job("pending"), job("resting"), job(status)]).await;
        let seen = Seen::default();
        let error = seen.watch(hasty(&client)).download().await.expect_err("nothing to download");
        let is_told = match error {
            ExportError::Failed { .. } => expected == State::Failed,
            ExportError::NoData { .. } => expected == State::NoData,
            ExportError::Canceled { .. } => expected == State::Canceled,
            _ => false,
        };
        assert!(is_told && error.to_string() == text && error.job() == Some("job-17"), "{error:?}");
        let states: Vec<_> = seen.all().into_iter().map(|status| status.state).collect();
        assert_eq!(states, [State::Pending, State::Unknown("resting".to_owned()), expected]);
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn a_second_export_at_once_is_told_and_not_repeated() {
    let body = r#"{"type": "error.list", "errors": [{"code": "rate_limit_exceeded", "message": "one at a time"}]}"#;
    let left = [("x-ratelimit-remaining", "900"), ("x-ratelimit-limit", "1000")];
    for headers in [&left[..], &[]] {
        let (server, client) = start(vec![Reply::new("429 Too Many Requests", headers, body)]).await;
        let error = hasty(&client).download().await.expect_err("busy");
        assert!(matches!(&error, ExportError::Busy(error) if error.is_rate_limited()), "{error:?}");
        assert!(error.to_string().starts_with("another export must end first: ") && error.job().is_none());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn calls_that_fail_are_told_with_the_job() {
    let (_server, client) = start(vec![Reply::new("401 Unauthorized", &[], "")]).await;
    let error = hasty(&client).wait().await.expect_err("not started");
    assert!(matches!(&error, ExportError::Start(error) if error.is_unauthorized()), "{error:?}");
    for unnamed in ["{}", r#"{"job_identifier": "", "status": "pending"}"#] {
        let (_server, client) = start(vec![Reply::json(unnamed)]).await;
        let error = hasty(&client).wait().await.expect_err("no job");
        assert!(matches!(error, ExportError::NoJob), "{error:?}");
    }
    let gone = || Reply::new("404 Not Found", &[], "");
    for replies in [vec![job("pending"), gone()], vec![job("completed"), gone()]] {
        let (_server, client) = start(replies).await;
        let error = hasty(&client).download().await.expect_err("gone");
        assert!(matches!(&error, ExportError::Job { error, .. } if error.is_not_found()), "{error:?}");
        let source = std::error::Error::source(&error).expect("the call");
        assert!(error.job() == Some("job-17") && source.is::<intercom_client::Error>());
    }
}

#[tokio::test]
async fn reports_are_exported_alike() {
    let (server, client) = start(vec![job("pending"), job("complete"), csv()]).await;
    let body =
        EnqueueReportingDataExportBody::new("conversation", ["conversation.id"], at(1_700_000_000), at(1_700_600_000));
    let export = export::reporting(&client, body, "w-1", "app 1").every(Duration::ZERO);
    let download = export.download().await.expect("a download");
    assert_eq!(download.bytes_up_to(100).await.expect("all"), "name,opened\n");
    let calls = [
        "POST /export/reporting_data/enqueue",
        "GET /export/reporting_data/job-17?app_id=w-1&client_id=app%201",
        "GET /download/reporting_data/job-17?app_id=w-1",
    ];
    assert_eq!(targets(&server), calls);
    let made = server.requests().first().map(|request| request.text()).expect("a request");
    assert!(made.contains(r#""dataset_id":"conversation""#) && made.contains(r#""start_time":1700000000"#), "{made}");
}

#[test]
fn an_export_runs_on_any_thread() {
    fn is_send<T: Send>(_: &T) {}
    let client = Client::builder("sesame-open").base_url("http://localhost").build().expect("a client");
    is_send(&content(&client).download());
    is_send(&content(&client).wait());
    assert!(!format!("{:?}", content(&client)).contains("sesame"));
}

#[tokio::test]
async fn a_job_that_was_made_is_named_and_not_made_twice() {
    let (server, client) = start(vec![job("pending"), job("completed"), csv()]).await;
    let export = hasty(&client);
    assert_eq!(export.job(), None);
    let export = export.start().await.expect("a job");
    assert_eq!(export.job(), Some("job-17"));
    let export = export.start().await.expect("the same job");
    export.download().await.expect("a file");
    let asked = targets(&server);
    let made = ["POST /export/content/data", "GET /export/content/data/job-17", "GET /download/content/data/job-17"];
    assert_eq!(asked, made);
    assert_eq!(hasty(&client).of_job("job-18").job(), Some("job-18"));
}
