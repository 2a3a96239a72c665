//! The command `regenerate [--check] [--strict | --lenient] [--verbose] [--document FILE --out DIR [--overlay FILE]…]`,
//! which writes the generated code or, with `--check`, compares it with the code on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::api::Api;
use codegen::coverage::{self, Coverage};
use codegen::disk::{self, Changes};
use codegen::files::Files;
use codegen::{Generated, scaffold};
use document::Document;
use document::diagnostic::{Diagnostics, Report, Severity, tamed};
use document::overlay::Overlay;
use lexopt::prelude::*;
use similar::TextDiff;

use crate::{Failure, shown_root, spec};

/// The maximum number of diff lines that `--check` prints for a file.
const SHOWN_LINES: usize = 12;
/// The maximum number of files whose diff `--check` prints.
const SHOWN_FILES: usize = 10;

/// The maximum number of changed files that are listed by name without `--verbose`. If more have changed, only their
/// number is printed.
const LISTED: usize = 12;

#[derive(Default)]
struct Options {
    check: bool,
    /// True if a fault of the document fails the run. `None` if neither `--strict` nor `--lenient` is given.
    strict: Option<bool>,
    verbose: bool,
    document: Option<PathBuf>,
    out: Option<PathBuf>,
    overlays: Vec<PathBuf>,
}

pub(crate) fn run(arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let options = parse(arguments)?;
    let Target { document, overlays, folder, owned, mend } = target(&options)?;
    let generated = codegen::generate(Document::read(&document)?, &overlays)?;
    report(&document, overlays.len(), &generated, options.verbose);
    // By default a fault fails the run only for the repository's own document, whose faults are settled in overlays.
    if options.strict.unwrap_or(options.document.is_none()) && generated.warnings.has_faults() {
        return Err(Failure::Input(faults(&generated.warnings)));
    }
    // Missing descriptions are errors only for the document of this repository.
    let mut missing = Diagnostics::new();
    if options.document.is_none() {
        missing = coverage::missing(&generated.api);
        compare_with_commit(&generated.api);
    }
    let files = if options.document.is_some() { scaffold::complete(generated)? } else { generated.files };
    let failed = |error: io::Error| Failure::Input(format!("error: {error}"));
    if options.check {
        let changes = disk::compare(&folder, &files, owned).map_err(failed)?;
        let code = checked(&folder, &changes, &mend);
        return if missing.has_errors() { Err(missing.into()) } else { Ok(code) };
    }
    refuse_foreign(&folder, &files).map_err(failed)?;
    let changes = disk::write(&folder, &files, owned).map_err(failed)?;
    written(&folder, &files, &changes, options.verbose);
    // Missing descriptions fail the run after the code is written, so that a new operation can be read before someone
    // describes it.
    if missing.has_errors() { Err(missing.into()) } else { Ok(ExitCode::SUCCESS) }
}

fn parse(mut arguments: lexopt::Parser) -> Result<Options, Failure> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("check") => options.check = true,
            Long("strict") if options.strict.is_none() => options.strict = Some(true),
            Long("lenient") if options.strict.is_none() => options.strict = Some(false),
            Long("verbose") => options.verbose = true,
            Long("document") => options.document = Some(arguments.value()?.into()),
            Long("out") => options.out = Some(arguments.value()?.into()),
            Long("overlay") => options.overlays.push(arguments.value()?.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    match (&options.document, &options.out, options.overlays.is_empty()) {
        (Some(_), None, _) => Err(Failure::Usage("--document needs --out".to_owned())),
        (None, Some(_), _) => Err(Failure::Usage("--out needs --document".to_owned())),
        (None, None, false) => Err(Failure::Usage("--overlay needs --document and --out".to_owned())),
        _ => Ok(options),
    }
}

struct Target {
    document: PathBuf,
    overlays: Vec<Overlay>,
    folder: PathBuf,
    /// The folders in `folder` in which this program writes every file. The empty path is `folder` itself.
    owned: &'static [&'static str],
    /// The command that fixes what `--check` finds.
    mend: String,
}

fn target(options: &Options) -> Result<Target, Failure> {
    if let (Some(document), Some(out)) = (&options.document, &options.out) {
        let overlays = options.overlays.iter().map(|path| format!(" --overlay {}", path.display())).collect::<String>();
        return Ok(Target {
            mend: format!("cargo xtask regenerate --document {} --out {}{overlays}", document.display(), out.display()),
            document: document.clone(),
            overlays: spec::read_overlays(&options.overlays)?,
            folder: out.clone(),
            owned: scaffold::OWNED,
        });
    }
    let root = shown_root();
    Ok(Target {
        document: root.join(spec::DOCUMENT),
        overlays: Overlay::read_folder(&root.join(spec::OVERLAYS))?,
        folder: root.join(spec::GENERATED),
        owned: &[""],
        mend: "cargo xtask regenerate".to_owned(),
    })
}

