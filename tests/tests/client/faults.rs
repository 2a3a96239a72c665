//! Tests a failing server: the result for the caller, the number of requests, and that no token leaks.
//!
//! Tests of waiting stop the clock, which jumps to the next timer.

mod bodies;
mod budget;
mod hold_back;
mod limits;
mod many;
mod proxies;
mod repeated;
mod spans;
mod time;
mod token;
mod untyped;
mod waits;

use tests::server::Reply;

fn status(line: &str) -> Reply {
    Reply::new(line, &[], "")
}
