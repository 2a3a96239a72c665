//! Folders for the files of tests.

use std::path::{Path, PathBuf};

/// Empties or creates the folder `test` in `parent`, and returns it.
///
/// # Errors
/// Fails if the folder cannot be emptied or created.
pub fn empty(parent: &str, test: &str) -> std::io::Result<PathBuf> {
    let folder = Path::new(parent).join(test);
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => std::fs::create_dir_all(&folder)?,
    }
    Ok(folder)
}
