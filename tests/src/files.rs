//! Lists the files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns every file below `folder`, sorted; none if there is no such folder.
///
/// # Panics
///
/// Panics if an entry cannot be read.
#[must_use]
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(directory) = open.pop().filter(|directory| directory.is_dir()) {
        for entry in fs::read_dir(directory).expect("a folder is readable") {
            let path = entry.expect("an entry is readable").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
