//! The version of the workspace, where it stands: in the manifest, and in the lock file for each member.

use codegen::release::Version;

const SECTION: &str = "[workspace.package]";

/// Where the version stands in a manifest: from the first of its characters to behind the last.
fn place(manifest: &str) -> Option<(usize, usize)> {
    let section = manifest.find(SECTION)?;
    let key = "\nversion = \"";
    let start = section + manifest.get(section..)?.find(key)? + key.len();
    let end = start + manifest.get(start..)?.find('"')?;
    Some((start, end))
}

/// The version of the workspace.
pub(crate) fn version(manifest: &str) -> Option<Version> {
    let (start, end) = place(manifest)?;
    Version::parse(manifest.get(start..end)?)
}

/// The same manifest with another version.
pub(crate) fn with_version(manifest: &str, version: Version) -> Option<String> {
    let (start, end) = place(manifest)?;
    Some(format!("{}{version}{}", manifest.get(..start)?, manifest.get(end..)?))
}

/// The same lock file with another version of the members, which are the packages without a source.
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
