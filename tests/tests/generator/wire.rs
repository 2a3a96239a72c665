//! Runs a program that uses a generated crate over a socket; its document uses every feature of a call.

use std::fs;
use std::path::Path;

use document::Document;
use tests::crates;

/// The program prints each call as it arrived at the server, and its result.
#[test]
fn calls_are_made_as_the_document_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/wire");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let document = Document::parse("calls.yaml", read("calls.yaml")).expect("a document");
    let mut files = crates::complete("calls", codegen::generate(document, &[]).expect("a crate"));
    files.insert("examples/calls.rs".to_owned(), read("calls.rs"));
    let printed = crates::run(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("wire"), "calls", files);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(folder.join("calls.txt"), &printed).expect("the expected text can be written");
    }
    let expected = read("calls.txt");
    let differing = expected.lines().zip(printed.lines()).find(|(expected, printed)| expected != printed);
    assert!(expected == printed, "{differing:?}\n{printed}");
}
