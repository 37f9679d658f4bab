//! Checks of timestamps against an authority made with OpenSSL, other authorities' tokens, and damage of every kind.
//!
//! Tokens that we did not make are read from the data shared between checkouts; without it those tests say SKIPPED.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod algorithms;
mod asic;
mod authority;
mod chain;
mod crafted;
mod damage;
mod hostile;
mod others;
mod rebuild;
mod request;
mod revocation;
mod support;
mod vectors;
