//! Checks that the generator ends for any document, and that every accepted document keeps all promises.
//!
//! The documents are fixtures with nodes replaced, renamed, joined and garbled; the default number suits a test run.
//! `MUTATIONS=100000 cargo test -p tests --test generator any_document` tries that many, and compiles the crates of
//! some. `SEED=7` tries others. The current document is in `target/tmp/any_document/now`, so that one which ends the
//! process can be examined; failed documents are beside it.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use codegen::files::Files;
use codegen::{Generated, diff, scaffold};
use document::Document;
use document::diagnostic::Diagnostics;
use document::import;
use serde_json::Value;
use tests::mutation::{Numbers, garbled, mutate};
use tests::{crates, files};

/// The default number of documents.
const MUTATIONS: u64 = 500;
/// The number of accepted documents that a longer run compiles.
const COMPILED: usize = 30;
/// The bytes that reading a document may allocate: a constant, and a number for each byte of its text.
const MEMORY: (u64, u64) = (4 << 20, 4_000);
/// Texts in an error that report a fault of the generator, not of the document.
const FAULTS: &[&str] = &["this is a fault of", "the generator lost some", ".rs: "];

struct Pool {
    texts: Vec<String>,
    trees: Vec<Value>,
}

impl Pool {
    fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/good");
        let paths = files::below(&folder);
        let trees = paths.iter().map(|path| Document::read(path).expect("a good document").tree().clone()).collect();
        let texts = paths.iter().map(|path| fs::read_to_string(path).expect("a fixture is readable")).collect();
        Self { texts, trees }
    }

    /// Returns the document of a seed.
    fn document(&self, seed: u64) -> String {
        let mut numbers = Numbers::new(seed);
        let fixture = numbers.below(self.trees.len());
        if numbers.below(8) == 0 {
            return garbled(&self.texts[fixture], &mut numbers);
        }
        let mut tree = self.trees[fixture].clone();
        for _ in 0..=numbers.below(4) {
            mutate(&mut tree, &self.trees, &mut numbers);
        }
        tree.to_string()
    }
}

fn generate(text: &str) -> Result<Generated, Diagnostics> {
    codegen::generate(Document::parse("document", text.to_owned())?, &[])
}

/// Returns the crate of an accepted document, or the promise that does not hold.
fn tried(text: &str) -> Result<Option<Generated>, String> {
    let mut generated = None;
    let used = allocation_counter::measure(|| {
        let read =
            || _ = Document::parse("document", text.to_owned()).and_then(|document| codegen::read(document, &[]));
        generated = Some(catch_unwind(AssertUnwindSafe(read)).and_then(|()| catch_unwind(|| generate(text))));
    });
    let generated = generated.and_then(Result::ok).ok_or("it panics")?;
    let limit = MEMORY.0 + MEMORY.1 * text.len() as u64;
    if used.bytes_total > limit {
        return Err(format!("reading it takes {} bytes of memory for {} of text", used.bytes_total, text.len()));
    }
    match generated {
        Ok(generated) => match catch_unwind(AssertUnwindSafe(|| broken(text, &generated))) {
            Ok(None) => Ok(Some(generated)),
            Ok(Some(why)) => Err(why),
            Err(_) => Err("it panics behind the generator".to_owned()),
        },
        Err(errors) => {
            let told = errors.to_string();
            let fault = FAULTS.iter().any(|fault| told.contains(fault));
            if errors.has_errors() && !fault {
                Ok(None)
            } else {
                Err(format!("it is refused without a reason:\n{told}"))
            }
        }
    }
}

/// Returns the promise that the crate of a document breaks.
fn broken(text: &str, generated: &Generated) -> Option<String> {
    let difference = diff::compare(&generated.api, &generated.api);
    if !difference.changes.is_empty() {
        return Some(format!("it differs from itself:\n{}", diff::markdown(&difference)));
    }
    let again = generate(text).ok();
    if again.is_none_or(|again| again.files != generated.files) {
        return Some("it generates something else the second time".to_owned());
    }
    let imported = match import::import("document", text.to_owned()) {
        Ok(imported) => imported.text,
        Err(errors) => return Some(format!("its import fails:\n{errors}")),
    };
    match generate(&imported) {
        Ok(after) => {
            let changes = diff::compare(&generated.api, &after.api);
            if code(&after.files) != code(&generated.files) {
                return Some(format!("its import generates something else:\n{}", diff::markdown(&changes)));
            }
        }
        Err(errors) => return Some(format!("its import does not generate:\n{errors}")),
    }
    let complete =
        Generated { api: generated.api.clone(), files: generated.files.clone(), warnings: Diagnostics::new() };
    let complete = match scaffold::complete(complete) {
        Ok(complete) => complete,
        Err(errors) => return Some(errors.to_string()),
    };
    complete.iter().find_map(|(path, source)| {
        if !is_portable(path) {
            return Some(format!("the path {path:?}"));
        }
        // The other files are the same for every document.
        let is_own = path.starts_with("src/generated/") || path == "src/lib.rs";
        let error = is_own.then(|| syn::parse_file(source).err())??;
        Some(format!("{path} is no Rust: {error}"))
    })
}

