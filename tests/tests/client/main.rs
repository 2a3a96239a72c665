//! Tests of the client over sockets. Run one module with `cargo test -p tests --test client wishes::`.
//!
//! The tests are one program of many modules, because linking a program for each takes longer than running them all.

mod blocking;
mod bodies;
mod conformance;
mod contact_errors;
mod dependencies;
mod every_operation;
mod examples;
mod exports;
mod faults;
mod identity;
mod named;
mod oauth;
mod pages;
mod runtime_calls;
mod runtime_models;
mod search;
mod time_crates;
mod webhook_events;
mod webhooks;
mod wishes;
