//! `import FILE`

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;

use crate::{Failure, root};

/// Where the structure of the published document is kept, from the root of the repository.
const DOCUMENT: &str = "spec/intercom-unstable.yaml";

pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut file: Option<PathBuf> = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(value) if file.is_none() => file = Some(value.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let file = file.ok_or_else(|| Failure::Usage("import needs a FILE".to_owned()))?;
    let imported = codegen::import::import_file(&file)?;
    let target = root().join(DOCUMENT);
    replace(&target, &imported.text)
        .map_err(|error| Failure::Input(format!("error: cannot write {}: {error}", target.display())))?;
    println!("read  {}: {}", file.display(), imported.read);
    println!("wrote {DOCUMENT}: {}", imported.written);
    Ok(ExitCode::SUCCESS)
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
        // What is left of a failed write is of no use; that it cannot be removed adds nothing to the first error.
        let _ = fs::remove_file(&temporary);
    })
}
