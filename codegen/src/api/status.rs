//! The keys of a responses object.

use std::fmt;

/// A key of a responses object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status, such as `200`.
    Code(u16),
    /// All statuses that begin with this digit, such as `2XX`.
    Class(u16),
    /// Every status that no other response names.
    Default,
}

impl Status {
    /// Returns the first and the last status that the key covers.
    pub fn range(self) -> (u16, u16) {
        match self {
            Self::Code(code) => (code, code),
            Self::Class(digit) => (digit * 100, digit * 100 + 99),
            Self::Default => (0, u16::MAX),
        }
    }

    /// Returns the first digit; none for `default`.
    pub fn class(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code / 100),
            Self::Class(digit) => Some(digit),
            Self::Default => None,
        }
    }
}

impl From<&openapiv3::StatusCode> for Status {
    fn from(status: &openapiv3::StatusCode) -> Self {
        match status {
            openapiv3::StatusCode::Code(code) => Self::Code(*code),
            openapiv3::StatusCode::Range(digit) => Self::Class(*digit),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