/// Refuses to overwrite a crate that this program did not write.
fn refuse_foreign(folder: &Path, files: &Files) -> io::Result<()> {
    let manifest = folder.join("Cargo.toml");
    if files.get("Cargo.toml").is_none() {
        return Ok(());
    }
    match fs::read_to_string(&manifest) {
        Ok(text) if text.starts_with(scaffold::MANIFEST_HEADER) => Ok(()),
        Ok(_) => Err(io::Error::other(format!(
            "{} was not written by this program: nothing is written over it\n   = help: name an empty folder with --out",
            manifest.display()
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io::Error::new(error.kind(), format!("{}: {error}", manifest.display()))),
    }
}

fn report(document: &Path, overlays: usize, generated: &Generated, verbose: bool) {
    let api = &generated.api;
    let components = api.types.iter().filter(|(_, definition)| definition.component.is_some()).count();
    println!("read  {} and {overlays} overlays", document.display());
    println!(
        "found {} operations in {} tags, {components} schemas and {} types written inline; {} paged",
        api.operations().count(),
        api.resources.len(),
        api.types.iter().count() - components,
        api.operations().filter(|operation| operation.pagination.is_some()).count(),
    );
    let Coverage { operations, schemas, tags, fields } = Coverage::of(api);
    println!(
        "words for {}/{} operations, {}/{} schemas, {}/{} tags, {}/{} fields",
        operations.0, operations.1, schemas.0, schemas.1, tags.0, tags.1, fields.0, fields.1
    );
    match &generated.warnings {
        warnings if warnings.is_empty() => {}
        warnings if verbose => println!("{warnings}"),
        warnings => println!("{}", Report(warnings)),
    }
}

/// Returns every fault of the document as an error.
pub(crate) fn as_errors(warnings: &Diagnostics) -> Diagnostics {
    let faults = warnings.iter().filter(|found| found.severity == Severity::Fault).cloned();
    faults.map(|fault| document::diagnostic::Diagnostic { severity: Severity::Error, ..fault }).collect()
}

fn faults(warnings: &Diagnostics) -> String {
    let faults = as_errors(warnings);
    format!("{faults}\nA strict run takes no faults: settle each in an overlay, or run it with --lenient.")
}

/// Prints a summary of the API changes since the last commit. Prints nothing if nothing in `spec/` has changed, or if
/// the commit cannot be read.
fn compare_with_commit(api: &Api) {
    if !spec::is_changed() {
        return;
    }
    if let Ok((document, overlays)) = spec::at_revision("HEAD")
        && let Ok((before, _)) = spec::compared(document, &overlays)
    {
        println!("since HEAD: {}", codegen::diff::compare(&before, api).summary());
    }
}

fn written(folder: &Path, files: &Files, changes: &Changes, verbose: bool) {
    let changed: Vec<&String> = changes.changed.iter().map(|(name, ..)| name).collect();
    let kinds = [
        ("added  ", changes.missing.iter().collect()),
        ("changed", changed),
        ("removed", changes.stale.iter().collect::<Vec<_>>()),
    ];
    let touched: usize = kinds.iter().map(|(_, names)| names.len()).sum();
    for (what, names) in kinds {
        if verbose || touched <= LISTED {
            names.iter().for_each(|name| println!("{what} {}", folder.join(name).display()));
        } else if !names.is_empty() {
            println!("{what} {} files", names.len());
        }
    }
    println!("wrote {}: {} files, {touched} of them changed", folder.display(), files.len());
}

fn checked(folder: &Path, changes: &Changes, mend: &str) -> ExitCode {
    if changes.is_empty() {
        println!("{} is what it should be", folder.display());
        return ExitCode::SUCCESS;
    }
    let path = |path: &str| folder.join(path).display().to_string();
    for name in &changes.missing {
        println!("missing {}", path(name));
    }
    for name in &changes.stale {
        println!("stale   {}", path(name));
    }
    for (index, (name, on_disk, wanted)) in changes.changed.iter().enumerate() {
        println!("changed {}", path(name));
        if index < SHOWN_FILES {
            let diff = TextDiff::from_lines(on_disk, wanted);
            let lines = diff.unified_diff().context_radius(1).header("on disk", "generated").to_string();
            lines.lines().take(SHOWN_LINES).for_each(|line| println!("    {}", tamed(line)));
            if lines.lines().count() > SHOWN_LINES {
                println!("    …");
            }
        }
    }
    println!("{} is not what it should be: run `{mend}`", folder.display());
    ExitCode::FAILURE
}
