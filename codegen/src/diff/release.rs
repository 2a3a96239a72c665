//! What a difference is by semantic versioning.

use std::fmt;

use super::words::DEPRECATED;
use super::{Change, Difference, Kind, Subject};

/// What a release with a change is called by semantic versioning, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Release {
    /// Callers have nothing new and nothing to do.
    #[default]
    Patch,
    /// There is something new to call, or something is deprecated.
    Minor,
    /// Code that uses the client may have to change.
    Major,
}

impl Change {
    /// What a release with this change is.
    pub fn release(&self) -> Release {
        // All errors of calls are one type: that another one is documented gives nothing to call.
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
    /// What a release with all changes is; [`Release::Patch`] where there are none.
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
