//! Calls a server on loopback, and compares with bare reqwest and serde's derive in the same run.
//!
//! Run it with `cargo bench -p tests --bench call`. Compare the ratios: both sides take turns against the same server,
//! send the same headers, and keep their connection. Allocations are those of the caller's thread for one call.

#[path = "../decode/contacts.rs"]
mod contacts;
#[path = "../decode/plain.rs"]
mod plain;

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use allocation_counter::{AllocationInfo, measure};
use contacts::{Oddities, list};
use intercom_client::models::{ContactSearchRequest, SingleFilterSearchRequest};
use intercom_client::{Client, Error as CallError};
use serde_json::json;
use tests::bench;
use tests::server::{Reply, Server};
use tokio::runtime::Runtime;

const TOKEN: &str = "sesame-open";
/// The number of calls that are timed together, and the number of timings.
const CALLS: usize = 100;
const RUNS: usize = 41;

fn main() -> ExitCode {
    bench::ended(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    println!("median of {RUNS} runs of {CALLS} calls each, microseconds a call");
    println!(
        "{:<28}{:>10}{:>10}{:>10}{:>8}{:>14}{:>10}{:>12}{:>10}",
        "", "bytes", "ours", "reqwest", "ratio", "allocations", "reqwest", "allocated", "reqwest"
    );
    for (what, contacts, search) in
        [("GET, one contact", 1, false), ("GET, 50 contacts", 50, false), ("POST, one contact", 1, true)]
    {
        let body = String::from_utf8(list(contacts, Oddities { unnamed_fields: 0, mismatch_every: None }))?;
        let url = serve(&body)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (ours, bare) = runtime.block_on(side_by_side(&url, search))?;
        let (our_memory, its_memory) = memory(&runtime, &url, search)?;
        println!(
            "{what:<28}{:>10}{:>10.1}{:>10.1}{:>8.2}{:>14}{:>10}{:>12}{:>10}",
            body.len(),
            ours.as_secs_f64() * 1e6,
            bare.as_secs_f64() * 1e6,
            ours.as_secs_f64() / bare.as_secs_f64(),
            our_memory.count_total,
            its_memory.count_total,
            our_memory.bytes_total,
            its_memory.bytes_total,
        );
    }
    Ok(())
}

/// Starts a server on its own thread and returns its URL.
fn serve(body: &str) -> Result<String, Box<dyn Error>> {
    let reply = Reply::open_json(body);
    let (tell, url) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async move {
            if let Ok(server) = Server::start(vec![reply]).await {
                let _ = tell.send(server.url());
                std::future::pending::<()>().await;
            }
        });
    });
    Ok(url.recv()?)
}

/// Returns the median time of a call of each side.
async fn side_by_side(url: &str, search: bool) -> Result<(Duration, Duration), Box<dyn Error>> {
    let client = Client::builder(TOKEN).base_url(url).build()?;
    // reqwest needs a provider although nothing here is encrypted. Another run of this function may have set it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().user_agent("bare/0.1.0").build()?;
    let mut times = (Vec::with_capacity(RUNS), Vec::with_capacity(RUNS));
    // The first run opens the connections.
    for _ in 0..=RUNS {
        let start = Instant::now();
        for _ in 0..CALLS {
            ours(&client, search).await?;
        }
        times.0.push(start.elapsed());
        let start = Instant::now();
        for _ in 0..CALLS {
            bare(&http, url, search).await?;
        }
        times.1.push(start.elapsed());
    }
    Ok((bench::median(times.0) / CALLS as u32, bench::median(times.1) / CALLS as u32))
}

/// Returns the allocations of one call of each side on an open connection.
fn memory(runtime: &Runtime, url: &str, search: bool) -> Result<(AllocationInfo, AllocationInfo), Box<dyn Error>> {
    let client = Client::builder(TOKEN).base_url(url).build()?;
    let http = reqwest::Client::builder().user_agent("bare/0.1.0").build()?;
    let mut outcomes = (runtime.block_on(ours(&client, search)), runtime.block_on(bare(&http, url, search)));
    let our_memory = measure(|| outcomes.0 = runtime.block_on(ours(&client, search)));
    let its_memory = measure(|| outcomes.1 = runtime.block_on(bare(&http, url, search)));
    outcomes.0?;
    outcomes.1?;
    Ok((our_memory, its_memory))
}

async fn ours(client: &Client, search: bool) -> Result<(), CallError> {
    if search {
        let body = ContactSearchRequest::new(SingleFilterSearchRequest::new().field("email"));
        black_box(client.contacts().search_contacts(body).await?);
    } else {
        black_box(client.contacts().list_contacts().await?);
    }
    Ok(())
}

async fn bare(http: &reqwest::Client, url: &str, search: bool) -> Result<(), Box<dyn Error>> {
    let request = if search {
        let body = serde_json::to_vec(&json!({"query": {"field": "email"}}))?;
        http.post(format!("{url}/contacts/search")).header("content-type", "application/json").body(body)
    } else {
        http.get(format!("{url}/contacts"))
    };
    let request = request.bearer_auth(TOKEN).header("accept", "application/json").header("intercom-version", "Preview");
    let response = request.send().await?.error_for_status()?;
    let body = response.bytes().await?;
    black_box(serde_json::from_slice::<plain::ContactList>(&body)?);
    Ok(())
}
