//! Where a redirect points, and what is there.

use std::fmt;

use reqwest::Url;

use super::client::Client;
use super::download::Download;
use super::request::Request;
use super::settings::{Operation, OperationInfo};

/// Where a redirect points.
///
/// It may hold a signature that lets anybody fetch it: it is as secret as what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location(Url);

/// Fetching what a [`Location`] points to, as a type.
#[derive(Debug, Clone, Copy)]
pub enum FetchLocation {}

impl Operation for FetchLocation {
    type Answer = Download;
    const INFO: OperationInfo =
        OperationInfo { id: "location", method: "GET", accept: "*/*", safe: true, ..OperationInfo::UNSAID };
}

impl Location {
    pub(super) fn new(url: Url) -> Self {
        Self(url)
    }

    /// The absolute URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The absolute URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// A request for what is there. Neither the token nor a header of the client goes along but its name; headers set on the
    /// request do.
    pub fn download(&self, client: &Client) -> Request<FetchLocation> {
        Request::to_place(client, self.0.clone())
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
