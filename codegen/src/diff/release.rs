//! The kind of release that a difference calls for by semantic versioning.

use std::fmt;

use super::differences::DEPRECATED;
use super::{Change, Difference, Kind, Subject};

/// A kind of release by semantic versioning, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Release {
    /// Nothing new and nothing to do for callers.
    #[default]
    Patch,
    /// Something new to call, or something deprecated.
    Minor,
    /// A change that callers may have to follow in their code.
    Major,
}

impl Change {
    /// Returns the kind of release that this change calls for.
    pub fn release(&self) -> Release {
        // All errors of calls are one type, so another documented error adds nothing to call.
        let adds = self.kind == Kind::Added && self.subject != Subject::Error;
        let deprecates = self.detail.split("; ").any(|part| part == DEPRECATED);
        match self.breaking {
            true => Release::Major,
            false if adds || deprecates => Release::Minor,
            false => Release::Patch,
        }
    }
}

impl Difference {
    /// Returns the kind of release that all changes call for; [`Release::Patch`] if there are none.
    pub fn release(&self) -> Release {
        self.changes.iter().map(Change::release).max().unwrap_or_default()
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
