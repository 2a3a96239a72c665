//! Counts the bodies that came back unchanged.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::accept::Accepted;
use super::check::Outcome;
use super::{Case, Failure, Part};

/// The maximum number of places that are reported for one body.
const PLACES: usize = 10;

/// The maximum number of failures in the text for people.
const SHOWN: usize = 100;

/// The counts of bodies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of all bodies.
    pub total: usize,
    /// The number of decoded bodies.
    pub decoded: usize,
    /// The number of bodies that came back unchanged.
    pub lossless: usize,
    /// The number of values that do not match their type.
    pub mismatches: usize,
}

/// The counts for responses and requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallies {
    /// The counts of responses.
    pub responses: Tally,
    /// The counts of requests.
    pub requests: Tally,
}

/// The result of a run.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The counts by operation.
    pub operations: BTreeMap<String, Tallies>,
    /// The failures.
    pub failures: Vec<Failure>,
    /// The number of bodies whose failures are accepted.
    pub accepted: usize,
    /// The number of requests that the client refuses as it must; they are not in the other counts.
    pub refused: usize,
    /// Further notes, a line each.
    pub notes: Vec<String>,
}

impl Tally {
    fn add(&mut self, outcome: &Outcome) {
        self.total += 1;
        if let Outcome::Decoded { mismatches, differences } = outcome {
            self.decoded += 1;
            self.lossless += usize::from(differences.is_empty());
            self.mismatches += mismatches.len();
        }
    }

    fn sum(&mut self, other: Self) {
        self.total += other.total;
        self.decoded += other.decoded;
        self.lossless += other.lossless;
        self.mismatches += other.mismatches;
    }

    fn json(self) -> Value {
        let Self { total, decoded, lossless, mismatches } = self;
        json!({ "total": total, "decoded": decoded, "lossless": lossless, "mismatches": mismatches })
    }

    fn columns(self) -> String {
        let Self { total, decoded, lossless, mismatches } = self;
        format!("{total:>9} {decoded:>8} {lossless:>8} {mismatches:>10}")
    }
}

impl Report {
    /// Counts a body and adds its failures.
    pub fn add(&mut self, case: &Case<'_>, outcome: Outcome) {
        let tallies = self.operations.entry(case.operation.clone()).or_default();
        match case.part {
            Part::Request => tallies.requests.add(&outcome),
            Part::Response(_) => tallies.responses.add(&outcome),
        }
        let places = match outcome {
            Outcome::Decoded { differences, .. } => differences,
            Outcome::Refused(place) => vec![place],
        };
        for place in places.into_iter().take(PLACES) {
            self.fail(case, place.pointer, place.reason);
        }
    }

    /// Adds the result of another run.
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

    /// Adds a failure of a body.
    pub fn fail(&mut self, case: &Case<'_>, pointer: String, reason: String) {
        let Case { operation, part, source, .. } = case;
        let (operation, source) = (operation.clone(), source.clone());
        self.failures.push(Failure { operation, part: *part, source, pointer, reason });
    }

    /// Removes the accepted failures. An entry for an operation without a body in this run is not judged while the
    /// client has the operation.
    pub fn accept(&mut self, accepted: &Accepted, client_has: impl Fn(&str) -> bool) {
        let operations = &self.operations;
        let is_concerned = |operation: &str| operations.contains_key(operation) || !client_has(operation);
        self.accepted += accepted.apply(&mut self.failures, is_concerned);
    }

    /// Returns the sum of all operations.
    #[must_use]
    pub fn total(&self) -> Tallies {
        let mut total = Tallies::default();
        for tallies in self.operations.values() {
            total.responses.sum(tallies.responses);
            total.requests.sum(tallies.requests);
        }
        total
    }

    /// Returns the report for machines.
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

    /// Returns the report for people.
    #[must_use]
    pub fn text(&self) -> String {
        let width = self.operations.keys().map(|name| name.chars().count()).chain([9]).max().unwrap_or_default();
        let mut text = format!(
            "{:width$} {:>9} {:>8} {:>8} {:>10} {:>9} {:>8} {:>8} {:>10}\n",
            "operation",
            "responses",
            "decoded",
            "lossless",
            "mismatches",
            "requests",
            "decoded",
            "lossless",
            "mismatches",
        );
        let total = self.total();
        let rows = self.operations.iter().map(|(name, tallies)| (name.as_str(), tallies));
        for (name, Tallies { responses, requests }) in rows.chain([("total", &total)]) {
            let _ = writeln!(text, "{name:width$} {} {}", responses.columns(), requests.columns());
        }
        for (what, Tally { total, decoded, lossless, mismatches }) in
            [("responses", total.responses), ("requests", total.requests)]
        {
            let _ = writeln!(
                text,
                "{what}: {decoded} of {total} decode, {lossless} come back without loss, {mismatches} mismatches"
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
