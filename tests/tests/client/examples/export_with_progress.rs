//! Tests the example of an export, from the order to the file, and its early ends.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use tests::server::{Reply, Server};

#[cfg(unix)]
use super::running::Running;
use super::{asked, command, empty_folder, refusal, run, sent, start};

const PROGRAM: &str = env!("CARGO_BIN_EXE_export_with_progress");

const MADE: &str = "POST /export/content/data";
const LOOK: &str = "GET /export/content/data/job-17";
const FETCH: &str = "GET /download/content/data/job-17";

fn job(status: &str) -> Reply {
    Reply::json(&json!({"job_identifier": "job-17", "status": status}).to_string())
}

fn file(content: &str) -> Reply {
    Reply::new("200 OK", &[("content-type", "application/octet-stream")], content)
}

/// Returns a command that does not wait between polls.
fn hasty(server: &Server, file: &Path, job: Option<&str>) -> Command {
    let moments = ["2026-01-01T00:00:00Z", "2026-01-31T23:59:59Z"];
    let arguments: Vec<_> = moments.into_iter().chain(file.to_str()).chain(job).collect();
    let mut command = command(PROGRAM, server, &arguments);
    command.env("POLL_SECONDS", "0");
    command
}

#[tokio::test]
async fn progress_is_shown_and_the_file_written() {
    let csv = empty_folder("export").join("january.csv.gz");
    let server = start(vec![job("pending"), job("in_progress"), job("completed"), file("name,opened\n")]).await;
    let ran = run(hasty(&server, &csv, None)).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(ran.out, [format!("{}: 12 bytes", csv.display())]);
    let states: Vec<_> =
        ran.err.lines().filter_map(|line| line.split_once(" after ")).map(|(state, _)| state).collect();
    assert_eq!(states, ["pending", "in progress", "completed"].map(|state| format!("export job-17 is {state}")));
    assert_eq!(ran.err.lines().last(), Some("[####################] 100 %"));
    assert_eq!(asked(&server), [MADE, LOOK, LOOK, FETCH]);
    assert_eq!(sent(&server, 0), json!({"created_at_after": 1_767_225_600, "created_at_before": 1_769_903_999}));
    assert_eq!(fs::read_to_string(&csv).expect("a file"), "name,opened\n");
    assert_eq!(fs::read_dir(csv.parent().expect("a folder")).expect("a folder").count(), 1);
}

#[tokio::test]
async fn an_export_that_fails_leaves_no_file() {
    for (status, told) in [("failed", "export job-17 failed"), ("no_data", "no message was sent between these moments")]
    {
        let csv = empty_folder("export-failed").join("january.csv.gz");
        let server = start(vec![job("pending"), job(status)]).await;
        let ran = run(hasty(&server, &csv, None)).await;
        assert!(!ran.succeeded && ran.out.is_empty() && ran.err.contains(told), "{}", ran.err);
        assert_eq!(asked(&server), [MADE, LOOK]);
        assert!(!csv.exists());
    }
}

#[tokio::test]
async fn another_export_that_is_at_work_is_told() {
    let csv = empty_folder("export-busy").join("january.csv.gz");
    let server = start(vec![refusal("429 Too Many Requests", "rate_limit_exceeded")]).await;
    let ran = run(hasty(&server, &csv, None)).await;
    assert!(!ran.succeeded && ran.err.contains("another export must end first"), "{}", ran.err);
    assert_eq!(asked(&server), [MADE]);
}

#[tokio::test]
async fn a_download_that_breaks_off_is_fetched_again_by_its_job() {
    let csv = empty_folder("export-again").join("january.csv.gz");
    fs::write(&csv, "of yesterday").expect("written");
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\nconnection: close\r\n\r\nname,o".to_vec();
    let server = start(vec![job("completed"), Reply::Raw(half)]).await;
    let ran = run(hasty(&server, &csv, None)).await;
    assert!(!ran.succeeded && ran.err.contains("[##########          ] 50 %"), "{}", ran.err);
    assert!(ran.err.contains("add job-17 to the command to fetch the export again"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&csv).expect("a file"), "of yesterday");

    let server = start(vec![job("completed"), file("name,opened\n")]).await;
    let ran = run(hasty(&server, &csv, Some("job-17"))).await;
    assert!(ran.succeeded, "{}", ran.err);
    assert_eq!(asked(&server), [LOOK, FETCH], "no second export is made");
    assert_eq!(fs::read_to_string(&csv).expect("a file"), "name,opened\n");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_cancels_the_export_that_is_waited_for() {
    let csv = empty_folder("export-stopped").join("january.csv.gz");
    let server = start(vec![job("pending"), job("canceled")]).await;
    let mut command = hasty(&server, &csv, None);
    command.env("POLL_SECONDS", "3600");
    let told = stopped_after(command, "export job-17 is pending").await;
    assert!(told.contains("canceled the export job-17"), "{told}");
    assert_eq!(asked(&server), [MADE, "POST /export/cancel/job-17"]);
    assert!(!csv.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_stops_a_download_and_leaves_the_export() {
    let csv = empty_folder("export-halved").join("january.csv.gz");
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\nname,o".to_vec();
    let server = start(vec![job("completed"), Reply::Stall(half)]).await;
    let told = stopped_after(hasty(&server, &csv, None), "[##########          ] 50 %").await;
    assert!(told.contains("stopped; add job-17 to the command"), "{told}");
    assert_eq!(asked(&server), [MADE, FETCH]);
    assert!(!csv.exists());
}

/// Presses Ctrl-C when this text appears; returns the last output of the program.
#[cfg(unix)]
async fn stopped_after(mut command: Command, shown: &'static str) -> String {
    let watched = tokio::task::spawn_blocking(move || {
        let mut running = Running::watch_err(&mut command);
        while !running.line().expect("not at its end yet").starts_with(shown) {}
        running.interrupt();
        running.end()
    });
    let (status, rest) = watched.await.expect("no panic");
    assert!(!status.success(), "{rest:?}");
    rest.concat()
}
