//! The version of the workspace in the manifest, and in the lock file for each member.

use codegen::release::Version;

const SECTION: &str = "[workspace.package]";

/// Returns the byte range of the version in a manifest.
fn place(manifest: &str) -> Option<(usize, usize)> {
    let section = manifest.find(SECTION)?;
    let key = "\nversion = \"";
    let start = section + manifest.get(section..)?.find(key)? + key.len();
    let end = start + manifest.get(start..)?.find('"')?;
    Some((start, end))
}

pub(crate) fn version(manifest: &str) -> Option<Version> {
    let (start, end) = place(manifest)?;
    Version::parse(manifest.get(start..end)?)
}

pub(crate) fn with_version(manifest: &str, version: Version) -> Option<String> {
    let (start, end) = place(manifest)?;
    Some(format!("{}{version}{}", manifest.get(..start)?, manifest.get(end..)?))
}

/// Returns the lock file with another version of the members, which are the packages without a source.
pub(crate) fn lock_with_version(lock: &str, old: Version, new: Version) -> String {
    let block = |block: &str| {
        if block.contains("\nsource = ") {
            block.to_owned()
        } else {
            block.replace(&format!("\nversion = \"{old}\""), &format!("\nversion = \"{new}\""))
        }
    };
    lock.split("\n\n").map(block).collect::<Vec<_>>().join("\n\n")
}
