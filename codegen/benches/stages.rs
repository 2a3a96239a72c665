//! Times each stage on the published document, beside what parsing its text alone takes.
//!
//! `cargo bench -p codegen [-- FILE]`. The figures to compare are the ratios: both sides come from this run.

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use codegen::rust::Crate;
use codegen::{emit, files, generate, lower};
use document::Document;
use document::overlay::Overlay;

const RUNS: usize = 15;

fn main() -> ExitCode {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let published = here.join("../../shared/spec/intercom-unstable.yaml");
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).map(PathBuf::from);
    let kept = here.join("../spec/intercom-unstable.yaml");
    let path = given.unwrap_or(if published.exists() { published } else { kept });
    match run(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(path: &PathBuf) -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    println!("{}: {} bytes, median of {RUNS} runs", path.display(), text.len());
    let name = path.to_string_lossy();
    let parse = || Document::parse(&name, text.clone());
    // An overlay that changes the document, whichever it is.
    let overlay = Overlay::parse("overlay.yaml", OVERLAY.to_owned())?;
    let document = parse()?;
    let typed = document.clone().into_typed()?;
    let lowered = lower::lower(&typed.openapi);
    let api = &lowered.api;

    let alone = time(|| serde_yaml::from_str::<serde_json::Value>(&text));
    row("the text as serde_json::Value", alone, alone);
    row("parse", time(parse), alone);
    let apply = |mut document: Document| document.apply(std::slice::from_ref(&overlay)).map(|()| document);
    row("overlay", time_with(|| document.clone(), apply), alone);
    row("check and type", time_with(|| document.clone(), Document::into_typed), alone);
    row("lower", time(|| lower::lower(&typed.openapi)), alone);
    row("rust", time(|| Crate::of(api)), alone);
    let of = Crate::of(api);
    let chunks = || emit::sources(&of).iter().map(|source| source.chunks(&of)).collect::<Vec<_>>();
    row("emit, one thread", time(chunks), alone);
    let format = |chunks: Vec<Vec<files::Chunk>>| chunks.into_iter().map(files::format).collect::<Vec<_>>();
    row("format, one thread", time_with(chunks, format), alone);
    row("emit and format, all threads", time(|| emit::emit(&of)), alone);
    let whole = time(|| generate(parse()?, &[]));
    row("the whole, text to files in memory", whole, alone);
    Ok(())
}

const OVERLAY: &str =
    "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n- target: $.paths.*.*\n  update: {x-seen: true}\n";

fn row(what: &str, took: Duration, alone: Duration) {
    println!("{what:<36} {:>8.1} ms  {:>6.2} x", took.as_secs_f64() * 1e3, took.as_secs_f64() / alone.as_secs_f64());
}

fn time<T>(mut work: impl FnMut() -> T) -> Duration {
    time_with(|| (), |()| work())
}

/// The median of several runs; what `work` needs and what it leaves behind are not timed.
fn time_with<I, T>(mut input: impl FnMut() -> I, mut work: impl FnMut(I) -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let input = input();
            let start = Instant::now();
            let output = black_box(work(black_box(input)));
            let took = start.elapsed();
            drop(output);
            took
        })
        .collect();
    times.sort();
    times.get(RUNS / 2).copied().unwrap_or_default()
}
