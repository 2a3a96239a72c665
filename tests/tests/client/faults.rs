//! A server that misbehaves: what the caller gets, how many requests the server sees, and that no token leaves.
//!
//! Where waiting is the subject, the clock stands still and jumps to the next timer.

#[path = "faults/bodies.rs"]
mod bodies;
#[path = "faults/budget.rs"]
mod budget;
#[path = "faults/hold_back.rs"]
mod hold_back;
#[path = "faults/limits.rs"]
mod limits;
#[path = "faults/many.rs"]
mod many;
#[path = "faults/proxies.rs"]
mod proxies;
#[path = "faults/repeated.rs"]
mod repeated;
#[path = "faults/spans.rs"]
mod spans;
#[path = "faults/time.rs"]
mod time;
#[path = "faults/token.rs"]
mod token;
#[path = "faults/untyped.rs"]
mod untyped;
#[path = "faults/waits.rs"]
mod waits;

use tests::server::Reply;

fn status(line: &str) -> Reply {
    Reply::new(line, &[], "")
}
