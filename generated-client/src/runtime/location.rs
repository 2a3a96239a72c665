//! The target of a redirect, and the operation that fetches it.

use std::fmt;

use reqwest::Url;

use super::parts::Parts;
use super::{Client, Download, Operation, OperationInfo, Request};

/// The target of a redirect.
///
/// The URL may hold a signature that lets anybody fetch the content, so it is as secret as the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location(pub(super) Url);

/// The operation that fetches the target of a [`Location`].
#[derive(Debug, Clone, Copy)]
pub enum FetchLocation {}

impl Operation for FetchLocation {
    type Response = Download;
    const INFO: OperationInfo =
        OperationInfo { id: "location", method: "GET", accept: "*/*", idempotent: true, ..OperationInfo::UNSAID };
}

impl Location {
    /// Returns the absolute URL as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the absolute URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Creates a request for the content at the URL. It sends neither the token nor the headers of the client, except
    /// `User-Agent`. Headers set on the request are sent.
    pub fn download(&self, client: &Client) -> Request<FetchLocation> {
        let mut parts = Parts::new(&FetchLocation::INFO, Ok(String::new()));
        parts.place = Some(self.0.clone());
        Request::of(client, parts)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Location> for Url {
    fn from(location: Location) -> Self {
        location.0
    }
}
