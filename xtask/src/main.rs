//! The commands of this repository: they read arguments and print, and `codegen` does the work.

mod diff;
mod evidence;
mod import;
mod manifest;
mod regenerate;
mod release;
mod spec;
mod update;

use std::fmt::Display;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;

const USAGE: &str = "\
Usage: cargo xtask <command>

Commands:
  import FILE    Write the structure of a published OpenAPI document to spec/intercom-unstable.yaml
  update FILE    Bring in a newer document: all that follows from it, as one commit
      --source TEXT         What the document is and where it comes from; the name of the file where nothing is said
                            Exit status: 0 done, or nothing to do; 1 something must be decided first, nothing is written
  regenerate     Write generated-client/src/generated from spec/
      --check               Write nothing; exit with 1 if the files are not what they should be
      --strict, --lenient   Whether a fault of the document fails the run: it does for spec/, not for --document
      --verbose             Every warning in full, and every file, instead of their number
      --document FILE       Another OpenAPI document, YAML or JSON (needs --out)
      --out DIR             Where to write a complete crate made of it
      --overlay FILE        An overlay to apply to it; any number, in this order
  diff OLD NEW   Tell what changes for a caller, and what of it is breaking: Markdown
      --json, --html        For machines; as one page for a browser
      --overlay FILE        An overlay to apply to both; any number, in this order
      --no-overlays         Apply none
                            OLD and NEW are OpenAPI documents, or revisions of git, of which spec/ is read.
                            Without a choice of overlays those of spec/overlays apply: to a file as they are now,
                            to a revision as they were then. An action that does not fit is a warning.
                            Exit status: 0 nothing breaking, 1 breaking, 2 could not compare
  evidence       Tell what spec/ has lost or contradicts, next to other documents of the API and by itself
      --against FILE        Another document, or corrections to one; any number. Without it: ../shared/spec/evidence
      --document FILE       Another document than that of spec/, without overlays
      --reviewed FILE       Findings that stay, each with its reason; spec/evidence-reviewed.yaml for spec/
                            Exit status: 0 all is settled, 1 something is not, 2 bad input
  release --check   Tell what is missing for a publication
                            Exit status: 0 nothing, 1 something

Exit status: 0 done, 1 differences, 2 bad input or usage";

enum Failure {
    Usage(String),
    /// Invalid input; the text is the complete message.
    Input(String),
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<document::diagnostic::Diagnostics> for Failure {
    fn from(diagnostics: document::diagnostic::Diagnostics) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self::Input(if is_terminal { format!("{diagnostics:#}") } else { diagnostics.to_string() })
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(Failure::Usage(message)) => fail(format_args!("error: {message}\n\n{USAGE}")),
        Err(Failure::Input(message)) => fail(message),
    }
}

fn fail(message: impl Display) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn run() -> Result<ExitCode, Failure> {
    let mut arguments = lexopt::Parser::from_env();
    match arguments.next()? {
        Some(Value(command)) if command == "diff" => diff::run(arguments),
        Some(Value(command)) if command == "evidence" => evidence::run(arguments),
        Some(Value(command)) if command == "import" => import::run(arguments),
        Some(Value(command)) if command == "regenerate" => regenerate::run(arguments),
        Some(Value(command)) if command == "release" => release::run(arguments),
        Some(Value(command)) if command == "update" => update::run(arguments),
        Some(Short('h') | Long("help")) => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        Some(Value(command)) => Err(Failure::Usage(format!("unknown command {command:?}"))),
        Some(other) => Err(other.unexpected().into()),
        None => Err(Failure::Usage("no command".to_owned())),
    }
}

/// Returns the root as a person in the repository would type it: empty if it is the current folder.
fn shown_root() -> PathBuf {
    let root = root();
    std::env::current_dir().ok().filter(|here| *here == root).map_or(root, |_| PathBuf::new())
}

/// Returns the root of the repository: that of the package which Cargo runs, so that a program built in one checkout
/// serves another.
fn root() -> PathBuf {
    let mut root =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    root.pop();
    root
}
