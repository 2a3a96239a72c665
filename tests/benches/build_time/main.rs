//! Measures the build time of the generated client, and compares with a serde-derive version of the same models.
//!
//! Run it with `cargo bench -p tests --bench build_time [-- RUNS] [WORD]`; only the rows that contain the word are run.
//! Both crates use the locked versions of this workspace and the downloaded sources. Their dependencies are built first
//! and not timed. The two then take turns, so that other load of the machine affects both. Compare the ratios.
//!
//! - "types": the crate as a user builds it. The derived side has no calls, constructors or setters, which favours it.
//! - "bodies": every body of the document is decoded and encoded inside the crate. A client whose calls are
//!   functions of a concrete type pays this always; ours only with the feature `registry`.

mod cargo;
mod derive;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cargo::{Build, Cost, Mode};
use codegen::api::{Api, Field, Limits, Shape, Type};
use codegen::files::Files;
use codegen::rust::Crate;
use codegen::{Generated, disk, emit, scaffold};
use document::diagnostic::Diagnostics;
use tests::{bench, spec};

const RUNS: usize = 3;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let runs = arguments.iter().find_map(|argument| argument.parse().ok());
    let word = arguments.iter().find(|argument| argument.parse::<usize>().is_err());
    bench::ended(run(runs.unwrap_or(RUNS), word.map_or("", String::as_str)))
}

fn run(runs: usize, word: &str) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build_time");
    let api = spec::current();
    let changed = with_one_more_field(&api);
    let crates = [Rendering::ours(&target, &api, &changed)?, Rendering::derived(&target, &api, &changed)];
    for rendering in &crates {
        rendering.write(&rendering.files)?;
        // The locked versions of this workspace apply; Cargo omits the packages that the crate does not use.
        fs::copy(root.join("Cargo.lock"), rendering.folder.join("Cargo.lock"))?;
        println!("{}: {} files, {} lines", rendering.name, rendering.files.len(), rendering.lines());
    }
    println!("median of {runs} builds of the crate alone\n");
    println!("{:<26}{:>10}{:>10}{:>8}{:>26}{:>22}", "", "ours", "derive", "ratio", "user time", "peak memory, MiB");
    for mode in [Mode::Dev, Mode::Release, Mode::Incremental] {
        for (what, feature) in [("types", None), ("bodies", Some("registry"))] {
            let name = format!("{mode}, {what}");
            if name.contains(word) {
                row(&name, &measure(&crates, mode, feature, &target.join("target"), runs)?);
            }
        }
    }
    Ok(())
}

/// Returns the API after a change of one file of models: its largest model has one more field.
fn with_one_more_field(api: &Api) -> Api {
    let mut changed = api.clone();
    let models = changed.types.0.iter_mut().filter_map(|definition| match &mut definition.shape {
        Shape::Model(model) => Some(model),
        _ => None,
    });
    if let Some(model) = models.max_by_key(|model| model.fields.len()) {
        model.fields.push(Field {
            wire: "one_more_field".to_owned(),
            name: "one_more_field".to_owned(),
            ty: Type::String,
            required: false,
            nullable: false,
            write_only: false,
            doc: None,
            deprecated: false,
            default: None,
            limits: Limits::default(),
        });
    }
    changed
}

/// A crate generated from the API, before and after the change of one file.
struct Rendering {
    name: &'static str,
    folder: PathBuf,
    owned: &'static [&'static str],
    files: Files,
    changed: Files,
}

impl Rendering {
    fn ours(target: &Path, api: &Api, changed: &Api) -> Result<Self, Diagnostics> {
        let files = |api: &Api| {
            let files = emit::emit(&Crate::of(api)).map_err(Diagnostics::from_iter)?;
            scaffold::complete(Generated { api: api.clone(), files, warnings: Diagnostics::default() })
        };
        let (files, changed) = (files(api)?, files(changed)?);
        Ok(Self { name: "ours", folder: target.join("ours"), owned: scaffold::OWNED, files, changed })
    }

    fn derived(target: &Path, api: &Api, changed: &Api) -> Self {
        let (files, changed) = (derive::files(api), derive::files(changed));
        Self { name: "derive", folder: target.join("derive"), owned: &["src"], files, changed }
    }

    /// Writes the files that differ, so that Cargo sees a change of one file as such.
    fn write(&self, files: &Files) -> std::io::Result<()> {
        disk::write(&self.folder, files, self.owned).map(|_| ())
    }

    fn lines(&self) -> usize {
        self.files.iter().map(|(_, text)| text.lines().count()).sum()
    }
}

/// Returns the costs of each build of each crate.
fn measure(
    crates: &[Rendering; 2],
    mode: Mode,
    feature: Option<&str>,
    target: &Path,
    runs: usize,
) -> Result<[Vec<Cost>; 2], Box<dyn Error>> {
    let build = |rendering: &Rendering| Build { folder: &rendering.folder, target, mode, feature }.run();
    // This builds the dependencies and, in incremental mode, the state that the next build starts from.
    for rendering in crates {
        rendering.write(&rendering.files)?;
        build(rendering)?;
    }
    let mut costs = [Vec::new(), Vec::new()];
    for run in 0..runs {
        for (rendering, costs) in crates.iter().zip(&mut costs) {
            match mode {
                Mode::Incremental => {
                    rendering.write(if run % 2 == 0 { &rendering.changed } else { &rendering.files })?;
                }
                Mode::Dev | Mode::Release => {
                    let root = fs::File::options().append(true).open(rendering.folder.join("src/lib.rs"))?;
                    root.set_modified(std::time::SystemTime::now())?;
                }
            }
            costs.push(build(rendering)?);
        }
    }
    Ok(costs)
}

fn row(what: &str, [ours, derived]: &[Vec<Cost>; 2]) {
    let wall = |costs: &[Cost]| median(costs.iter().map(|cost| Some(cost.wall.as_secs_f64())));
    let user = |costs: &[Cost]| median(costs.iter().map(|cost| Some(cost.more.as_ref()?.user)));
    let peak = |costs: &[Cost]| median(costs.iter().map(|cost| Some(cost.more.as_ref()?.peak)));
    let seconds = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2} s"));
    let memory = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.0}"));
    let ratio = |ours: Option<f64>, derived: Option<f64>| match (ours, derived) {
        (Some(ours), Some(derived)) if derived > 0.0 => format!("{:.2}", ours / derived),
        _ => "-".to_owned(),
    };
    let (our_wall, its_wall) = (wall(ours), wall(derived));
    let (our_user, its_user) = (user(ours), user(derived));
    println!(
        "{what:<26}{:>10}{:>10}{:>8}{:>10}{:>10}{:>6}{:>12}{:>10}",
        seconds(our_wall),
        seconds(its_wall),
        ratio(our_wall, its_wall),
        seconds(our_user),
        seconds(its_user),
        ratio(our_user, its_user),
        memory(peak(ours)),
        memory(peak(derived)),
    );
}

fn median(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect::<Option<_>>()?;
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
