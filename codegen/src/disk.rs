//! Compares files with a folder, or writes them there: the only stage that touches a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::Files;

/// The differences between a folder and the files that belong there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files with a different text: path, text on disk, text that belongs there.
    pub changed: Vec<(String, String, String)>,
    /// Files that are missing from the folder.
    pub missing: Vec<String>,
    /// Files in the folder that do not belong there.
    pub stale: Vec<String>,
}

impl Changes {
    /// Returns whether the folder holds exactly the files that belong there.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.stale.is_empty()
    }
}

/// Compares `folder` with `files`. Only files below the folders `owned` can be stale. Their paths are relative to
/// `folder`; an empty path is `folder` itself.
///
/// # Errors
///
/// Returns an error if something in the folder cannot be read. A missing folder counts as an empty one.
pub fn compare(folder: &Path, files: &Files, owned: &[&str]) -> io::Result<Changes> {
    let mut changes = Changes::default();
    for (path, text) in files.iter() {
        match fs::read(folder.join(path)) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(bytes) => {
                let on_disk = String::from_utf8_lossy(&bytes).into_owned();
                changes.changed.push((path.to_owned(), on_disk, text.to_owned()));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => changes.missing.push(path.to_owned()),
            Err(error) => return Err(at(&folder.join(path), error)),
        }
    }
    let known: BTreeSet<&str> = files.iter().map(|(path, _)| path).collect();
    for prefix in owned {
        for path in present(folder, prefix)? {
            if !known.contains(path.as_str()) {
                changes.stale.push(path);
            }
        }
    }
    Ok(changes)
}

/// Writes `files` and removes stale ones, but does not touch a file that is up to date. [`compare`] explains `owned`.
///
/// # Errors
///
/// Returns an error if something cannot be written; the files are then restored as far as possible.
pub fn write(folder: &Path, files: &Files, owned: &[&str]) -> io::Result<Changes> {
    let changes = compare(folder, files, owned)?;
    let new = changes.changed.iter().map(|(path, ..)| path).chain(&changes.missing);
    let mut staged = Staged::default();
    for path in new {
        staged.write(&folder.join(path), files.get(path).unwrap_or_default())?;
    }
    staged.replace(changes.stale.iter().map(|path| folder.join(path)))?;
    for path in &changes.stale {
        remove_empty_parents(folder, &folder.join(path));
    }
    Ok(changes)
}

/// Files that are written beside their targets, and moved there once all are written.
#[derive(Default)]
struct Staged {
    files: BTreeMap<PathBuf, PathBuf>,
}

impl Staged {
    fn write(&mut self, target: &Path, text: &str) -> io::Result<()> {
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| at(parent, error))?;
        }
        let mut temporary = target.as_os_str().to_owned();
        temporary.push(".new");
        let temporary = PathBuf::from(temporary);
        self.files.insert(target.to_owned(), temporary.clone());
        fs::write(&temporary, text).map_err(|error| at(&temporary, error))
    }

    /// Moves every file to its target and removes `stale`. Restores the previous state if a step fails.
    fn replace(mut self, stale: impl Iterator<Item = PathBuf>) -> io::Result<()> {
        let mut before: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
        let result = self.try_replace(stale, &mut before);
        if result.is_err() {
            for (path, bytes) in before {
                // The first error is the one to report; restoring is best effort.
                let _ = match bytes {
                    Some(bytes) => fs::write(&path, bytes),
                    None => fs::remove_file(&path),
                };
            }
        }
        result
    }

    fn try_replace(
        &mut self,
        stale: impl Iterator<Item = PathBuf>,
        before: &mut Vec<(PathBuf, Option<Vec<u8>>)>,
    ) -> io::Result<()> {
        for (target, temporary) in &self.files {
            let old = match fs::read(target) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(at(target, error)),
            };
            fs::rename(temporary, target).map_err(|error| at(target, error))?;
            before.push((target.clone(), old));
        }
        self.files.clear();
        for path in stale {
            let old = fs::read(&path).map_err(|error| at(&path, error))?;
            fs::remove_file(&path).map_err(|error| at(&path, error))?;
            before.push((path, Some(old)));
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for temporary in self.files.values() {
            // This fails for a file that was moved to its target or never written.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// Returns the files below the folder `prefix` of `folder`, as paths below `folder`.
fn present(folder: &Path, prefix: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![prefix.to_owned()];
    while let Some(path) = open.pop() {
        let entries = match fs::read_dir(folder.join(&path)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&folder.join(&path), error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| at(&folder.join(&path), error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if path.is_empty() { name } else { format!("{path}/{name}") };
            // A symbolic link counts as a file: its target is not in this folder.
            if entry.file_type()?.is_dir() { open.push(below) } else { found.push(below) }
        }
    }
    found.sort();
    Ok(found)
}

fn remove_empty_parents(folder: &Path, path: &Path) {
    let mut parent = path.parent();
    while let Some(directory) = parent.filter(|directory| *directory != folder && directory.starts_with(folder)) {
        // This fails if the directory is not empty, and then no ancestor is empty either.
        if fs::remove_dir(directory).is_err() {
            break;
        }
        parent = directory.parent();
    }
}

fn at(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
