//! Answers that are not decoded: a stream of bytes, and a place elsewhere.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::clock::{self, Instant, Sleep};
use super::error::Error;
use bytes::Bytes;
use futures_core::Stream;
use reqwest::Url;

/// The body of an answer as it arrives: a stream of chunks.
///
/// It may take as long as it takes, but the server must not be silent for longer than the call's timeout. Dropping it
/// ends the transfer.
pub struct Download {
    operation: &'static str,
    length: Option<u64>,
    source: Source,
}

enum Source {
    Whole(Bytes),
    Stream(Box<Chunks>),
    Ended,
}

/// Chunks, and how long the next may take.
struct Chunks {
    stream: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send>>,
    silence: Duration,
    timer: Pin<Box<Sleep>>,
}

impl Chunks {
    fn poll(&mut self, operation: &'static str, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if let Poll::Ready(item) = self.stream.as_mut().poll_next(context) {
            self.timer.as_mut().reset(Instant::now() + self.silence);
            return Poll::Ready(item.map(|chunk| chunk.map_err(|error| Error::transport(operation, error))));
        }
        self.timer.as_mut().poll(context).map(|()| Some(Err(Error::timeout(operation, self.silence))))
    }
}

impl Download {
    pub(super) fn new(operation: &'static str, response: reqwest::Response, silence: Duration) -> Self {
        let length = response.content_length();
        let timer = Box::pin(clock::sleep(silence));
        let chunks = Chunks { stream: Box::pin(response.bytes_stream()), silence, timer };
        Self { operation, length, source: Source::Stream(Box::new(chunks)) }
    }

    pub(super) fn whole(operation: &'static str, bytes: Bytes) -> Self {
        Self { operation, length: Some(bytes.len() as u64), source: Source::Whole(bytes) }
    }

    /// The length in bytes, where the server told it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.length
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// The connection broke off, or the server went silent.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// All chunks as one.
    ///
    /// # Errors
    /// The connection broke off, or the server went silent.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.into())
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let operation = self.operation;
        let item = match &mut self.source {
            Source::Ended => None,
            Source::Whole(bytes) => Some(Ok(std::mem::take(bytes))),
            Source::Stream(chunks) => match chunks.poll(operation, context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(item) => item,
            },
        };
        // Nothing comes after the end, an error, or bytes that were there at once.
        if !matches!((&item, &self.source), (Some(Ok(_)), Source::Stream(_))) {
            self.source = Source::Ended;
        }
        Poll::Ready(item)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("content_length", &self.length).finish_non_exhaustive()
    }
}

/// Where a redirect points.
///
/// It may hold a signature that lets anybody fetch it. Fetch it without the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location(Url);

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
