//! A binary response, received as a stream.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, Stream, TryStreamExt};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::error::Kind;
use super::{Error, Reply, clock, disposition};

/// The body of a response as it arrives: a stream of chunks.
///
/// A transfer may take any time. Only the wait for each chunk is limited, by the idle timeout, which is as long as the
/// timeout of an attempt. Dropping the download ends the transfer.
///
/// To resume a broken transfer, send a second request with the header `Range: bytes=N-`, where `N` is
/// [`received`](Self::received) of the first response. The second response begins at its [`offset`](Self::offset): at 0
/// if the server does not support ranges. Positions in the file equal positions in this stream only if the response is
/// not compressed: send `Accept-Encoding: identity` from the start.
pub struct Download {
    pub(super) operation: &'static str,
    /// The number of attempts of the call, for later errors.
    attempts: u32,
    headers: HeaderMap,
    length: Option<u64>,
    received: u64,
    /// The chunks that have not arrived. No more follow after an error.
    chunks: BoxStream<'static, Result<Bytes, Error>>,
    /// The bytes that have arrived and that the caller has not received yet.
    pub(super) rest: Bytes,
}

/// Returns the chunks of a body. The idle timeout runs while a chunk is awaited, and not while the caller is busy with
/// one.
fn chunks(
    response: reqwest::Response,
    idle_timeout: Duration,
    operation: &'static str,
) -> impl Stream<Item = Result<Bytes, Error>> {
    stream::try_unfold(response, move |mut response| async move {
        let chunk = match clock::timeout(idle_timeout, response.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| Error::transport(operation, error)),
            Err(_) => Err(Error::timeout(operation, idle_timeout)),
        };
        Ok(chunk?.map(|chunk| (chunk, response)))
    })
}

impl Download {
    /// Takes the body of a response. A body that was received whole is a single chunk.
    pub(super) fn new(reply: &mut Reply) -> Self {
        let (operation, attempts) = (reply.operation, reply.received.attempts);
        let headers = reply.received.headers.clone();
        let rest = std::mem::take(&mut reply.received.body);
        let (length, chunks): (_, BoxStream<'_, _>) = match reply.stream.take() {
            Some((response, idle_timeout)) => {
                (response.content_length(), Box::pin(chunks(response, idle_timeout, operation)))
            }
            None => (Some(rest.len() as u64), Box::pin(stream::empty())),
        };
        Self { operation, attempts, headers, length, received: rest.len() as u64, chunks, rest }
    }

    pub(super) fn write_error(&self, error: io::Error) -> Error {
        Error::new(Kind::Write, self.operation, format!("could not write the download: {error}"))
            .caused_by(error)
            .after(self.attempts)
    }

    /// Returns the length of this response in bytes, if the server sent it. It is unknown for a compressed response.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the media type, from the header `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the file name that the server proposes in the header `Content-Disposition`, made safe to join to a
    /// folder on Linux, macOS and Windows: it has no folder, no invisible character and no character that Windows
    /// refuses, is neither a device (`con`) nor a hidden file, and has 240 bytes at most.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        let header = String::from_utf8_lossy(self.headers.get(CONTENT_DISPOSITION)?.as_bytes());
        disposition::file_name(&header)
    }

    /// Returns the position of this response's first byte in the file, from the header `Content-Range`; 0 without it.
    #[must_use]
    pub fn offset(&self) -> u64 {
        let header = self.headers.get(CONTENT_RANGE).and_then(|range| range.to_str().ok());
        let first =
            header.and_then(|range| range.trim().strip_prefix("bytes ")?.split_once('-')?.0.trim().parse().ok());
        first.unwrap_or(0)
    }

    /// Returns the number of bytes of this response that the caller has received so far.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received.saturating_sub(self.rest.len() as u64)
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    /// Fails if the connection breaks, or if the idle timeout ends.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.try_next().await
    }

    /// Receives the remaining chunks into one buffer of any length. [`bytes_up_to`](Self::bytes_up_to) limits the
    /// length.
    ///
    /// # Errors
    /// Fails if the connection breaks, or if the idle timeout ends.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        self.bytes_up_to(usize::MAX).await
    }

    /// Receives the remaining chunks into one buffer of at most `limit` bytes.
    ///
    /// # Errors
    /// Fails if the body is longer ([`Error::is_body_too_large`]), if the connection breaks, or if the idle
    /// timeout ends.
    pub async fn bytes_up_to(mut self, limit: usize) -> Result<Bytes, Error> {
        let (operation, attempts) = (self.operation, self.attempts);
        let length = self.length.map(|length| length.saturating_sub(self.received()));
        let mut body = Bytes::new();
        let end = collect(&mut self, operation, length, limit, &mut body).await;
        end.map(|()| body).map_err(|error| error.after(attempts))
    }

    /// Writes the remaining chunks and returns the number of bytes written. No more than one chunk is held in memory.
    /// The writer is flushed even if the transfer fails.
    ///
    /// # Errors
    /// Fails if the connection breaks, if the idle timeout ends, or if the writer fails ([`Error::is_write`]).
    pub async fn write_to<W: AsyncWrite + Unpin + ?Sized>(&mut self, writer: &mut W) -> Result<u64, Error> {
        let copied = self.copy(writer).await;
        let flushed = writer.flush().await.map_err(|error| self.write_error(error));
        copied.and_then(|written| flushed.map(|()| written))
    }

    async fn copy<W: AsyncWrite + Unpin + ?Sized>(&mut self, writer: &mut W) -> Result<u64, Error> {
        let mut written = 0;
        while let Some(chunk) = self.chunk().await? {
            writer.write_all(&chunk).await.map_err(|error| self.write_error(error))?;
            written += chunk.len() as u64;
        }
        Ok(written)
    }
}

/// Receives a body of at most `limit` bytes. `length` is its length, as far as it is known. On failure, `body` is what
/// was received until then.
pub(super) async fn collect(
    mut chunks: impl Stream<Item = Result<Bytes, Error>> + Unpin,
    operation: &'static str,
    length: Option<u64>,
    limit: usize,
    body: &mut Bytes,
) -> Result<(), Error> {
    if length.is_some_and(|length| length > limit as u64) {
        return Err(Error::body_too_large(operation, limit));
    }
    // The usual small body is one chunk and is not copied.
    let mut more = Vec::new();
    let end = loop {
        let chunk = match chunks.try_next().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        if body.len().max(more.len()).saturating_add(chunk.len()) > limit {
            break Err(Error::body_too_large(operation, limit));
        }
        if body.is_empty() {
            *body = chunk;
            continue;
        }
        if more.is_empty() {
            more.extend_from_slice(body);
        }
        more.extend_from_slice(&chunk);
    };
    if !more.is_empty() {
        *body = more.into();
    }
    end
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.rest))));
        }
        let chunk = ready!(self.chunks.as_mut().poll_next(context));
        if let Some(Ok(chunk)) = &chunk {
            self.received += chunk.len() as u64;
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| error.after(self.attempts))))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("content_length", &self.length)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
