//! A server that misbehaves: what the caller gets, how many requests the server sees, and that no token leaves.
//!
//! Where waiting is the subject, the clock stands still and jumps to the next timer.

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
