//! Takes bodies through the typed models of the compiled client and reports every value that does not come back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use intercom_client::registry::OPERATIONS;
use lexopt::prelude::*;
use tests::conformance::accept::Accepted;
use tests::conformance::report::Report;
use tests::conformance::{Case, check, examples, exchanges, payloads};

const USAGE: &str = "\
Usage: cargo conformance [options]

Takes bodies through the models of the client and back. Without an option the bodies are made from the schemas.

Options:
  --document FILE    The request and response examples of an OpenAPI document, YAML or JSON
  --exchanges FILE   Recorded traffic: one JSON object a line, with method, path, status, request and response
  --accept FILE      Bodies that may fail, each with the reason; for --document this is tests/conformance-accepted.yaml
  --json             Totals and failures as JSON

Exit status: 0 all come through, 1 one does not, 2 bad input or usage";

/// The list of accepted failures of the published document.
const ACCEPTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/conformance-accepted.yaml");

#[derive(Default)]
struct Options {
    document: Option<PathBuf>,
    exchanges: Option<PathBuf>,
    accept: Option<PathBuf>,
    json: bool,
    help: bool,
}

fn main() -> ExitCode {
    let options = match options(lexopt::Parser::from_env()) {
        Ok(options) => options,
        Err(error) => return fail(&format!("error: {error}\n\n{USAGE}")),
    };
    if options.help {
        return print(USAGE, ExitCode::SUCCESS);
    }
    let report = match report(&options) {
        Ok(report) => report,
        Err(message) => return fail(&message),
    };
    let text = if options.json { report.json().to_string() } else { report.text() };
    print(text.trim_end(), if report.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a text; a reader that stops early, such as `head`, is no error.
fn print(text: &str, code: ExitCode) -> ExitCode {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
    code
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn options(mut arguments: lexopt::Parser) -> Result<Options, lexopt::Error> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("document") => options.document = Some(arguments.value()?.into()),
            Long("exchanges") => options.exchanges = Some(arguments.value()?.into()),
            Long("accept") => options.accept = Some(arguments.value()?.into()),
            Long("json") => options.json = true,
            Short('h') | Long("help") => options.help = true,
            other => return Err(other.unexpected()),
        }
    }
    if options.document.is_some() && options.exchanges.is_some() {
        return Err("--document and --exchanges are two runs".into());
    }
    Ok(options)
}

fn report(options: &Options) -> Result<Report, String> {
    let default = options.document.as_ref().map(|_| Path::new(ACCEPTED)).filter(|path| path.exists());
    let accepted = options.accept.as_deref().or(default).map(Accepted::read).transpose()?;
    let mut report = match (&options.document, &options.exchanges) {
        (Some(file), _) => document(file)?,
        (None, Some(file)) => all(&exchanges::read(file, OPERATIONS)?),
        (None, None) => schemas()?,
    };
    if let Some(accepted) = accepted {
        report.accept(&accepted, |operation| OPERATIONS.iter().any(|entry| entry.id == operation));
    }
    Ok(report)
}

fn document(file: &Path) -> Result<Report, String> {
    let examples = examples::read(file, OPERATIONS).map_err(|errors| errors.to_string())?;
    let mut report = all(&examples.cases);
    if !examples.passed_over.is_empty() {
        let count = examples.passed_over.len();
        report.notes.push(format!("{count} examples have no value, or stand where there is no schema"));
    }
    Ok(report)
}

fn schemas() -> Result<Report, String> {
    let document = payloads::document().map_err(|errors| errors.to_string())?;
    let tree = document.tree().clone();
    document.into_typed().map_err(|errors| errors.to_string())?;
    Ok(payloads::run(&payloads::Schemas::new(&tree), OPERATIONS))
}

fn all(cases: &[Case<'_>]) -> Report {
    let mut report = Report::default();
    for case in cases {
        report.add(case, check::check(case));
    }
    report
}
