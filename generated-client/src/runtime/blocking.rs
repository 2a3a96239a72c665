//! Calls without async.
//!
//! [`Request::call`] sends a request and blocks until its value has arrived. [`Request::call_response`] returns the
//! value with status and headers. [`Pages`] and [`Items`] can be used in a `for` loop, and a [`Download`] is a
//! [`std::io::Read`]. [`block_on`] runs any other future of this crate.
//!
//! A background thread, started at the first call, drives all connections. The futures themselves run on the calling
//! thread.

use std::future::{Future, IntoFuture};
use std::io;
use std::sync::OnceLock;

use bytes::Buf;
use futures_util::{Stream, StreamExt};
use tokio::runtime::{Builder, Handle};

use super::{Download, Error, Items, Operation, Paged, Pages, Request, Response, ResponseKind};

/// Runs a future to completion.
///
/// # Errors
/// Fails if this thread is about to end, if it belongs to a Tokio runtime, which blocking would stop, or if the
/// background thread cannot be started. The future is then not run ([`Error::is_invalid`]).
pub fn block_on<F: IntoFuture>(future: F) -> Result<F::Output, Error> {
    run("", future.into_future())
}

impl<Op: Operation> Request<Op> {
    /// Sends the request and blocks until the decoded value has arrived.
    ///
    /// # Errors
    /// Fails as awaiting the request does, and as [`block_on`] does.
    pub fn call(self) -> Result<<Op::Response as ResponseKind>::Output, Error> {
        run(Op::INFO.id, self.send())?.map(Response::into_inner)
    }

    /// Sends the request and blocks until the decoded response with status and headers has arrived.
    ///
    /// # Errors
    /// Fails as [`send`](Self::send) does, and as [`block_on`] does.
    pub fn call_response(self) -> Result<Response<<Op::Response as ResponseKind>::Output>, Error> {
        run(Op::INFO.id, self.send())?
    }
}

/// A blocking iterator over the pages or items of a list: a step blocks until its page or item has arrived.
///
// This file is copied into other crates, so the example uses the name of the crate that it is compiled in.
#[doc = "```"]
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Error, Paged, Request};")]
///
/// fn count<Op: Paged>(request: Request<Op>) -> Result<usize, Error> {
///     let mut count = 0;
///     for item in request.items() {
///         let _item = item?;
///         count += 1;
///     }
///     Ok(count)
/// }
#[doc = "```"]
///
/// Errors behave as described at [`Pages`]: after most of them the next step requests the same page again, so a loop
/// that skips errors may never end. An error of [`block_on`] ends the iteration.
#[derive(Debug)]
#[must_use = "an iterator does nothing until it is asked for the next item"]
pub struct Iter<S> {
    operation: &'static str,
    /// `None` once `run` has failed.
    stream: Option<S>,
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Iter<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = self.stream.as_mut()?;
        run(self.operation, stream.next()).unwrap_or_else(|refusal| {
            self.stream = None;
            Some(Err(refusal))
        })
    }
}

impl<Op: Paged> IntoIterator for Pages<Op> {
    type Item = <Self as Stream>::Item;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { operation: Op::INFO.id, stream: Some(self) }
    }
}

impl<Op: Paged> IntoIterator for Items<Op> {
    type Item = <Self as Stream>::Item;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter { operation: Op::INFO.id, stream: Some(self) }
    }
}

/// Blocks until some bytes have arrived. The [`io::Error`] contains an [`Error`].
impl io::Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() {
            let next = run(self.operation, self.chunk()).and_then(|next| next).map_err(io_error)?;
            let Some(chunk) = next else { return Ok(0) };
            self.rest = chunk;
        }
        let count = buffer.len().min(self.rest.len());
        self.rest.split_to(count).copy_to_slice(buffer.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

fn io_error(error: Error) -> io::Error {
    let kind = if error.is_timeout() { io::ErrorKind::TimedOut } else { io::ErrorKind::Other };
    io::Error::new(kind, error)
}

fn run<F: Future>(operation: &'static str, future: F) -> Result<F::Output, Error> {
    // Blocking is safe on a thread without a runtime. A thread that is about to end cannot tell, so it is refused.
    if !Handle::try_current().is_err_and(|error| error.is_missing_context()) {
        let advice = "a blocking call would stop the async runtime of this thread: await the request instead; \
                      on a thread for blocking work, use `tokio::runtime::Handle::current().block_on`";
        return Err(Error::invalid(operation, advice));
    }
    match background() {
        Ok(runtime) => Ok(runtime.block_on(future)),
        Err(error) => Err(Error::invalid(operation, format!("no thread for connections can be made: {error}"))),
    }
}

/// Returns the handle of the runtime that all blocking calls share.
fn background() -> Result<&'static Handle, &'static io::Error> {
    static RUNTIME: OnceLock<io::Result<Handle>> = OnceLock::new();
    RUNTIME.get_or_init(start).as_ref()
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let name = concat!(env!("CARGO_PKG_NAME"), "-blocking");
    std::thread::Builder::new().name(name.to_owned()).spawn(move || runtime.block_on(std::future::pending::<()>()))?;
    Ok(handle)
}
