//! Files as parts of request bodies, and downloads saved to files.

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::stream::{self, Stream, TryStreamExt};
use tokio::fs::{self, File};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;

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
        let part = Self::new(Content::File(path, found.len())).content_type("application/octet-stream");
        Ok(name.into_iter().fold(part, Self::file_name))
    }
}

/// Returns the first `length` bytes of a file. The file is opened when they are first asked for.
pub(super) fn contents(path: PathBuf, length: u64) -> impl Stream<Item = io::Result<Bytes>> {
    let read = move |file: File| ReaderStream::with_capacity(file.take(length), CHUNK);
    stream::once(File::open(path)).map_ok(read).try_flatten()
}

impl Download {
    /// Writes the remaining chunks into a file and returns the number of bytes written. An existing file is
    /// overwritten.
    ///
    /// # Errors
    /// Fails as [`write_to`](Self::write_to) does, or if the file cannot be created. The bytes written until then stay
    /// in the file.
    pub async fn save(&mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let mut file = File::create(path).await.map_err(|error| self.write_error(error))?;
        self.write_to(&mut file).await
    }
}
