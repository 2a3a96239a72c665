//! Decodes and encodes a list of contacts, and compares with plain structs with serde's derive in the same run.
//!
//! Run it with `cargo bench -p tests --bench decode`. Compare the ratios: both sides come from the same run. Plain
//! structs drop the fields that they do not name, and fail at a mismatch; a row with mismatches therefore shows their
//! time for the list without any. `peak` is the maximum memory held while the text is decoded, in lengths of the text.
//! The allocator that counts it slows both sides.

mod contacts;
mod plain;

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use contacts::{Oddities, list};
use intercom_client::decode;
use intercom_client::models::ContactList;
use tests::bench;

const CONTACTS: usize = 5_000;
const RUNS: usize = 21;

fn main() -> ExitCode {
    bench::ended(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let regular = Oddities { unnamed_fields: 0, mismatch_every: None };
    let cases = [
        ("documented fields only", CONTACTS, regular),
        ("two unnamed fields each", CONTACTS, Oddities { unnamed_fields: 2, ..regular }),
        ("50 mismatches in all", CONTACTS, Oddities { mismatch_every: Some(CONTACTS / 50), ..regular }),
        ("a mismatch each", CONTACTS, Oddities { mismatch_every: Some(1), ..regular }),
        ("twice the contacts", 2 * CONTACTS, regular),
        ("twice, a mismatch each", 2 * CONTACTS, Oddities { mismatch_every: Some(1), ..regular }),
    ];
    println!("median of {RUNS} runs; MB/s of the text that is read, or written");
    println!(
        "{:<25}{:>8}{:>20}{:>18}{:>7}{:>7}{:>8}{:>22}{:>18}{:>7}",
        "", "MB", "decode", "derive", "ratio", "peak", "derive", "encode", "derive", "ratio"
    );
    for (what, contacts, oddities) in cases {
        let text = list(contacts, oddities);
        let plain_text = if oddities.mismatch_every.is_some() { list(contacts, regular) } else { text.clone() };
        verify(contacts, oddities, &text, &plain_text)?;

        let (ours, derived) = side_by_side(
            || decode::<ContactList>(black_box(&text)).map(|decoded| decoded.value),
            || serde_json::from_slice::<plain::ContactList>(black_box(&plain_text)),
        );
        let peaks = (
            measure(|| drop(decode::<ContactList>(&text))).bytes_max as f64 / text.len() as f64,
            measure(|| drop(serde_json::from_slice::<plain::ContactList>(&plain_text))).bytes_max as f64
                / plain_text.len() as f64,
        );
        let value = decode::<ContactList>(&text)?.value;
        let plain_value: plain::ContactList = serde_json::from_slice(&plain_text)?;
        let (our_writing, its_writing) =
            side_by_side(|| serde_json::to_vec(black_box(&value)), || serde_json::to_vec(black_box(&plain_value)));
        let written = (serde_json::to_vec(&value)?.len(), serde_json::to_vec(&plain_value)?.len());
        println!(
            "{what:<25}{:>8.2}{}{}{:>7.2}{:>7.1}{:>8.1}    {}{}{:>7.2}",
            text.len() as f64 / 1e6,
            cell(ours, text.len()),
            cell(derived, plain_text.len()),
            ratio(ours, derived),
            peaks.0,
            peaks.1,
            cell(our_writing, written.0),
            cell(its_writing, written.1),
            ratio(our_writing, its_writing),
        );
    }
    Ok(())
}

/// Checks that both sides do the same work: every value that is read comes back, and every mismatch is reported.
fn verify(contacts: usize, oddities: Oddities, text: &[u8], plain_text: &[u8]) -> Result<(), Box<dyn Error>> {
    let decoded = decode::<ContactList>(text)?;
    let expected = oddities.mismatch_every.map_or(0, |every| contacts / every);
    if decoded.mismatches.len() != expected {
        return Err(format!("{} mismatches where {expected} were expected", decoded.mismatches.len()).into());
    }
    let before: serde_json::Value = serde_json::from_slice(text)?;
    if serde_json::to_value(&decoded.value)? != before {
        return Err("the client did not give back what it read".into());
    }
    let plain: plain::ContactList = serde_json::from_slice(plain_text)?;
    let before: serde_json::Value = serde_json::from_slice(plain_text)?;
    // The plain structs drop the fields that they do not name.
    if oddities.unnamed_fields == 0 && serde_json::to_value(&plain)? != before {
        return Err("the plain structs did not give back what they read".into());
    }
    Ok(())
}

/// Returns the median times of two kinds of work that take turns. Their results are dropped outside the measured time.
fn side_by_side<A, B>(mut one: impl FnMut() -> A, mut other: impl FnMut() -> B) -> (Duration, Duration) {
    let mut times = (Vec::with_capacity(RUNS), Vec::with_capacity(RUNS));
    for _ in 0..RUNS {
        times.0.push(time(&mut one));
        times.1.push(time(&mut other));
    }
    (bench::median(times.0), bench::median(times.1))
}

fn time<T>(work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let output = black_box(work());
    let took = start.elapsed();
    drop(output);
    took
}

fn cell(took: Duration, bytes: usize) -> String {
    format!("{:>7.2} ms{:>4.0} MB/s", took.as_secs_f64() * 1e3, bytes as f64 / 1e6 / took.as_secs_f64())
}

fn ratio(ours: Duration, derived: Duration) -> f64 {
    ours.as_secs_f64() / derived.as_secs_f64()
}
