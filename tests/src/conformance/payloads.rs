//! Makes bodies from the schemas of the document: for every type the least and the fullest value, every branch of a
//! union, every value of an enum and an unknown one, and values with a single mistake.
//!
//! A type is tested in the first body that leads to it. The rest of that body is as small as possible, and the types
//! below are tested on their own, so the number of bodies grows with the number of schemas.

mod flat;
mod routes;
mod sample;
mod variations;

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use document::Document;
use document::diagnostic::Diagnostics;
use document::overlay::Overlay;
use intercom_client::registry::OperationEntry;
use serde_json::Value;

use super::Case;
use super::check::Outcome;
use super::report::Report;
use super::{check, openapi};
pub use routes::{Root, Target};
pub use variations::Variation;

/// The schemas of a document.
#[derive(Debug)]
pub struct Schemas<'d> {
    tree: &'d Value,
    /// The addresses of the schemas that values were made from.
    made: RefCell<HashSet<usize>>,
    /// The number of values that may still be added to a full value.
    left: Cell<usize>,
}

/// Returns the document of this repository with its overlays.
///
/// # Errors
/// Returns every fault of the document and the overlays, each with its place.
pub fn document() -> Result<Document, Diagnostics> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut document = Document::read(&spec.join("intercom-unstable.yaml"))?;
    document.apply(&Overlay::read_folder(&spec.join("overlays"))?)?;
    Ok(document)
}

impl<'d> Schemas<'d> {
    /// Creates the schemas of a sound, untyped document.
    #[must_use]
    pub fn new(tree: &'d Value) -> Self {
        Self { tree, made: RefCell::default(), left: Cell::default() }
    }

    /// Returns whether a value was made from the schema at this place.
    #[must_use]
    pub fn is_made(&self, pointer: &str) -> bool {
        let schema = self.tree.pointer(pointer).and_then(|schema| openapi::resolve(self.tree, schema).ok());
        schema.is_some_and(|schema| self.made.borrow().contains(&flat::address(schema)))
    }

    /// Returns a body that holds a value of the target, with its operation.
    #[must_use]
    pub fn case<'t>(&self, table: &'t [OperationEntry], target: &Target<'d>, variation: &Variation) -> Case<'t> {
        let root = &target.root;
        Case {
            operation: root.operation.clone(),
            entry: table.iter().find(|entry| entry.id == root.operation),
            part: root.part,
            source: format!("{}: {}", target.name, variation.label),
            body: self.place(&[root.schema], &target.steps, &variation.value),
        }
    }
}

/// Takes every value that is made from the schemas through the client, on all processors.
#[must_use]
pub fn run(schemas: &Schemas<'_>, table: &[OperationEntry]) -> Report {
    let targets = schemas.targets();
    let next = AtomicUsize::new(0);
    let work = || {
        let schemas = Schemas::new(schemas.tree);
        let mut reports = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(target) = targets.get(index) else { return (reports, schemas.made.into_inner()) };
            reports.push((index, run_target(&schemas, table, target)));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut reports = Vec::new();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            let (done, made) = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            reports.extend(done);
            schemas.made.borrow_mut().extend(made);
        }
    });
    reports.sort_by_key(|(index, _)| *index);
    let mut report = Report::default();
    reports.into_iter().for_each(|(_, part)| report.merge(part));
    report.notes.push(format!("made from {} types of the document", targets.len()));
    if report.refused > 0 {
        let refused = report.refused;
        report
            .notes
            .push(format!("{refused} more lack what only required fields lead to, and are refused as they must be"));
    }
    report
}

fn run_target(schemas: &Schemas<'_>, table: &[OperationEntry], target: &Target<'_>) -> Report {
    let mut report = Report::default();
    for variation in schemas.variations(&[target.schema]) {
        let case = schemas.case(table, target, &variation);
        let outcome = check::check(&case);
        match &outcome {
            Outcome::Refused(place) if schemas.may_be_refused(&target.root, &case.body, &place.pointer) => {
                report.refused += 1;
                continue;
            }
            Outcome::Decoded { mismatches, .. } if variation.is_documented => {
                for pointer in mismatches {
                    let reason = "the document allows it, but it is a mismatch for the client".to_owned();
                    report.fail(&case, pointer.clone(), reason);
                }
            }
            _ => {}
        }
        report.add(&case, outcome);
    }
    report
}
