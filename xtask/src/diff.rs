//! The command `diff OLD NEW [--json | --html] [--overlay FILE]… [--no-overlays]`, which reports the changes for a
//! caller.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::api::Api;
use codegen::diff;
use document::Document;
use document::overlay::Overlay;
use lexopt::prelude::*;

use crate::{Failure, spec};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Json,
    Html,
}

/// The overlays to apply.
enum Overlays {
    /// The overlays of `spec/overlays`; for a revision, those of the revision.
    OfSpec,
    /// The given overlays, for both sides.
    Given(Vec<Overlay>),
}

pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut format = Format::Markdown;
    let mut sides: Vec<String> = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut none = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("json") if format == Format::Markdown => format = Format::Json,
            Long("html") if format == Format::Markdown => format = Format::Html,
            Long("overlay") => files.push(arguments.value()?.into()),
            Long("no-overlays") => none = true,
            Value(value) if sides.len() < 2 => sides.push(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    let [old, new] = &sides[..] else { return Err(Failure::Usage("diff needs OLD and NEW".to_owned())) };
    let overlays = match (none, files.is_empty()) {
        (true, false) => return Err(Failure::Usage("--no-overlays goes without --overlay".to_owned())),
        (false, true) => Overlays::OfSpec,
        _ => Overlays::Given(spec::read_overlays(&files)?),
    };
    let difference = diff::compare(&side(old, &overlays)?, &side(new, &overlays)?);
    match format {
        Format::Markdown => print!("{}", diff::markdown(&difference)),
        Format::Json => println!("{:#}", diff::json(&difference)),
        Format::Html => print!("{}", diff::html(&difference, &format!("{old} → {new}"))),
    }
    Ok(if difference.is_breaking() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads one side: a file, or else a revision.
fn side(name: &str, overlays: &Overlays) -> Result<Api, Failure> {
    let path = Path::new(name);
    let (document, own) = if path.is_file() {
        (Document::read(path)?, None)
    } else {
        let (document, overlays) = spec::at_revision(name)?;
        (document, Some(overlays))
    };
    let applied = match (overlays, own) {
        (Overlays::Given(given), _) => given.clone(),
        (Overlays::OfSpec, Some(own)) => own,
        (Overlays::OfSpec, None) => spec::overlays()?,
    };
    let (api, misfits) = spec::compared(document, &applied)?;
    if !misfits.is_empty() {
        eprintln!("{misfits}");
    }
    Ok(api)
}
