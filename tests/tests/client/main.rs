//! The client as somebody uses it, over sockets: `cargo test -p tests --test client wishes::`.
//!
//! One program of many modules: linking a program of each takes longer than running them all.

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
