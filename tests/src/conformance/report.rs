//! Counts how bodies came through.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::accept::Accepted;
use super::check::Outcome;
use super::{Case, Failure, Part};

/// How many places of one body are told.
const PLACES: usize = 10;

/// How many failures a person is shown.
const SHOWN: usize = 100;

/// How many bodies came through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub total: usize,
    /// Those that were decoded.
    pub decoded: usize,
    /// Those that came back the same.
    pub lossless: usize,
    /// Values that departed from their type.
    pub departures: usize,
}

/// Answers and requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Bodies of answers.
    pub responses: Tally,
    /// Bodies of requests.
    pub requests: Tally,
}

/// What a run found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// By operation.
    pub operations: BTreeMap<String, Tallies>,
    /// What is wrong.
    pub failures: Vec<Failure>,
    /// Bodies that failed as they may.
    pub accepted: usize,
    /// Bodies that are not counted: they lack what they must have, and are refused.
    pub refused: usize,
    /// What else there is to say, a line each.
    pub notes: Vec<String>,
}

impl Tally {
    fn add(&mut self, outcome: &Outcome) {
        self.total += 1;
        if let Outcome::Decoded { departures, differences } = outcome {
            self.decoded += 1;
            self.lossless += usize::from(differences.is_empty());
            self.departures += departures.len();
        }
    }

    fn sum(&mut self, other: Self) {
        self.total += other.total;
        self.decoded += other.decoded;
        self.lossless += other.lossless;
        self.departures += other.departures;
    }

    fn json(self) -> Value {
        let Self { total, decoded, lossless, departures } = self;
        json!({ "total": total, "decoded": decoded, "lossless": lossless, "departures": departures })
    }

    fn columns(self) -> String {
        let Self { total, decoded, lossless, departures } = self;
        format!("{total:>9} {decoded:>8} {lossless:>8} {departures:>10}")
    }
}

impl Report {
    /// Counts a body.
    pub fn add(&mut self, case: &Case<'_>, outcome: Outcome) {
        let tallies = self.operations.entry(case.operation.clone()).or_default();
        match case.part {
            Part::Request => tallies.requests.add(&outcome),
            Part::Answer(_) => tallies.responses.add(&outcome),
        }
        let places = match outcome {
            Outcome::Decoded { differences, .. } => differences,
            Outcome::Refused(place) => vec![place],
        };
        for place in places.into_iter().take(PLACES) {
            self.fail(case, place.pointer, place.reason);
        }
    }

    /// Adds what another run found.
    pub fn merge(&mut self, other: Self) {
        for (operation, Tallies { responses, requests }) in other.operations {
            let tallies = self.operations.entry(operation).or_default();
            tallies.responses.sum(responses);
            tallies.requests.sum(requests);
        }
        self.failures.extend(other.failures);
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.notes.extend(other.notes);
    }

    /// Adds what is wrong with a body.
    pub fn fail(&mut self, case: &Case<'_>, pointer: String, reason: String) {
        let Case { operation, part, source, .. } = case;
        let (operation, source) = (operation.clone(), source.clone());
        self.failures.push(Failure { operation, part: *part, source, pointer, reason });
    }

    /// Takes out what may fail. An entry for an operation that had no body in this run stays unjudged while the client has
    /// the operation.
    pub fn accept(&mut self, accepted: &Accepted, client_has: impl Fn(&str) -> bool) {
        let operations = &self.operations;
        let is_concerned = |operation: &str| operations.contains_key(operation) || !client_has(operation);
        self.accepted += accepted.apply(&mut self.failures, is_concerned);
    }

    /// The sum of all operations.
    #[must_use]
    pub fn total(&self) -> Tallies {
        let mut total = Tallies::default();
        for tallies in self.operations.values() {
            total.responses.sum(tallies.responses);
            total.requests.sum(tallies.requests);
        }
        total
    }

    /// For machines.
    #[must_use]
    pub fn json(&self) -> Value {
        let total = self.total();
        let failure = |failure: &Failure| {
            let Failure { operation, part, source, pointer, reason } = failure;
            let status = part.status();
            json!({
                "operation": operation, "status": status, "source": source, "pointer": pointer, "reason": reason,
            })
        };
        let failures: Vec<_> = self.failures.iter().map(failure).collect();
        json!({ "responses": total.responses.json(), "requests": total.requests.json(), "failures": failures })
    }

    /// For people.
    #[must_use]
    pub fn text(&self) -> String {
        let width = self.operations.keys().map(|name| name.chars().count()).chain([9]).max().unwrap_or_default();
        let mut text = format!(
            "{:width$} {:>9} {:>8} {:>8} {:>10} {:>9} {:>8} {:>8} {:>10}\n",
            "operation",
            "responses",
            "decoded",
            "lossless",
            "departures",
            "requests",
            "decoded",
            "lossless",
            "departures",
        );
        let total = self.total();
        let rows = self.operations.iter().map(|(name, tallies)| (name.as_str(), tallies));
        for (name, Tallies { responses, requests }) in rows.chain([("total", &total)]) {
            let _ = writeln!(text, "{name:width$} {} {}", responses.columns(), requests.columns());
        }
        for (what, Tally { total, decoded, lossless, departures }) in
            [("responses", total.responses), ("requests", total.requests)]
        {
            let _ = writeln!(
                text,
                "{what}: {decoded} of {total} decode, {lossless} come back without loss, {departures} departures"
            );
        }
        for note in &self.notes {
            let _ = writeln!(text, "{note}");
        }
        if self.accepted > 0 {
            let _ = writeln!(text, "{} are known not to and accepted", self.accepted);
        }
        text.push_str(&self.failures());
        text
    }

    fn failures(&self) -> String {
        let mut text = String::new();
        let mut before = None;
        for failure in self.failures.iter().take(SHOWN) {
            let Failure { operation, part, source, pointer, reason } = failure;
            let body = (operation, part, source);
            if before != Some(body) {
                let _ = writeln!(text, "\nerror: {operation} {part}\n  --> {source}");
            }
            before = Some(body);
            let _ = writeln!(text, "   = at {}: {reason}", if pointer.is_empty() { "the whole" } else { pointer });
        }
        if let Some(more) = self.failures.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            let _ = writeln!(text, "\nand {more} more: --json has them all");
        }
        text
    }
}
