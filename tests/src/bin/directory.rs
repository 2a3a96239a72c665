//! Generates a crate from each of many documents and reports the documents that fail, with the reasons.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use document::Document;
use document::diagnostic::{Diagnostics, Severity};
use lexopt::prelude::*;
use tests::mutation::Numbers;
use tests::{crates, files};

const USAGE: &str = "\
Usage: cargo run -p tests --bin directory -- [options] PATH…

Makes a crate of every document: of the files that are named, and of those below folders that are. A path that is `-` stands for
the paths on standard input, one a line. Counts the reasons for which a document becomes none, and names three documents of each.

Options:
  --verbose          Name all of them
  --compile N        Compile that many of the crates, chosen by --seed, with all features; warnings are errors
  --seed S           Another choice of them (0)
  --out DIR          Where to write those crates (target/directory)

Exit status: 0 every document is a crate that compiles, 1 one is not, 2 bad input or usage";

/// The time limit of a document before its process is ended: minutes, since the machine may be busy.
const LIMIT: Duration = Duration::from_secs(300);

#[derive(Default)]
struct Options {
    paths: Vec<PathBuf>,
    verbose: bool,
    compile: usize,
    seed: u64,
    out: Option<PathBuf>,
    worker: bool,
}

fn main() -> ExitCode {
    match options(lexopt::Parser::from_env()).map_err(|error| format!("error: {error}\n\n{USAGE}")).and_then(run) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn options(mut arguments: lexopt::Parser) -> Result<Options, lexopt::Error> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("verbose") => options.verbose = true,
            Long("compile") => options.compile = arguments.value()?.parse()?,
            Long("seed") => options.seed = arguments.value()?.parse()?,
            Long("out") => options.out = Some(arguments.value()?.into()),
            // The program passes this option to its own worker processes.
            Long("worker") => options.worker = true,
            Value(path) if path == "-" => {
                options.paths.extend(std::io::stdin().lines().map_while(Result::ok).map(PathBuf::from));
            }
            Value(path) => options.paths.push(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    if options.paths.is_empty() && !options.worker {
        return Err("no document is named".into());
    }
    Ok(options)
}

fn run(options: Options) -> Result<ExitCode, String> {
    if options.worker {
        return work().map(|()| ExitCode::SUCCESS).map_err(|error| format!("error: {error}"));
    }
    let documents: Vec<PathBuf> = options
        .paths
        .iter()
        .flat_map(|path| if path.is_dir() { files::below(path) } else { vec![path.clone()] })
        .collect();
    let mut taken = Vec::new();
    let mut reasons: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let mut worker = Worker::start()?;
    for path in &documents {
        match worker.read(path)?.as_str() {
            "ok" => taken.push(path.clone()),
            reason => reasons.entry(reason.to_owned()).or_default().push(path.clone()),
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(reason, paths)| (std::cmp::Reverse(paths.len()), reason.clone()));
    for (reason, paths) in &reasons {
        println!("{:>6}  {reason}", paths.len());
        let shown = if options.verbose { paths.len() } else { 3 };
        paths.iter().take(shown).for_each(|path| println!("        {}", path.display()));
    }
    #[allow(clippy::cast_precision_loss)]
    let share = 100.0 * taken.len() as f64 / documents.len().max(1) as f64;
    println!("{} of {} documents become a crate ({share:.2} %)", taken.len(), documents.len());
    let compiled = options.compile == 0 || compile(&options, taken)?;
    Ok(if reasons.is_empty() && compiled { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads paths and prints the result of each, one on a line.
fn work() -> std::io::Result<()> {
    for path in std::io::stdin().lines() {
        let outcome = match generated(Path::new(&path?)) {
            Ok(_) => "ok".to_owned(),
            Err(errors) => reason(&errors),
        };
        writeln!(std::io::stdout().lock(), "{}", outcome.replace('\n', " "))?;
    }
    Ok(())
}

fn generated(path: &Path) -> Result<codegen::Generated, Diagnostics> {
    codegen::generate(Document::read(path)?, &[])
}

fn reason(errors: &Diagnostics) -> String {
    let error = errors.sorted().into_iter().find(|found| found.severity == Severity::Error);
    error.map_or_else(|| "no reason is given".to_owned(), document::diagnostic::Diagnostic::kind)
}

/// A process that reads documents one after the other, so that a document which ends the process ends nothing else.
struct Worker {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Worker {
    fn start() -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("error: cannot start a process of its own: {error}");
        let program = std::env::current_exe().map_err(failed)?;
        let mut child = Command::new(program)
            .arg("--worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("error: a process without pipes".to_owned());
        };
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        Ok(Self { child, input, lines })
    }

    fn read(&mut self, path: &Path) -> Result<String, String> {
        let outcome = match writeln!(self.input, "{}", path.display()) {
            Ok(()) => self.lines.recv_timeout(LIMIT),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        };
        let why = match outcome {
            Ok(line) => return Ok(line),
            Err(RecvTimeoutError::Timeout) => "the process does not come to an end",
            Err(RecvTimeoutError::Disconnected) => "the process dies",
        };
        // The process may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        *self = Self::start()?;
        Ok(why.to_owned())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Compiles the crates of some documents, and returns whether all of them compile without a warning.
fn compile(options: &Options, mut taken: Vec<PathBuf>) -> Result<bool, String> {
    let mut numbers = Numbers::new(options.seed);
    let mut members = Vec::new();
    while members.len() < options.compile && !taken.is_empty() {
        let path = taken.swap_remove(numbers.below(taken.len()));
        let Ok(generated) = generated(&path) else { continue };
        let name = format!("document_{}", members.len());
        println!("{name} is {}", path.display());
        members.push((name.clone(), crates::complete(&name, generated)));
    }
    let out = options.out.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/directory"));
    std::fs::create_dir_all(&out).map_err(|error| format!("error: {}: {error}", out.display()))?;
    let checked = crates::check_with_all_features(&out.join("workspace"), &members);
    let targets = members.iter().flat_map(|(name, _)| [format!("{name}/{name}"), format!("{name}/documented")]);
    let unsound: Vec<String> = targets.filter(|target| !checked.sound.contains(target)).collect();
    println!("{} of {} targets compile", 2 * members.len() - unsound.len(), 2 * members.len());
    if !unsound.is_empty() {
        println!("{unsound:?}\n{}", checked.said);
    }
    Ok(unsound.is_empty())
}
