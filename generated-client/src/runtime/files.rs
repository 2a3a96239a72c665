//! Files as parts of request bodies, and downloads saved to files.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs;
use tokio::io::{AsyncRead, ReadBuf};

use super::body::Content;
use super::{Download, Error, Part};

/// The number of bytes of a file that are read at once.
const CHUNK: usize = 64 * 1024;

impl Part {
    /// Creates a part from a file, with the file's name and the media type `application/octet-stream`. The file is
    /// opened when the request is sent, and read as fast as the server receives it. The part may be sent again.
    ///
    /// # Errors
    /// Fails if `path` is not that of a file, or if the metadata of the file cannot be read.
    pub async fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let found = fs::metadata(&path).await?;
        if !found.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{} is not a file", path.display())));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let part = Self::new(Content::File(path), Some(found.len())).content_type("application/octet-stream");
        Ok(name.into_iter().fold(part, Self::file_name))
    }
}

/// The contents of a file, as a stream of as many bytes as the file had when the part was created.
pub(super) struct Chunks {
    source: Source,
    /// The number of bytes that are left to read.
    left: u64,
}

impl Chunks {
    pub(super) fn of(path: &Path, length: u64) -> Self {
        Self { source: Source::Opening(Box::pin(fs::File::open(path.to_owned()))), left: length }
    }
}

enum Source {
    Opening(Pin<Box<dyn Future<Output = io::Result<fs::File>> + Send>>),
    Reading(fs::File, Vec<u8>),
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.left == 0 {
            return Poll::Ready(None);
        }
        if let Source::Opening(opening) = &mut this.source {
            this.source = match ready!(opening.as_mut().poll(context)) {
                Ok(file) => Source::Reading(file, vec![0; CHUNK]),
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
        }
        let Source::Reading(file, buffer) = &mut this.source else { return Poll::Ready(None) };
        let most = usize::try_from(this.left).unwrap_or(CHUNK).min(CHUNK);
        let mut read = ReadBuf::new(buffer.get_mut(..most).unwrap_or_default());
        if let Err(error) = ready!(Pin::new(file).poll_read(context, &mut read)) {
            return Poll::Ready(Some(Err(error)));
        }
        let chunk = Bytes::copy_from_slice(read.filled());
        if chunk.is_empty() {
            let error = io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter while it was sent");
            return Poll::Ready(Some(Err(error)));
        }
        this.left = this.left.saturating_sub(chunk.len() as u64);
        Poll::Ready(Some(Ok(chunk)))
    }
}

impl Download {
    /// Writes the remaining chunks into a file and returns the number of bytes written. An existing file is
    /// overwritten.
    ///
    /// # Errors
    /// Fails as [`write_to`](Self::write_to) does, or if the file cannot be created. The bytes written until then stay
    /// in the file.
    pub async fn save(&mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let mut file = fs::File::create(path).await.map_err(|error| self.write_error(error))?;
        self.write_to(&mut file).await
    }
}
