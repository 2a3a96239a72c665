//! Derives the version of the next release from the changes, and adds the changes to the changelog.

use std::fmt;

use crate::diff::Release;

/// The version of a release, without pre-release and build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

impl Version {
    /// Parses three numbers with dots between them.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| {
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'));
            if is_number { part.parse().ok() } else { None }
        });
        let version = Self { major: parts.next()??, minor: parts.next()??, patch: parts.next()?? };
        parts.next().is_none().then_some(version)
    }

    /// Returns the version after this one. Before 1.0.0 Cargo treats `0.2.0` as incompatible with `0.1.0`, and `0.0.2`
    /// with `0.0.1`: the leftmost number that is not 0 counts breaking changes, and the number after it counts all
    /// others.
    #[must_use]
    pub fn after(self, release: Release) -> Self {
        let Self { major, minor, patch } = self;
        match (release, major, minor) {
            (Release::Major, 1.., _) => Self { major: major.saturating_add(1), minor: 0, patch: 0 },
            (Release::Minor, 1.., _) | (Release::Major, 0, 1..) => {
                Self { minor: minor.saturating_add(1), patch: 0, ..self }
            }
            _ => Self { patch: patch.saturating_add(1), ..self },
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, patch } = self;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// Returns the version of the crate after one more change: the smallest version that allows for all changes since the
/// last release. The version stays if there was no release, because then there are no callers to warn.
pub fn next(current: Version, released: Option<Version>, change: Release) -> Version {
    released.map_or(current, |released| current.max(released.after(change)))
}

const HEADING: &str = "## ";

/// A changelog: a title, then a section for each release, newest first.
///
/// The heading of a section is `## 0.2.0 (2026-11-25)`. Before the release it is
/// `## 0.2.0 (unreleased)` or `## Unreleased`.
#[derive(Debug, Clone, Copy)]
pub struct Changelog<'t>(pub &'t str);

impl<'t> Changelog<'t> {
    fn headings(self) -> impl Iterator<Item = &'t str> {
        self.0.lines().filter_map(|line| line.strip_prefix(HEADING))
    }

    /// Returns the newest heading, without `## `.
    pub fn newest(self) -> Option<&'t str> {
        self.headings().next()
    }

    /// Returns the newest version that was released.
    pub fn released(self) -> Option<Version> {
        self.headings().filter_map(released).max()
    }

    /// Returns the changelog with `entry`, which is whole lines, at the end of the unreleased section. That section is
    /// named `version`; it is added if there is none.
    #[must_use]
    pub fn with(self, version: Version, entry: &str) -> String {
        let heading = format!("{HEADING}{version} (unreleased)");
        let sections = self.0.lines().enumerate().filter(|(_, line)| line.starts_with(HEADING));
        let starts: Vec<usize> = sections.map(|(index, _)| index).collect();
        let lines: Vec<&str> = self.0.lines().collect();
        let start = starts.first().copied().unwrap_or(lines.len());
        let is_open = self.newest().is_some_and(|heading| released(heading).is_none());
        let (end, body) = if is_open {
            let end = starts.get(1).copied().unwrap_or(lines.len());
            (end, lines.get(start + 1..end).unwrap_or_default().join("\n"))
        } else {
            (start, String::new())
        };
        let before = lines.get(..start).unwrap_or_default().join("\n");
        let after = lines.get(end..).unwrap_or_default().join("\n");
        let body = format!("{}\n{}", body.trim(), entry.trim_end());
        let parts = [before.trim_end(), &heading, body.trim(), after.trim()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n") + "\n"
    }
}

/// Returns the version of a heading if that version was released.
fn released(heading: &str) -> Option<Version> {
    let (version, when) = heading.split_once(' ').unwrap_or((heading, ""));
    Version::parse(version).filter(|_| when != "(unreleased)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn the_leftmost_number_counts_what_is_breaking() {
        for (before, patch, minor, major) in [
            ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
            ("0.2.3", "0.2.4", "0.2.4", "0.3.0"),
            ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ] {
            for (release, after) in [(Release::Patch, patch), (Release::Minor, minor), (Release::Major, major)] {
                assert_eq!(version(before).after(release).to_string(), after, "{before} {release}");
            }
        }
        for no_release in ["1.2", "1.2.3.4", "1.2.3-rc.1", "01.2.3", "1..3", "", "1.2.+3"] {
            assert_eq!(Version::parse(no_release), None, "{no_release}");
        }
    }

    #[test]
    fn a_second_change_before_a_release_takes_no_other_version() {
        for (current, released, change, after) in [
            ("0.1.0", None, Release::Major, "0.1.0"),
            ("0.1.0", Some("0.1.0"), Release::Major, "0.2.0"),
            ("0.2.0", Some("0.1.0"), Release::Major, "0.2.0"),
            ("0.1.1", Some("0.1.0"), Release::Major, "0.2.0"),
            ("0.2.0", Some("0.1.0"), Release::Patch, "0.2.0"),
            ("1.0.0", Some("1.0.0"), Release::Minor, "1.1.0"),
        ] {
            assert_eq!(next(version(current), released.map(version), change), version(after), "{current} {released:?}");
        }
    }

    #[test]
    fn an_entry_comes_last_in_what_is_not_released() {
        let open = "# Changelog\n\n## Unreleased\n\n- One.\n\n## 0.1.0 (2026-01-02)\n\n- First.\n";
        assert_eq!(Changelog(open).released(), Some(version("0.1.0")));
        let with = Changelog(open).with(version("0.2.0"), "- Two.\n");
        let wanted = "# Changelog\n\n## 0.2.0 (unreleased)\n\n- One.\n- Two.\n\n## 0.1.0 (2026-01-02)\n\n- First.\n";
        assert_eq!(with, wanted);
        // The unreleased section now has a version.
        assert!(
            Changelog(&with)
                .with(version("0.3.0"), "- Three.\n")
                .contains("## 0.3.0 (unreleased)\n\n- One.\n- Two.\n- Three.\n")
        );

        let closed = "# Changelog\n\n## 0.1.0 (2026-01-02)\n\n- First.\n";
        let with = Changelog(closed).with(version("0.1.1"), "- Two.\n");
        assert_eq!(with, "# Changelog\n\n## 0.1.1 (unreleased)\n\n- Two.\n\n## 0.1.0 (2026-01-02)\n\n- First.\n");
        assert_eq!(Changelog("").with(version("0.1.0"), "- One.\n"), "## 0.1.0 (unreleased)\n\n- One.\n");
    }
}