/// Returns all lines that are not comments.
fn code(files: &Files) -> Vec<String> {
    let lines = files.iter().flat_map(|(path, text)| [path].into_iter().chain(text.lines()));
    lines.filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect()
}

/// Returns whether a path stays in its folder on Linux, macOS and Windows.
fn is_portable(path: &str) -> bool {
    path.split('/').all(|part| {
        let stem = part.split('.').next().unwrap_or_default();
        let device = ["con", "prn", "aux", "nul"].contains(&stem)
            || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
        let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
        !stem.is_empty() && part.len() <= 255 && plain && !device
    })
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is not a number: {value}")))
}

#[test]
fn whatever_a_document_holds_the_promises_hold() {
    let longer = variable("MUTATIONS");
    let first = variable("SEED").unwrap_or_default() << 32;
    let count = longer.unwrap_or(MUTATIONS);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("any_document");
    fs::create_dir_all(&folder).expect("a folder for what fails");
    let now: PathBuf = folder.join("now");
    let pool = Pool::read();
    let (mut taken, mut refused, mut failures) = (0, 0, Vec::new());
    let mut sample = Vec::new();
    for seed in first..first + count {
        let text = pool.document(seed);
        fs::write(&now, &text).expect("the document can be written");
        match tried(&text) {
            Ok(Some(generated)) => {
                taken += 1;
                // Each accepted document is equally likely to be in the final sample.
                let place = Numbers::new(seed).below(taken);
                if sample.len() < COMPILED {
                    sample.push((seed, generated));
                } else if let Some(chosen) = sample.get_mut(place) {
                    *chosen = (seed, generated);
                }
            }
            Ok(None) => refused += 1,
            Err(why) => {
                fs::write(folder.join(seed.to_string()), &text).expect("the document can be written");
                failures.push(format!("{}: {why}", folder.join(seed.to_string()).display()));
            }
        }
    }
    println!("{count} documents: {taken} taken, {refused} refused, {} wrong", failures.len());
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
    assert!(taken > count as usize / 4 && refused > 0, "{taken} taken, {refused} refused: they are too much alike");
    if longer.is_some() {
        compile(&folder, sample);
    }
}

fn compile(folder: &Path, sample: Vec<(u64, Generated)>) {
    let named =
        |(seed, generated)| (format!("document_{seed}"), crates::complete(&format!("document_{seed}"), generated));
    let members: Vec<(String, Files)> = sample.into_iter().map(named).collect();
    let checked = crates::check_with_all_features(&folder.join("workspace"), &members);
    let targets = members.iter().flat_map(|(name, _)| [format!("{name}/{name}"), format!("{name}/documented")]);
    let unsound: Vec<String> = targets.filter(|target| !checked.sound.contains(target)).collect();
    assert!(unsound.is_empty(), "{unsound:?}\n{}", checked.said);
}

/// Returns a document of `count` schemas, each of which refers to the next.
fn chain(count: usize, schema: impl Fn(&str) -> String) -> String {
    let schemas: String = (0..count)
        .map(|index| format!("    s{index}: {}\n", schema(&format!("{{$ref: '#/components/schemas/s{}'}}", index + 1))))
        .collect();
    let content = "content: {application/json: {schema: {$ref: '#/components/schemas/s0'}}}";
    let head = format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /a: {{post: {{requestBody: {{required: true, {content}}}, \
         responses: {{'200': {{description: OK, {content}}}}}}}}}\ncomponents:\n  schemas:\n"
    );
    format!("{head}{schemas}    s{count}: {{type: object, properties: {{x: {{type: string}}}}}}\n")
}

#[test]
fn a_chain_takes_what_it_contains() {
    let allocated = |text: String| {
        let mut read = None;
        let used = allocation_counter::measure(|| {
            read = Some(Document::parse("chain", text).and_then(|document| codegen::read(document, &[])));
        });
        let api = read.expect("it is read").unwrap_or_else(|errors| panic!("{errors}"));
        (used.count_total, api.types.iter().count())
    };
    for (what, before, after) in [
        ("aliases", "", ""),
        ("required models", "{type: object, required: [next], properties: {next: ", "}}"),
        ("lists", "{type: array, items: ", "}"),
        ("extensions", "{allOf: [", "], description: More}"),
        ("unions", "{oneOf: [", ", {type: string}]}"),
    ] {
        let schema = |next: &str| format!("{before}{next}{after}");
        let ((some, _), (more, types)) = (allocated(chain(500, schema)), allocated(chain(4_000, schema)));
        assert!(types >= 4_000, "{what}: {types} types");
        assert!(more < some * 10, "{what}: {some} allocations for 500, {more} for eight times as many");
        let written = generate(&chain(300, schema)).unwrap_or_else(|errors| panic!("{errors}"));
        let largest =
            written.files.iter().filter(|(path, _)| path.starts_with("resources/")).map(|(_, text)| text.len());
        assert!(largest.max() < Some(20_000), "{what}: an example that nobody reads");
    }
}
