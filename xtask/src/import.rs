//! The command `import FILE`, which writes the structure of a published document to `spec/`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::diff;
use document::Document;
use document::diagnostic::{Diagnostics, Report};
use lexopt::prelude::*;

use crate::spec::{self, DOCUMENT};
use crate::{Failure, root};

pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut file: Option<PathBuf> = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(value) if file.is_none() => file = Some(value.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| Failure::Usage("import needs a FILE".to_owned()))?;
    let imported = document::import::import_file(&file)?;
    let target = root().join(DOCUMENT);
    let before = Document::read(&target);
    replace(&target, &imported.text)
        .map_err(|error| Failure::Input(format!("error: cannot write {}: {error}", target.display())))?;
    println!("read  {}: {}", file.display(), imported.read);
    if !imported.warnings.is_empty() {
        println!("{}", Report(&imported.warnings));
    }
    println!("wrote {DOCUMENT}: {}", imported.written);
    println!("{}", difference(before, &imported.text));
    Ok(ExitCode::SUCCESS)
}

/// Returns a summary of what the import changes for a caller.
fn difference(before: Result<Document, Diagnostics>, text: &str) -> String {
    // The first import has no document to compare with.
    let Ok(before) = before else { return "this is the first document".to_owned() };
    let compared = || {
        let overlays = spec::overlays()?;
        let (old, _) = spec::compared(before, &overlays)?;
        let (new, misfits) = spec::compared(Document::parse(DOCUMENT, text.to_owned())?, &overlays)?;
        Ok::<_, Failure>((diff::compare(&old, &new), misfits.len()))
    };
    match compared() {
        Ok((difference, 0)) => difference.summary(),
        Ok((difference, misfits)) => {
            format!(
                "{}\n{misfits} overlay actions have expired: `cargo xtask regenerate` names them",
                difference.summary()
            )
        }
        Err(_) => "what it changes cannot be told yet: `cargo xtask regenerate` says what is in the way".to_owned(),
    }
}

/// Writes the whole file beside its place and moves it there, so that a failure leaves the old one.
fn replace(target: &Path, text: &str) -> std::io::Result<()> {
    let temporary = target.with_extension("yaml.new");
    let write = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&temporary, target)
    };
    write().inspect_err(|_| {
        // The rest of a failed write is useless; a failure to remove it adds nothing to the first error.
        let _ = fs::remove_file(&temporary);
    })
}
