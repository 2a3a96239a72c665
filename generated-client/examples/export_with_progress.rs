//! Exports what became of the messages that were sent between two moments, and shows how far that is.
//!
//! ```text
//! INTERCOM_API_KEY=… cargo run -p intercom-client --example export_with_progress -- \
//!     2026-01-01T00:00:00Z 2026-01-31T23:59:59Z january.csv.gz
//! ```
//!
//! Ctrl-C cancels the export while the server works on it, since the server works on one at a time. Where it breaks off for
//! another reason it goes on at the server: the error names the job, which is given after the file to go on.
//!
//! `POLL_SECONDS` in the environment is how often to look, 10 where it is not set. With `INTERCOM_BASE_URL` in the
//! environment it talks to another server, such as `http://127.0.0.1:8080`.

use std::error::Error;
use std::fs::{self, File};
use std::io::{IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;

use intercom_client::export::{self, Export, ExportError, Status};
use intercom_client::{Client, Timestamp};
use tokio::signal::ctrl_c;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("give two moments, such as 2026-01-31T00:00:00Z, and a file");
    let (from, to): (Timestamp, Timestamp) = (next()?.parse()?, next()?.parse()?);
    let path = PathBuf::from(next()?);
    let client = Client::from_env()?;

    let mut export = export::content(&client, from, to);
    if let Ok(seconds) = std::env::var("POLL_SECONDS") {
        let seconds = seconds.parse().map_err(|_| "POLL_SECONDS is no whole number of seconds")?;
        export = export.every(Duration::from_secs(seconds));
    }
    if let Some(job) = arguments.next() {
        export = export.of_job(job);
    }
    let saved = run(&client, export, &path).await;
    if stderr().is_terminal() {
        eprintln!();
    }
    println!("{}: {} bytes", path.display(), saved?);
    Ok(())
}

/// Waits for the export and downloads it; gives the number of bytes.
async fn run(client: &Client, export: Export, path: &Path) -> Result<u64, Box<dyn Error>> {
    let export = export.on_status(|status| {
        draw(&format!("export {} is {} after {} s", status.job, status.state, status.waited.as_secs()));
    });
    // One listener for all steps, which is there before the first, so that no signal falls in between.
    let mut stop = pin!(ctrl_c());
    let export = tokio::select! {
        biased;
        stopped = &mut stop => return stopped.map_err(Into::into).and(Err("stopped before the server named the job".into())),
        started = export.start() => started.map_err(advise)?,
    };
    let job = export.job().unwrap_or_default().to_owned();
    tokio::select! {
        waited = export.wait() => { waited.map_err(advise)?; }
        stopped = &mut stop => {
            stopped?;
            client.data_export().cancel_data_export(&job).await?;
            return Err(format!("canceled the export {job}").into());
        }
    }
    let saved = tokio::select! {
        saved = save(client, &job, path) => saved,
        stopped = &mut stop => stopped.map_err(Into::into).and(Err("stopped".into())),
    };
    saved.map_err(|error| format!("{error}; add {job} to the command to fetch the export again").into())
}

/// Downloads beside the file, and puts that in its place when it is whole.
async fn save(client: &Client, job: &str, path: &Path) -> Result<u64, Box<dyn Error>> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let mut file = File::create(&part).map_err(|error| format!("{}: {error}", part.display()))?;
    let mut download = client.data_export().download_data_export(job).await?;
    let mut shown = String::new();
    while let Some(chunk) = download.chunk().await? {
        file.write_all(&chunk)?;
        let bar = bar(download.received(), download.content_length());
        if bar != shown {
            draw(&bar);
            shown = bar;
        }
    }
    file.sync_all()?;
    fs::rename(part, path)?;
    Ok(download.received())
}

/// What to do about an export that brought nothing.
fn advise(error: ExportError) -> String {
    let advice = match &error {
        ExportError::Busy(_) => "wait for it, or cancel it".to_owned(),
        ExportError::NoData { .. } => "no message was sent between these moments".to_owned(),
        ExportError::Job { job, .. } | ExportError::Unfinished(Status { job, .. }) => {
            format!("add {job} to the command to go on")
        }
        _ => return error.to_string(),
    };
    format!("{error}; {advice}")
}

/// A bar of 20 signs, where it is known how long it gets.
fn bar(received: u64, length: Option<u64>) -> String {
    let Some(length) = length.filter(|&length| length > 0) else { return format!("{} kB", received / 1000) };
    let percent = (received.saturating_mul(100) / length).min(100);
    format!("[{:<20}] {percent} %", "#".repeat(percent as usize / 5))
}

/// Draws a line over the one before, or below it where nobody looks on.
fn draw(line: &str) {
    if stderr().is_terminal() {
        eprint!("\r\x1b[K{line}");
    } else {
        eprintln!("{line}");
    }
}
